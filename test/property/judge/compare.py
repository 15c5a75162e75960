"""Where what a run left parts from the truth, in words a person can start from."""

from __future__ import annotations

import json
from typing import Any

AROUND = 60
WIDTH = 260


def compare(ours: dict[str, Any], truth: dict[str, Any]) -> list[str]:
    """Nothing when both are the same."""
    crashes = [f"{who} crashed: {each['crash']}" for who, each in _crashes(ours, truth)]
    if crashes:
        return crashes
    found = _part("the exception", truth["error"], ours["error"])
    for cell in sorted({*truth["cells"], *ours["cells"]}, key=int):
        found += _part(f"cell {cell} shows", truth["cells"].get(cell, []), ours["cells"].get(cell, []))
    for moment in ("end", "failure"):
        if moment in truth or moment in ours:
            found += _compare_moment(moment, truth.get(moment), ours.get(moment))
    return found + _part("the files", truth["files"], ours["files"])


def _crashes(ours: dict[str, Any], truth: dict[str, Any]) -> list[Any]:
    moments = [(f"the look at the {moment}", ours.get(moment, {})) for moment in ("end", "failure")]
    parts = [("the look at the run", ours), ("plain IPython", truth), *moments]
    return [(who, each) for who, each in parts if "crash" in each]


def _compare_moment(moment: str, truth: Any, ours: Any) -> list[str]:
    if truth is None or ours is None:
        return [f"the {moment} is in only one of the two"]
    where = "at the failure" if moment == "failure" else "at the end"
    missing, more = (sorted({*a["names"]} - {*b["names"]}) for a, b in ((truth, ours), (ours, truth)))
    if missing or more:
        return [f"{where}: missing {missing}, too many {more}"]
    found = _part(f"{where}, types that were not stored", truth["away"], ours["away"])
    found += _lists(f"{where}, values", truth["values"], ours["values"])
    if "process" in truth:
        for key in sorted({*truth["process"], *ours["process"]}):
            found += _part(f"{where}, process state {key}", truth["process"].get(key), ours["process"].get(key))
        found += [] if found else _part(f"{where}, changing each value", truth["disturbed"][0], ours["disturbed"][0])
        found += [] if found else _lists(f"{where}, after changing each value", truth["disturbed"][1], ours["disturbed"][1])
    return found


def _lists(where: str, truth: list[Any], ours: list[Any]) -> list[str]:
    """The first node that differs: everything after it may only be numbered otherwise."""
    for left, right in zip(truth, ours):
        if left != right:
            return _part(where, left, right)
    return [] if len(truth) == len(ours) else [f"{where}: {len(ours)} objects instead of {len(truth)}"]


def _part(where: str, truth: Any, ours: Any) -> list[str]:
    if truth == ours:
        return []
    left, right = json.dumps(truth), json.dumps(ours)
    at = next((i for i, (x, y) in enumerate(zip(left, right)) if x != y), min(len(left), len(right)))
    at = max(0, at - AROUND)
    return [f"{where}: …{right[at : at + WIDTH]}… instead of …{left[at : at + WIDTH]}…"]
