"""A run as one of Metaflow's: what `headwater export metaflow` calls."""

from __future__ import annotations

import json
import sys
from typing import Any

from headwater.client import locate, records
from headwater.client.course import read_task
from headwater.client.history import AttemptFacts
from headwater.client.metaflow.datastore import Datastore, Written
from headwater.client.metaflow.graph import Graph
from headwater.client.metaflow.kept import Kept
from headwater.client.metaflow.values import frame, wrap
from headwater.client.run import Run
from headwater.client.task import Attempt, Task
from headwater.store.open import open_store

MOST_ATTEMPTS = 6
"""Metaflow reads no more of one task."""

LONGEST_VALUE = 30
"""Characters of an element in a task's place, as Metaflow cuts them."""

PARAMETERS = "_parameters"


class AlreadyThere(Exception):
    """The datastore has this run. The message says where."""


class Exporter:
    """One run on its way into a datastore."""

    def __init__(self, run: Run, folder: str, declared: list[str]) -> None:
        self._run, self._history, self._declared = run, run._history, declared
        flow = run.flow.replace("/", "-")
        self.pathspec = f"{flow}/{run.number}"
        self._store = Datastore(folder, flow, str(run.number), run._record["by"], run.tags)
        started = next(event for event in records.read_events(run._store, run.flow, run.number) if event["type"] == "run-started")
        self._graph = Graph(started["steps"], self._missing_end())
        self.kept = Kept(self._store)
        self._constant: dict[str, Written] = {}
        """What every task has."""
        self._number = 0

    def write(self) -> str:
        """-> the folder of the datastore. Raises AlreadyThere."""
        if self._store.exists:
            raise AlreadyThere(f"{self._store.root} already has {self.pathspec}; name another folder with --to, or remove it there first")
        try:
            self._write()
        except BaseException:
            self._store.forget()
            raise
        return self._store.root

    def _write(self) -> None:
        at = self._run._record["started"]
        self._store.describe("", at, {})
        self._constant = {"_graph_info": self.kept.write_own(self._graph.info())}
        self._write_parameters(at)
        for step in self._run.steps():
            tasks = [task for task in step.tasks() if task.attempt is not None]
            for task in tasks:
                self._write_task(task)
        if self._graph.names[-1] not in self._history.course.position:
            self._write_end()
        self._store.publish(at)

    # ------------------------------------------------------------ tasks

    def _write_parameters(self, at: int) -> None:
        first = next((task.before for step in self._run.steps() for task in step.tasks()), None)
        given = {} if first is None else self.kept.write(first, self._declared)
        self._constant.update(given)
        self._begin(PARAMETERS, at)
        self._finish(f"{PARAMETERS}/0", 0, at, given, told={"start_step": self._graph.names[0], "end_step": self._graph.names[-1]})

    def _write_task(self, task: Task) -> None:
        tries = [attempt for attempt in task.attempts if attempt.status not in ("discarded", "stopped")][-MOST_ATTEMPTS:]
        if not tries:
            return
        place = self._begin(task.step, tries[0]._facts.began or 0)
        frames = self._frames(task)
        for number, attempt in enumerate(tries):
            self._write_attempt(place, number, attempt, frames)

    def _write_attempt(self, place: str, number: int, attempt: Attempt, frames: list[Any]) -> None:
        facts = attempt._facts
        good = attempt.status in ("done", "reused", "caught")
        values = self.kept.write(attempt.data) if good else {}
        self._write_logs(place, number, attempt, facts.began or 0)
        path = ",".join(f"{each.step}:{each.index}" for each in frames)
        told = {"foreach-execution-path": path} if path else {}
        failure = self._failure_of(facts)
        self._finish(place, number, facts.ended or facts.began or 0, values, frames=frames, good=good, failure=failure, told=told)

    def _write_end(self) -> None:
        """Metaflow asks the last task how a run went: one that ends in branches, or with a step left out, has none."""
        at = self._run._summary["ended"] or 0
        name = self._graph.names[-1]
        self._finish(self._begin(name, at), 0, at, self.kept.write(self._run.data))

    def _missing_end(self) -> str | None:
        last = self._run.steps()[-1]
        if not self._run.successful or ([task.successful for task in last.tasks()] == [True] and "[" not in last.tasks()[0].id):
            return None
        return "end" if "end" not in self._history.course.position else "end_of_run"

    def _begin(self, step: str, at: int) -> str:
        """-> the task's place in the run."""
        task = f"{step}/{self._number}"
        self._number += 1
        self._store.describe(step, at, {"step_name": step})
        self._store.describe(task, at, {"step_name": step, "task_id": task.split("/")[1]})
        return task

    def _finish(
        self,
        place: str,
        number: int,
        at: int,
        values: dict[str, Written],
        *,
        frames: list[Any] | None = None,
        good: bool = True,
        failure: Any = None,
        told: dict[str, str] | None = None,
    ) -> None:
        """An attempt with what Metaflow keeps about it beside what the person bound."""
        resumed = {} if self._run.resumes is None else {"origin-run-id": self._run.resumes.rpartition("/")[2]}
        about = {"attempt": str(number), "attempt_ok": str(good), "attempt-done": str(number)}
        self._store.note(place, number, at, {**about, "ds-type": "local", "ds-root": self._store.root, **resumed, **(told or {})})
        said = {"_task_ok": good, "_success": good, "_exception": failure, "_foreach_stack": frames or []}
        unsaid = {"_foreach_var": None, "_foreach_num_splits": None, "_transition": None}
        own = {name: self.kept.write_own(value) for name, value in {**said, **unsaid}.items()}
        self._store.write_attempt(place, number, at, {**self._constant, **values, **own})

    # ------------------------------------------------------------ what a task has

    def _failure_of(self, facts: AttemptFacts) -> Any:
        """A failure that was caught is the value of its name, and no exception of the task any more."""
        failure = facts.failure or (facts.report or {}).get("failure")
        return None if failure is None or facts.status == "caught" else wrap(failure["type"], failure["message"], failure["traceback"])

    def _frames(self, task: Task) -> list[Any]:
        found = []
        labels = list(task.items.values())
        for depth, index in enumerate(read_task(task.id).indices):
            step, foreach = self._graph.opener(depth, task.step)
            chain = self._history.course.chains[self._history.course.position[task.step]]
            split = self._history.splits[chain[depth], task.indices[:depth]]
            count = (split.report or {})["elements"]["count"]
            found.append(frame(step, foreach["list"], count, index, labels[depth][:LONGEST_VALUE]))
        return found

    def _write_logs(self, place: str, number: int, attempt: Attempt, began: int) -> None:
        for stream in ("stdout", "stderr"):
            lines: list[tuple[int, str]] = []
            rest = ""
            for output in attempt.outputs:
                if output["k"] == "stream" and output["name"] == stream:
                    *whole, rest = (rest + output["text"]).split("\n")
                    lines += [(began + output["t"], line) for line in whole]
            self._store.write_log(place, number, stream, lines + ([(began, rest)] if rest else []))


def main() -> None:
    """`STORE RUN FOLDER PARAMETERS [--json]`, the parameters' names as JSON; a sentence and exit code 2 when it cannot be done."""
    store, path, folder, declared, *form = sys.argv[1:]
    try:
        exporter = Exporter(Run(path, locate.locate(store)), folder, json.loads(declared))
        root = exporter.write()
        left_out = exporter.kept.describe_left_out()
        if form:
            print(json.dumps({"run": path, "pathspec": exporter.pathspec, "datastore": root, "leftOut": exporter.kept.left_out}))
        else:
            print(f"{path} is {exporter.pathspec} in {root}", *([left_out] if left_out else []), sep="\n")
    except OSError as error:
        print(f"✗ {folder} cannot be written to: {error.strerror or error}", file=sys.stderr)
        sys.exit(2)
    except (KeyError, AlreadyThere, locate.StoreError) as error:
        print(f"✗ {error.args[0]}", file=sys.stderr)
        sys.exit(2)
    finally:
        open_store(store, "").close()
