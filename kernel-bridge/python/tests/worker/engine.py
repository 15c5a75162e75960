"""A minimal engine for tests of the worker: one step after the other, each committed at once, over the real wire."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from headwater.worker.wire import WIRE_VERSION

PACKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from headwater.worker.main import main; main()"


NO_ASKS: dict[str, Any] = {
    "cpus": None,
    "memoryBytes": None,
    "gpus": None,
    "diskBytes": None,
    "limits": {},
    "env": {},
    "secrets": [],
    "reads": [],
    "writes": [],
    "cached": False,
}


class Engine:
    """Owns a supervisor and the committed world."""

    def __init__(self, folder: str, cells: list[str], isolation: str = "fork", preload: Any = ()) -> None:
        self.folder, self.store = folder, os.path.join(folder, ".headwater")
        self.prefix = "flows/test/runs/00000001"
        os.makedirs(self.store, exist_ok=True)
        self.world: dict[str, Any] = {"names": {}, "units": {}, "tombstones": {}, "imports": []}
        self.cells = [{"index": at, "number": at + 1, "source": source} for at, source in enumerate(cells)]
        env = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "HEADWATER_UNSET": "OPENBLAS_NUM_THREADS", "PYTHONHASHSEED": "7"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, PACKAGE], cwd=folder, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.send(
            {
                "type": "hello",
                "wire": WIRE_VERSION,
                "store": self.store,
                "prefix": self.prefix,
                "flow": "test",
                "run": 1,
                "folder": folder,
                "project": folder,
                "cells": self.cells,
                "preload": list(preload),
                "parameters": {},
                "isolation": isolation,
                "secrets": [],
                "variables": [],
                "earlier": [],
                "environment": None,
            }
        )
        self.up, self.ready = self.receive(), self.receive()

    def send(self, message: dict[str, Any]) -> None:
        """One message to the worker."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The next message of the worker."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the worker ended"
        return json.loads(line)

    def start(self, step: str, cell: int, **more: Any) -> None:
        """Issues an attempt of one cell."""
        self.send(
            {
                "type": "start",
                "id": f"{step}.0",
                "step": step,
                "task": step,
                "attempt": 0,
                "cells": [self.cells[cell]],
                "openness": "closed",
                "reads": [],
                "binds": [],
                "deletes": [],
                "writers": [],
                "askers": [],
                "asked": [],
                "world": self.world,
                "everything": False,
                "turn": True,
                "inside": None,
                "replays": None,
                "history": False,
                "indices": [],
                "iteration": None,
                "tries": 0,
                "watch": [],
                "split": None,
                "elements": [],
                "inputs": None,
                "catches": None,
                "caught": None,
                "failed": None,
                "asks": NO_ASKS,
                "memoryLimit": None,
                "gpus": None,
                **more,
            }
        )

    def finish(self) -> dict[str, Any]:
        """Waits for the attempt's report and commits it."""
        while True:
            message = self.receive()
            if message["type"] in ("executed", "died", "broken"):
                break
        if message["type"] == "executed" and message["outcome"] == "done":
            self.commit(message["delta"])
        return message

    def run(self, step: str, cell: int, **more: Any) -> dict[str, Any]:
        """Issues, waits, commits."""
        self.start(step, cell, **more)
        return self.finish()

    def commit(self, delta: dict[str, Any]) -> None:
        """The world after the attempt."""
        world = self.world
        for name in [*delta["unbinds"], *delta["tombstones"]]:
            world["names"].pop(name, None)
        for name in [*delta["unbinds"], *delta["binds"]]:
            world["tombstones"].pop(name, None)
        world["names"].update(delta["binds"])
        world["units"].update(delta["units"])
        world["tombstones"].update(delta["tombstones"])
        world["imports"] = sorted({*world["imports"], *delta["imports"]})

    def outputs(self, attempt: str) -> list[dict[str, Any]]:
        """The frames of an attempt's log, without times."""
        path = os.path.join(self.store, self.prefix, "tasks", f"{attempt}.log")
        if not os.path.exists(path):
            return []
        with open(path) as file:
            return [{key: value for key, value in json.loads(line).items() if key != "t"} for line in file]

    def text(self, attempt: str, name: str = "stdout") -> str:
        """What it printed."""
        return "".join(frame["text"] for frame in self.outputs(attempt) if frame["k"] == "stream" and frame["name"] == name)

    def manifest(self, attempt: str) -> dict[str, Any] | None:
        """The manifest it wrote."""
        path = os.path.join(self.store, self.prefix, "tasks", f"{attempt}.json")
        if not os.path.exists(path):
            return None
        with open(path) as file:
            return json.load(file)

    def close(self) -> None:
        """Ends the worker."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(10)
