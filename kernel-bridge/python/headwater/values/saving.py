"""One save: survey, partition, compare, write what changed, and say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.control.secrets import SECRETS
from headwater.values.deep import pack_any_depth
from headwater.values.keys import Key, names_of, step_of, units_of, wire
from headwater.values.pack import Part
from headwater.values.partition import partition
from headwater.values.payloads import write_payloads
from headwater.values.pickler import ORDER
from headwater.values.saved import Saved
from headwater.values.survey import Survey, survey
from headwater.values.ties import Ties
from headwater.values.tombstones import find_tied, names_that_reach, reason_of, type_name
from headwater.values.versions import OldGroup, Verdict, decide

if TYPE_CHECKING:
    from headwater.values.session import Session


class Saving:
    """`names` are bound now; `rebound` those of them that were loaded and are bound to another object since."""

    def __init__(self, session: Session, names: list[str], rebound: set[str]) -> None:
        self.session, self.names, self.rebound = session, names, rebound
        self.untouched = {key for name in names for key in session.untouched(name)}
        self.groups: list[list[Key]] = []
        self.parts: list[Part] = []
        """Of whole groups, in the order of `groups`."""
        self.old: list[OldGroup] = []
        """What the session may compare with from now on."""

    def run(self) -> Saved:
        session = self.session
        roots = [("n", name) for name in self.names if ("n", name) not in self.untouched]
        found = survey(session, [*sorted(roots), *(("u", uid) for uid in session.identities.units())], follow=True)
        ties = self._group(found)
        self._bury_untouched(found)
        digests = {key: self._digest(part) for key, part in found.parts.items()}
        before = [old for old in session.old.values() if not self.untouched.issuperset(old.keys)]
        verdict = decide(before, self.groups, digests, ties, {("n", name) for name in self.rebound})
        saved = self._write(found, verdict, digests, ties)
        self._remember(verdict, digests, ties)
        return saved

    def _group(self, found: Survey) -> Ties:
        """Groups that can be written. One that fails as a whole is dead, and what refers to it."""
        while True:
            found.bury()
            self.groups, ties = partition(self.session, found.parts)
            self.parts = []
            failed = False
            for keys in self.groups:
                try:
                    self.parts.append(self._pack(keys, found))
                except Exception as error:
                    failed = True
                    for key in keys:
                        found.kill(key, error.with_traceback(None))
            if not failed:
                return ties

    def _pack(self, keys: list[Key], found: Survey) -> Part:
        if len(keys) == 1:
            return found.parts[keys[0]]
        how = ORDER[max(ORDER.index(found.parts[key].how) for key in keys)]
        return pack_any_depth(self.session, keys, how)

    def _bury_untouched(self, found: Survey) -> None:
        """A name that was not looked at, bound to a unit that died."""
        for key in sorted(self.untouched):
            uid = self.session.identities.known(self.session.value(key[1]))
            if uid is not None and ("u", uid) in found.dead:
                self.untouched.discard(key)
                found.dead[key] = found.dead["u", uid]

    def _digest(self, part: Part) -> str:
        return part.digest(self.session.buffers.keys(part.raws))

    def _write(self, found: Survey, verdict: Verdict, digests: dict[Key, str], ties: Ties) -> Saved:
        session = self.session
        written = [i for i in range(len(self.groups)) if i not in verdict.clean]
        payloads = write_payloads(session.store, [self.parts[i].header for i in written])
        delta = self._new_delta(found)
        size = sum(len(self.parts[i].header) for i in written)
        saved = Saved(delta, counts={"clean": len(verdict.clean), "written": len(written), "bytes": size})
        for position, (i, payload) in enumerate(zip(written, payloads)):
            keys, part, gid = self.groups[i], self.parts[i], f"{session.attempt}/{position}"
            buffers = session.buffers.keys(part.raws)
            group = describe_group(keys, part, (payload, buffers), digests, ties)
            group["final"] = session.is_final([*group["units"], *group["refs"]])
            saved.groups.append(group)
            size = len(part.header) + sum(raw.nbytes for raw in part.raws)
            for key in keys:
                old = session.loaded_from(key)
                version = session.attempt if key in verdict.changed else session.loaded[key][0]
                delta["binds" if key[0] == "n" else "units"][key[1]] = [version, gid]
                if old is not None:
                    delta["based"][wire(key)] = old
                if key[0] == "n":
                    saved.artifacts[key[1]] = {"digest": digests[key], "type": type_name(session.value(key[1])), "size": size}
        return saved

    def _new_delta(self, found: Survey) -> dict[str, Any]:
        """All but what is written."""
        session = self.session
        bound = set(self.names)
        gone = sorted(name for name in session.held if name not in bound)
        based = {wire(("n", name)): gid for name in gone for gid in [session.loaded_from(("n", name))] if gid is not None}
        stones, more = self._bury(found)
        based.update(more)
        return {
            "reads": dict(session.reads),
            "readUnits": dict(session.read_units),
            "based": based,
            "binds": {},
            "units": {},
            "unbinds": gone,
            "tombstones": stones,
            "imports": session.new_imports(),
        }

    def _bury(self, found: Survey) -> tuple[dict[str, Any], dict[str, str]]:
        """Tombstones of names that cannot be stored, and where those came from that could be before."""
        session = self.session
        stones: dict[str, Any] = {}
        based: dict[str, str] = {}
        lost = {uid for kind, uid in found.dead if kind == "u"} & session.slots.units.keys()
        lost_names = names_that_reach(session, lost) if lost else set()
        for name in names_of(sorted(found.dead)):
            value, old = session.value(name), session.loaded_from(("n", name))
            tied = find_tied(session, value, found.parts, self.groups) | lost_names
            known = session.stones.get(name) if name not in self.rebound else None
            stone = {
                "version": session.attempt,
                "type": type_name(value),
                "reason": SECRETS.mask(reason_of(found.dead["n", name])),
                "step": known["step"] if known else step_of(session.attempt),
                "with": sorted(tied - {name}),
            }
            if known is None or known["with"] != stone["with"] or name in session.reads:  # read: it may have gone on, unseen
                stones[name] = stone
            if old is not None:
                based[wire(("n", name))] = old
        return stones, based

    def _remember(self, verdict: Verdict, digests: dict[Key, str], ties: Ties) -> None:
        """For a process that stays: what it has now is what the next step that runs here compares with."""
        written = 0
        for i, keys in enumerate(self.groups):
            gid = verdict.clean.get(i)
            if gid is None:
                gid, written = f"{self.session.attempt}/{written}", written + 1
            self.old.append(OldGroup(gid, keys, {key: digests[key] for key in keys}, ties.among(set(keys))))


def describe_group(keys: list[Key], part: Part, stored: tuple[Any, list[str]], digests: dict[Key, str], ties: Ties) -> dict[str, Any]:
    """As the protocol's GroupSchema; `stored` are payload and buffers.

    With what the next process needs to compare: `digests` by key, `ties` between keys.
    """
    return {
        "names": names_of(keys),
        "units": units_of(keys),
        "refs": sorted(part.refs),
        "how": part.how,
        "payload": stored[0],
        "buffers": stored[1],
        "digests": {wire(key): digests[key] for key in keys},
        "ties": ties.among(set(keys)).to_json(keys) if len(keys) > 1 else [],
    }
