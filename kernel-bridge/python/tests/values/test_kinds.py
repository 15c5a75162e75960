"""Values of many kinds: made in one process, used in the next, compared with the same code in one."""

from __future__ import annotations

import importlib
import sys

import pytest

from tests.values.helpers.run import Run

KINDS = {
    "array.array": ("import array\na = array.array('i', [1, 2])\nb = a", "a.append(3); print(b)"),
    "generic alias": ("from typing import *\nA = Dict[str, List[int]]; B = list[int]; C = Optional[int]", "print(A, B, C)"),
    "annotated": ("from typing import Annotated, Literal\nA = Annotated[int, 'x']\nL = Literal[1, 'b']", "print(A, L)"),
    "new type": ("from typing import NewType\nU = NewType('U', int)\nd = {U: 1}", "print(U(3), d[U], U.__name__)"),
    "typed dict": ("from typing import TypedDict\nclass D(TypedDict, total=False):\n    a: int\nd = D(a=1)", "print(d, D.__total__, D(a=2))"),
    "protocol": ("from typing import *\n@runtime_checkable\nclass P(Protocol):\n    def m(self): ...\nclass X:\n    def m(self): pass\nx = X()", "print(isinstance(x, P), isinstance(3, P))"),
    "coroutine function": ("import asyncio\nasync def f(x): return x + 1\nasync def g():\n    yield 1", "print(asyncio.run(f(1)), g.__name__)"),
    "descriptor": ("class D:\n    def __set_name__(s, o, n): print('named'); s.n = n\n    def __get__(s, o, t): return s.n\nclass C:\n    x = D()\nc = C()", "print(c.x)"),
    "class getitem": ("class C:\n    def __class_getitem__(c, k): return (c.__name__, k)\nX = C", "print(C[3], X is C)"),
    "slots and dict": ("class A:\n    __slots__ = ('a', '__weakref__')\nclass B(A): pass\nb = B(); b.a = 1; b.c = [2]", "import weakref\nprint(b.a, b.c, weakref.ref(b)() is b)"),
    "slots as string": ("class A:\n    __slots__ = 'a'\nx = A(); x.a = [1]", "print(x.a, hasattr(x, '__dict__'))"),
    "property with setter": ("class C:\n    @property\n    def p(s): return s._p\n    @p.setter\n    def p(s, v): s._p = v * 2\nc = C(); c.p = 2", "c.p = 3; print(c.p, C.p.fset.__name__)"),
    "operators": ("class V:\n    def __init__(s, x): s.x = x\n    def __add__(s, o): return V(s.x + o.x)\n    def __call__(s): return s.x\n    def __len__(s): return 3\nv = V(1)", "print((v + v)(), len(v), bool(v))"),
    "iteration protocol": ("class I:\n    def __init__(s): s.n = 0\n    def __iter__(s): return s\n    def __next__(s):\n        s.n += 1\n        if s.n > 3: raise StopIteration\n        return s.n\ni = I(); next(i)", "print(list(i))"),
    "array subclass with attributes": ("import numpy as np\nclass M(np.ndarray): pass\na = np.arange(3.)\nm = a.view(M); m.unit = ['km']\nu = m.unit; n = m.copy(); n.unit = u; w = n[1:]", "m[0] = 9; w[0] = 7; u.append(1); print(m, a, n, m.unit, n.unit is u, type(w).__name__)"),
    "view of objects": ("import numpy as np\na = np.array([[1], 2, 'x', None], dtype=object)\nv = a[1:][::-1]; a[3] = a; m = np.empty((2, 2), object, order='F'); r = m[0]; e = a[4:]; z = np.array(None, dtype=object)", "v[1] = 5; v[2] = 7; r[1] = []; print(a[:3], v[0] is a, m, e.shape, z); a[0].append(1); print(a[0])"),
    "masked array": ("import numpy as np\nm = np.ma.masked_array([1., 2.], [0, 1]); k = np.ma.array([1, 2])", "print(m, m.astype(int).fill_value, k.mask is np.ma.nomask, m._fill_value)"),
    "recarray": ("import numpy as np\nr = np.rec.array([(1, 2.)], dtype=[('a', int), ('b', float)])\nb = r.b", "b[0] = 5; print(r.b, type(r).__name__, r[0].a)"),
    "array over a bytearray": ("import numpy as np\nb = bytearray(b'12345678'); a = np.frombuffer(b, 'i4'); c = a.reshape(2, 1)", "b[0] = 3; print(a, c.ravel())\ntry:\n    b.append(1)\nexcept BufferError as e:\n    print('held')"),
    "nested classes": ("class A:\n    class B:\n        class C: v = 1\na = A.B.C()", "print(a.v, type(a).__qualname__, A.B.C is type(a))"),
    "local class": ("def make():\n    k = [1]\n    class L:\n        def m(s): return k\n    return L, k\nL, k = make()\nl = L()", "k.append(2); print(l.m(), L.__qualname__)"),
    "class decorator": ("def deco(c):\n    c.extra = lambda s: 5\n    return c\n@deco\nclass C: pass\nc = C()", "print(c.extra())"),
    "singledispatchmethod": ("import functools\nclass C:\n    @functools.singledispatchmethod\n    def f(s, x): return 'o'\n    @f.register\n    def _(s, x: int): return 'i'\nc = C()", "print(c.f(1), c.f('a'))"),
    "partialmethod": ("import functools\nclass C:\n    def f(s, a, b): return a, b\n    g = functools.partialmethod(f, 1)\nc = C()", "print(c.g(2))"),
    "total_ordering": ("import functools\n@functools.total_ordering\nclass C:\n    def __init__(s, x): s.x = x\n    def __eq__(s, o): return s.x == o.x\n    def __lt__(s, o): return s.x < o.x\na, b = C(1), C(2)", "print(a <= b, b > a)"),
    "closed files": ("import io, os\nfs = []\nfor mode in ('w', 'wb', 'a+', 'r', 'rb', 'r+b', 'ab'):\n    with open('f.txt', mode) as f: fs.append(f)\nfs.append(open('f.txt', 'rb', buffering=0)); fs.append(open(os.open('f.txt', os.O_RDONLY), 'r')); fs.append(io.TextIOWrapper(io.BytesIO(), 'latin1'))\nfor f in fs: f.close()\nos.remove('f.txt')", "for f in fs[:-1]:\n    print(type(f).__name__, f.name if isinstance(f.name, str) else type(f.name), f.mode, f.closed, getattr(f, 'encoding', ''), repr(f)[:60] if isinstance(f.name, str) else '')\nprint(fs[-1].encoding, fs[-1].closed, hasattr(fs[-1], 'mode'))\ntry:\n    fs[0].write('x')\nexcept ValueError as e:\n    print(e)"),
    "loops of lambdas": ("fs = [lambda i=i: i for i in range(3)]\ngs = [lambda: j for j in range(3)]", "print([f() for f in fs], [g() for g in gs])"),
    "nested nonlocal": ("def a():\n    n = 0\n    def b():\n        def c():\n            nonlocal n\n            n += 1\n            return n\n        return c\n    return b\nb = a(); c = b(); c()", "print(c(), b()())"),
    "empty cell": ("def a():\n    def f(): return x\n    if False: x = 1\n    return f\nf = a()", "try:\n    f()\nexcept NameError as e:\n    print(e)"),
    "keyword defaults": ("d = [1]\ndef f(a, /, b=d, *, k=d): return a, b, k", "d.append(2); print(f(0), f.__kwdefaults__['k'] is d)"),
    "annotations": ("class C: pass\ndef f(x: C, y: 'str' = '') -> list: ...", "print(f.__annotations__['x'] is C, f.__annotations__['return'])"),
    "builtin methods": ("L = []\nadd = L.append\nup = 'abc'.upper\njoin = ','.join\nget = {'a': 1}.get", "add(1); print(L, up(), join('xy'), get('a'))"),
    "operators of operator": ("import operator as o\ng = o.itemgetter(1); a = o.attrgetter('real'); m = o.methodcaller('upper')", "print(g([1, 2]), a(3), m('x'))"),
    "itertools": ("import itertools as t\nc = t.count(5); next(c); y = t.cycle([1, 2]); next(y); p = t.product([1, 2], 'ab'); next(p); r = t.repeat(3, 2)", "print(next(c), next(y), list(p), list(r))"),
    "enumerate zip map": ("e = enumerate('abc'); next(e); z = zip([1, 2], 'xy'); m = map(str, [1, 2]); f = filter(None, [0, 1]); r = iter(range(3)); next(r)", "print(list(e), list(z), list(m), list(f), list(r))"),
    "dict iterators": ("d = {1: 2, 3: 4}\nit = iter(d); next(it)", "print(list(it))"),
    "string io": ("import io\ns = io.StringIO('a\\nb'); s.readline(); b = io.BytesIO(b'xyz'); b.read(1)", "print(s.read(), b.read())"),
    "datetime": ("import datetime as d\na = d.datetime(2020, 1, 2, tzinfo=d.timezone.utc); b = d.timedelta(3)", "print(a + b, a.tzinfo is d.timezone.utc)"),
    "fractions and decimals": ("import fractions, decimal\nf = fractions.Fraction(1, 3); q = decimal.Decimal('1.10')", "print(f + 1, q * 2)"),
    "paths": ("import pathlib, uuid, ipaddress\np = pathlib.Path('a') / 'b'; u = uuid.UUID(int=5); i = ipaddress.ip_address('10.0.0.1')", "print(p, u, i + 1)"),
    "simple namespace": ("import types, argparse\ns = types.SimpleNamespace(a=[1]); n = argparse.Namespace(x=s)", "n.x.a.append(2); print(s, n.x is s)"),
    "user containers": ("import collections as c\nclass D(c.UserDict): pass\nd = D(a=1); o = c.OrderedDict(b=1, a=2); o.move_to_end('b'); dd = c.defaultdict(list); dd['k'].append(1)", "dd['z'].append(2); print(d, o, dd, D)"),
    "counter and chain": ("import collections as c\nk = c.Counter('aab'); m = c.ChainMap({'a': 1}, {'b': 2}); q = c.deque([1, 2], 2)", "k.update('b'); q.append(3); print(k, m['b'], q, q.maxlen)"),
    "mapping class": ("from collections.abc import Mapping\nclass M(Mapping):\n    def __init__(s, d): s.d = d\n    def __getitem__(s, k): return s.d[k]\n    def __iter__(s): return iter(s.d)\n    def __len__(s): return len(s.d)\nm = M({'a': 1})", "print(dict(m), 'a' in m, isinstance(m, Mapping))"),
    "exception group of causes": ("class E(Exception):\n    def __init__(s, a, *, k): super().__init__(a); s.k = k\ne = E('x', k=[1])\ne.__cause__ = ValueError(3)", "print(e, e.args, e.k, repr(e.__cause__))"),
    "os errors": ("e = FileNotFoundError(2, 'no', 'f'); u = UnicodeDecodeError('utf8', b'x', 0, 1, 'why'); s = SyntaxError('m', ('f', 1, 2, 't'))", "print(e.filename, e, u, s.lineno)"),
    "struct and patterns": ("import struct, re\ns = struct.Struct('<i'); p = re.compile('a(b)', re.I); m = p.match('AB')", "print(s.pack(5), p.flags, m.groups())"),
    "locks and events": ("import threading, queue\ne = threading.Event(); c = threading.Condition(); q = queue.PriorityQueue(); q.put(2); q.put(1); s = queue.SimpleQueue(); s.put(5); b = threading.BoundedSemaphore(2)", "e.set()\nwith c: print(q.get(), s.get(), e.is_set(), b.acquire())"),
    "cached property": ("import functools\nclass C:\n    @functools.cached_property\n    def p(s): print('made'); return [1]\nc = C(); c.p", "c.p.append(2); print(c.p)"),
    "exit stack": ("import contextlib\nlog = []\ns = contextlib.ExitStack()\ns.callback(log.append, 1)", "s.close(); print(log)"),
    "null context and suppress": ("import contextlib\nn = contextlib.nullcontext(5); s = contextlib.suppress(KeyError)", "with n as v, s:\n    print(v); {}[1]"),
    "logger": ("import logging\nlog = logging.getLogger('a.b'); h = logging.NullHandler()", "print(log is logging.getLogger('a.b'), log.name)"),
    "enum with methods": ("import enum\nclass E(enum.Enum):\n    A = 'a'\n    B = 'b'\n    @classmethod\n    def of(c, v): return c(v)\n    @property\n    def up(s): return s.value.upper()\nL = [E.A, E.B]", "print(E.of('a') is L[0], E.B.up, list(E) == L, E['A'])"),
    "enum auto and alias": ("import enum\nclass E(enum.IntFlag):\n    R = enum.auto(); W = enum.auto(); RW = R | W\nx = E.R | E.W", "print(x is E.RW, x, E.R in x, int(x))"),
    "named tuple class": ("from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: list = []\n    def s(self): return self.x\np = P(1, [2])", "p.y.append(3); print(p, p.s(), p._replace(x=5), P._fields, P.__new__.__defaults__)"),
    "dataclass features": ("from dataclasses import *\n@dataclass(order=True)\nclass A:\n    x: int\n    y: list = field(default_factory=list, compare=False)\n    z: InitVar[int] = 3\n    def __post_init__(s, z): s.w = z\na = A(1)", "print(a, a.w, A(0) < a, asdict(a), [f.name for f in fields(A)], replace(a, x=9, z=1).w, MISSING is fields(A)[0].default)"),
    "metaclass registry": ("class M(type):\n    reg = {}\n    def __new__(m, n, b, d, **k):\n        c = super().__new__(m, n, b, d); m.reg[n] = c; return c\n    def __getattr__(c, n): return n.upper()\nclass A(metaclass=M): pass", "class B(A): pass\nprint(sorted(M.reg), M.reg['A'] is A, A.hello)"),
    "abstract": ("import abc\nclass A(abc.ABC):\n    @property\n    @abc.abstractmethod\n    def p(s): ...\nclass B(A):\n    p = 5\nb = B()", "try:\n    A()\nexcept TypeError as e: print('abstract')\nprint(b.p, isinstance(b, A), A.__abstractmethods__)"),
    "generic class": ("from typing import *\nT = TypeVar('T', bound=int); K = TypeVar('K', int, str)\nclass G(Generic[T, K]): pass\nX = G[int, str]\ng = X()", "print(X, G.__parameters__ == (T, K), T.__bound__, isinstance(g, G))"),
    "multiple inheritance": ("class A:\n    def f(s): return ['A']\nclass B(A):\n    def f(s): return ['B', *super().f()]\nclass C(A):\n    def f(s): return ['C', *super().f()]\nclass D(B, C): pass\nd = D()", "print(d.f(), [c.__name__ for c in D.__mro__])"),
    "int and str subclasses": ("class I(int):\n    def __new__(c, v): print('new'); return super().__new__(c, v)\nclass S(str): pass\ni = I(5); i.tag = [1]; s = S('x'); s.t = i", "print(i + 1, i.tag, s, s.t is i, type(s) is S)"),
    "frozen set and tuple subclasses": ("class F(frozenset): pass\nclass T(tuple): pass\nf = F([1]); f.x = 1; t = T([[1]]); u = t[0]", "u.append(2); print(f, f.x, t, type(t) is T)"),
    "bytes and bytearray": ("b = bytearray(b'abc'); m = memoryview(b); B = bytes(5)", "b[0] = 65; print(bytes(m), B)"),
    "self reference": ("L = [1]; L.append(L); d = {}; d['d'] = d\nclass C: pass\nc = C(); c.me = c; c.all = [c]", "print(L[1] is L, d['d'] is d, c.me is c, c.all[0] is c)"),
    "shared deep": ("x = [0]; a = {'k': (1, [x])}; b = [[[x]]]; t = (x, x)", "x[0] = 9; print(a, b, t, a['k'][1][0] is b[0][0][0])"),
    "hash of other types": ("import datetime as d\ns = {(i % 5, str(i)) for i in range(30)}; f = {frozenset([i, i + 1]): i for i in range(5)}; e = {d.date(2020, 1, i + 1) for i in range(20)}\no = [list(s), list(e)]", "print([list(s), list(e)] == o, len(f))"),
    "code objects": ("c = compile('x = 1 + y', 'f', 'exec')", "y = 2\nexec(c)\nprint(x)"),
    "globals and builtins": ("g = globals(); import builtins as bi; p = print; t = type; n = NotImplemented", "g['new'] = 5; print(new, p is print, t is type, n)"),
    "static and class methods": ("class C:\n    @staticmethod\n    def s(x): return x\n    @classmethod\n    def k(c): return c\nf = C.s; k = C.k; raw = C.__dict__['s']", "print(f(1), k() is C, raw.__func__ is C.s)"),
    "bound methods": ("class C:\n    def m(s): return s\n    def __eq__(s, o): return True\n    __hash__ = None\nc = C(); m = c.m; ms = [c.m]", "print(m() is c, ms[0].__self__ is c)"),
    "weak containers": ("import weakref\nclass C: pass\nk = C(); w = weakref.WeakKeyDictionary({k: [1]}); v = weakref.WeakValueDictionary(a=k); r = weakref.ref(k); d = weakref.ref(C())", "print(w[k], v['a'] is k, r() is k, d())"),
    "zoneinfo": ("import zoneinfo\nz = zoneinfo.ZoneInfo('UTC')", "print(z, z is zoneinfo.ZoneInfo('UTC'))"),
    "masked arrays": ("import numpy as np\na = np.ma.array([1, 2, 3], mask=[0, 1, 0]); b = np.matrix([[1, 2]]); c = np.rec.array([(1, 2.)], names='a,b'); p = np.poly1d([1, 2])", "print(a.sum(), b.T.shape, c.a, p(3))"),
    "numpy scalars": ("import numpy as np\na = np.float32(1.5); b = np.datetime64('2020'); c = np.dtype([('x', 'i4')]); d = np.sin; e = np.nan; f = np.s_[1:2]", "print(a + 1, b, c, d is np.sin, e is np.nan, f)"),
    "object arrays": ("import numpy as np\nL = [1]\na = np.empty(2, object); a[0] = L", "L.append(2); print(a, a[0] is L)"),
    "broadcast and strided": ("import numpy as np\na = np.arange(6); b = np.broadcast_to(a, (2, 6)); c = np.lib.stride_tricks.sliding_window_view(a, 3); d = a[::-2]", "a[0] = 9; print(b[1, 0], c[0, 0], d, b.flags.writeable)"),
    "generators of numpy": ("import numpy as np\ng = np.random.default_rng(5); g.random(); h = {'g': g}; s = np.random.SeedSequence(3)", "print(g.random(), h['g'] is g, s.generate_state(1))"),
    "frames": ("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2, 2], 'b': list('xyz'), 'c': pd.Categorical(list('aba'))}); g = df.groupby('a'); i = df.index; s = df['a']; r = df.loc[0]; w = df.rolling(2)", "df['d'] = 1; print(g['b'].count().tolist(), s.tolist(), i is df.index, r.tolist())"),
    "times of pandas": ("import pandas as pd\nt = pd.Timestamp('2020', tz='UTC'); d = pd.date_range('2020', periods=3, freq='D'); p = pd.Period('2020-01'); n = pd.NaT; i = pd.interval_range(0, 3); k = pd.Timedelta('1d')", "print(t + k, d.freq, p + 1, n is pd.NaT, i[1], pd.NA is pd.NA)"),
    "multi index": ("import pandas as pd\ns = pd.Series(range(4), pd.MultiIndex.from_product([[1, 2], list('ab')], names=['x', 'y'])); u = s.unstack(); n = pd.array([1, None], dtype='Int64'); q = pd.Series(['a', None])", "s.iloc[0] = 7; print(s.loc[1, 'a'], u.values.tolist(), n.sum(), q.isna().tolist())"),
    "sparse": ("import scipy.sparse as sp\nm = sp.csr_matrix([[0, 1], [2, 0]]); L = [m]", "m.data[0] = 5; print(L[0].toarray().tolist(), L[0] is m)"),
    "models": ("from sklearn.linear_model import LinearRegression\nfrom sklearn.tree import DecisionTreeClassifier\nm = LinearRegression().fit([[1], [2]], [2, 4]); t = DecisionTreeClassifier(random_state=0).fit([[1], [2]], [0, 1]); d = {'best': m}", "print(round(float(m.predict([[3]])[0]), 6), t.predict([[2]]), d['best'] is m)"),
    "figures": ("import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nline, = ax.plot([1, 2])", "ax.set_title('t'); print(fig.axes[0] is ax, ax.lines[0] is line, ax.get_title(), line.get_ydata().tolist())"),
}  # fmt: skip
NEEDS = {"numpy", "pandas", "scipy", "sklearn", "matplotlib", "zoneinfo"}


def missing(code):
    for name in NEEDS:
        if f"import {name}" in code or f"from {name}" in code:
            try:
                importlib.import_module(name)
            except ImportError:
                return name
    return "positional-only generics" if "TypeVarTuple" in code and sys.version_info < (3, 11) else None


@pytest.mark.parametrize("kind", KINDS)
def test_kind(kind, run, tmp_path):
    make, use = KINDS[kind]
    if missing(make):
        pytest.skip(f"needs {missing(make)}")
    plain = Run(tmp_path / "plain").step("a.0", make + "\nprint('--')\n" + use)
    assert plain["error"] is None
    first = run.step("a.0", make)
    assert (first["delta"]["tombstones"], first["error"]) == ({}, None)
    assert run.step("x.0", "", committed=False)["groups"] == [], "loading alone is no change"
    second = run.step("b.0", use)
    assert (second["printed"], second["error"]) == (plain["printed"].partition("--\n")[2], None)
