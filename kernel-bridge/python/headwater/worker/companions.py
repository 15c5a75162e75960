"""Processes that a step started and that still run at its end: they belong to its group and end with it."""

from __future__ import annotations

import os

LONGEST = 60
"""Characters of a command line that are shown."""

HELPERS = ("multiprocessing", "loky")
"""In the command lines of processes that libraries keep for themselves and start again when they need them."""


def still_running() -> list[str]:
    """Their command lines, where the system tells (Linux); helpers of libraries and forks of this process aside."""
    mine, own = os.getpid(), _command(str(os.getpid()))
    try:
        others = [each for each in os.listdir("/proc") if each.isdigit() and int(each) != mine]
    except OSError:
        return []
    commands = [_command(each) for each in others if _is_of_group(each, mine)]
    return sorted(each[:LONGEST] for each in commands if each and each != own and not any(mark in each for mark in HELPERS))


def _is_of_group(pid: str, group: int) -> bool:
    try:
        return os.getpgid(int(pid)) == group
    except OSError:
        return False


def _command(pid: str) -> str:
    """Empty for one that has ended and was not waited for."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().decode(errors="replace").replace("\0", " ").strip()
    except OSError:
        return ""
