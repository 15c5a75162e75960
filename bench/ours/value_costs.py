"""What the values a run kept cost by the machine's own measure: `value_costs.py STORE FLOW RUN`.

Prints ms to write their buffers to a file, ms to pickle the rest, and the buffers' megabytes. Every step counts for the names it bound.
"""

import json
import os
import pickle
import sys
import time

from headwater.client.run import Run

store, name, number = sys.argv[1:]


def timed(work):
    began = time.perf_counter()
    result = work()
    return (time.perf_counter() - began) * 1000, result


def pickled(value, buffers):
    """Not what pickle refuses: functions and classes of the notebook are stored as code."""
    try:
        return pickle.dumps(value, 5, buffer_callback=buffers.append)
    except Exception:
        return b""


def write(buffers):
    path = os.path.join(store, f".limit-{os.getpid()}")
    with open(path, "xb", buffering=0) as file:
        for buffer in buffers:
            file.write(buffer.raw())
    return path


pickle_ms, raw = 0.0, []
for step in Run(f"{name}/{number}", store):
    for artifact in step.task:
        value = artifact.data
        buffers = []
        pickled(value, [])  # the first time imports what the type needs
        ms, _ = timed(lambda value=value, buffers=buffers: pickled(value, buffers))
        pickle_ms += ms
        raw += buffers

write_ms, path = timed(lambda: write(raw))
os.unlink(path)
print(json.dumps({"write": write_ms, "pickle": pickle_ms, "megabytes": sum(buffer.raw().nbytes for buffer in raw) / 2**20}))
