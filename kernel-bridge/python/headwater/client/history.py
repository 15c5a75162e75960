"""What the events of a run say: steps in order, their attempts, how each ended, the namespace after each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from headwater.client.course import Course, element_slot, format_task, read_task

EMPTY: dict[str, Any] = {"names": {}, "units": {}, "tombstones": {}, "imports": []}


class AttemptFacts:
    """One attempt."""

    def __init__(self, step: str, task: str, attempt: str) -> None:
        self.step, self.task, self.id = step, task, attempt
        self.status = "running"
        self.report: dict[str, Any] | None = None
        self.death: dict[str, Any] | None = None
        self.caught: dict[str, Any] | None = None
        self.failure: dict[str, Any] | None = None
        self.origin: str | None = None
        self.began: int | None = None
        self.ended: int | None = None
        self.replay = False


class History:
    """A fold over events (the engine's is packages/engine/src/run/evolve.ts)."""

    def __init__(self, events: list[dict[str, Any]]) -> None:
        self.course = Course([])
        self.attempts: dict[str, AttemptFacts] = {}
        self.by_task: dict[str, list[AttemptFacts]] = {}
        self.commits: dict[tuple[str, tuple[int, ...]], list[AttemptFacts]] = {}
        """Step and place in the lists around it -> what committed there, iterations in order."""
        self.splits: dict[tuple[int, tuple[int, ...]], AttemptFacts] = {}
        """Position of a foreach and the place it stands in -> the attempt that took its list apart."""
        self.skipped: list[tuple[range, tuple[int, ...]]] = []
        self.failure: dict[str, Any] | None = None
        self.ended = False
        self.failures: dict[str, dict[str, Any] | None] = {}
        for event in events:
            handle = getattr(self, "_" + event["type"].replace("-", "_"), None)
            if handle is not None:
                handle(event)

    @property
    def steps(self) -> list[str]:
        """Names in notebook order."""
        return self.course.names

    def attempts_of(self, task: str) -> list[AttemptFacts]:
        """The task's attempts in order, guesses that were discarded included, replays left out."""
        return [each for each in self.by_task.get(task, []) if not each.replay]

    def status_of(self, task: str) -> str:
        """The task's state in one word."""
        place = read_task(task)
        at = self.course.position.get(place.step, -1)
        if any(at in span and place.indices[: len(inside)] == inside for span, inside in self.skipped):
            return "skipped"
        attempts = self.attempts_of(task)
        if not attempts:
            return "failed" if task in self.failures else "not reached"
        return "waiting" if attempts[-1].status in ("discarded", "retried") else attempts[-1].status

    # ------------------------------------------------------------ tasks

    def tasks_of(self, step: str) -> list[str]:
        """In the order of the lists around it; of a loop every iteration there was."""
        at = self.course.position[step]
        return [task for indices in self._places(self.course.chains[at], ()) for task in self._iterations(step, indices)]

    def _places(self, chain: tuple[int, ...], inside: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(inside) == len(chain):
            yield inside
            return
        split = self.splits.get((chain[len(inside)], inside))
        count = split.report["elements"]["count"] if split is not None and split.report is not None else 0
        for index in range(count):
            yield from self._places(chain, (*inside, index))

    def unopened(self, step: str) -> list[str]:
        """Branches around it in which its own list was never taken apart: it has no tasks there."""
        chain = self.course.chains[self.course.position[step]]
        return [
            format_task(self.course.names[outer], place)
            for depth, outer in enumerate(chain[:-1], 1)
            for place in self._places(chain[:depth], ())
            if (chain[depth], place) not in self.splits
        ]

    def _iterations(self, step: str, indices: tuple[int, ...]) -> list[str]:
        if not self.course.repeats(step):
            return [format_task(step, indices)]
        found = []
        while (task := format_task(step, indices, len(found))) in self.by_task:
            found.append(task)
        return found

    def labels_of(self, task: str) -> dict[str, str]:
        """Item's name -> the short text of the element, for each foreach around the task."""
        place = read_task(task)
        chain = self.course.chains[self.course.position[place.step]]
        found: dict[str, str] = {}
        for depth, index in enumerate(place.indices):
            split = self.splits.get((chain[depth], place.indices[:depth]))
            if split is not None and split.report is not None:
                found[self.course.item(chain[depth])] = split.report["elements"]["labels"][index]
        return found

    # ------------------------------------------------------------ worlds

    def world_before(self, task: str | None) -> dict[str, Any]:
        """The committed namespace before a task, or at the end (None): what a later step would see."""
        world = {key: value.copy() for key, value in EMPTY.items()}
        course = self.course
        place = None if task is None else read_task(task)
        end = len(course.names) if place is None else course.position.get(place.step, 0)
        indices = () if place is None else place.indices
        target = () if place is None else course.chains[end][: len(indices)]
        # What is bound after the end is nobody else's.
        for at in range(min(end + (place is not None), course.closing)):
            chain = course.chains[at]
            if at in target:
                self._bind_item(world, at, indices[: target.index(at) + 1])
            if chain != target[: len(chain)]:
                continue  # In branches of another foreach, or of one that is over.
            for facts in self.commits.get((course.names[at], indices[: len(chain)]), []):
                iteration = read_task(facts.task).iteration
                if at < end or (place is not None and iteration is not None and iteration < (place.iteration or 0)):
                    apply(world, (facts.report or {}).get("delta", {}))
        return world

    def _bind_item(self, world: dict[str, Any], opener: int, indices: tuple[int, ...]) -> None:
        split = self.splits.get((opener, indices[:-1]))
        if split is not None:
            world["names"][self.course.item(opener)] = element_slot(split.id, indices[-1])
            world["tombstones"].pop(self.course.item(opener), None)

    # ------------------------------------------------------------ events

    def _run_started(self, event: dict[str, Any]) -> None:
        self.course = Course(event["steps"])

    def _task_issued(self, event: dict[str, Any]) -> None:
        if event.get("caught") is not None:
            # It only binds what the attempt before it died of.
            for died in self.by_task.get(event["task"], []):
                died.status = "failed" if died.status == "running" else died.status
        facts = self.attempts[event["id"]] = AttemptFacts(event["step"], event["task"], event["id"])
        self.by_task.setdefault(facts.task, []).append(facts)
        facts.replay = event["replays"] is not None
        facts.caught = event.get("caught")
        facts.began = event["t"]

    def _task_executed(self, event: dict[str, Any]) -> None:
        facts = self.attempts.get(event["id"])
        if facts is not None:
            facts.report, facts.status, facts.ended = event["report"], "executed", event["t"]

    def _task_died(self, event: dict[str, Any]) -> None:
        facts = self.attempts.get(event["id"])
        if facts is not None:
            facts.death, facts.ended = event["report"], event["t"]

    _task_expired = _task_died

    def _task_committed(self, event: dict[str, Any]) -> None:
        facts = self.attempts[event["id"]]
        facts.origin = facts.report["origin"] if facts.report else None
        facts.status = "done" if facts.origin is None else "reused"
        place = read_task(facts.task)
        if place.splits:
            self.splits[self.course.position[place.step], place.indices] = facts
        else:
            self.commits.setdefault((place.step, place.indices), []).append(facts)

    def _task_caught(self, event: dict[str, Any]) -> None:
        facts = self.attempts[event["id"]]
        facts.status = "caught"
        facts.failure = facts.caught or (facts.report or {}).get("failure")
        place = read_task(facts.task)
        self.commits.setdefault((place.step, place.indices), []).append(facts)

    def _task_skipped(self, event: dict[str, Any]) -> None:
        place = read_task(event["id"])
        self.skipped.append((self.course.skipped_with(place), place.indices))

    def _task_discarded(self, event: dict[str, Any]) -> None:
        self._mark(event["id"], "discarded")

    def _task_retried(self, event: dict[str, Any]) -> None:
        self._mark(event["id"], "retried")

    def _task_stopped(self, event: dict[str, Any]) -> None:
        self._mark(event["id"], "stopped")

    def _task_failed(self, event: dict[str, Any]) -> None:
        self._mark(event["id"], "failed")
        facts = self.attempts.get(event["id"])
        own = facts.report["failure"] if facts is not None and facts.report is not None else None
        died = _describe_death(facts.death) if facts is not None and facts.death else None
        failure = event["failure"] or own or died
        place = read_task(event["id"] if facts is None else facts.task)
        # A list that cannot be taken apart is a failure of the step.
        self.failures[format_task(place.step, place.indices, place.iteration)] = failure
        if facts is not None:
            facts.failure = failure
        if self.course.position.get(place.step, -1) < self.course.closing:
            self.failure = self.failure or failure

    def _run_ended(self, _: dict[str, Any]) -> None:
        self.ended = True
        for facts in self.attempts.values():
            if facts.status in ("running", "executed"):
                facts.status = "stopped"  # ahead of the step that failed: it never counted

    def _mark(self, attempt: str, status: str) -> None:
        if attempt in self.attempts:
            self.attempts[attempt].status = status


def _describe_death(death: dict[str, Any]) -> dict[str, Any]:
    kind = "Timeout" if death["cause"] == "timeout" else "Died"
    return {"type": kind, "message": death["sentence"], "traceback": "", "cell": death["cell"], "line": None}


def apply(world: dict[str, Any], delta: dict[str, Any]) -> None:
    """The world after a commit, in place (packages/engine/src/run/world.ts)."""
    if not delta:
        return
    for name in [*delta["unbinds"], *delta["tombstones"]]:
        world["names"].pop(name, None)
    for name in [*delta["unbinds"], *delta["binds"]]:
        world["tombstones"].pop(name, None)
    world["names"].update(delta["binds"])
    world["units"].update(delta["units"])
    world["tombstones"].update(delta["tombstones"])
    world["imports"] = sorted({*world["imports"], *delta["imports"]})
