"""Headers of groups: small ones inside the manifest, the others together in one blob."""

from __future__ import annotations

import base64
import os
from typing import Any

from headwater.values.pieces import Whole, pieces_of

INLINE = 8 << 10
"""Bytes up to which a header stands in the manifest itself: a file of its own would cost 45 µs, this one a few."""

ALL_INLINE = 64 << 10
"""Bytes of one manifest's headers together: whoever wants one name of an attempt reads its whole manifest."""


def write_payloads(store: Any, headers: list[Whole]) -> list[dict[str, Any]]:
    """A payload for each header, in their order."""
    payloads: list[dict[str, Any]] = []
    packed: list[Any] = []
    inline = offset = 0
    for header in headers:
        if isinstance(header, bytes) and len(header) <= INLINE and inline + len(header) <= ALL_INLINE:
            inline += len(header)
            payloads.append({"inline": base64.b64encode(header).decode()})
        else:
            payloads.append({"offset": offset, "size": len(header)})
            packed += pieces_of(header)
            offset += len(header)
    if packed:
        blob = store.put_blob(packed)
        for payload in payloads:
            if "inline" not in payload:
                payload["blob"] = blob
    return payloads


def read_payload(store: Any, payload: dict[str, Any]) -> bytes:
    if "inline" in payload:
        return base64.b64decode(payload["inline"])
    with open(os.fspath(store.open_blob(payload["blob"])), "rb") as f:
        f.seek(payload["offset"])
        return f.read(payload["size"])
