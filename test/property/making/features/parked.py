"""Values that live in one process only: what reads them has to go there, or they are made again."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature()
def counting_generator(m: FlowMaker) -> str:
    name, log = m.new("generator"), m.new("list")
    return f"{log} = []\ndef _counting():\n    for _i in range(20):\n        {log}.append(_i)\n        yield _i\n{name} = _counting()\nnext({name})"


@feature(3)
def next_of_generator(m: FlowMaker) -> str:
    old = m.old("generator")
    return f"print(type(next({old}, None)).__name__)" if old else ""


@feature(4)
def two_at_once(m: FlowMaker) -> str:
    """Of two steps, most often: then both are made again in one process."""
    a, b = (m.old("generator", "iterator", "reader") for _ in range(2))
    if not a or a == b:
        return f"{m.new('generator')} = (_x * 2 for _x in range({m.n()}))"
    return f"print([type(_x).__name__ for _x in itertools.islice(zip({a}, {b}), 1)])"


@feature()
def generator_in_dict(m: FlowMaker) -> str:
    old, name = m.old("list"), m.new("dict")
    return f"{name} = {{'list': {old}, 'gen': (_x for _x in range(9))}}\nnext({name}['gen'])" if old else ""


@feature()
def database(m: FlowMaker) -> str:
    name = m.new("database")
    return f"import sqlite3\n{name} = sqlite3.connect(':memory:')\n{name}.execute('create table t (x)')\n{name}.execute('insert into t values ({m.n()})')"


@feature(2)
def ask_database(m: FlowMaker) -> str:
    old = m.old("database")
    return m.rng.choice([f"print({old}.execute('select x from t').fetchall())", f"{old}.execute('insert into t values ({m.n()})')"]) if old else ""


@feature()
def open_for_reading(m: FlowMaker) -> str:
    name, number = m.new("reading"), m.count_up("read")
    return f"with open('lines{number}.txt', 'w') as _f:\n    _f.writelines(f'line {{_i}}\\n' for _i in range(9))\n{name} = open('lines{number}.txt')\nprint({name}.readline().strip())"


@feature(2)
def read_on(m: FlowMaker) -> str:
    old = m.old("reading")
    return f"print({old}.readline().strip())" if old else ""


@feature()
def open_for_writing(m: FlowMaker) -> str:
    name, number = m.new("writing"), m.count_up("written")
    return f"{name} = open('log{number}.txt', 'w')\nprint('first', file={name}, flush=True)"


@feature(2)
def write_on(m: FlowMaker) -> str:
    old = m.old("writing")
    return f"print('more', {m.n()}, file={old}, flush=True)" if old else ""


@feature()
def held_lock(m: FlowMaker) -> str:
    name = m.new("held")
    return f"import threading\n{name} = threading.Lock()\n{name}.acquire()"


@feature()
def release_lock(m: FlowMaker) -> str:
    old = m.old("held")
    if not old:
        return ""
    m.kinds[old] = "lock"
    return f"{old}.release()\nprint({old}.locked())"


@feature()
def closes_generator(m: FlowMaker) -> str:
    old = m.old("generator")
    if not old:
        return ""
    del m.kinds[old]
    return f"{old}.close()\ndel {old}"


@feature()
def rows_of_file(m: FlowMaker) -> str:
    name = m.new("reader")
    return f"import csv, io\n{name} = csv.reader(io.StringIO('a,b\\n1,2\\n3,4\\n5,6\\n'))\nprint(next({name}))"


@feature(2)
def next_row(m: FlowMaker) -> str:
    old = m.old("reader")
    return f"print(next({old}, 'none'))" if old else ""


@feature()
def endless(m: FlowMaker) -> str:
    name = m.new("iterator")
    return f"{name} = itertools.{m.rng.choice(['count(3)', 'cycle([1, 2, 3])', 'islice(itertools.count(), 9)'])}\nnext({name})"


@feature(2)
def next_of_iterator(m: FlowMaker) -> str:
    old = m.old("iterator")
    return f"print(type(next({old}, None)).__name__)" if old else ""
