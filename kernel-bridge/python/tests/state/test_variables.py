"""For each variable: what one process sets, another finds, as if all had been one."""

from pathlib import Path

import pytest

from .flows import run_flow

CASES = {
    "cwd inside": [
        "import os; os.makedirs('a/b', exist_ok=True); os.chdir('a/b')",
        "import os; print(os.path.relpath(os.getcwd(), FOLDER))",
    ],
    "cwd outside": ["import os; os.chdir('/')", "import os; print(os.getcwd())", "import os; os.chdir(FOLDER)",
                    "import os; print(os.getcwd() == FOLDER)"],
    "environment": [
        "import os; os.environ['A_B'] = '1'; os.environ['C_D'] = '2'",
        "import os; print(os.environ['A_B']); del os.environ['A_B']; os.environ['C_D'] = ''",
        "import os; print(os.environ.get('A_B'), os.environ.get('C_D'))",
    ],
    "search path": [
        "import sys, pathlib; sys.path.insert(0, 'lib'); sys.path.insert(1, FOLDER + '/x'); "
        "sys.path.append('/elsewhere'); sys.path.append(FOLDER)",
        "import sys; print(sys.path); sys.path.remove('/elsewhere'); sys.path.reverse()",
        "import sys; print(sys.path); sys.path[:] = [FOLDER, *sys.path[1:3], *sys.path[4:], 'z', sys.path[3]]",
        "import sys, pathlib; print(sys.path); sys.path.append(pathlib.Path('q')); del sys.path[2]",
        "import sys; print(sys.path)",
    ],
    "random": [
        "import random; random.seed(7); random.gauss(0, 1)",
        "import random; print(random.gauss(0, 1), random.random())",
        "import random; print(random.random())",
    ],
    "warning filters": [
        "import warnings; warnings.filterwarnings('ignore', message='x.*'); warnings.simplefilter('error', UserWarning, append=True)",
        "import warnings; print(warnings.filters); warnings.simplefilter('ignore', DeprecationWarning)",
        "import warnings; print(warnings.filters); warnings.resetwarnings(); warnings.filterwarnings('always', category=BytesWarning)",
        "import warnings; print(warnings.filters)",
    ],
    "warning filters, the C side": [
        "import warnings; warnings.simplefilter('error')",
        "import warnings\ntry:\n    warnings.warn('w')\nexcept UserWarning as e:\n    print('raised', e)",
    ],
    "a given filter removed": [
        "import warnings; warnings.filters.remove(warnings.filters[1]); warnings.simplefilter('ignore', ResourceWarning)",
        "import warnings; print(warnings.filters)",
    ],
    "warnings.warn replaced": ["import warnings; warnings.warn = print", "import warnings; warnings.warn('said aloud')"],
    "recursion limit": ["import sys; sys.setrecursionlimit(2345)", "import sys; print(sys.getrecursionlimit())"],
    "arguments": ["import sys; sys.argv = ['x', '--n', '3']", "import sys; print(sys.argv)"],
    "digits of numbers as text": [
        "import sys\nif hasattr(sys, 'set_int_max_str_digits'): sys.set_int_max_str_digits(0)",
        "print(len(str(10 ** 5000)))",
    ],
    "exception hooks": [
        "import sys, threading; sys.excepthook = print; threading.excepthook = print; sys.tracebacklimit = 3",
        "import sys, threading; print(sys.excepthook is print, threading.excepthook is print, sys.tracebacklimit); del sys.tracebacklimit",
        "import sys; print(hasattr(sys, 'tracebacklimit'))",
    ],
    "csv dialects": [
        "import csv; csv.register_dialect('mine', delimiter=';', quoting=csv.QUOTE_ALL)",
        "import csv, io; print(list(csv.reader(io.StringIO('\"a\";\"b\"'), 'mine'))); csv.unregister_dialect('mine')",
        "import csv; print('mine' in csv.list_dialects())",
    ],
    "timeout of sockets": ["import socket; socket.setdefaulttimeout(2.5)", "import socket; print(socket.getdefaulttimeout())"],
    "signal handlers": [
        "import signal; signal.signal(signal.SIGUSR1, signal.SIG_IGN)",
        "import signal; print(signal.getsignal(signal.SIGUSR1))",
    ],
    "collector": [
        "import gc; gc.disable(); gc.set_threshold(5, 6, 7)",
        "import gc; print(gc.isenabled(), gc.get_threshold()); gc.enable()", "import gc; print(gc.isenabled())"],
    "file mask": ["import os; os.umask(0o077)", "import os; open('f', 'w').close(); print(oct(os.stat('f').st_mode))"],
    "decimal": [
        "import decimal; decimal.getcontext().prec = 5; decimal.getcontext().traps[decimal.Inexact] = True",
        "import decimal\ntry:\n    print(decimal.Decimal(1) / 8); decimal.Decimal(1) / 3\nexcept decimal.Inexact:\n    print('inexact')",
    ],
    "locale": [
        "import locale; locale.setlocale(locale.LC_NUMERIC, 'C.UTF-8')",
        "import locale; print(locale.setlocale(locale.LC_NUMERIC))",
    ],
    "time zone": [
        "import os, time; os.environ['TZ'] = 'JST-9'; time.tzset()",
        "import time; print(time.localtime(0).tm_hour, time.tzname)",
    ],
    "builtins": [
        "import builtins; builtins.answer = [42]",
        "print(answer); import builtins; del builtins.answer",
        "print('answer' in dir(__builtins__))",
    ],
    "logging to stdout": [
        "import logging, sys; logging.basicConfig(stream=sys.stdout, level=logging.INFO, format='%(levelname)s %(message)s')",
        "import logging; logging.info('hello'); logging.debug('no'); logging.getLogger('x').setLevel('ERROR')",
        "import logging; logging.getLogger('x').warning('no'); logging.getLogger('y').info('yes'); logging.disable(logging.INFO)",
        "import logging; logging.info('no'); print(logging.getLogger().handlers[0].formatter._fmt, len(logging.getLogger().handlers))",
    ],
    "a logger's own handler": [
        "import logging, sys\nlog = logging.getLogger('app'); h = logging.StreamHandler(sys.stdout); h.setLevel(30)\n"
        "h.setFormatter(logging.Formatter('%(name)s: %(message)s')); log.addHandler(h); log.propagate = False",
        "import logging; log = logging.getLogger('app'); log.warning('w'); log.error('e'); log.info('i'); log.handlers.clear()",
        "import logging; print(logging.getLogger('app').handlers, logging.getLogger('app').propagate)",
    ],
    "logging to a file": [
        "import logging; logging.basicConfig(filename='run.log', level='INFO', filemode='w', format='%(message)s'); logging.info('one')",
        "import logging; logging.info('two')",
        "print(open('run.log').read())",
    ],
}

LIBRARIES = {
    "numpy.random": [
        "import numpy as np; np.random.seed(7); np.random.randn()",
        "import numpy as np; print(np.random.randn(3), np.random.permutation(5))",
        "from numpy.random import rand; print(rand(2))",
    ],
    "numpy.random, another bit generator": [
        "import numpy as np; np.random.set_bit_generator(np.random.PCG64(3)); np.random.randn()",
        "import numpy as np; print(np.random.randn(2)); np.random.set_bit_generator(np.random.MT19937(3))",
        "import numpy as np; print(np.random.rand(2))",
    ],
    "numpy options": [
        "import numpy as np; np.set_printoptions(precision=2, suppress=True)",
        "import numpy as np\nprint(np.array([1/3])); np.set_printoptions(suppress=False, linewidth=20)",
        "import numpy as np; print(np.array([1/3] * 8), np.array([1e-9]))",
    ],
    "numpy errors": [
        "import numpy as np; np.seterr(divide='raise')",
        "import numpy as np\nprint(np.geterr())\ntry:\n    np.array([1]) / 0\nexcept FloatingPointError as e:\n    print(e)",
    ],
    "pandas options": [
        "import pandas as pd; pd.set_option('display.max_rows', None); pd.options.display.float_format = '{:.1f}'.format",
        "import pandas as pd; print(pd.get_option('display.max_rows'), pd.DataFrame({'x': [1/3]})); pd.reset_option('display.max_rows')",
        "import pandas as pd; print(pd.options.display.max_rows, pd.DataFrame({'x': [1/3]}))",
    ],
    "rcParams": [
        "import matplotlib.pyplot as plt; plt.rcParams['figure.figsize'] = 3, 2; plt.rcParams['font.sans-serif'].insert(0, 'Nowhere')",
        "import matplotlib.pyplot as plt; "
        "print(plt.figure().get_size_inches(), plt.rcParams['font.sans-serif'][:2]); plt.style.use('ggplot')",
        "import matplotlib.pyplot as plt; "
        "print(plt.rcParams['axes.prop_cycle'].by_key(), plt.rcParams['font.sans-serif'][0]); plt.rcdefaults()",
        "import matplotlib.pyplot as plt; "
        "print(sorted((k, v) for k, v in plt.rcParams.items() if k not in ('backend', 'font.sans-serif')))",
    ],
    "interactive mode": ["import matplotlib.pyplot as plt; plt.ion()", "import matplotlib.pyplot as plt; print(plt.isinteractive())"],
    "colour letters": [
        "import matplotlib.colors as c; c.get_named_colors_mapping()['r'] = (0.1, 0.2, 0.3)",
        "import matplotlib.colors as c; print(c.to_rgb('r'), c.to_rgb('g'))",
    ],
    "scikit-learn": [
        "import sklearn; sklearn.set_config(transform_output='pandas', enable_metadata_routing=True)",
        "import sklearn; print(sklearn.get_config())",
    ],
}


REGISTERS = {
    "registers, by calls": [
        "import sqlite3, mimetypes, logging, shutil, csv, multiprocessing; sqlite3.register_converter('BIT', bool)\n"
        "mimetypes.add_type('text/a', '.b1'); mimetypes.add_type('text/a', '.a1'); mimetypes.add_type('text/c', '.c1', strict=False)\n"
        "logging.addLevelName(25, 'NOTICE'); shutil.register_archive_format('mine', print); csv.field_size_limit(7)\n"
        "multiprocessing.set_start_method('spawn')",
        "import sqlite3, mimetypes, logging, shutil, csv, multiprocessing; print(sqlite3.converters['BIT'])\n"
        "print(mimetypes.guess_extension('text/a'))\n"
        "print(mimetypes.guess_type('x.c1', strict=False), logging.getLevelName('NOTICE'), shutil.get_archive_formats()[-1][0])\n"
        "print(csv.field_size_limit(), multiprocessing.get_start_method()); shutil.unregister_archive_format('mine')\n"
        "logging.addLevelName(25, 'NOTE')",
        "import shutil, logging; print([name for name, _ in shutil.get_archive_formats()], logging.getLevelName(25))",
    ],
    "registers that cannot be listed": [
        "import collections.abc, codecs, fractions; collections.abc.Sized.register(subclass=fractions.Fraction)\n"
        "codecs.register_error('strictly', codecs.replace_errors)",
        "import collections.abc, codecs, fractions; print(isinstance(fractions.Fraction(1), collections.abc.Sized))\n"
        "print('é'.encode('ascii', 'strictly'))",
        "import collections.abc, fractions; print(isinstance(fractions.Fraction(1), collections.abc.Sized))",
    ],
}
"""Each changes many variables at once."""

OF_TWO = ("time zone", "exception hooks")
"""Cases whose first step changes two variables: `%env` and `%timezone`, `%sys` and `%threading`."""

PRELOADED = ("numpy", "pandas", "matplotlib", "sklearn", "random", "decimal", "logging", "locale")


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("mode", ["fresh", "fork"])
def test_python(tmp_path: Path, name: str, mode: str) -> None:
    compare(tmp_path, name, CASES[name], mode)


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("mode", ["fresh", "fork"])
def test_registers(tmp_path: Path, name: str, mode: str) -> None:
    compare(tmp_path, name, REGISTERS[name], mode)


@pytest.mark.parametrize("name", LIBRARIES)
def test_libraries(tmp_path: Path, name: str) -> None:
    compare(tmp_path, name, LIBRARIES[name], "fork")


def compare(tmp_path: Path, name: str, steps: list[str], mode: str) -> None:
    preload = tuple(each for each in PRELOADED if mode == "fork" and any(each in step for step in steps))
    apart = run_flow(tmp_path / "apart", steps, mode, preload)
    together = run_flow(tmp_path / "together", steps, "together", preload)
    assert [text.replace("apart", "together") for text in apart.printed] == together.printed
    assert apart.problems == [[] for _ in steps]
    if name not in REGISTERS:
        assert len(apart.changed[0]) == (2 if name in OF_TWO else 1)


def test_options_wait_for_their_library(tmp_path: Path) -> None:
    """In fresh processes: one sets options, the next imports the libraries only in the middle of a function."""
    steps = [
        "import numpy as np, pandas as pd, matplotlib.pyplot as plt, sklearn, decimal\n"
        "np.set_printoptions(precision=2); np.seterr(all='raise'); np.random.seed(3); pd.set_option('display.precision', 1)\n"
        "plt.style.use('ggplot'); plt.ion(); sklearn.set_config(print_changed_only=False); decimal.getcontext().prec = 4",
        "print('nothing imported here')",
        "def show():\n"
        "    import matplotlib.pyplot as plt, pandas as pd, sklearn, decimal\n"
        "    from numpy import array, geterr, random\n"
        "    print(array([1/3]), geterr(), random.rand(2), pd.DataFrame({'x': [1/3]}), plt.rcParams['axes.facecolor'])\n"
        "    print(plt.isinteractive(), sklearn.get_config(), decimal.Decimal(1) / 3)\n"
        "show()",
    ]
    apart, together = run_flow(tmp_path / "apart", steps, "fresh"), run_flow(tmp_path / "together", steps, "together")
    assert apart.printed == together.printed
    assert sorted(apart.changed[0]) == [
        "%decimal", "%matplotlib.interactive", "%numpy.errstate", "%numpy.printoptions",
        "%numpy.random", "%pandas", "%rcParams", "%sklearn",
    ]
    assert apart.changed[1] == {}
    assert not {"%pandas", "%rcParams", "%sklearn", "%numpy.random"} & set(apart.read[1])
    assert {"%pandas", "%rcParams", "%sklearn", "%numpy.random"} <= set(apart.read[2])
    assert sorted(apart.changed[2]) == ["%numpy.random"]
