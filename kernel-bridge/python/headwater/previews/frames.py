"""DataFrames, Series and indexes of pandas: a head of rows, and facts per column on a sample."""

import sys
from typing import Any

from headwater.previews.columns import cell, describe_column, label
from headwater.previews.naming import describe_type
from headwater.previews.plain import short
from headwater.previews.samples import step_for

FIELDS = 12
"""Columns described in full: what fits beside each other. Of the others the name is listed, up to NAMES."""

NAMES = 50
FEWEST_ROWS, MOST_ROWS = 6, 20
CELLS = 72


def preview_frame(value: Any) -> "dict[str, Any]":
    """`fields` describes the first columns on `sampled` rows, `head` has their cells row by row, `index` the rows' labels."""
    frame = _plain(value, sys.modules["pandas"].DataFrame)
    rows, columns = frame.shape
    fields = min(columns, FIELDS)
    shown = min(rows, max(FEWEST_ROWS, min(MOST_ROWS, CELLS // max(fields, 1))))
    sample = frame.iloc[:: step_for(rows), :fields]
    head = frame.iloc[:shown, :fields]
    cells = [[cell(each) for each in head.iloc[:, at].array] for at in range(fields)]
    names = [label(name) for name in frame.columns[:NAMES]]
    return {
        "kind": "frame", "type": describe_type(value), "rows": rows, "columns": columns, "shown": shown, "shownColumns": fields,
        "sampled": len(sample), "index": _labels(head.index),
        "fields": [{"name": names[at], **describe_column(sample.iloc[:, at])} for at in range(fields)],
        "others": names[fields:], "head": [list(row) for row in zip(*cells)],
    }


def preview_series(value: Any) -> "dict[str, Any]":
    """As one column of a frame."""
    series = _plain(value, sys.modules["pandas"].Series)
    return _one_column(describe_type(value), series.name, series, _labels(series.index[:MOST_ROWS]))


def preview_index(value: Any) -> "dict[str, Any]":
    """As a series without labels."""
    if type(value).__name__ == "MultiIndex":
        shown = [label(each) for each in value[:MOST_ROWS]]
        name = label(tuple(value.names))
        return {"kind": "series", "type": "MultiIndex", "name": name, "rows": len(value), "shown": len(shown), "index": None, "head": shown}
    return _one_column(describe_type(value), value.name, value.to_series(index=range(len(value))), None)


def _one_column(kind: str, name: Any, series: Any, index: Any) -> "dict[str, Any]":
    sample = series.iloc[:: step_for(len(series))]
    head = [cell(each) for each in series.iloc[:MOST_ROWS].array]
    title = None if name is None else label(name)
    facts = {"kind": "series", "type": kind, "name": title, "rows": len(series), "shown": len(head), "sampled": len(sample)}
    return {**facts, **describe_column(sample), "index": index, "head": head}


def _labels(index: Any) -> "dict[str, Any]":
    names = [None if name is None else short(name) for name in index.names]
    return {"names": names, "type": type(index).__name__, "labels": [label(each) for each in index]}


def _plain(value: Any, base: type) -> Any:
    """The same data without what a class of the notebook may have redefined; nothing is copied."""
    if type(value) is base:
        return value
    manager = object.__getattribute__(value, "_mgr")
    make = getattr(base, "_from_mgr", None)  # since pandas 2.1; a manager given to the class itself is deprecated since
    return base(manager) if make is None else make(manager, axes=manager.axes)


