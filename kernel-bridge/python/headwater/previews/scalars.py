"""Numbers, texts, bytes."""

from typing import Any

from headwater.previews.naming import describe_type, is_a, is_single, root_of
from headwater.previews.plain import cut, number, short

SHORT_CHARS = 200
"""A text up to here, of one line, is a value shown whole."""

LINES = 20
LINE_CHARS = 160
HEAD_CHARS = 50_000
COUNTED_CHARS = 1_000_000
"""Lines are counted in texts up to here: a millisecond."""

BYTES = 64


def preview_value(value: Any) -> "dict[str, Any]":
    """A number, a truth value, a date: the value itself, as a JSON number where that is exact."""
    item = value.item() if is_single(value) and root_of(type(value)) == "numpy" and hasattr(value, "item") else value
    if item is None or item is True or item is False:
        plain = item
    else:
        plain = number(item) if is_a(item, int, float) and not is_single(item) else short(item, SHORT_CHARS)
    return {"kind": "value", "type": describe_type(value), "value": plain}


def preview_text(value: str) -> "dict[str, Any]":
    """A short text is a value; of a long one the first lines."""
    length = str.__len__(value)
    head = str.__getitem__(value, slice(0, HEAD_CHARS))
    lines = head.splitlines()
    if length <= SHORT_CHARS and len(lines) <= 1:
        return {"kind": "value", "type": describe_type(value), "value": cut(head, SHORT_CHARS)}
    shown = [cut(line, LINE_CHARS) for line in lines[:LINES]]
    total = str.count(value, "\n") + (not str.endswith(value, "\n")) if length <= COUNTED_CHARS else None
    return {"kind": "text", "type": describe_type(value), "characters": length, "lines": total, "shown": len(shown), "head": shown}


def preview_bytes(value: Any) -> "dict[str, Any]":
    """Size and first bytes, in hex."""
    view = memoryview(value)
    head = bytes(view[:BYTES]) if view.ndim == 1 and view.contiguous and view.itemsize == 1 else b""
    return {"kind": "bytes", "type": describe_type(value), "size": view.nbytes, "shown": len(head), "head": head.hex(" ")}
