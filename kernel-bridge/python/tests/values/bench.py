"""What a step pays for its values, in ms: `python -m tests.values.bench`. Each row in a process of its own, best of five."""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
import types
from typing import Any, Callable

from headwater.store.disk import DiskStore
from headwater.values import Session
from tests.values.helpers.notebook import commit, new_world

SMALL = "a=1; b='x'; L=[1,2]; d={'k':L}; t=(1,'y'); f=2.5; s={1,2}; n=None\nclass C:\n    def m(self): return 1\ndef g(x): return x+1"
MANY = "\n".join(
    [f"def f{i}(x): return x+{i}" for i in range(100)]
    + ["\n".join([f"class K{c}:", *(f"    def m{i}(self): return {i}" for i in range(5))]) for c in range(20)]
)
INSTANCES = "class P:\n    def __init__(s,i): s.x=i; s.y=[i]\nL=[P(i) for i in range(100000)]"
HASHED = "class P:\n    def __init__(s,i): s.x=i\n    def __hash__(s): return s.x\n    def __eq__(s,o): return s.x==o.x\nL=[P(i) for i in range(100000)]"
ARRAY = "import numpy as np\nA=np.random.default_rng(1).random(13_107_200)"

ROWS: list[tuple[str, str, str]] = [
    ("8 small names, a class, a function", SMALL, ""),
    ("the same, one list changed", SMALL, "L.append(3)"),
    ("200 ints and strings", "\n".join(f"v{i}={i!r}; w{i}='s{i}'" for i in range(100)), ""),
    ("200 lists", "\n".join(f"v{i}=[{i}]" for i in range(200)), ""),
    ("100 functions, 20 classes with 100 methods", MANY, ""),
    ("frame of 1,000 rows and a column of it", "import pandas as pd\ndf=pd.DataFrame({'x':range(1000),'y':1.5,'s':'a'})\nc=df['x']", ""),
    ("100 MB array, unchanged", ARRAY, ""),
    ("100 MB array, read", ARRAY, "A.sum()"),
    ("100 MB array, one byte written", ARRAY, "A[5]=1"),
    ("list of 1 M ints", "L=list(range(1_000_000))", ""),
    ("dict of 200,000 lists", "D={i:[i] for i in range(200_000)}", ""),
    ("the same and its alias in a list", "D={i:[i] for i in range(200_000)}\nE=[D]", ""),
    ("100,000 plain instances", INSTANCES, ""),
    ("100,000 instances with a hash of their own", HASHED, ""),
]


def main() -> None:
    print(f"{'':46}{'first save':>12}{'load':>10}{'save':>10}{'plain pickle':>14}{'groups':>8}")
    wanted = sys.argv[1:]
    for title, code, change in ROWS:
        if not wanted or any(word in title for word in wanted):
            first, load, save, plain, groups = in_child(lambda code=code, change=change: measure(code, change))
            print(f"{title:46}{first:12.1f}{load:10.1f}{save:10.1f}{plain:14.1f}{groups:8.0f}", flush=True)


def measure(code: str, change: str) -> list[float]:
    for name in ("numpy", "pandas"):  # a step pays for them once, whatever it loads
        if name in code:
            __import__(name)
    with tempfile.TemporaryDirectory() as root:
        best: list[float] = []
        for _ in range(5):
            numbers = in_child(lambda: once(code, change, os.path.join(root, os.urandom(4).hex())))
            best = [min(pair) for pair in zip(best or numbers, numbers)]
        return best


def once(code: str, change: str, root: str) -> list[float]:
    store = DiskStore(root, "run")
    first = in_child(lambda: save_first(code, store))
    rest = in_child(lambda: load_and_save(change, store))
    return [first[0], *rest, *first[1:]]


def save_first(code: str, store: Any) -> list[float]:
    main = fresh_main()
    session = Session(store, "a.0", main)
    exec(code, vars(main))
    start = time.perf_counter()
    saved = session.save()
    spent = time.perf_counter() - start
    store.write_manifest("a.0", {"groups": saved.groups, "artifacts": saved.artifacts, "delta": saved.delta})
    return [spent * 1000, plain_pickle(main, session), len(saved.groups)]


def plain_pickle(main: types.ModuleType, session: Session) -> float:
    """ms that pickle alone takes for what it can pickle."""
    import pickle

    sys.modules["__main__"] = main
    start = time.perf_counter()
    for name, value in list(vars(main).items()):
        if name not in session._before and not isinstance(value, types.ModuleType):
            pickle.dumps(value, 5, buffer_callback=lambda b: None)
    return (time.perf_counter() - start) * 1000


def load_and_save(change: str, store: Any) -> list[float]:
    main = fresh_main()
    session = Session(store, "b.0", main)
    session.set_world(commit(new_world(), store.read_manifest("a.0")["delta"]))
    start = time.perf_counter()
    session.load_everything()
    loaded = time.perf_counter()
    exec(change, vars(main))
    changed = time.perf_counter()
    saved = session.save()
    end = time.perf_counter()
    assert bool(saved.groups) == (bool(change) and "sum" not in change), "a false alarm"
    return [(loaded - start) * 1000, (end - changed) * 1000]


def fresh_main() -> types.ModuleType:
    main = types.ModuleType("__main__")
    main.__dict__["__builtins__"] = __builtins__
    return main


def in_child(work: Callable[[], list[float]]) -> list[float]:
    seen, told = os.pipe()
    if not os.fork():
        try:
            os.write(told, " ".join(map(str, work())).encode())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(told)
    with open(seen) as f:
        return [float(word) for word in f.read().split()]


if __name__ == "__main__":
    main()
