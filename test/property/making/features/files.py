"""Files between steps, by literal and by computed paths."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker

NAMES = ["a.txt", "b.json", "c.csv", "data_1.txt"]


@feature(3)
def writes_literal(m: FlowMaker) -> str:
    name = m.rng.choice(NAMES)
    return m.rng.choice([f"with open('{name}', '{m.rng.choice('wa')}') as _f:\n    _f.write('{m.n()}\\n')", f"import pathlib\npathlib.Path('{name}').write_text('{m.n()}\\n')"])


@feature(3)
def reads_literal(m: FlowMaker) -> str:
    name = m.rng.choice(NAMES)
    if m.rng.random() < 0.5:
        return f"try:\n    print(open('{name}').read().split())\nexcept FileNotFoundError as _e:\n    print(_e)"
    return f"{m.new('str')} = open('{name}').read() if os.path.exists('{name}') else 'none'"


@feature(2)
def writes_computed(m: FlowMaker) -> str:
    return f"for _k in range({m.n(3)}):\n    with open(f'data_{{_k}}.txt', 'a') as _f:\n        print(_k * {m.n()}, file=_f)"


@feature(2)
def reads_computed(m: FlowMaker) -> str:
    return "import glob\n" + m.rng.choice(["print(sorted(glob.glob('data_*.txt')))", "for _p in sorted(glob.glob('data_*.txt')):\n    print(_p, open(_p).read().split())", "print(sorted(os.listdir('.')))"])


@feature()
def removes_or_renames(m: FlowMaker) -> str:
    name = m.rng.choice(NAMES)
    return f"if os.path.exists('{name}'):\n    " + m.rng.choice([f"os.remove('{name}')", f"os.replace('{name}', 'moved.txt')", f"import shutil; shutil.copy('{name}', 'copy.txt')"])


@feature(2)
def saves_array(m: FlowMaker) -> str:
    old = m.old("array")
    return f"np.save('array.npy', np.asarray({old}))" if old else ""


@feature(2)
def loads_array(m: FlowMaker) -> str:
    return "if os.path.exists('array.npy'):\n    print(np.load('array.npy').shape)"


@feature()
def saves_frame(m: FlowMaker) -> str:
    old = m.old("frame")
    return f"{old}.to_csv('frame.csv', index=False)" if old else ""


@feature()
def loads_frame(m: FlowMaker) -> str:
    return "try:\n    print(pd.read_csv('frame.csv').shape)\nexcept FileNotFoundError:\n    print('no frame yet')"


@feature()
def saves_json(m: FlowMaker) -> str:
    return f"import json\nwith open('b.json', 'w') as _f:\n    json.dump([{m.n()}], _f)"


@feature()
def pickles(m: FlowMaker) -> str:
    old = m.old("list")
    return f"import pickle\nwith open('kept.pkl', 'wb') as _f:\n    pickle.dump([1, {m.n()}], _f)" if old else ""


@feature()
def file_database(m: FlowMaker) -> str:
    return f"import sqlite3\nwith sqlite3.connect('t.db') as _db:\n    _db.execute('create table if not exists t (x)')\n    _db.execute('insert into t values ({m.n()})')\n    print(_db.execute('select count(*), sum(x) from t').fetchone())\n_db.close()"


@feature()
def function_writes(m: FlowMaker) -> str:
    name = m.new("noter")
    return f"def {name}(x, where='notes.txt'):\n    with open(where, 'a') as file:\n        print(x, file=file)"


@feature(2)
def call_noter(m: FlowMaker) -> str:
    old = m.old("noter")
    return f"{old}({m.n()})" if old else ""


@feature(2)
def reads_notes(m: FlowMaker) -> str:
    return "if os.path.isfile('notes.txt'):\n    print(len(open('notes.txt').readlines()))"


@feature()
def temporary(m: FlowMaker) -> str:
    return f"import pathlib, tempfile\nwith tempfile.TemporaryDirectory() as _d:\n    _p = os.path.join(_d, 'x')\n    pathlib.Path(_p).write_text('{m.n()}')\n    print(pathlib.Path(_p).read_text())\ndel _d, _p"
