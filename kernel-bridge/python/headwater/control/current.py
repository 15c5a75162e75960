"""`headwater.current`: what a step may ask about the task it runs in."""

from __future__ import annotations

import ast
import datetime
import pathlib
import time
from typing import Any, Callable

from headwater.control.checkpoint import Checkpoint
from headwater.control.failure import Failure

SAID_SECONDS = 0.5
"""How often progress is passed on at most."""


class Current:
    """Outside of a run everything is None, and what is logged goes nowhere: a cell with it runs in a kernel too."""

    flow: str | None = None
    run: str | None = None
    """`churn/42`"""
    step: str | None = None
    task: str | None = None
    """`train[3]`"""
    indices: tuple[int, ...] = ()
    """Place in the list of each foreach around the task, outermost first."""
    iteration: int | None = None
    """Which time of an `until`, from 0."""
    attempt: int | None = None
    """How often the task has failed and was tried again: 0 at first."""
    failed: str | None = None
    """In a step for the end of a failed run: the task that failed first, `train[3]`."""
    failure: Failure | None = None
    """How it failed."""
    parameters: dict[str, Any]
    """What was given at the run's start, by name, of the type the parameter has."""

    def __init__(self) -> None:
        self.parameters = {}
        self._metrics: dict[str, float] = {}
        self.checkpoint = Checkpoint()
        self._tell: Callable[[float, float | None], None] = lambda done, total: None
        self._said = 0.0

    @property
    def index(self) -> int | None:
        """Place in the list of the innermost foreach, or None outside of any."""
        return self.indices[-1] if self.indices else None

    def progress(self, done: float, total: float | None = None) -> None:
        """How far the cells have come, `progress(30, 100)`: shown while they run. Costs nothing when called often."""
        now = time.monotonic()
        if now - self._said < SAID_SECONDS and done != total:
            return
        self._said = now
        self._tell(_number(done), None if total is None else _number(total))

    def metrics(self, **values: float) -> None:
        """Logs numbers of this task, `metrics(loss=0.1)`; the last value of each counts. Raises TypeError for what is no number."""
        for name, value in values.items():
            try:
                self._metrics[name] = float(value)
            except (TypeError, ValueError):
                raise TypeError(f"a metric is a number; {name} is {type(value).__name__}") from None

    def __reduce__(self) -> str:
        return "current"  # There is one in every process: a name that is bound to it is bound to that one.

    def __repr__(self) -> str:
        return "<current: no run>" if self.run is None else f"<current: {self.run}/{self.task}, attempt {self.attempt}>"


current = Current()


def _number(value: float) -> float:
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(f"progress is told in numbers, not {value}")
    return int(number) if number == int(number) else number


def begin(start: dict[str, Any], hello: dict[str, Any], tell: Callable[[float, float | None], None]) -> None:
    """An attempt starts in this process."""
    current.flow, current.run = hello["flow"], f"{hello['flow']}/{hello['run']}"
    current.step, current.task = start["step"], start["task"]
    current.indices, current.iteration, current.attempt = tuple(start["indices"]), start["iteration"], start["tries"]
    failed = start["failed"]
    current.failed = None if failed is None else failed["task"]
    current.failure = None if failed is None else Failure(*(failed["failure"][part] for part in ("type", "message", "traceback")))
    current.parameters = {name: _read(source) for name, source in hello["parameters"].items()}
    current._metrics = {}
    current._tell, current._said = tell, 0.0


def logged() -> dict[str, float]:
    """Metrics of the attempt so far; what JSON cannot say is left out."""
    return {name: value for name, value in current._metrics.items() if value == value and abs(value) != float("inf")}


MAKERS: dict[str, Callable[..., Any]] = {"Path": pathlib.Path, "date": datetime.date, "float": float, "tuple": tuple, "set": set}
"""What the engine writes a value with that is no literal (packages/engine/src/notebook/parameters/parse-value.ts)."""


def _read(source: str) -> Any:
    """The value that stands in the parameters cell, without running anything of the notebook."""
    written = ast.parse(source, mode="eval").body
    if not isinstance(written, ast.Call):
        return ast.literal_eval(written)
    maker = written.func.attr if isinstance(written.func, ast.Attribute) else ast.unparse(written.func)
    return MAKERS[maker](*map(ast.literal_eval, written.args))
