"""What the machine itself takes for a large array.

`arrays.py FOLDER KIND BYTES` prints ms to write it, to write it down to the disk, and to sum it.
"""

import json
import os
import sys
import time

import numpy as np

folder, kind, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
random = np.random.default_rng(1)
array = random.standard_normal(size // 8)
if kind == "walk":
    array = np.round(np.cumsum(array), 2)


def timed(work):
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def write(down):
    path = os.path.join(folder, f".limit-{os.getpid()}")
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    view, at = memoryview(array).cast("B"), 0
    while at < len(view):
        at += os.write(fd, view[at:])
    if down:
        os.fsync(fd)
    os.close(fd)
    return path


def clean(down):
    paths = []
    ms = timed(lambda: paths.append(write(down)))
    os.unlink(paths[0])
    return ms


def best(work):
    """Of three: a limit is what the machine can do, not what it did while it had to find fresh memory."""
    return min(work() for _ in range(3))


print(json.dumps({"write": best(lambda: clean(False)), "write + fsync": clean(True), "sum": best(lambda: timed(array.sum))}))
