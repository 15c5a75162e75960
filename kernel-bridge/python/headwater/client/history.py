"""What the events of a run say: steps in order, their attempts, how each ended, the namespace after each."""

from __future__ import annotations

from typing import Any

EMPTY: dict[str, Any] = {"names": {}, "units": {}, "tombstones": {}, "imports": []}


class AttemptFacts:
    """One attempt."""

    def __init__(self, step: str, task: str, attempt: str) -> None:
        self.step, self.task, self.id = step, task, attempt
        self.status = "running"
        self.report: dict[str, Any] | None = None
        self.death: dict[str, Any] | None = None
        self.origin: str | None = None
        self.began: int | None = None
        self.ended: int | None = None
        self.replay = False


class History:
    """A fold over events (the engine's is packages/engine/src/run/evolve.ts)."""

    def __init__(self, events: list[dict[str, Any]]) -> None:
        self.steps: list[str] = []
        self.attempts: dict[str, AttemptFacts] = {}
        self.committed: dict[str, str] = {}
        self.failure: dict[str, Any] | None = None
        for event in events:
            handle = getattr(self, "_" + event["type"].replace("-", "_"), None)
            if handle is not None:
                handle(event)

    def attempts_of(self, step: str) -> list[AttemptFacts]:
        """The step's attempts in order, guesses that were discarded included, replays left out."""
        return [each for each in self.attempts.values() if each.step == step and not each.replay]

    def status_of(self, step: str) -> str:
        """The step's state in one word."""
        attempts = self.attempts_of(step)
        if not attempts:
            return "not reached"
        return "waiting" if attempts[-1].status == "discarded" else attempts[-1].status

    def world_before(self, step: str | None) -> dict[str, Any]:
        """The committed namespace before a step, or at the end (None): what a later step would see."""
        world = {key: value.copy() for key, value in EMPTY.items()}
        for name in self.steps:
            if name == step:
                break
            attempt = self.committed.get(name)
            report = None if attempt is None else self.attempts[attempt].report
            if report is not None:
                apply(world, report["delta"])
        return world

    # ------------------------------------------------------------ events

    def _run_started(self, event: dict[str, Any]) -> None:
        self.steps = [step["name"] for step in event["steps"]]

    def _task_issued(self, event: dict[str, Any]) -> None:
        facts = self.attempts[event["id"]] = AttemptFacts(event["step"], event["task"], event["id"])
        facts.replay = event["replays"] is not None
        facts.began = event["t"]

    def _task_executed(self, event: dict[str, Any]) -> None:
        facts = self.attempts.get(event["id"])
        if facts is not None:
            facts.report, facts.status, facts.ended = event["report"], "executed", event["t"]

    def _task_died(self, event: dict[str, Any]) -> None:
        facts = self.attempts.get(event["id"])
        if facts is not None:
            facts.death, facts.ended = event["report"], event["t"]

    def _task_committed(self, event: dict[str, Any]) -> None:
        facts = self.attempts[event["id"]]
        facts.origin = facts.report["origin"] if facts.report else None
        facts.status = "done" if facts.origin is None else "reused"
        self.committed[facts.step] = facts.id

    def _task_discarded(self, event: dict[str, Any]) -> None:
        self._mark(event["id"], "discarded")

    def _task_stopped(self, event: dict[str, Any]) -> None:
        self._mark(event["id"], "stopped")

    def _task_failed(self, event: dict[str, Any]) -> None:
        self._mark(event["id"], "failed")
        facts = self.attempts.get(event["id"])
        own = facts.report["failure"] if facts is not None and facts.report is not None else None
        died = (
            {"type": "Died", "message": facts.death["sentence"], "traceback": "", "cell": facts.death["cell"], "line": None}
            if facts is not None and facts.death
            else None
        )
        self.failure = event["failure"] or own or died

    def _run_ended(self, event: dict[str, Any]) -> None:
        for facts in self.attempts.values():
            if facts.status in ("running", "executed"):
                facts.status = "stopped"  # ahead of the step that failed: it never counted

    def _mark(self, attempt: str, status: str) -> None:
        if attempt in self.attempts:
            self.attempts[attempt].status = status


def apply(world: dict[str, Any], delta: dict[str, Any]) -> None:
    """The world after a commit, in place (packages/engine/src/run/world.ts)."""
    for name in [*delta["unbinds"], *delta["tombstones"]]:
        world["names"].pop(name, None)
    for name in [*delta["unbinds"], *delta["binds"]]:
        world["tombstones"].pop(name, None)
    world["names"].update(delta["binds"])
    world["units"].update(delta["units"])
    world["tombstones"].update(delta["tombstones"])
    world["imports"] = sorted({*world["imports"], *delta["imports"]})
