"""Takes the list of a foreach apart: every element stored by itself, so that a branch reads only its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.control.take_apart import NotAList, label, take_apart
from headwater.values.current import at_work
from headwater.values.keys import Key
from headwater.values.pack import Part
from headwater.values.payloads import write_payloads
from headwater.values.saved import Saved
from headwater.values.saving import describe_group
from headwater.values.survey import survey
from headwater.values.ties import Ties
from headwater.values.tombstones import reason_of
from headwater.worker.facts import facts_of
from headwater.worker.inputs import PAGE
from headwater.worker.manifest import build_manifest

if TYPE_CHECKING:
    from headwater.values.session import Session
    from headwater.worker.attempt import Attempt


def split(attempt: Attempt) -> dict[str, Any]:
    """Stores the elements of the attempt's list in pages; -> what the report says of them. Raises NotAList with a sentence."""
    session, (item, name) = attempt.process.session, (attempt.start["split"]["item"], attempt.start["split"]["list"])
    step = attempt.start["step"]
    if name in session.wanted:
        raise NotAList(f"{step} goes over `{name}`, which lives only in the process that made it; make it a list in the step that binds it")
    if name not in vars(session.main):
        raise NotAList(f"{step} goes over `{name}`, which is not bound there")
    values = list(take_apart(session.value(name), name, step))
    parts = _pack(session, item, values)
    for index, part in enumerate(parts):
        if isinstance(part, BaseException):
            raise NotAList(f"{step} goes over `{name}`, whose element {index} cannot be stored: {reason_of(part)}")
    stored = [part for part in parts if isinstance(part, Part)]
    for page in range(0, len(stored), PAGE):
        _write_page(attempt, item, page // PAGE, stored[page : page + PAGE])
    tied = any(_is_shared(session, part) for part in stored)
    group = session.slots.names[name][1]
    watched = item in attempt.start["watch"]
    return {
        "count": len(values),
        "labels": [label(value) for value in values],
        "tied": sorted({name, *session.group(group)["names"]}) if tied else None,
        "values": [facts_of(value) for value in values] if watched else None,
    }


def _pack(session: Session, item: str, values: list[Any]) -> list[Any]:
    """Every element alone; in the place of one that cannot be stored, what it raised."""
    namespace = vars(session.main)
    keys: list[Key] = [("n", f"{item}[{index}]") for index in range(len(values))]
    namespace.update((name, value) for (_, name), value in zip(keys, values))
    try:
        with at_work(session):
            found = survey(session, keys, follow=True)
            session.rules.tidy()
        found.bury()
        return [found.parts.get(key) or found.dead[key] for key in keys]
    finally:
        for _, name in keys:
            del namespace[name]


def _is_shared(session: Session, part: Part) -> bool:
    """Holds something mutable, which then is the list's too."""
    common = session.rules.common
    return bool(part.pickler.marks) or any(session.links.ties(o) and i not in common for i, (_, o) in part.memo.items())


def _write_page(attempt: Attempt, item: str, page: int, parts: list[Part]) -> None:
    session, key = attempt.process.session, ("n", item)
    session.buffers.begin_save()
    groups = []
    for part, payload in zip(parts, write_payloads(session.store, [part.header for part in parts])):
        buffers = session.buffers.keys(part.raws)
        group = describe_group([key], part, (payload, buffers), {key: part.digest(buffers)}, Ties(()))
        groups.append({**group, "final": session.is_final(part.refs)})
    saved = Saved(attempt.empty_delta(), groups)
    facts = {"delta": saved.delta, "files": {"read": {}, "written": {}}, "cost": attempt.watch.cost(), "failure": None}
    id = f"{attempt.id}+{page}"
    session.store.write_manifest(id, {**build_manifest(attempt, saved, facts), "attempt": id})
