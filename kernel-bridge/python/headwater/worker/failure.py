"""A failure of the person's code as data: type, message, traceback without colours, and the line of the cell it happened in."""

from __future__ import annotations

import errno
import re
import traceback
from typing import Any

from headwater.values.errors import CannotLoad
from headwater.worker.shell.base import Shell

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
WORDS = re.compile(r"\w+")
MESSAGE_CHARS = 10_000
TRACEBACK_CHARS = 60_000


def describe(error: BaseException, shell: Shell, running: int) -> dict[str, Any]:
    """The failure of a step (protocol: FailureSchema) whose cell at position `running` raised."""
    cell, line = running, find_line(error, shell, running)
    try:
        message = str(error)
    except Exception:
        message = "(its message cannot be shown: __str__ raised)"
    if isinstance(error, SystemExit):
        message = f"the cell called sys.exit({message}), which ends a script but not a notebook"
    return {
        "type": type(error).__name__,
        "message": message[:MESSAGE_CHARS],
        "traceback": COLOURS.sub("", "\n".join(_format(error, shell)))[:TRACEBACK_CHARS],
        "cell": cell,
        "line": line,
    }


def _format(error: BaseException, shell: Shell) -> Any:
    try:
        return shell.format_error(error)
    except Exception:
        return traceback.format_exception(type(error), error, error.__traceback__)


def find_line(error: BaseException, shell: Shell, running: int) -> int | None:
    """Line, from 1, of the innermost frame in the cell that ran: a function of another cell may have raised, this one called it."""

    def is_running(filename: str | None) -> bool:
        cell = shell.find_cell(filename) if filename else None
        return cell is not None and cell.index == running

    if isinstance(error, SyntaxError) and is_running(error.filename):
        return error.lineno
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if is_running(frame.f_code.co_filename)]
    return lines[-1] if lines else None


def describe_trouble(error: Exception, step: str) -> dict[str, Any]:
    """A failure before or after the cells: the store, or a mistake of ours."""
    if isinstance(error, CannotLoad):
        return of_engine("CannotLoad", f"{step} {error}")
    if isinstance(error, OSError) and error.errno in STORE_ERRORS:
        return of_engine("StoreError", f"what {step} bound cannot be stored: {error.strerror}. {STORE_ERRORS[error.errno]}")
    trace = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return {
        **of_engine("HeadwaterError", f"Headwater made a mistake around the cells of {step}: {type(error).__name__}: {error}"),
        "traceback": trace,
    }


STORE_ERRORS = {
    errno.ENOSPC: "Free some space, then resume the run.",
    errno.EDQUOT: "The quota of this user is used up: free some space, then resume the run.",
    errno.EROFS: "The store became read-only.",
    errno.EIO: "Look after the store, then resume the run.",
    errno.EACCES: "The store may not be written by this user any more.",
}


def of_engine(kind: str, message: str) -> dict[str, Any]:
    """A failure that no cell raised."""
    return {"type": kind, "message": message, "traceback": "", "cell": None, "line": None}


def may_miss_names(error: BaseException, unloaded: set[str]) -> bool:
    """Could the exception come from a name that was there but not loaded? Then it proves nothing about the step.

    A library that looks into its caller's frame does not find a name the analysis never saw; whatever it raises then says which
    name it missed. The step runs once more with all names before it may fail.
    """
    seen: set[int] = set()
    todo = [error] if unloaded else []
    while todo:
        each = todo.pop()
        if id(each) not in seen:
            seen.add(id(each))
            if unloaded & set(WORDS.findall(_text(each))):
                return True
            todo += [e for e in (each.__cause__, each.__context__) if e is not None]
    return False


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return ""
