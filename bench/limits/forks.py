"""What a process costs once everything is imported.

`forks.py BRIDGE [MODULE…]` prints ms for fork, exit and wait, and for a bare Python started and ended.
"""

import gc
import importlib
import json
import os
import subprocess
import sys
import time

FORKS, STARTS = 40, 5

sys.path.insert(0, sys.argv[1])
import headwater.worker.supervisor  # noqa: E402, F401
from headwater.worker.shell.base import make_shell  # noqa: E402

for module in sys.argv[2:]:
    importlib.import_module(module)
shell = make_shell()
gc.collect()
gc.freeze()


def fork():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def median(count, work):
    times = []
    for _ in range(count):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)[count // 2]


start = median(STARTS, lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
print(json.dumps({"fork": median(FORKS, fork), "start": start}))
