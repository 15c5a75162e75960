"""Two runs beside each other, as `headwater diff` shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from headwater.client import records

if TYPE_CHECKING:
    from headwater.client.run import Run


COUNTED = ("done", "reused", "caught")


@dataclass(frozen=True)
class Diff:
    """What differs between two runs: name to both values, None where a run has none."""

    a: str
    b: str
    parameters: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    metrics: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    artifacts: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """By name the digests of the content at the end of the runs."""
    code: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """By step the digests of its cells."""
    environment: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any((self.parameters, self.metrics, self.artifacts, self.code, self.environment))


def compare(a: Run, b: Run) -> Diff:
    """`a` beside `b`."""
    sides = [(run.parameters, _metrics(run), _artifacts(run), _code(run), _environment(run)) for run in (a, b)]
    return Diff(a.path, b.path, *(_differences(left, right) for left, right in zip(*sides)))


def _differences(a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = dict.fromkeys([*a, *b])
    return {name: (a.get(name), b.get(name)) for name in names if name not in a or name not in b or a[name] != b[name]}


def _metrics(run: Run) -> dict[str, float]:
    found: dict[str, float] = {}
    for step in run:
        for task in step:
            if task.status in COUNTED:
                found.update(task.metrics)
    return found


def _artifacts(run: Run) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, (version, _) in run._history.world_before(None)["names"].items():
        if not name.startswith(("%", "file:")):
            artifact = run._store.read_manifest(version)["artifacts"].get(name)
            found[name] = "" if artifact is None else artifact["digest"]
    return found


def _code(run: Run) -> dict[str, str]:
    return run._history.course.codes


def _environment(run: Run) -> dict[str, str]:
    recorded = records.read_json(run._store, f"{run._prefix}/environment.json") or {}
    return {"python": recorded.get("python", ""), **recorded.get("packages", {})}
