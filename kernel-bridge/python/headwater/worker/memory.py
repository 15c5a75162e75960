"""Memory that a task and its child processes take, for a limit that no control group keeps. Linux only: elsewhere nothing is measured."""

from __future__ import annotations

import os

PAGE = os.sysconf("SC_PAGE_SIZE")


def used_by(pid: int) -> int:
    """Bytes of a process and its descendants that the system cannot take back: pages of files, mapped arrays too, do not count."""
    total, todo = 0, [pid]
    while todo:
        each = todo.pop()
        total += _own(each)
        todo += _children(each)
    return total


def _own(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            _, resident, shared, *_ = file.read().split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * PAGE


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children", "rb") as file:
                found += map(int, file.read().split())
    except OSError:
        pass
    return found
