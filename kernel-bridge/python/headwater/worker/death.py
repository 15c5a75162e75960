"""What a task process died of, in words and as facts."""

from __future__ import annotations

import os
import signal
from typing import Any

MEANINGS = {
    signal.SIGSEGV: "a segmentation fault: a library in C read or wrote memory it must not",
    signal.SIGABRT: "abort: a library in C gave up",
    signal.SIGBUS: "a bus error: memory or a mapped file went away",
    signal.SIGFPE: "an arithmetic fault in a library in C",
    signal.SIGILL: "an illegal instruction: a library was built for another processor",
}


def describe(attempt: str, status: int, cell: int | None, peak: int) -> dict[str, Any]:
    """The message for a process that ended without reporting."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGKILL and _out_of_memory(peak):
            return message(
                attempt, "memory", number, f"killed by the system for lack of memory; it had used {peak / 1e9:.1f} GB", cell, peak
            )
        meaning = MEANINGS.get(signal.Signals(number), f"signal {number} ({signal.Signals(number).name})")
        return message(attempt, "signal", number, f"its process died of {meaning}", cell, peak)
    code = os.WEXITSTATUS(status)
    return message(attempt, "exit", code, f"its process ended with exit code {code} in the middle of a cell", cell, peak)


def message(attempt: str, cause: str, code: int, sentence: str, cell: int | None, peak: int) -> dict[str, Any]:
    """A `died` message (protocol: DiedSchema)."""
    return {"type": "died", "id": attempt, "cause": cause, "code": code, "sentence": sentence, "cell": cell, "peakBytes": peak}


def _out_of_memory(peak: int) -> bool:
    """The system says so (cgroup v2 counts its kills), or the process had taken most of the machine."""
    try:
        with open("/sys/fs/cgroup/memory.events") as events:
            if any(line.startswith("oom_kill ") and int(line.split()[1]) > 0 for line in events):
                return True
    except OSError:
        pass
    try:
        return peak > 0.5 * os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return False
