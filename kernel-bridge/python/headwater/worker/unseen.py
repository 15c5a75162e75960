"""What a step does to the files of the project without a word that names them: by a process it starts, or by native code.

Effects outside happen one step at a time (effects.py), so what has changed between two looks at the folder was changed by that step.
"""

from __future__ import annotations

import os

MOST = 20_000
"""Files of a project that are looked over: a tenth of a second, twice in a step that starts a process."""

MOST_NAMED = 1_000
"""Of files that changed, each is hashed and a name of its own: a data set that was unpacked is one change."""

BESIDE = ("__pycache__", "node_modules")
"""Folders of tools, as those that begin with a dot are: nothing a step makes for another one."""

Facts = tuple[int, int, int, int]


def look_over(folder: str) -> dict[str, Facts] | None:
    """Absolute path of every file and folder below -> what changes with it; None where there are too many."""
    found: dict[str, Facts] = {}
    todo = [folder]
    while todo:
        try:
            with os.scandir(todo.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or entry.name in BESIDE:
                        continue
                    found[entry.path] = _facts(entry)
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
        except OSError:
            continue
        if len(found) > MOST:
            return None
    return found


def changed(before: dict[str, Facts] | None, after: dict[str, Facts] | None) -> list[str] | None:
    """What is new, other or gone; None where that is too much to be named."""
    if before is None or after is None:
        return None
    found = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    return found if len(found) <= MOST_NAMED else None


def _facts(entry: os.DirEntry[str]) -> Facts:
    facts = entry.stat(follow_symlinks=False)
    # A folder changes with what is in it, which is named itself.
    is_folder = entry.is_dir(follow_symlinks=False)
    return (facts.st_ino, 0, 0, 0) if is_folder else (facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)
