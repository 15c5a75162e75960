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
        self._last, self._cpu = time.perf_counter(), time.process_time()
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
            "cpuMs": round((time.process_time() - self._cpu) * 1000, 3),
            "peakBytes": peak_bytes(),
        }


def peak_bytes() -> int:
    """Most memory this process had resident. A forked child's own peak where the system tells it apart (Linux)."""
    try:
        with open("/proc/self/status", "rb") as status:
            for line in status:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTES
