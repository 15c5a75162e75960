"""Values that live only in the process that made them: what is said of them, and what is bound to that process with them."""

from __future__ import annotations

import gc
import re
import sys
import types
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from headwater.values.errors import Unstorable
from headwater.values.keys import Key
from headwater.values.pack import Part

if TYPE_CHECKING:
    from headwater.values.session import Session

REFUSED = re.compile(r"cannot pickle '([^']+)'")
"""TypeError of pickle, all versions: the type of the object at fault, wherever it hides in the value."""

REASONS = {
    "generator": "a generator",
    "async_generator": "an asynchronous generator",
    "coroutine": "a coroutine",
    "frame": "a frame",
    "traceback": "a traceback",
    "module": "a module made by hand",
    "socket": "a socket",
    "_thread.lock": "a lock",
    "_io.TextIOWrapper": "an open file",
    "_io.BufferedReader": "an open file",
    "_io.BufferedWriter": "an open file",
    "_io.BufferedRandom": "an open file",
    "_io.FileIO": "an open file",
    "mmap.mmap": "a memory map",
    "sqlite3.Connection": "a connection",
    "sqlite3.Cursor": "a cursor",
    "_ssl._SSLContext": "a TLS context",
}

CLAUSE = 100
"""Characters of a reason: it stands inside a sentence."""

MOST_REACHED = 200_000
"""Objects looked through for what a value that cannot be stored shares with others; more would take longer than a step."""


def type_name(value: Any) -> str:
    """`pandas.DataFrame` is `pandas.core.frame.DataFrame` here: as the class itself says."""
    kind = type(value)
    plain = kind.__module__ in ("builtins", "__main__")
    return kind.__qualname__ if plain else f"{kind.__module__}.{kind.__qualname__}"


def reason_of(error: BaseException) -> str:
    """One short clause: "a generator"."""
    if isinstance(error, Unstorable):
        return str(error)
    if isinstance(error, RecursionError):
        return "nested too deeply"
    refused = REFUSED.search(str(error))
    if refused:
        kind = refused.group(1)
        return REASONS.get(kind) or REASONS.get(kind.rpartition(".")[2]) or f"a {kind}"
    first = str(error).strip().splitlines()
    return f"{type(error).__name__}{': ' if first else ''}{first[0] if first else ''}"[:CLAUSE]


def reach(session: Session, value: Any) -> dict[int, Any]:
    """id → object of all that it holds, as the collector sees it (pickling broke off). Units and libraries end the way."""
    ends = {id(vars(m)) for m in list(sys.modules.values()) if isinstance(m, types.ModuleType)}
    ends |= {id(vars(session.main)), id(vars(session.main).get("__builtins__"))}
    found: dict[int, Any] = {id(value): value}
    todo = [value]
    while todo and len(found) < MOST_REACHED:
        for o in gc.get_referents(todo.pop()):
            if id(o) in found or id(o) in ends or isinstance(o, (type, types.ModuleType)):
                continue
            if session.identities.known(o) is None:  # a unit is brought up to date in place
                found[id(o)] = o
                todo.append(o)
    return found


def find_tied(session: Session, value: Any, parts: dict[Key, Part], groups: Iterable[list[Key]]) -> set[str]:
    """Names that share a mutable object with `value`, and what is stored together with them."""
    near = {i for i, o in reach(session, value).items() if session.links.ties(o) and i not in session.rules.common}
    tied = {key for key, part in parts.items() if not (part.memo.keys().isdisjoint(near) and near.isdisjoint(part.pickler.marks))}
    tied = {key for group in groups if not tied.isdisjoint(group) for key in group}
    uids = {uid for kind, uid in tied if kind == "u"}
    grown = True
    while grown and uids:  # who refers to a unit that shares something with it
        more = {key for key, part in parts.items() if key not in tied and not uids.isdisjoint(part.refs)}
        more = {key for group in groups if not more.isdisjoint(group) for key in group} - tied
        grown = bool(more)
        tied |= more
        uids |= {uid for kind, uid in more if kind == "u"}
    return {name for kind, name in tied if kind == "n"}


def names_that_reach(session: Session, uids: set[str]) -> set[str]:
    """Names of the world, loaded or not, whose stored groups lead to one of these units."""
    slots = session.slots
    leads_to: dict[str, set[str]] = {}
    todo = [gid for _, gid in slots.names.values()]
    while todo:
        gid = todo.pop()
        if gid not in leads_to:
            group = session.group(gid)
            leads_to[gid] = {*group["refs"], *group["units"]}
            todo += (slots.units[uid][1] for uid in leads_to[gid] if uid in slots.units)
    found, grown = set(uids), True
    while grown:
        more = {uid for gid, inside in leads_to.items() if not found.isdisjoint(inside) for uid in session.group(gid)["units"]} - found
        found |= more
        grown = bool(more)
    return {name for name, (_, gid) in slots.names.items() if not found.isdisjoint(leads_to[gid])}
