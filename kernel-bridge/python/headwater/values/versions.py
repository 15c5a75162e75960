"""Which keys changed, decided from what was loaded and what is there now. Pure.

A version belongs to a key, not to a group: `s = df["x"]` makes a new group, but the content of `df` is what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.values.keys import GroupId, Key
from headwater.values.ties import Ties


@dataclass
class OldGroup:
    """A group as it was loaded: its keys that are still its own, their digests, how they were tied."""

    gid: GroupId
    keys: list[Key]
    digests: dict[Key, str]
    ties: Ties

    def without(self, gone: set[Key]) -> OldGroup:
        left = [key for key in self.keys if key not in gone]
        return OldGroup(self.gid, left, {key: self.digests[key] for key in left}, self.ties)


@dataclass(frozen=True)
class Verdict:
    """`changed`: keys that get a new version. `clean`: positions of the new groups that stay where they are stored."""

    changed: set[Key]
    clean: dict[int, GroupId]


def decide(old: list[OldGroup], new: Sequence[Sequence[Key]], digests: dict[Key, str], ties: Ties, rebound: set[Key]) -> Verdict:
    """`new` groups with `digests` of all their keys and the `ties` over all of them; `rebound` names are bound to another object."""
    was = {key: group for group in old for key in group.keys}
    at = {key: i for i, keys in enumerate(new) for key in keys}
    known = [key for key in was if key in at]
    changed = {key for key in at if key not in was}
    for key in known:
        company = len(was[key].keys) > 1 or any(other != key and other in was for other in new[at[key]])
        if digests[key] != was[key].digests[key] or (key in rebound and company):
            changed.add(key)
    quiet = {key for key in known if key not in changed and key not in rebound}
    changed |= _tied_otherwise(old, was, ties, quiet)
    return Verdict(changed, _find_clean(old, new, changed | rebound))


def _tied_otherwise(old: list[OldGroup], was: dict[Key, OldGroup], ties: Ties, quiet: set[Key]) -> set[Key]:
    """Keys with the content they had, whose parts are shared in another way than before: nobody can tell which of them changed."""
    found: set[Key] = set()
    for group in old:
        mine = quiet.intersection(group.keys)
        if len(mine) > 1 and group.ties.among(mine).knots != ties.among(mine).knots:
            found |= mine
    for knot in ties.knots:
        met = {key for key, _ in knot if key in quiet}
        if len({was[key].gid for key in met}) > 1:
            found |= met
    return found


def _find_clean(old: list[OldGroup], new: Sequence[Sequence[Key]], touched: set[Key]) -> dict[int, GroupId]:
    """Groups of the same keys as before, none of them touched."""
    stored = {tuple(sorted(group.keys)): group.gid for group in old}
    found: dict[int, GroupId] = {}
    for i, keys in enumerate(new):
        gid = stored.get(tuple(sorted(keys)))
        if gid is not None and touched.isdisjoint(keys):
            found[i] = gid
    return found
