"""Small notebooks, each made so that one fault of an engine must show, whatever the machine does: sleeps decide who is first."""

from __future__ import annotations

from flows.notebook import Notebook, setup, step

SHOWS = {
    # `bump` changes `log` in a way no reading of the code finds, after `late` has read it.
    "hidden change": Notebook(
        [
            setup("import time\nlog = []\nclass Box:\n    def put(self, x):\n        log.append(x)\nputs = [Box().put]"),
            step("bump", "time.sleep(0.6)\nprint(list(map(puts[0], range(2))))"),
            step("late", "print(log)\nm = len(log) * 10"),
            step("last", "print(m, log)"),
        ]
    ),
    # `tie` makes `b` hold `a` without changing it, while `grow` changes the `a` it had before.
    "alias made meanwhile": Notebook(
        [
            setup("import time\na = []\nb = {}\ndef _keep(where, key):\n    where[key] = globals()['a']\nkeep = [_keep]"),
            step("tie", "time.sleep(0.6)\nb['a'] = a"),
            step("grow", "a.append(1)"),
            step("last", "print(b, b['a'] is a)"),
        ]
    ),
    "bound, bound again, deleted": Notebook(
        [step("a", "x = 1\ny = 1"), step("b", "x = 2"), step("c", "del y"), step("d", "print(x)")]
    ),
    "order of a set": Notebook(
        [step("a", "s = {i * 37 % 1009 for i in range(28)}\nfor each in list(s)[::3]:\n    s.discard(each)"), step("b", "print(list(s))")]
    ),
    "slow before fast": Notebook(
        [
            step("fast", "import time\nx = 1"),
            step("slow", "time.sleep(1.5)\ny = 1"),
            step("reads", "time.sleep(0.1)\nseen = (x, y)"),
            step("later", "time.sleep(0.2)\nx = 2"),
        ]
    ),
    # `from config import settings`: what is changed by either is seen by both.
    "object of a module": Notebook(
        [
            setup("import config\nfrom config import settings, names, register, show\nfrom data import frame, total\nboth = [settings, names]"),
            step("here", "settings['lr'] = 2\nframe['b'] = 3\nprint(show(), total())"),
            step("there", "@register\ndef first(): pass\nconfig.settings['lr'] += 1"),
            step("seen", "print(names, settings, both, names is config.names, both[0] is settings)\nboth[0]['k'] = 1"),
            step("again", "print(show(), settings is config.settings)\nframe.loc[0, 'a'] = 10"),
            step("rebound", "config.settings = {'lr': 100}\nprint(show(), total(), settings)"),
            step("apart", "settings['lr'] = 7\nprint(show(), settings)"),
            step("own", "names = ['mine']\nprint(show(), total())"),
            step("shows", "print(show(), names, settings, frame, total())"),
        ],
        {
            "config.py": (
                "settings = {'lr': 1}\nnames = []\ndef show():\n    return settings, names\n"
                "def register(f):\n    names.append(f.__name__)\n    return f\n"
            ),
            "data.py": "import pandas as pd\nframe = pd.DataFrame({'a': [1, 2]})\ndef total():\n    return float(frame['a'].sum()), list(frame.columns)\n",
        },
    ),
    # The step that changes the objects uses no name of the notebook's for them.
    "object that a module changes": Notebook(
        [
            setup("import config\nfrom config import names, register, settings"),
            step("there", "@register\ndef first(): pass\nconfig.settings['lr'] += 1"),
            step("seen", "print(names, settings)"),
        ],
        {"config.py": "settings = {'lr': 1}\nnames = []\ndef register(f):\n    names.append(f.__name__)\n    return f\n"},
    ),
    # What is stored by the name a module had it under is what it had, whatever a cell has put there since.
    "function that a cell replaces": Notebook(
        [
            setup("import config, textwrap\nfrom config import rate, Model\nbox, m = [textwrap.dedent], Model()"),
            step("replace", "def mine():\n    return 'mine', rate()\nconfig.rate = mine\ntextwrap.dedent = lambda text: 'D' + box[0](text)"),
            step("derive", "class Mine(Model):\n    pass\nconfig.Model = Mine"),
            step("call", "print(config.rate(), rate(), textwrap.dedent('  x'), box[0]('  y'), type(m) is Model, config.Model is Mine, Mine.__mro__[1] is Model)"),
            step("back", "config.rate = rate\nbox.append(config.rate)"),
            step("again", "print(config.rate(), config.rate is rate, box[1] is rate, isinstance(config.Model(), Model))"),
        ],
        {"config.py": "def rate():\n    return 1\nclass Model:\n    pass\n"},
    ),
    "table of a library": Notebook(
        [setup("import html.entities as he"), step("tells", "he.name2codepoint['foo'] = 1"), step("asks", "print(he.name2codepoint.get('foo'))")]
    ),
    "register of a library": Notebook(
        [
            setup("import sqlite3, shutil\nclass P: pass"),
            step("tells", "sqlite3.register_adapter(P, lambda p: 'adapted')\nshutil.register_archive_format('mine', print)"),
            step("asks", "print(sqlite3.connect(':memory:').execute('select ?', (P(),)).fetchone(), shutil.get_archive_formats())"),
        ]
    ),
    "options set above": Notebook(
        [
            setup("import os, decimal, warnings"),
            step("sets", "decimal.getcontext().prec = 4\nos.environ['HW_X'] = 'y'\nos.makedirs('d', exist_ok=True)\nos.chdir('d')"),
            step("reads", "print(decimal.Decimal(1) / 3, os.environ.get('HW_X'), os.path.basename(os.getcwd()))"),
        ]
    ),
    # Run All never gets to writing.
    "file after failure": Notebook(
        [
            setup("import time"),
            step("fails", "time.sleep(0.6)\nint('x')"),
            step("writes", "with open('made.txt', 'w') as file:\n    file.write('too early')"),
        ]
    ),
    "file by a computed name": Notebook(
        [
            setup("import time, os\nname = ''.join(['no', 'te', '.t', 'xt'])\nwith open(name, 'w') as file:\n    file.write('first')"),
            step("writes", "time.sleep(0.6)\nwith open(name, 'w') as file:\n    file.write('second')"),
            step("reads", "with open(name) as other:\n    found = other.read()"),
            step("shows", "print(found)"),
        ]
    ),
    # `c` needs both processes at once, so `a` and `b` run again in one; `a` made something else then.
    "module by a computed name": Notebook(
        [
            step("write", "import time\ntime.sleep(0.6)\nwith open('pa' + 'rt.py', 'w') as file:\n    file.write('v = 5')"),
            step("ask", "try:\n    import part\n    v = part.v\nexcept ImportError:\n    v = None\nprint(v)"),
        ]
    ),
    # A process of its own writes the file: no event of Python's tells its name.
    "file of a process": Notebook(
        [
            step("old", "with open('data.txt', 'w') as file:\n    file.write('4')"),
            step("write", "name = 'da' + 'ta.txt'\n!sleep 0.6; echo 5 > {name}; mkdir -p more; echo 6 > more/b.txt"),
            step("read", "with open('data' + '.txt') as file:\n    print(file.read())"),
            step("list", "import os\nprint(sorted(os.listdir('mo' + 're')) if os.path.isdir('mo' + 're') else None)"),
        ]
    ),
    "question about a file": Notebook(
        [
            setup("import os, time\ndef where(name):\n    return os.path.join('out', name + '.csv')"),
            step("write", "time.sleep(0.6)\nos.makedirs('o' + 'ut')\nwith open(where('x'), 'w') as file:\n    file.write('1')"),
            step("by_name", "print(os.path.exists('out/x.csv'))"),
            step("by_any_name", "print(os.path.isfile(where('x')))"),
        ]
    ),
    # One module, changed by what cells call: in one session it is there once.
    "module that remembers": Notebook(
        [
            setup("import config, model\nconfig.load('prod')"),
            step("a", "print(model.mode(), model.draw())"),
            step("b", "config.load('late')\nprint(config.count, model.draw())"),
            step("c", "print(model.mode(), config.count, model.draw(), config.settings is model.settings)"),
        ],
        {
            "config.py": "settings = {}\ncount = 0\n\ndef load(mode):\n    global count\n    settings['mode'] = mode\n    count += 1\n",
            "model.py": "import random\nfrom config import settings\n\nrng = random.Random(5)\n\ndef mode():\n    return settings.get('mode')\n\ndef draw():\n    return rng.random()\n",
        },
    ),
    # What a module of the project asks for, and what its native code writes, no cell says and no event tells.
    "question of a module": Notebook(
        [
            step("write", "import time\ntime.sleep(0.6)\nwith open('o' + 'ut.csv', 'w') as file:\n    file.write('1')"),
            step("ask", "import helpers\nprint(helpers.state('o' + 'ut.csv'))"),
        ],
        {"helpers.py": "import os\n\ndef state(name):\n    return 'there' if is_there(name) else 'not there'\n\ndef is_there(name):\n    return os.path.exists(name)\n"},
    ),
    "question of a script": Notebook(
        [
            setup("%run helpers.py"),
            step("write", "import time\ntime.sleep(0.6)\nopen('o' + 'ut.csv', 'w').close()"),
            step("ask", "print(is_there('o' + 'ut.csv'))"),
        ],
        {"helpers.py": "import os\n\ndef is_there(name):\n    return os.path.exists(name)\n"},
    ),
    "native write of a module after failure": Notebook(
        [
            step("fails", "import time\ntime.sleep(0.6)\nint('x')"),
            step("writes", "import helpers\nhelpers.keep('made.h5')"),
        ],
        {
            "helpers.py": "import h5py\n\ndef keep(name):\n    h5py.File(name)\n",
            "h5py.py": "import ctypes\n\ndef File(name):\n    libc = ctypes.CDLL(None)\n    libc.fopen.restype = ctypes.c_void_p\n    libc.fclose(ctypes.c_void_p(libc.fopen(name.encode(), b'w')))\n",
        },
    ),
    "two generators of two steps": Notebook(
        [
            step("a", "import random\ndef count(start):\n    for i in range(3):\n        yield start + i\nx = random.random()\ng = count(x)"),
            step("b", "h = (i for i in range(3))"),
            step("c", "first, second = next(g), next(h)\nsame = first == x\nprint(same)\ndel x, first"),
            step("d", "del g, h"),
        ]
    ),
    "names at a failure": Notebook([step("a", "kept = [1]"), step("b", "kept.append(2)\nalso = kept\nint('x')")]),
}
