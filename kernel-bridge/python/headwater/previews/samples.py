"""Numbers about many numbers: a sample, its middle, a small histogram, the most frequent levels. NumPy must be loaded."""

import sys
from collections import Counter
from typing import Any, Optional

from headwater.previews.naming import is_exactly
from headwater.previews.plain import number, short

SAMPLE = 10_000
"""Values looked at where there are more. They are taken at even distances: the head of sorted data would be no sample."""

BINS = 10
LEVELS = 5
COUNTABLE = frozenset(map(id, (str, int, float, bool, bytes, type(None))))
"""Identities of the types that are counted by value: hashing and comparing others may run code of the notebook, even of their classes."""


def step_for(length: int, most: int = SAMPLE) -> int:
    """Every how manieth value to take."""
    return max(1, -(-length // most))


def describe_numbers(values: Any) -> "dict[str, Any]":
    """Minimum, median, maximum, histogram and number of NaNs of a small one-dimensional array of real numbers."""
    numpy = sys.modules["numpy"]
    whole = values.dtype.kind in "iu"
    values = values.astype("float64", copy=False)
    finite = values[numpy.isfinite(values)]
    facts: dict[str, Any] = {"missing": int(numpy.isnan(values).sum())}
    if len(finite):
        low, middle, high = float(finite.min()), float(numpy.median(finite)), float(finite.max())
        facts.update(min=tidy(low, whole), median=tidy(middle), max=tidy(high, whole), histogram=histogram(finite, low, high))
    return facts


def tidy(value: float, whole: bool = False) -> Any:
    """A number as one reads it: six digits, all of them for integers."""
    return number(int(value)) if whole else number(float(f"{value:.6g}"))


def histogram(values: Any, low: float, high: float) -> Optional["dict[str, Any]"]:
    """Counts in equal bins from `low` to `high`; None where their distance is no number."""
    numpy = sys.modules["numpy"]
    if not numpy.isfinite(high - low):
        return None
    try:
        counts = numpy.histogram(values, BINS, (low, high))[0].tolist() if high > low else [len(values)]
    except (ValueError, IndexError):  # bins finer than doubles are
        return None
    return {"low": tidy(low), "high": tidy(high), "counts": counts}


def describe_dates(values: Any) -> "dict[str, Any]":
    """The same for datetime64 or timedelta64."""
    numpy = sys.modules["numpy"]
    known = values[~numpy.isnat(values)]
    facts: dict[str, Any] = {"missing": len(values) - len(known)}
    if len(known):
        low, high = known.min(), known.max()
        plain = histogram(known.astype("int64").astype("float64"), float(low.astype("int64")), float(high.astype("int64")))
        facts.update(min=short(low), max=short(high), histogram=plain and {**plain, "low": short(low), "high": short(high)})
    return facts


def describe_levels(values: "list[Any]") -> "dict[str, Any]":
    """How many are missing; of simple values also the most frequent ones, and how many different ones there are."""
    absent = _absent_objects()
    kinds = set(map(id, map(type, values)))
    if not kinds <= COUNTABLE | {id(type(value)) for value in absent}:
        return {"missing": sum(1 for value in values if any(value is each for each in absent) or _is_nan(value))}
    counts = Counter(values)
    unknown = [value for value in counts if any(value is each for each in absent) or _is_nan(value)]
    missing = sum(counts.pop(value) for value in unknown)
    levels = [[short(value), count] for value, count in counts.most_common(LEVELS)]
    return {"missing": missing, "distinct": len(counts), "levels": levels}


def _absent_objects() -> "list[Any]":
    pandas = sys.modules.get("pandas")
    return [None] if pandas is None else [None, pandas.NA, pandas.NaT]


def _is_nan(value: Any) -> bool:
    return is_exactly(value, float) and value != value
