"""How large a value is, in a few characters: `41 208 × 18`, `(3, 4) float64`."""

import sys
from typing import Any, Optional

from headwater.previews.naming import is_a, mro_of, name_of, root_of
from headwater.previews.plain import grouped, length_of


def shape_of(value: Any) -> Optional[str]:
    """Rows and columns, shape and dtype, or a number of items; None for what has no size. Never runs code of the notebook."""
    try:
        for cls in mro_of(type(value)):
            find = _SHAPES.get((root_of(cls), name_of(cls)))
            if find is not None:
                return find(value)
        length = length_of(value)
        return None if length is None else f"{grouped(length)} {_unit(value)}{'' if length == 1 else 's'}"
    except Exception:
        return None


def _unit(value: Any) -> str:
    return "character" if is_a(value, str) else "byte" if is_a(value, bytes, bytearray) else "item"


def _frame(value: Any) -> str:
    rows, columns = sys.modules["pandas"].DataFrame.shape.fget(value)
    return f"{grouped(rows)} × {grouped(columns)}"


def _series(value: Any) -> str:
    return grouped(len(object.__getattribute__(value, "_mgr").axes[0]))


def _index(value: Any) -> Optional[str]:
    return grouped(len(value)) if root_of(type(value)) == "pandas" else None


def _array(value: Any) -> str:
    base = sys.modules["numpy"].ndarray
    return f"{base.shape.__get__(value)} {base.dtype.__get__(value)}"


def _shaped(value: Any) -> Optional[str]:
    if root_of(type(value)) not in ("torch", "scipy"):  # a class of the notebook may have its own `shape`
        return None
    return f"{tuple(value.shape)} {str(value.dtype).rpartition('.')[2]}"


_SHAPES = {
    ("pandas", "DataFrame"): _frame,
    ("pandas", "Series"): _series,
    ("pandas", "Index"): _index,
    ("numpy", "ndarray"): _array,
    ("torch", "Tensor"): _shaped,
    ("scipy", "_spbase"): _shaped,
    ("scipy", "spmatrix"): _shaped,
}
