"""The register of features: functions that write a few lines of a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable

from tests.values.helpers import maker

if TYPE_CHECKING:
    from making.flow_maker import FlowMaker


@dataclass(frozen=True)
class Feature:
    """`needs`: a library the notebook must import. What belongs to one `theme` uses what the others of it make."""

    name: str
    theme: str
    make: Callable[[FlowMaker], str]
    weight: float
    needs: str


_own: list[Feature] = []


def feature(weight: float = 1.0, needs: str = "") -> Callable[[Callable[[FlowMaker], str]], Callable[[FlowMaker], str]]:
    """Registers a function that writes lines, or nothing where it does not fit."""

    def register(make: Callable[[FlowMaker], str]) -> Callable[[FlowMaker], str]:
        _own.append(Feature(make.__name__, _theme(make), make, weight, needs))
        return make

    return register


def all_features() -> list[Feature]:
    """Those of values and those of flows."""
    return [*(Feature(make.__name__, _theme(make), make, 1.0, "") for make in maker.FEATURES), *_own]


def _theme(make: object) -> str:
    return make.__module__.rpartition(".")[2]
