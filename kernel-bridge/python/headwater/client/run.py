"""Flows, runs and steps."""

from __future__ import annotations

import datetime
import html
import warnings
from collections.abc import Iterator
from typing import Any

from headwater.client import locate, records
from headwater.client.compare import Diff, compare
from headwater.client.data import Data
from headwater.client.history import History
from headwater.client.task import Task
from headwater.store.layout import run_prefix
from headwater.store.open import open_store

_chosen: list[str] = []


def use(store: str) -> None:
    """Every flow and run from now on is read from this store. Raises StoreError when there is none."""
    _chosen[:] = [locate.locate(store)]


def _root() -> str:
    return _chosen[0] if _chosen else locate.locate()


WORST_FIRST = ("failed", "running", "stopped", "executed", "waiting", "not reached", "caught", "done", "reused", "skipped")


class Step:
    """A step of a run; it has one task, or one for each element of a foreach."""

    def __init__(self, run: Run, name: str) -> None:
        self._run, self.name = run, name
        self.path = f"{run.path}/{name}"

    @property
    def task(self) -> Task:
        """Its task; of several the first, of a loop the last time."""
        tasks = self._ids()
        if not tasks:
            return Task(self.path, self._run)
        is_loop = "@" in tasks[-1] and "[" not in tasks[-1]
        return Task(f"{self._run.path}/{tasks[-1] if is_loop else tasks[0]}", self._run)

    def tasks(self) -> list[Task]:
        """All its tasks, in the order of the lists around it."""
        return [Task(f"{self._run.path}/{task}", self._run) for task in self._ids()]

    def _ids(self) -> list[str]:
        return self._run._history.tasks_of(self.name)

    @property
    def status(self) -> str:
        """The state of its task; of several the worst: failed, running, …"""
        found = {self._run._history.status_of(task) for task in self._ids()} or {self._run._history.status_of(self.name)}
        return next((status for status in WORST_FIRST if status in found), "not reached")

    def __getitem__(self, which: Any) -> Task:
        """`step[3]` by place in the list, `step["lr=0.1"]` by value. Raises KeyError when there is none."""
        return Task(f"{self.path}[{which}]", self._run)

    def __len__(self) -> int:
        return len(self._ids())

    def __iter__(self) -> Iterator[Task]:
        return iter(self.tasks())

    def __repr__(self) -> str:
        return f"<Step {self.path}: {self.status}>"


class Run:
    """`Run("churn/42")`. Raises KeyError when the store has no such run."""

    def __init__(self, path: str, store: str | None = None) -> None:
        flow, _, number = path.rpartition("/")
        if not flow or not number.isdigit():
            raise ValueError(f"a run is FLOW/NUMBER, such as churn/42, not {path!r}")
        self.flow, self.number, self.path = flow, int(number), f"{flow}/{int(number)}"
        self._root = store or _root()
        self._prefix = run_prefix(flow, self.number)
        self._store = open_store(self._root, self._prefix)
        record = records.read_json(self._store, f"{self._prefix}/run.json")
        if record is None:
            raise KeyError(f"there is no run {self.path} in {self._root}")
        self._record: dict[str, Any] = record
        self._read: tuple[int, History | None] = (-1, None)

    @property
    def id(self) -> str:
        """`churn/42`"""
        return self.path

    @property
    def _history(self) -> History:
        """Read again while the run goes on."""
        known = self._read[1]
        if known is not None and known.ended:
            return known
        size = self._store.log_size(records.events_key(self.flow, self.number))
        if known is None or self._read[0] != size:
            known = History(records.read_events(self._store, self.flow, self.number))
            self._read = (size, known)
        return known

    @property
    def _summary(self) -> dict[str, Any]:
        return records.read_summary(self._store, self.flow, self.number) or {"status": "lost", "ended": None}

    @property
    def status(self) -> str:
        """running, done, failed, stopped or lost."""
        return self._summary["status"]

    @property
    def successful(self) -> bool:
        """It went to its end."""
        return self.status == "done"

    @property
    def finished(self) -> bool:
        """It has ended, one way or another."""
        return self.status != "running"

    @property
    def created_at(self) -> datetime.datetime:
        """When it was started, in local time."""
        return datetime.datetime.fromtimestamp(self._record["started"] / 1000)

    @property
    def finished_at(self) -> datetime.datetime | None:
        """When it ended, or None."""
        ended = self._summary["ended"]
        return None if ended is None else datetime.datetime.fromtimestamp(ended / 1000)

    @property
    def parameters(self) -> dict[str, Any]:
        """What was given at its start, by name; a value that is no literal stays text."""
        import ast

        found: dict[str, Any] = {}
        for name, text in self._record["parameters"].items():
            try:
                found[name] = ast.literal_eval(text)
            except (ValueError, SyntaxError):
                found[name] = text
        return found

    @property
    def tags(self) -> list[str]:
        """The person's words for it."""
        return list(self._summary.get("tags", self._record["tags"]))

    @property
    def resumes(self) -> str | None:
        """The run it went on from, or None."""
        return self._record["resumes"]

    @property
    def data(self) -> Data:
        """The namespace at its end; of a failed run, what stood before the failing step."""
        return Data(self._store, self._history.world_before(None), self.path)

    def diff(self, other: Run | str) -> Diff:
        """What differs between this run and another, `run.diff("churn/41")`; false where nothing does."""
        return compare(self, Run(other, self._root) if isinstance(other, str) else other)

    def steps(self) -> list[Step]:
        """In notebook order, setup left out."""
        return [Step(self, name) for name in self._history.steps if "." not in name]

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps())

    def __getitem__(self, name: str) -> Step:
        if name not in self._history.course.position:
            raise KeyError(f"{self.path} has no step `{name}`; it has {', '.join(step.name for step in self)}")
        return Step(self, name)

    def _ipython_key_completions_(self) -> list[str]:
        return [step.name for step in self]

    def __repr__(self) -> str:
        return f"<Run {self.path}: {self.status}>"

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{html.escape(step.name)}</td><td>{step.status}</td></tr>" for step in self)
        return f"<b>{html.escape(self.path)}</b> {self.status}<table>{rows}</table>"


class Flow:
    """`Flow("churn")`: the runs of one notebook."""

    def __init__(self, name: str, store: str | None = None) -> None:
        self.name, self._root = name, store or _root()
        self._store = open_store(self._root, "")
        if next(records.list_summaries(self._store, name), None) is None:
            raise KeyError(f"there is no flow {name} in {self._root}; it has {', '.join(records.list_flows(self._store)) or 'none'}")

    def runs(self, *tags: str) -> Iterator[Run]:
        """Newest first; with tags, those that have all of them."""
        for summary in records.list_summaries(self._store, self.name):
            if set(tags) <= set(summary["tags"]):
                yield Run(f"{self.name}/{summary['number']}", self._root)

    @property
    def latest_run(self) -> Run | None:
        """The newest, or None."""
        return next(self.runs(), None)

    @property
    def latest_successful_run(self) -> Run | None:
        """The newest that went to its end, or None."""
        return next((run for run in self.runs() if run.successful), None)

    def __iter__(self) -> Iterator[Run]:
        return self.runs()

    def __getitem__(self, number: Any) -> Run:
        return Run(f"{self.name}/{number}", self._root)

    def __repr__(self) -> str:
        return f"<Flow {self.name}>"


def load(path: str) -> Any:
    """`load("churn/42/train/model")`: the value. Raises KeyError when there is none, NotStored when it could not be kept.

    `load("churn/42/train[*]/score")`: the list of what all branches made; warns of those that have none.
    """
    from headwater.client.branches import is_list, load_list, name_some

    task, _, name = path.rpartition("/")
    if not is_list(task):
        return Task(task).data[name]
    found = load_list(task, name)
    if found.without:
        warnings.warn(f"the list is without {name_some(found.without)}: no `{name}` came to an end there", stacklevel=2)
    return found.values
