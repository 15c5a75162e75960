"""One column of pandas data: type, share of missing values, histogram or levels. pandas must be loaded."""

import sys
from typing import Any

from headwater.previews.naming import is_a, is_exactly
from headwater.previews.plain import short
from headwater.previews.samples import LEVELS, describe_dates, describe_levels, describe_numbers


def describe_column(column: Any) -> "dict[str, Any]":
    """Facts about a short Series. `missing` is a share between 0 and 1."""
    facts = _describe(column)
    absent = facts["missing"] if "missing" in facts else int(column.isna().sum())
    return {**facts, "dtype": str(column.dtype), "missing": round(absent / len(column), 4) if len(column) else 0.0}


def _describe(column: Any) -> "dict[str, Any]":
    dtype = column.dtype
    kind = getattr(dtype, "kind", "O")
    if type(dtype).__name__ == "CategoricalDtype":
        return _describe_categories(column)
    if kind in "iuf":
        return describe_numbers(column.to_numpy("float64", na_value=float("nan")))
    if kind in "mM" and type(dtype).__name__ != "PeriodDtype":
        plain = column.dt.tz_localize(None) if getattr(dtype, "tz", None) is not None else column
        return describe_dates(plain.to_numpy())
    return describe_levels(column.tolist())


def _describe_categories(column: Any) -> "dict[str, Any]":
    """Codes are counted, so that categories are never compared."""
    numpy = sys.modules["numpy"]
    codes = column.cat.codes.to_numpy()
    counts = numpy.bincount(codes[codes >= 0])
    order = numpy.argsort(-counts, kind="stable")[:LEVELS]
    levels = [[short(column.cat.categories[code]), int(counts[code])] for code in order.tolist() if counts[code]]
    return {"distinct": int((counts > 0).sum()), "levels": levels}


def cell(value: Any) -> str:
    """A value in a table: floats with six digits, as one reads them."""
    return f"{float.__float__(value):.6g}" if is_a(value, float) else short(value)


def label(value: Any) -> str:
    """A column's or row's label; those of several levels joined."""
    return ", ".join(map(short, value)) if is_exactly(value, tuple) else short(value)
