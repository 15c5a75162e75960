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
                attempt, "memory", number, f"killed by the system for lack of memory; it had used {peak / 1e9:.1f} GB{_limit()}", cell, peak
            )
        meaning = MEANINGS.get(signal.Signals(number), f"signal {number} ({signal.Signals(number).name})")
        return message(attempt, "signal", number, f"its process died of {meaning}", cell, peak)
    code = os.WEXITSTATUS(status)
    return message(attempt, "exit", code, f"its process ended with exit code {code} in the middle of a cell", cell, peak)


def outgrown(attempt: str, sizes: tuple[int, int], cell: int | None) -> dict[str, Any]:
    """The message for a process that was ended because it used more than it may; `sizes` are both."""
    used, limit = sizes
    sentence = f"it was ended: it used {used / 1e9:.2g} GB of memory, and its tags allow {limit / 1e9:.2g} GB"
    return message(attempt, "memory", signal.SIGKILL, sentence, cell, used)


def message(attempt: str, cause: str, code: int, sentence: str, cell: int | None, peak: int) -> dict[str, Any]:
    """A `died` message (protocol: DiedSchema)."""
    return {"type": "died", "id": attempt, "cause": cause, "code": code, "sentence": sentence, "cell": cell, "peakBytes": peak}


KILL_COUNTS = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")
LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
"""Of control groups in version 2 and 1 (Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst of Linux)."""


def _out_of_memory(peak: int) -> bool:
    """The system says so (it counts its kills), or the process had taken most of the machine."""
    if any(line.startswith("oom_kill ") and int(line.split()[1]) > 0 for line in _lines(KILL_COUNTS)):
        return True
    try:
        return peak > 0.5 * os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return False


def _limit() -> str:
    """` of a limit of 2.1 GB`, or nothing where the machine is the only limit."""
    numbers = [int(line) for line in _lines(LIMITS) if line.strip().isdigit()]
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f" of a limit of {numbers[0] / 1e9:.1f} GB" if numbers and numbers[0] < total else ""


def _lines(files: tuple[str, ...]) -> list[str]:
    for file in files:
        try:
            with open(file) as text:
                return text.read().splitlines()
        except OSError:
            continue
    return []
