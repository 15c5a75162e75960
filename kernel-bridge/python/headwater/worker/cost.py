"""What an attempt cost: times in milliseconds, memory in bytes."""

from __future__ import annotations

import resource
import sys
import time

KILOBYTES = 1 if sys.platform == "darwin" else 1024
"""Unit of `ru_maxrss`: bytes on macOS, kilobytes elsewhere."""


class Stopwatch:
    """Laps of one attempt."""

    def __init__(self) -> None:
        self._last, self._cpu = time.perf_counter(), cpu_seconds()
        self.laps: dict[str, float] = {"load": 0.0, "run": 0.0, "save": 0.0}

    def lap(self, name: str) -> None:
        """Time since the last lap belongs to `name`."""
        now = time.perf_counter()
        self.laps[name] += (now - self._last) * 1000
        self._last = now

    def cost(self) -> dict[str, float]:
        """As the manifest holds it."""
        return {
            "loadMs": round(self.laps["load"], 3),
            "runMs": round(self.laps["run"], 3),
            "saveMs": round(self.laps["save"], 3),
            "cpuMs": round((cpu_seconds() - self._cpu) * 1000, 3),
            "peakBytes": peak_bytes(),
        }


def cpu_seconds() -> float:
    """Of this process and of the children it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak_bytes() -> int:
    """Most memory this process had resident, or one of the children it has waited for."""
    return max(_own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * KILOBYTES)


def _own_peak() -> int:
    """A forked child's own peak where the system tells it apart (Linux)."""
    try:
        with open("/proc/self/status", "rb") as status:
            for line in status:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTES
