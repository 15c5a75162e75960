"""What a run left in the store, read as a person would read it, and loaded where a person's next cell would find it."""

from __future__ import annotations

import hashlib
import os
from typing import Any

from headwater.client.history import apply
from headwater.client.run import Run
from headwater.state.process import ProcessState
from headwater.store.open import open_store
from headwater.values import Session
from headwater.worker.lazy_state import LazyState


class Left:
    """A run that has ended."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.folder, self.root = request["folder"], request["store"]
        self.run = Run(request["run"], request["store"])
        self.history = self.run._history

    def frames(self) -> list[dict[str, Any]]:
        """Everything its cells showed, attempts that count only."""
        counted = [step for step in self.history.steps if self.history.status_of(step) in ("done", "reused", "failed")]
        return [frame for step in counted for frame in self.run[step].task.outputs]

    def failure(self) -> list[Any] | None:
        """Type, message and cell."""
        failure = self.history.failure
        return None if failure is None else [failure["type"], failure["message"], failure["cell"]]

    def worlds(self) -> dict[str, dict[str, Any]]:
        """The committed state, and what the failed attempt had."""
        found = {"end": self.history.world_before(None)}
        failed = next((each for each in self.history.attempts.values() if each.status == "failed" and each.report), None)
        if failed is not None and failed.report is not None:
            found["failure"] = self.history.world_before(failed.step)
            apply(found["failure"], failed.report["delta"])
        return found

    def load(self, world: dict[str, Any], main: Any) -> None:
        """Its names into `main`, its process state into this process. What shares something with a lost value is stored all the same."""
        names = {name: slot for name, slot in world["names"].items() if not name.startswith("file:")}
        session = Session(open_store(self.root, self.run._prefix), "view.0", main)
        session.set_world({**world, "names": names, "tombstones": {}})
        state = ProcessState(self.folder, self.folder)
        session.origins.original = state.original
        state.start(LazyState(session))
        with state.loading():
            session.load(name for name in names if not name.startswith("%"))


def describe_files(folder: str) -> dict[str, str]:
    """Path → digest of every file a person would look at."""
    found = {}
    for place, _, files in os.walk(folder):
        for each in files:
            path = os.path.join(place, each)
            if "__pycache__" not in path and ".ipynb" not in each:
                with open(path, "rb") as file:
                    found[os.path.relpath(path, folder)] = hashlib.md5(file.read()).hexdigest()
    return found
