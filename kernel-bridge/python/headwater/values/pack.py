"""Some roots as bytes: a header, large buffers beside it, and what else the pickler learned on the way.

A header is the length of the skeletons (4 bytes), the skeletons, then pickle streams that share one memo: what makes classes work
(if there are classes), state of units (if there are units), values of names (if there are names), and to the end what fills sets.
All that we add is made of tuples: what ties two names is then always the person's own.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headwater.control.secrets import SECRETS
from headwater.values.buffers import OUT_OF_BAND
from headwater.values.errors import Unstorable
from headwater.values.identities import CLASS
from headwater.values.keys import Key, names_of, units_of
from headwater.values.pickler import DEEP_SAVERS, FAST, PROTOCOL, SAVERS
from headwater.values.pieces import Sink, Whole, gather, pieces_of
from headwater.values.units import kinds

if TYPE_CHECKING:
    from headwater.values.session import Session

LENGTH = 4
LARGE = 16 << 10
"""Bytes of a header: a thousand objects and more."""

Memo = dict[int, tuple[int, Any]]


@dataclass
class Part:
    """Roots pickled by one pickler. `refs` are the units they refer to, their own left out."""

    keys: list[Key]
    how: str
    header: Whole
    essence: Whole
    """What of the header counts when two are compared."""
    refs: set[str]
    raws: list[memoryview]
    pickler: Any
    holds_common: bool
    """It took the content of a container that every process has one of."""
    _memo: Memo | None = None

    @property
    def memo(self) -> Memo:
        """id → (number, object) of all that pickling reached. A copy of the pickler's own, made at first use."""
        memo = self._memo
        if memo is None:
            memo = self._memo = self.pickler.memo.copy()
        return memo

    @property
    def is_large(self) -> bool:
        """Holds so much that its memo is better not looked through one by one, but intersected with others: in C, over the smaller."""
        return len(self.header) > LARGE

    def places(self, ids: Sequence[int]) -> list[int]:
        """Positions of objects in the memo; negative where only the pickler knows of them."""
        marks, memo = self.pickler.marks, self.memo
        return [marks[i][0] if i in marks else memo[i][0] for i in ids] if marks else [memo[i][0] for i in ids]

    def digest(self, buffers: Sequence[str]) -> str:
        """Of the content: 32 hex digits. `buffers` are the blobs of `raws`, in their order."""
        h = hashlib.sha256()
        for piece in pieces_of(self.essence):
            h.update(piece)
        for key in buffers:
            h.update(b"\0" + key.encode())
        return h.hexdigest()[:32]


def pack(session: Session, keys: Sequence[Key], how: str, deep: bool = False) -> Part:
    """Raises whatever pickling raises."""
    keys = sorted(keys)
    out = Sink()
    raws: list[memoryview] = []

    def keep(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes < OUT_OF_BAND:
            return True
        raws.append(raw)
        return False

    saver = (DEEP_SAVERS if deep else SAVERS)[how](out, keep, session)
    session.rules.count()
    units, names = units_of(keys), names_of(keys)
    bones, essence = _take_bones(session, units, how, saver.refs)
    classes = [uid for uid in units if uid[0] == CLASS]
    if classes:
        saver.dump(tuple((uid, kinds.take_behaviour(session, uid)) for uid in classes))
    if units:
        saver.dump(tuple((uid, kinds.take_state(session, uid)) for uid in units))
    if names:
        saver.dump(tuple(session.value(name) for name in names))
    saver.finish()
    holds_common = session.rules.are_held()
    if how != FAST:
        _refuse_secrets(bones, *out.pieces, *raws)
    header = gather([len(bones).to_bytes(LENGTH, "little") + bones, *out.pieces])
    compared = gather([*([essence] if essence else []), *out.pieces])
    return Part(keys, how, header, compared, saver.refs - set(units), raws, saver, holds_common)


def _refuse_secrets(*data: Any) -> None:
    """A secret where no reference can stand for it: inside an array, an object's own bytes."""
    for each in data:
        if SECRETS.are_in(each):
            raise Unstorable(f"it holds the secret {SECRETS.named_in(each)} in a form that cannot be told apart")


def _take_bones(session: Session, units: list[str], how: str, refs: set[str]) -> tuple[bytes, bytes]:
    """The skeletons as bytes, and their essence."""
    if not units:
        return b"", b""

    def dump(o: Any) -> bytes:
        out = io.BytesIO()
        saver = SAVERS[how](out, None, session)
        saver.dump(o)
        refs.update(saver.refs)
        return out.getvalue()

    bones = {uid: kinds.take_bone(session, uid, dump, refs) for uid in units}
    plain = pickle.dumps({uid: (bone.data, bone.code) for uid, bone in bones.items()}, PROTOCOL)
    return plain, b"".join(uid.encode() + kinds.essence(session, uid, bone) for uid, bone in bones.items())


def split_header(header: bytes) -> tuple[dict[str, kinds.Bone], io.BytesIO]:
    """Skeletons by uid, and the streams."""
    end = LENGTH + int.from_bytes(header[:LENGTH], "little")
    bones = pickle.loads(header[LENGTH:end]) if end > LENGTH else {}
    streams = io.BytesIO(header)
    streams.seek(end)
    return {uid: kinds.Bone(*bone) for uid, bone in bones.items()}, streams
