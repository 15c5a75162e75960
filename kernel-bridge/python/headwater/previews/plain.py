"""Single values as short text or as JSON, without running code of the notebook."""

import enum
import math
from typing import Any, Union

from headwater.previews.naming import attributes_of, describe_type, is_a, is_single

CELL_CHARS = 40
"""What a cell of a table or a leaf of a tree shows."""

EXACT_BITS = 53
"""JSON numbers are doubles for their readers: larger integers are text."""

MOST_BITS = 10_000
"""Beyond it writing an integer in decimals takes long, and Python refuses."""


def cut(text: str, width: int = CELL_CHARS) -> str:
    """At most `width` characters of one line."""
    head = text[: width + 1].replace("\n", "⏎").replace("\r", "")
    head = head if len(head) <= width else head[: width - 1] + "…"
    return head if head.isascii() else head.encode("utf-8", "replace").decode()  # lone surrogates are no text for others


def short(value: Any, width: int = CELL_CHARS) -> str:
    """`value` as one short line: itself where that is safe, else its type."""
    if value is None or value is True or value is False:
        return str(value)
    if is_a(value, enum.Enum):
        return cut(f"{describe_type(value)}.{attributes_of(value).get('_name_', '?')}", width)
    if is_a(value, str):
        return cut(str.__getitem__(value, slice(0, width + 1)), width)
    if is_a(value, int, float):
        return cut(str(number(value)), width)
    if is_single(value):
        return cut(str(value), width)
    size = length_of(value)
    return cut(describe_type(value) if size is None else f"{describe_type(value)} of {size}", width)


def number(value: Any) -> Union[int, float, str]:
    """An int or float (or an instance of a subclass) as JSON."""
    if is_a(value, int):
        plain = int.__int__(value)
        bits = plain.bit_length()
        return plain if bits <= EXACT_BITS else str(plain) if bits <= MOST_BITS else f"an integer of {bits} bits"
    plain_float = float.__float__(value)
    return plain_float if math.isfinite(plain_float) else str(plain_float)


_SIZED: Any = (list, tuple, dict, set, frozenset, bytes, bytearray, str, range)


def length_of(value: Any) -> Union[int, None]:
    """Length of a builtin container, or of an instance of a subclass, past its own `__len__`."""
    base = next((each for each in _SIZED if is_a(value, each)), None)
    return None if base is None else base.__len__(value)


def grouped(count: int) -> str:
    """`41 208`."""
    return f"{count:,}".replace(",", " ")
