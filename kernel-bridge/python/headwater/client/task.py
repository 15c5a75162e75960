"""Tasks, their attempts and artifacts."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

from headwater.client.course import read_task
from headwater.client.data import Data
from headwater.client.history import AttemptFacts, apply
from headwater.client.named import find_task, split_path
from headwater.store.layout import output_key


class Artifact:
    """A name a task bound, described without loading it."""

    def __init__(self, task: Task, name: str, facts: dict[str, Any]) -> None:
        self.name, self.type, self.size, self.digest = name, facts["type"], facts["size"], facts["digest"]
        self.preview = facts["preview"]
        self.path = f"{task.path}/{name}"
        self._task = task

    @property
    def data(self) -> Any:
        """The value."""
        return self._task.data[self.name]

    def __repr__(self) -> str:
        return f"<Artifact {self.path}: {self.type}, {self.size} bytes>"

    def _repr_html_(self) -> str:
        from headwater.previews.html import render_html

        return f"<b>{html.escape(self.path)}</b>{render_html(self.preview) if self.preview else ''}"


class Attempt:
    """One try of a task."""

    def __init__(self, run: Any, facts: AttemptFacts) -> None:
        self._run, self._facts = run, facts
        self.id, self.status, self.origin = facts.id, facts.status, facts.origin
        self.path = f"{run.path}/{facts.id}"

    @property
    def number(self) -> int:
        """From 0."""
        return int(self.id.rpartition(".")[2])

    @property
    def data(self) -> Data:
        """Every name that was visible when it ended; after a failure: as they were at the failure."""
        world = self._run._history.world_before(self._facts.task)
        if self._facts.report is not None:
            apply(world, self._facts.report["delta"])
        return Data(self._run._store, world, self.path)

    @property
    def outputs(self) -> list[dict[str, Any]]:
        """What its cells showed, in order: frames as in the log."""
        log = self._run._store.read_log(output_key(self._run._prefix, self.id))
        return [json.loads(line) for line in log.splitlines(keepends=True) if line.endswith(b"\n")]

    def text(self, stream: str) -> str:
        """What it printed on `stdout` or `stderr`."""
        return "".join(frame["text"] for frame in self.outputs if frame["k"] == "stream" and frame["name"] == stream)

    def __repr__(self) -> str:
        return f"<Attempt {self.path}: {self.status}>"


class Task:
    """`Task("churn/42/train")`, `Task("churn/42/train[lr=0.1]")`: one execution of a step in a run. Raises KeyError when there is none."""

    def __init__(self, path: str, run: Any = None) -> None:
        run_path, task = split_path(path)
        if run is None:
            from headwater.client.run import Run

            run = Run(run_path)
        self._run, self.id = run, find_task(run._history, run.path, task)
        self.step = read_task(self.id).step
        self.path = f"{run.path}/{self.id}"

    @property
    def indices(self) -> tuple[int, ...]:
        """Its place in the lists of the foreach steps around it, outermost first."""
        return read_task(self.id).indices

    @property
    def index(self) -> int | None:
        """Its place in the innermost list, or None outside of any foreach."""
        return self.indices[-1] if self.indices else None

    @property
    def iteration(self) -> int | None:
        """Which time of a loop, from 0, or None."""
        return read_task(self.id).iteration

    @property
    def items(self) -> dict[str, str]:
        """Item's name -> its short text; the value itself is `.data.NAME`."""
        return self._run._history.labels_of(self.id)

    @property
    def attempts(self) -> list[Attempt]:
        """In order, guesses that were run again included."""
        return [Attempt(self._run, facts) for facts in self._run._history.attempts_of(self.id)]

    @property
    def attempt(self) -> Attempt | None:
        """The last one, or None when it never started."""
        attempts = self.attempts
        return attempts[-1] if attempts else None

    @property
    def status(self) -> str:
        """done, failed, reused, running, …"""
        return self._run._history.status_of(self.id)

    @property
    def successful(self) -> bool:
        """Its changes count."""
        return self.status in ("done", "reused", "caught")

    @property
    def finished(self) -> bool:
        """It will not change any more."""
        return self.status in ("done", "reused", "caught", "failed", "stopped", "skipped")

    @property
    def data(self) -> Data:
        """Every name visible at its end."""
        attempt = self.attempt
        world = self._run._history.world_before(self.id)
        return Data(self._run._store, world, self.path) if attempt is None else attempt.data

    @property
    def before(self) -> Data:
        """Every name that was visible when it began."""
        return Data(self._run._store, self._run._history.world_before(self.id), f"{self.path} at its start")

    @property
    def artifacts(self) -> list[Artifact]:
        """What it bound or changed, by name."""
        return [
            Artifact(self, name, facts) for name, facts in sorted(self._manifest().get("artifacts", {}).items()) if not name.startswith("%")
        ]

    @property
    def metrics(self) -> dict[str, float]:
        """What it logged with `headwater.current.metrics`, by name."""
        return dict(self._manifest().get("metrics", {}))

    @property
    def lineage(self) -> dict[str, str]:
        """Name it read -> path of the attempt that had made it."""
        reads = self._manifest().get("delta", {}).get("reads", {})
        return {name: f"{self._run.path}/{version}" for name, version in sorted(reads.items()) if version is not None and name[0] != "%"}

    @property
    def stdout(self) -> str:
        """What it printed."""
        return "" if self.attempt is None else self.attempt.text("stdout")

    @property
    def stderr(self) -> str:
        """What it printed on the error stream."""
        return "" if self.attempt is None else self.attempt.text("stderr")

    @property
    def outputs(self) -> list[dict[str, Any]]:
        """What its cells showed, in order."""
        return [] if self.attempt is None else self.attempt.outputs

    @property
    def exception(self) -> dict[str, Any] | None:
        """type, message, traceback, cell and line of what it failed with, caught or not, or None."""
        attempt = self.attempt
        return self._run._history.failures.get(self.id) if attempt is None else attempt._facts.failure

    @property
    def origin(self) -> str | None:
        """The attempt of an earlier run it was reused from, or None."""
        return None if self.attempt is None else self.attempt.origin

    def _manifest(self) -> dict[str, Any]:
        attempt = self.attempt
        try:
            return {} if attempt is None else self._run._store.read_manifest(attempt.id)
        except FileNotFoundError:
            return {}

    def __iter__(self) -> Iterator[Artifact]:
        return iter(self.artifacts)

    def __getitem__(self, name: str) -> Artifact:
        return next((each for each in self.artifacts if each.name == name), None) or _missing(f"{self.path} bound no `{name}`")

    def _ipython_key_completions_(self) -> list[str]:
        return [each.name for each in self.artifacts]

    def __repr__(self) -> str:
        return f"<Task {self.path}: {self.status}>"


def _missing(sentence: str) -> Any:
    raise KeyError(sentence)
