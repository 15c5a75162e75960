"""The command, run as a person would run it: real processes, real disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
LIMIT_SECONDS = 600
"""What takes longer hangs: a notebook takes seconds here, and in pods, one after the other on a busy machine, some minutes."""

PACKED = "HEADWATER_TEST_PACKED"
"""Names the folder that `scripts/packed.mjs` made for this test run."""

WITHHELD = (PACKED, "HEADWATER_STORE", "PYTHONHASHSEED", "PYTHONPATH", "MPLBACKEND", "PYTEST_CURRENT_TEST", "PYTEST_VERSION", "FORCE_COLOR")


@dataclass
class Ran:
    """A run that has ended, as its events tell."""

    events: list[dict[str, Any]]
    complaint: str

    @property
    def path(self) -> str | None:
        """`nb/1`, or None when it was refused."""
        last = self.events[-1] if self.events else {}
        return last.get("run")

    @property
    def status(self) -> str:
        """done, failed, …, or what became of the command."""
        last = self.events[-1] if self.events else {}
        return last.get("status") or f"no run: {last.get('sentence', self.complaint)}"

    @property
    def counts(self) -> Counter[str]:
        """How often something was guessed, discarded, held, parked, made again."""
        counts: Counter[str] = Counter()
        for event in self.events:
            kind = event["type"]
            counts[kind] += 1
            if kind == "task-discarded":
                counts["discarded: guessed wrong" if event["by"] else "discarded: everything or elsewhere"] += 1
            elif kind == "task-issued":
                counts["issued before its turn"] += not event["turn"]
                counts["run in a parked process"] += event["inside"] is not None and event["replays"] is None
                counts["made again"] += event["replays"] is not None
        return counts

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Events of one type."""
        return [event for event in self.events if event["type"] == kind]

    @property
    def limit(self) -> str:
        """Why the run cannot be what Run All is, where it ended with that sentence."""
        failures = [event["failure"] for event in self.of("task-failed") if event["failure"]]
        return next((failure["message"] for failure in failures if failure["type"] == "NotStored"), "")

    @property
    def failed_step(self) -> dict[str, Any] | None:
        """The planned step that failed."""
        failed = next((event["id"] for event in self.events if event["type"] == "task-failed"), None)
        name = None if failed is None else failed.rpartition(".")[0] or failed
        return next((each for each in self._steps if each["name"] == name), None)

    @property
    def _steps(self) -> list[dict[str, Any]]:
        return next((event["steps"] for event in self.events if event["type"] == "run-started"), [])


def environment_of(notebook: str, cache: str) -> dict[str, str]:
    """What a run and its judge start with. `cache`: the folder for what this machine keeps of a store elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name not in WITHHELD}
    return {**kept, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1", "HEADWATER_CACHE": cache, "PYTHONHASHSEED": _hash_seed_of(notebook)}


def _hash_seed_of(notebook: str) -> str:
    """One for each notebook, always the same: orders of sets are as many as there are notebooks, and a failure comes again."""
    with open(notebook, "rb") as file:
        return str(zlib.crc32(file.read()))


def command_of(engine: str) -> str:
    """Its file in the folder `engine`: of the sources' own folder, what was packed from them."""
    packed = os.environ.get(PACKED)
    return os.path.join(packed if packed and engine == ROOT else os.path.join(engine, "packages/cli"), "bin/headwater.mjs")


def run_notebook(engine: str, notebook: str, store: str, cache: str, *options: str) -> Ran:
    """`headwater run` of the engine in the folder `engine`, to its end."""
    command = ["node", command_of(engine), "run", notebook, "--json", "--python", sys.executable]
    place = {"cwd": os.path.dirname(notebook), "env": environment_of(notebook, cache)}
    try:
        ended = subprocess.run([*command, "--store", store, *options], **place, capture_output=True, text=True, timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired as error:
        # The run is a process of its own and would go on.
        subprocess.run([command[0], command[1], "stop", "nb", "--store", store], **place, capture_output=True, timeout=LIMIT_SECONDS)
        return Ran([], f"not done after {error.timeout} seconds")
    return Ran([json.loads(line) for line in ended.stdout.splitlines()], ended.stderr)
