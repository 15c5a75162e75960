"""What a flow means, one step after the other in one process: a branch is a copy of the world, a try starts from what was there before.

Written from the semantics alone; it shares no line with the engine.
"""

from __future__ import annotations

import copy
from typing import Any

from flow import Foreach, Node, Step

World = dict[str, Any]


class Failed(Exception):
    """A step failed for good."""


class Killed(BaseException):
    """Its process would have been gone."""


class Namespace:
    """A branch as its join sees it."""

    def __init__(self, names: World, index: int, item: Any) -> None:
        self.__dict__.update(names)
        self.index, self.item = index, item


class Interpreter:
    """Runs nodes; `tasks` are the states of all tasks that were reached."""

    def __init__(self) -> None:
        self.tasks: dict[str, str] = {}
        self._failures: dict[str, int] = {}

    def run(self, nodes: list[Node]) -> World:
        """The world at the end, or before the step that failed."""
        world: World = {}
        try:
            for node in nodes:
                world = self._run(node, world, ())
        except Failed:
            pass
        return world

    def _run(self, node: Node, world: World, path: tuple[int, ...]) -> World:
        return self._step(node, world, path) if isinstance(node, Step) else self._foreach(node, world, path)

    # ------------------------------------------------------------ branches

    def _foreach(self, node: Foreach, world: World, path: tuple[int, ...]) -> World:
        if not _holds(node.first, world):
            # Of what stands in the branches there is not even a task.
            self.tasks[_task(node.join.name, path)] = "skipped"
            return world
        branches, failed = [], False
        for index in range(len(world[node.over])):
            inner = _copy(world)
            inner[node.item] = inner[node.over][index]
            try:
                for each in [node.first, *node.body]:
                    asked = each is not node.first
                    inner = self._step(each, inner, (*path, index), asked) if isinstance(each, Step) else self._run(each, inner, (*path, index))
                branches.append(Namespace(inner, index, inner[node.item]))
            except Failed:
                failed = True
        if failed:
            raise Failed
        given = {"inputs": branches, **{many: [getattr(branch, one) for branch in branches] for many, one in node.collects}}
        after = self._step(node.join, world, path, given=given)
        return {name: value for name, value in after.items() if name != "inputs"}

    # ------------------------------------------------------------ one step

    def _step(self, step: Step, world: World, path: tuple[int, ...], asked: bool = True, given: World | None = None) -> World:
        if asked and not _holds(step, world):
            self.tasks[_task(step.name, path)] = "skipped"
            return world
        if step.until is None:
            return self._try(step, world, _task(step.name, path), given)
        name, most = step.until
        for iteration in range(most):
            world = self._try(step, world, f"{_task(step.name, path)}@{iteration}", given)
            if world.get(name):
                break
        return world

    def _try(self, step: Step, world: World, task: str, given: World | None) -> World:
        for _ in range(step.retry + 1):
            inner = _copy(world)
            inner.update(_copy(given or {}))
            error = self._execute(step.code, inner)
            if error is None:
                self.tasks[task] = "done"
                return {**inner, step.catch: None} if step.catch else inner
        if step.catch is None:
            self.tasks[task] = "failed"
            raise Failed
        self.tasks[task] = "caught"
        kind = "Died" if isinstance(error, Killed) else type(error).__name__
        return {**(_copy(world) if isinstance(error, Killed) else inner), step.catch: kind}

    def _execute(self, code: str, names: World) -> BaseException | None:
        space: World = {**names, "flaky": self._flaky, "die": self._die}
        try:
            exec(compile(code, "cell", "exec"), space)
            return None
        except (Exception, Killed) as error:
            return error
        finally:
            names.clear()
            names.update((name, value) for name, value in space.items() if name not in ("flaky", "die", "__builtins__"))

    def _flaky(self, key: str, times: int) -> None:
        before = self._failures.get(key, 0)
        self._failures[key] = before + 1
        if before < times:
            raise ValueError(key)

    def _die(self) -> None:
        raise Killed


def _copy(world: World) -> World:
    return copy.deepcopy(world)


def _holds(step: Step, world: World) -> bool:
    def one(name: str, negated: bool, text: str | None) -> bool:
        return str(world[name]) == text if text is not None else bool(world[name]) != negated

    return all(one(*condition) for condition in step.when)


def _task(name: str, path: tuple[int, ...]) -> str:
    return f"{name}[{','.join(map(str, path))}]" if path else name
