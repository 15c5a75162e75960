"""The limits of the promise, as notebooks: one for each row of the table in docs/promise.md, with the sentence a person gets."""

from __future__ import annotations

from dataclasses import dataclass

from flows.notebook import FlowCell, Notebook, setup, step


@dataclass(frozen=True)
class Limit:
    """`says`: the whole sentence, in a diagnostic, a warning of a step, or the failure; none where a limit is silent by nature.
    `shows`: what the last cell prints in a run, where that is not what Run All prints. `until`: a limit only under this module before
    this major version; later ones give what Run All gives.
    """

    notebook: Notebook
    says: str = ""
    shows: str | None = None
    until: tuple[str, int] | None = None


def _steps(*sources: str) -> Notebook:
    return Notebook([step(f"s{at}", source) for at, source in enumerate(sources)])


def _left(what: str) -> str:
    return f"{what} as this step left it is not carried on: later steps run without it. Set it in the step that needs it."


NOTED = "print('below')"

LIMITS = {
    "Two values that cannot be stored, of steps that wrote files": Limit(
        _steps("g = (i for i in range(3))\nopen('f', 'w').close()", "h = (i for i in range(3))", "print(next(g), next(h))"),
        "s2 reads `g` (a generator) of s0, which cannot be stored, and s0 wrote outside, so it cannot run twice. Put both in one step, or make it in setup.",
    ),
    "A value that cannot be stored and comes out otherwise when it is made again": Limit(
        _steps(
            "import random\ndef count(start):\n    yield start\nx = random.random()\ng = count(x)",
            "h = (i for i in range(3))",
            "print(next(g) == x, next(h))",
        ),
        "s0 holds values that cannot be stored, and running it again gave something else (x). Put what needs them into s0.",
    ),
    "`input()`": Limit(_steps("name = input('Who? ')"), "a run has nobody to answer input(): make it a parameter"),
    "`sys.exit()` in a cell": Limit(_steps("import sys\nsys.exit(3)"), "the cell called sys.exit(3), which ends a script but not a notebook"),
    "Threads that go on after their step": Limit(
        _steps("import threading, time\nthreading.Thread(target=time.sleep, args=(1,), name='beat').start()", NOTED),
        "still running when the step ended: beat",
    ),
    "Processes that go on after their step, where no value of the step holds them": Limit(
        _steps("import subprocess\nsubprocess.Popen(['sleep', '30']).pid > 0", NOTED),
        "still running when the step ended: sleep 30",
    ),
    "Functions registered with `atexit`": Limit(
        _steps("import atexit\natexit.register(print, 'bye')"),
        "Step `s0` registers a function with `atexit`; the process of a step ends without calling it.",
    ),
    "`sys.settrace`, `sys.setprofile`": Limit(_steps("import sys\nsys.settrace(lambda *about: None)", NOTED), _left("`sys.settrace`")),
    "`sys.stdout` and `sys.stderr` replaced": Limit(_steps("import sys, io\nsys.stdout = io.StringIO()", NOTED), _left("`sys.stdout`"), "below\n"),
    "Import hooks of the notebook": Limit(
        _steps("import sys\nclass Finder:\n    def find_spec(self, *about):\n        return None\nsys.meta_path.append(Finder())", NOTED), _left("`sys.meta_path`")
    ),
    "Event loop policies": Limit(
        _steps("import asyncio\nclass Policy(asyncio.DefaultEventLoopPolicy): pass\nasyncio.set_event_loop_policy(Policy())", NOTED),
        _left("the event loop policy of asyncio"),
    ),
    "Handlers of `logging` that write neither to the notebook nor to a plain file": Limit(
        _steps("import logging, io\nlogging.getLogger('far').addHandler(logging.StreamHandler(io.StringIO()))", NOTED),
        _left("a handler of `logging`"),
    ),
    "Warnings that Python shows once for each place in a module": Limit(
        Notebook(
            [
                setup("import io, contextlib, helpers\ndef warned():\n    with contextlib.redirect_stderr(io.StringIO()) as shown:\n        helpers.old()\n    return shown.getvalue() != ''"),
                step("s0", "warned()"),
                step("s1", "print(warned())"),
            ],
            {"helpers.py": "import warnings\n\ndef old():\n    warnings.warn('old')\n"},
        ),
        shows="True\n",
    ),
    "Transformers of IPython's input": Limit(
        _steps("def same(lines):\n    return lines\nget_ipython().input_transformers_cleanup.append(same)", NOTED), _left("IPython's input transformers")
    ),
    "Lines that install packages": Limit(Notebook([setup("%pip install nothing-at-all"), step("s", NOTED)]), "`%pip install nothing-at-all` does not run in a flow."),
    "Cells outside the flow that change what a step reads": Limit(
        Notebook([step("a", "x = [1]"), FlowCell("skip", "x.append(2)", None), step("b", "print(x)")]),
        "The cell is not part of the flow, but it changes `x`, which step `b` reads: running all cells by hand would give something else than a run.",
    ),
    "Steps with environments of their own (`pip:`, `conda:`, `image:`)": Limit(
        Notebook([step("a", "import numpy\nx = numpy.zeros(3)"), FlowCell("step:b pip:six", "print(x)", "print(x)")]),
        "b cannot load x: it needs the module numpy, which this environment does not have",
    ),
    "A value that cannot be stored, read in another environment": Limit(
        Notebook([step("a", "rows = (i for i in range(3))"), FlowCell("step:b pip:six", "print(next(rows))", "print(next(rows))")]),
        "b reads `rows` (a generator) of a, which cannot be stored, and the two have different environments. Put both in one step, or give them the same environment.",
    ),
    "An object of a project's module that only other values, defaults or closures hold": Limit(
        Notebook(
            [
                setup("import config\nbox = {'settings': config.settings}"),
                step("s1", "box['settings']['lr'] = 2\nprint(config.lr(), config.by_default())"),
            ],
            {"config.py": "settings = {'lr': 1}\ndef lr():\n    return settings['lr']\ndef by_default(s=settings):\n    return s['lr']\n"},
        ),
        shows="1 1\n",
    ),
    "A module of the project, changed by a step after another step has imported it": Limit(
        _steps(
            "open('part.py', 'w').write('v = 1  # old')\nimport part",
            "with open('part' + '.py', 'w') as file:\n    file.write('v = 2  # changed')",
            "import part\nprint(part.v)",
        ),
        "s2 imports part.py, which has changed since s0 imported it: one session would go on with the old code. Write the file above every step that imports it.",
    ),
    "Identity of immutable objects, `id()`, addresses": Limit(_steps("x = 10 ** 30\nL = [x]\nM = {'k': x}", "print(L[0] is M['k'])"), shows="False\n"),
    "Tracebacks of exceptions that are kept": Limit(
        _steps("kept = None\ntry:\n    1 / 0\nexcept ZeroDivisionError as error:\n    kept = error", "print(kept.__traceback__)"), shows="None\n"
    ),
    "Columns of a frame, with pandas before 3": Limit(
        _steps("import pandas as pd\ndf = pd.DataFrame({'x': [1]})\nx = df['x']\nx.name = 'label'", "print(df['x'].name)"), shows="x\n", until=("pandas", 3)
    ),
    "Flags of decimal's context": Limit(_steps("import decimal\ndecimal.Decimal(1) / 3", "print(decimal.getcontext().flags[decimal.Inexact])"), shows="False\n"),
}

CARRIED = {
    "`from __future__ import …`": _steps("from __future__ import annotations\nx = 1", "def f(a: Missing): ...\nprint(f.__annotations__)"),
    "attributes of modules and library classes": Notebook(
        [
            setup("import json\nimport pandas as pd\njson.limit = 9\ndef twice(frame):\n    return frame * 2\npd.DataFrame.twice = twice"),
            step("a", "import json\nprint(json.limit, pd.DataFrame({'x': [1]}).twice().x[0])\ndel json.limit\nsetattr(json, 'other', 2)"),
            step("b", "print(hasattr(json, 'limit'), json.other)"),
        ]
    ),
    "memory maps": _steps(
        "import numpy as np, os, time\nm = np.memmap('big.dat', dtype='f4', mode='w+', shape=(4,))\nm[:] = 1\nnp.save('a.npy', np.arange(4.0))",
        "time.sleep(0.2)\nm[0] = 5\nm.flush()\npart = m[1:3]",
        "part[0] = 7\nr = np.load('a.npy', mmap_mode='r')",
        "print(np.fromfile('big.dat', dtype='f4'), m, type(part).__name__)",
        "print(r.sum(), r.mode, os.path.basename(r.filename), r.flags.writeable)",
    ),
    "writing to what an earlier step left open": _steps(
        "import mmap, logging, time\nf = open('l.txt', 'w')\nopen('mm.bin', 'wb').write(b'abcdef')\nmm = mmap.mmap(open('mm.bin', 'r+b').fileno(), 0)\nlog = logging.getLogger('q')\nlog.addHandler(logging.FileHandler('q.log'))",
        "time.sleep(0.2)\nf.write('hello')\nf.flush()\nmm[0:1] = b'Z'\nmm.flush()\nlog.warning('two')",
        "print(open('l.txt').read(), open('mm.bin', 'rb').read(), open('q.log').read())",
        "f.close()",
    ),
    "modules that a step writes, whatever says their name": _steps(
        "import time\ntime.sleep(0.3)\nfor name in ('one', 'two'):\n    open(name + '.py', 'w').write('v = 5')",
        "try:\n    import one\n    v = one.v\nexcept ImportError:\n    v = None\nprint(v)",
        "import importlib\nprint(importlib.import_module('two').v)",
        "print(open('two' + '.py').read(), v)",
    ),
    "tables of libraries that cells change in place": Notebook(
        [
            setup("import html, html.entities as he, keyword\nimport matplotlib.colors as mc\nimport sklearn.metrics as m, sklearn.metrics._scorer as scorer"),
            step("names", "def add(name):\n    he.name2codepoint[name] = 1\nadd('foo')\nkeyword.kwlist.append('foo')"),
            step("colours", "mc.CSS4_COLORS.update(foo='#123456')\nscorer._SCORERS['mine'] = m.make_scorer(m.f1_score)"),
            step("seen", "print(he.name2codepoint.get('foo'), keyword.kwlist[-1], mc.CSS4_COLORS['foo'], 'mine' in m.get_scorer_names())"),
            step("gone", "del he.name2codepoint['foo']\nkeyword.kwlist.remove('foo')"),
            step("after", "print('foo' in he.name2codepoint, keyword.kwlist[-1], len(mc.CSS4_COLORS))"),
        ]
    ),
    "registers of libraries": Notebook(
        [
            setup(
                "import codecs, collections.abc, copy, copyreg, csv, logging, mimetypes, multiprocessing, shutil, sqlite3, numbers, os\n"
                "import matplotlib, joblib\nimport matplotlib.colors, matplotlib.font_manager, matplotlib.scale, matplotlib.style, matplotlib.units\n"
                "class P:\n    x = 1"
            ),
            step(
                "python",
                "sqlite3.register_adapter(P, lambda p: 'adapted')\nmimetypes.add_type('text/mine', '.hwx')\nlogging.addLevelName(25, 'NOTICE')\n"
                "collections.abc.Sequence.register(P)\n@numbers.Number.register\nclass Q: pass\n"
                "codecs.register_error('mine', lambda error: ('?!', error.end))\ncsv.field_size_limit(10 ** 9)\n"
                "shutil.register_unpack_format('mine', ['.mine'], lambda name, to: open(os.path.join(to, 'un'), 'w').close())\n"
                "multiprocessing.set_start_method('spawn')\ncopyreg.pickle(P, lambda p: (P, ()))",
            ),
            step(
                "drawing",
                "matplotlib.colormaps.register(matplotlib.colors.ListedColormap(['red', 'blue'], name='mine'))\n"
                "class Wide(matplotlib.scale.LinearScale):\n    name = 'wide'\nmatplotlib.scale.register_scale(Wide)\n"
                "matplotlib.units.registry[P] = matplotlib.units.ConversionInterface()\n"
                "matplotlib.style.library['mine'] = {'lines.linewidth': 9}\n"
                "shutil.copy(os.path.join(matplotlib.get_data_path(), 'fonts/ttf/DejaVuSans.ttf'), 'mine.ttf')\n"
                "matplotlib.font_manager.fontManager.addfont('mine.ttf')\n"
                "joblib.parallel.register_parallel_backend('mine', joblib.parallel.BACKENDS['threading'])",
            ),
            step(
                "shell",
                "formats = get_ipython().display_formatter.formatters\nformats['text/html'].for_type(P, lambda p: '<b>P</b>')\n"
                "formats['text/plain'].for_type(int, lambda n, p, cycle: p.text(f'int {n}'))\n"
                "get_ipython().set_custom_exc((ZeroDivisionError,), lambda shell, kind, error, trace, tb_offset=None: print('caught', error))",
            ),
            step(
                "see",
                "print(sqlite3.connect(':memory:').execute('select ?', (P(),)).fetchone(), mimetypes.guess_type('a.hwx'), logging.getLevelName(25))\n"
                "print(isinstance(P(), collections.abc.Sequence), isinstance(Q(), numbers.Number), 'é'.encode('ascii', 'mine'), csv.field_size_limit())\n"
                "print([each for each in shutil.get_unpack_formats() if each[0] == 'mine'], multiprocessing.get_start_method(), P in copyreg.dispatch_table)",
            ),
            step(
                "draw",
                "print(matplotlib.colormaps['mine'].N, 'wide' in matplotlib.scale.get_scale_names(), P in matplotlib.units.registry)\n"
                "print('mine' in matplotlib.style.library, [font.name for font in matplotlib.font_manager.fontManager.ttflist if 'mine.ttf' in font.fname])\n"
                "print('mine' in joblib.parallel.BACKENDS)",
            ),
            step("show", "P()"),
            step("number", "12"),
            step("gone", "shutil.unregister_unpack_format('mine')\nmatplotlib.colormaps.unregister('mine')\nformats['text/plain'].pop(int)\ndel formats"),
            step("after", "print([each for each in shutil.get_unpack_formats() if each[0] == 'mine'], 'mine' in matplotlib.colormaps)\n12"),
            step("raises", "1 / 0"),
        ]
    ),
    "magics, aliases, callbacks, extensions": _steps(
        "from IPython.core.magic import register_line_magic\n@register_line_magic\ndef greet(line):\n    print('hello', line)",
        "%alias hi echo hi\n%load_ext autoreload\ndef after(*about):\n    print('after')\nget_ipython().events.register('post_run_cell', after)",
        "%greet you\n%hi\nprint(sorted(get_ipython().extension_manager.loaded))",
    ),
    "hooks, arguments, signals, collector, file mask": _steps(
        "import sys, threading, signal, gc, os\ndef hook(*about): ...\nsys.excepthook = threading.excepthook = hook\nsys.argv = ['x', '-n']\nsignal.signal(signal.SIGUSR1, hook)\ngc.disable()\nos.umask(0o077)",
        "print(sys.excepthook is hook, threading.excepthook is hook, sys.argv, signal.getsignal(signal.SIGUSR1) is hook, gc.isenabled(), oct(os.umask(0o077)))",
    ),
}
"""What is kept although it belongs to the process: these equal Run All."""
