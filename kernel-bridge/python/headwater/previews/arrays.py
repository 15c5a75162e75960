"""Arrays of NumPy, PyTorch tensors, sparse matrices of SciPy: dtype, dimensions, numbers about a sample, a thumbnail of what may be a
picture.
"""

import sys
from typing import Any, Optional

from headwater.previews import pictures
from headwater.previews.columns import cell
from headwater.previews.naming import describe_type, is_exactly
from headwater.previews.samples import describe_dates, describe_levels, describe_numbers

SAMPLE = 50_000
ROWS, COLUMNS = 6, 8
FEWEST_PIXELS = 16
"""A matrix smaller than that on a side is read as numbers."""

LONGEST = 8
"""Nor is one a picture whose sides differ by more."""


def preview_array(value: Any) -> "dict[str, Any]":
    """`head` holds the first elements, of two dimensions row by row; facts are of `sampled` elements at even distances on every axis."""
    numpy = sys.modules["numpy"]
    array = numpy.ndarray.view(value, numpy.ndarray)
    return {"kind": "array", "type": describe_type(value), **_describe(array)}


def preview_tensor(value: Any) -> "dict[str, Any]":
    """A tensor in main memory as an array; of one on a device, or of a type NumPy has not, only shape and type."""
    facts = {"dtype": str(value.dtype).rpartition(".")[2], "device": str(value.device)}
    shape = {"kind": "array", "type": describe_type(value), "dimensions": list(value.shape)}
    if value.device.type != "cpu" or value.is_sparse:  # looking at a device would wait for it
        return {**shape, **facts}
    try:
        return {**shape, **_describe(value.detach().numpy()), **facts}
    except TypeError:  # bfloat16
        return {**shape, **facts}


def preview_sparse(value: Any) -> "dict[str, Any]":
    """Shape, and facts about the stored elements."""
    stored: Any = getattr(value, "data", None)
    facts = _describe(stored) if is_exactly(stored, sys.modules["numpy"].ndarray) and stored.ndim == 1 and stored.dtype != object else {}
    own = {"dtype": str(value.dtype), "dimensions": list(value.shape), "stored": int(value.nnz)}
    return {"kind": "array", "type": describe_type(value), **facts, **own}


def _describe(array: Any) -> "dict[str, Any]":
    sample = _sample(array)
    head = _head(array)
    facts = {"dtype": str(array.dtype), "dimensions": list(array.shape), "sampled": int(sample.size), "shown": head[0], "head": head[1]}
    return {**facts, **_facts(sample), **_picture(array)}


def _sample(array: Any) -> Any:
    """At most SAMPLE elements. Slicing costs nothing whatever the layout, and only what is taken is read."""
    left, steps = SAMPLE, []
    for length in reversed(array.shape):
        take = max(1, min(length, left))
        steps.append(slice(None, None, max(1, -(-length // take))))
        left = max(1, left // take)
    return array[tuple(reversed(steps))].reshape(-1)


def _head(array: Any) -> "tuple[int, Any]":
    if array.dtype.names is not None or array.dtype.kind == "V":
        return 0, []
    if array.ndim == 2:
        rows = [[cell(each) for each in row.tolist()] for row in array[:ROWS, :COLUMNS]]
        return sum(map(len, rows)), rows
    first = array[(0,) * max(0, array.ndim - 1)] if array.size else array
    flat = first.reshape(-1)[: ROWS * COLUMNS // 2].tolist()
    return len(flat), [cell(each) for each in flat]


def _facts(sample: Any) -> "dict[str, Any]":
    kind = sample.dtype.kind
    if kind in "iuf":
        return describe_numbers(sample)
    if kind in "mM":
        return describe_dates(sample)
    if kind in "bUO":
        return describe_levels(sample.tolist())
    if sample.dtype.names is not None:
        return {"fields": [[name, str(sample.dtype[name])] for name in sample.dtype.names[:COLUMNS]]}
    return {}


def _picture(array: Any) -> "dict[str, Optional[str]]":
    """A thumbnail of a matrix in grey, or of an image with three or four channels."""
    colours = array.ndim == 3 and array.shape[2] in (3, 4)
    if not (array.ndim == 2 or colours) or array.dtype.kind not in "buif":
        return {}
    short_side, long_side = sorted(array.shape[:2])
    if short_side < FEWEST_PIXELS or long_side > LONGEST * short_side:
        return {}
    return {"thumbnail": pictures.draw_colours(array) if colours else pictures.draw_grey(array)}
