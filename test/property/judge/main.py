"""One interpreter with the run's hash seed, and in it two processes: what the run left, and what plain IPython gives.

`python -m judge.main REQUEST.json` writes what both found beside it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import traceback
from typing import Any, Callable

from headwater.values.namespace import persons_names
from judge.disturb import disturb
from judge.frames import by_cell, scrub
from judge.left_behind import Left, describe_files
from judge.plain_shell import Screen, make_plain_shell
from judge.surroundings import describe_surroundings
from tests.values.helpers.describe import describe


class Place:
    """One child process: a shell in the notebook's folder, nothing of this suite before the person's own search path."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request
        self.screen = Screen()
        self.shell = make_plain_shell(self.screen)
        self.main = self.shell.user_module
        self.before = dict(vars(self.main))
        os.chdir(request["folder"])
        sys.path[:] = [request["folder"], *(each for each in sys.path if each not in ("", request["folder"]))]
        sys.argv = [""]
        self.path_before = list(sys.path)

    def names(self) -> list[str]:
        """The person's."""
        return persons_names(vars(self.main), self.before)

    def describe(self, away: list[str]) -> dict[str, Any]:
        """All names, types of those that are away, values of the others."""
        space, names = vars(self.main), self.names()
        here = [name for name in names if name not in away]
        types = {name: type(space[name]).__name__ for name in away if name in space}
        return {"names": sorted({*names, *away}), "away": types, "values": scrub(describe(space, here, space))}

    def describe_end(self, found: dict[str, Any], away: list[str]) -> None:
        """The process around the values; then the values again, each changed a little."""
        found["process"] = describe_surroundings(self.request["libraries"], self.request["seeded"], self.path_before)
        here = [name for name in self.names() if name not in away]
        found["disturbed"] = [disturb(vars(self.main), here), scrub(describe(vars(self.main), here, vars(self.main)))]


def look_at_run(request: dict[str, Any]) -> dict[str, Any]:
    """What the store holds, loaded in one more process."""
    left = Left(request)
    found = {"cells": by_cell(left.frames()), "error": left.failure()}
    for moment, world in left.worlds().items():
        found[moment] = in_child(lambda world=world, moment=moment: _look_at_world(request, left, world, moment))
    return found


def _look_at_world(request: dict[str, Any], left: Left, world: dict[str, Any], moment: str) -> dict[str, Any]:
    place, stones = Place(request), world["tombstones"]
    left.load(world, place.main)
    found = place.describe(list(stones))
    if moment == "end" and request["failing"] is None:
        place.describe_end(found, list(stones))
    return {**found, "away": {name: stone["type"].rpartition(".")[2] for name, stone in stones.items()}}


def run_plainly(request: dict[str, Any], away: dict[str, list[str]]) -> dict[str, Any]:
    """The truth."""
    place = Place(request)
    found: dict[str, Any] = {"error": None}
    for index, source in request["cells"]:
        if index == request["failing"]:
            found["end"] = place.describe(away["end"])
        place.screen.cell = index
        result = place.shell.run_cell(source, store_history=True)
        place.screen.show("")
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            found["error"] = [type(error).__name__, str(error), index]
            break
    shown = by_cell(place.screen.frames)  # what looking at the values prints is nobody's
    moment = "end" if request["failing"] is None else "failure"
    found[moment] = place.describe(away[moment])
    if moment == "end":
        place.describe_end(found["end"], away["end"])
    return {**found, "cells": shown, "files": describe_files(request["folder"])}


def in_child(work: Callable[[], Any]) -> Any:
    """The result of `work` in a forked process."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            answer = work()
        except BaseException:
            answer = {"crash": traceback.format_exc()}
        with os.fdopen(theirs, "w") as file:
            json.dump(answer, file)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as file:
        text = file.read()
    os.waitpid(pid, 0)
    return json.loads(text) if text else {"crash": "the process died"}


def main() -> None:
    """See the module."""
    with open(sys.argv[1]) as file:
        request = json.load(file)
    for library in ("numpy", "pandas"):
        __import__(library)
    ours = {**look_at_run(request), "files": describe_files(request["folder"])}
    shutil.rmtree(request["folder"])
    shutil.copytree(request["before"], request["folder"])
    away = {moment: sorted(ours.get(moment, {}).get("away", {})) for moment in ("end", "failure")}
    truth = in_child(lambda: run_plainly(request, away))
    with open(sys.argv[1] + ".out", "w") as file:
        json.dump({"ours": ours, "truth": truth}, file)


if __name__ == "__main__":
    main()
