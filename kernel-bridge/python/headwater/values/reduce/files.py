"""Closed files stay closed files; open ones live only in their process."""

from __future__ import annotations

import io
import os
from typing import Any

from headwater.values.errors import Unstorable
from headwater.values.reduce.registry import reduces, stored_name

BUFFERED = (io.BufferedReader, io.BufferedWriter, io.BufferedRandom)


@reduces(io.TextIOWrapper, *BUFFERED, io.FileIO)
def reduce_file(saver: Any, f: Any) -> Any:
    if not f.closed:
        raise Unstorable("an open file")
    text = (f.encoding, f.errors, f.line_buffering, getattr(f, "mode", None)) if type(f) is io.TextIOWrapper else None
    buffer: Any = f if text is None else f.buffer
    raw = buffer.raw if type(buffer) in BUFFERED else buffer
    if type(raw) is not io.FileIO:
        return closed_in_memory, (text,)
    return closed_again, (type(buffer).__name__, raw.mode, raw.name, text)


@stored_name
def closed_again(kind: str, mode: str, name: Any, text: Any) -> Any:
    """What is left of a file that was closed: its name, mode and encoding. The file itself is not touched, it may be gone."""
    raw = io.FileIO("", mode.replace("b", ""), opener=lambda path, flags: os.open(os.devnull, os.O_RDWR))
    raw.name = name
    return _close(raw if kind == "FileIO" else getattr(io, kind)(raw), text)


@stored_name
def closed_in_memory(text: Any) -> Any:
    return _close(io.BytesIO(), text)


def _close(buffer: Any, text: Any) -> Any:
    f: Any = buffer
    if text is not None:
        encoding, errors, line_buffering, mode = text
        f = io.TextIOWrapper(buffer, encoding, errors, line_buffering=line_buffering)
        if mode is not None:
            f.mode = mode
    f.close()
    return f


@stored_name
def closed_file(text: bool) -> Any:
    """Of stores whose manifests are of format 1 or 2, which kept neither name nor mode."""
    with open(os.devnull, "r" if text else "rb") as f:
        return f
