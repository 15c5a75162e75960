"""What an attempt is given beside its world because of where it stands: an item, branches to join, a failure to bind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.control.failure import Failure
from headwater.control.take_apart import element
from headwater.worker import failure
from headwater.worker.facts import facts_of
from headwater.worker.inputs import Inputs

if TYPE_CHECKING:
    from headwater.worker.attempt import Attempt


SHORTAGES = ("MemoryError", "_ArrayMemoryError", "OutOfMemoryError")
"""Exceptions that say there was too little memory (packages/engine/src/run/retry.ts): Python's, numpy's, that of torch."""


def bind_given(attempt: Attempt) -> None:
    """Before the cells: what a join collects, items that must be taken out of their lists, the failure of a process that died."""
    start, session = attempt.start, attempt.process.session
    namespace = vars(session.main)
    if start["inputs"] is not None:
        branches = namespace["inputs"] = Inputs(session, attempt.world, start["inputs"]).branches()
        for name, one in start["inputs"]["all"]:
            namespace[name] = [branch[one] for branch in branches]
        session.close_over()
    for each in start["elements"]:
        if each["via"] and _may_read(attempt, each):
            session.load([each["list"]])
            namespace[each["item"]] = element(namespace[each["list"]], each["index"])
    if start["caught"] is not None:
        namespace[start["catches"]["name"]] = _make_failure(start["caught"])


def _may_read(attempt: Attempt, each: dict[str, Any]) -> bool:
    start = attempt.start
    if start["everything"] or start["openness"] != "closed":
        return True
    return not {each["item"], *each["tied"]}.isdisjoint([*start["reads"], *start["deletes"], *start["binds"]])


def find_torn(attempt: Attempt) -> dict[str, Any] | None:
    """The failure for an item that was loaded alone beside its list, so that they are no longer one object; or None."""
    held = attempt.process.session.held
    for each in attempt.start["elements"]:
        met = sorted(held.keys() & set(each["tied"]))
        if not each["via"] and each["item"] in held and met:
            step, item = attempt.start["step"], each["item"]
            sentence = f"{step} reads `{met[0]}` in a way that could not be seen before it ran, and `{item}` shares objects with it"
            return failure.of_engine("SharedItem", f"{sentence}. Mention `{met[0]}` in a cell of {step}, so that both are loaded together.")
    return None


def bind_failure(attempt: Attempt, failed: dict[str, Any] | None) -> bool:
    """After the cells: the name of `catch` is None, or the failure if it is not tried again; -> whether it was caught."""
    catches = attempt.start["catches"]
    if catches is None or attempt.start["caught"] is not None:
        return False
    if failed is not None and not catches["lastOfMemory" if failed["type"] in SHORTAGES else "last"]:
        return False
    vars(attempt.process.session.main)[catches["name"]] = None if failed is None else _make_failure(failed)
    return failed is not None


def _make_failure(failed: dict[str, Any]) -> Failure:
    return Failure(failed["type"], failed["message"], failed["traceback"])


def find_facts(attempt: Attempt, delta: dict[str, Any]) -> dict[str, Any]:
    """Of watched names that it bound or changed, what conditions ask."""
    namespace = vars(attempt.process.session.main)
    changed = [name for name in attempt.start["watch"] if name in namespace and (name in delta["binds"] or name in delta["tombstones"])]
    return {name: facts_of(namespace[name]) for name in changed}
