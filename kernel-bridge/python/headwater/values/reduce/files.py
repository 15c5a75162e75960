"""Closed files stay closed files; open ones live only in their process."""

from __future__ import annotations

import io
import os
from typing import Any

from headwater.values.errors import Unstorable
from headwater.values.reduce.registry import reduces, stored_name


@reduces(io.TextIOWrapper, io.BufferedReader, io.BufferedWriter, io.BufferedRandom, io.FileIO)
def reduce_file(saver: Any, f: Any) -> Any:
    if not f.closed:
        raise Unstorable("an open file")
    return closed_file, (type(f) is io.TextIOWrapper,)


@stored_name
def closed_file(text: bool) -> Any:
    with open(os.devnull, "r" if text else "rb") as f:
        return f
