"""The shape of a run: which steps stand in branches of which foreach, and how tasks are named (packages/engine/src/run/frames.ts)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Optional

TASK = re.compile(r"([^\[\]@~]+)(?:\[((?:\d+,)*\d*)\])?(?:@(\d+))?(?:~.*)?", re.DOTALL)
PAGE = 64
"""Elements whose descriptions stand in one manifest (packages/protocol/src/control.ts)."""


class Place(NamedTuple):
    """`train[1,0]@4`: step, place in each list around it, iteration. `splits`: `train[1,]`, which takes a list apart."""

    step: str
    indices: tuple[int, ...]
    iteration: Optional[int]  # noqa: UP045  (evaluated by Python 3.9)
    splits: bool


def read_task(task: str) -> Place:
    """The parts of a task's id."""
    match = TASK.fullmatch(task)
    if match is None:
        return Place(task, (), None, False)
    step, inside, iteration = match.groups()
    parts = [] if inside is None else inside.split(",")
    splits = bool(parts) and parts[-1] == ""
    return Place(step, tuple(int(part) for part in parts if part), None if iteration is None else int(iteration), splits)


def format_task(step: str, indices: tuple[int, ...], iteration: int | None = None) -> str:
    """The id of a task."""
    inside = f"[{','.join(map(str, indices))}]" if indices else ""
    return f"{step}{inside}{'' if iteration is None else f'@{iteration}'}"


def element_slot(split: str, index: int) -> list[str]:
    """Version and group of an element."""
    return [split, f"{split}+{index // PAGE}/{index % PAGE}"]


class Course:
    """Steps in notebook order with what their tags say."""

    def __init__(self, plans: list[dict[str, Any]]) -> None:
        self.names: list[str] = [plan["name"] for plan in plans]
        self.controls: list[dict[str, Any]] = [plan.get("control") or {} for plan in plans]
        self.closing = sum(1 for plan in plans if plan.get("closes") is None)
        """From this position on steps ran when the run had ended."""
        self.codes: dict[str, str] = {plan["name"]: plan["code"] for plan in plans if plan["kind"] == "step"}
        """By step the digest of its cells."""
        self.position = {name: at for at, name in enumerate(self.names)}
        self.chains: list[tuple[int, ...]] = []
        """By step: positions of the foreach steps it is a branch of, outermost first, its own included."""
        self.ends: dict[int, int] = {}
        """Of a foreach: the position of its join, or the number of steps."""
        todo: list[int] = []
        for at, control in enumerate(self.controls):
            if control.get("join") and todo:
                self.ends[todo.pop()] = at
            if control.get("foreach"):
                todo.append(at)
            self.chains.append(tuple(todo) if at < self.closing else ())
        self.ends.update((at, self.closing) for at in todo)

    def item(self, position: int) -> str:
        """The name a foreach binds."""
        return self.controls[position]["foreach"]["item"]

    def repeats(self, step: str) -> bool:
        """It has an `until`."""
        return bool(self.controls[self.position[step]].get("until"))

    def skipped_with(self, place: Place) -> range:
        """Positions that a step's `when` skips: itself, or a foreach through its join."""
        at = self.position.get(place.step, -1)
        if not place.splits:
            return range(at, at + 1)
        return range(at, min(self.ends[at] + 1, len(self.names)))
