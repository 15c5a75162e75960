"""Where things stand in a store: the same keys as in the engine (packages/protocol/src/layout.ts)."""

from __future__ import annotations

import re
import unicodedata

PART_BYTES = 180
_UNSAFE = re.compile(r"[^\w\-.@,\[\]=+]")


def key_part(name: str) -> str:
    """A name as one part of a key: separators percent-encoded, an overlong name cut and told apart by a digest."""
    part = _UNSAFE.sub(lambda m: "".join(f"%{b:02x}" for b in m.group().encode()), unicodedata.normalize("NFC", name))
    safe = f"%2e{part[1:]}" if part.startswith(".") else part
    data = safe.encode()
    if len(data) <= PART_BYTES:
        return safe
    return f"{data[: PART_BYTES - 12].decode(errors='ignore')}~{_fnv(safe)}"


def _fnv(text: str) -> str:
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"{value:08x}"


def run_prefix(flow: str, number: int) -> str:
    """Prefix of everything about one run, without a slash at the end."""
    return f"flows/{key_part(flow)}/runs/{number:08d}"


def manifest_key(prefix: str, attempt: str) -> str:
    """Key of an attempt's manifest under a run's prefix."""
    return f"{prefix}/tasks/{key_part(attempt)}.json"


def output_key(prefix: str, attempt: str) -> str:
    """Key of an attempt's output log under a run's prefix."""
    return f"{prefix}/tasks/{key_part(attempt)}.log"


def wire_key(prefix: str, process: str) -> str:
    """Key under which the lines of a process elsewhere stand."""
    return f"{prefix}/wire/{key_part(process)}"


def engine_sign_key(prefix: str) -> str:
    """Key of what the engine writes again and again while a process elsewhere waits for it."""
    return f"{prefix}/wire/engine"


def environment_key(prefix: str, own: str | None) -> str:
    """Key of the record of interpreter and packages under a run's prefix; `own`: the environment that some steps have for themselves."""
    return f"{prefix}/environment.json" if own is None else f"{prefix}/environments/{own}.json"


def blob_key(digest: str) -> str:
    """Key of a content-addressed blob."""
    return f"blobs/{digest[:2]}/{digest}"
