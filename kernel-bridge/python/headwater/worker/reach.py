"""What the project's own modules do with files without an audit event, as far as the words of a cell lead into them.

For cells the engine knows this before they run (packages/engine/src/notebook/knowledge: files.ts, writers.ts); which modules they import
shows only here. A function is reached by its name, whatever it is called on: too many are better than one too few.
"""

from __future__ import annotations

import dis
import re
from collections.abc import Iterable, Iterator
from types import CodeType
from typing import NamedTuple

OPTIMIZED = 0x1
"""Flag of code that has variables of its own: functions have it, modules and the bodies of classes do not (`inspect.CO_OPTIMIZED`)."""

ASKING = re.compile(
    r"l?exists|is_?(?:file|dir|link)|is_symlink|get(?:size|[acm]time)|samefile|l?stat|access|readlink"
    r"|load_(?:model|weights)|read_hdf|HDFStore|imread"
)
READERS = re.compile(r"h5py|netCDF4|rasterio|polars|geopandas|pyarrow|torch")
READING = re.compile(r"File|Dataset|open|load|(?:read|scan)_\w+")
"""Questions and native reads: by a word alone, or by one in a module that has such a library."""

WRITING = re.compile(
    r"to_(?:parquet|feather|orc|netcdf|zarr|gpkg)|sink_\w+|save_(?:model|weights|pretrained|to_disk|file)|imwrite|VideoWriter"
    r"|write_(?:index|parquet|ipc|ndjson|avro|delta)"
)
WRITERS = re.compile(r"h5py|netCDF4|rasterio|torch|polars|pyarrow|keras|tensorflow|soundfile|duckdb|lmdb|onnx")
KEEPING = re.compile(r"File|Dataset|open|save|export|connect|write|(?:write|save)_\w+")
"""The same of native writes."""

WORD = re.compile(r"[^\W\d]\w*")


class Libraries(NamedTuple):
    """Whether a module has any that reads, or writes, in native code."""

    read: bool
    write: bool


class Body(NamedTuple):
    """A function, a class or the top of a module: its words, and what they do by themselves."""

    words: frozenset[str]
    asks: bool
    writes: bool


class Reach:
    """Of one task process, over all modules of the project that were imported there."""

    def __init__(self) -> None:
        self._named: dict[str, list[Body]] = {}
        self._run: list[Body] = []
        self._scripts: dict[str, list[Body]] = {}
        self._text, self._functions = "", list[CodeType]()

    def add(self, module: CodeType) -> None:
        """A module that is about to run, which reaches its top."""
        libraries = _libraries_in(words_of(module))
        self._run.append(_body(self._enter(module, libraries), libraries))

    def use(self, text: str, functions: Iterable[CodeType], scripts: Iterable[CodeType] = ()) -> None:
        """What runs next: the text of a cell, and functions of the notebook that are there.

        `scripts`: those of them that no cell defines (`%run`).
        """
        self._text, self._functions, self._scripts = text, list(functions), {}
        for code in scripts:
            words = words_of(code)
            self._scripts.setdefault(code.co_name, []).append(_body(words, _libraries_in(words)))

    def asks(self) -> bool:
        """Whether a file may be looked at and nobody hears of it."""
        return any(body.asks for body in self._reached())

    def writes(self) -> bool:
        """Whether a file may be written and nobody hears of it."""
        return any(body.writes for body in self._reached())

    def _reached(self) -> Iterator[Body]:
        if not self._run and not self._scripts:
            return
        yield from self._run
        todo = [*WORD.findall(self._text), *(word for code in self._functions for word in words_of(code))]
        todo += (word for body in self._run for word in body.words)
        seen = set[str]()
        while todo:
            word = todo.pop()
            if word in seen:
                continue
            seen.add(word)
            for body in (*self._named.get(word, ()), *self._scripts.get(word, ())):
                yield body
                todo += body.words

    def _enter(self, code: CodeType, libraries: Libraries) -> set[str]:
        """Takes in the functions and classes of some code; -> the words that run with it."""
        words = {each.argval for each in dis.get_instructions(code) if each.opcode in dis.hasname and each.opname != "STORE_NAME"}
        for part in _parts(code):
            if part.co_name.startswith("<"):
                words.update(words_of(part))
                continue
            self._named.setdefault(part.co_name, []).append(_body(words_of(part), libraries))
            if not part.co_flags & OPTIMIZED:
                words |= self._enter(part, libraries)
        return words


def words_of(code: CodeType) -> set[str]:
    """Every name that is not a local variable, in the code and in all that is defined inside."""
    return set(code.co_names).union(*(words_of(part) for part in _parts(code)))


def _libraries_in(words: set[str]) -> Libraries:
    return Libraries(_has(words, READERS), _has(words, WRITERS))


def _body(words: set[str], libraries: Libraries) -> Body:
    asks = _has(words, ASKING) or (libraries.read and _has(words, READING))
    return Body(frozenset(words), asks, _has(words, WRITING) or (libraries.write and _has(words, KEEPING)))


def _parts(code: CodeType) -> Iterator[CodeType]:
    return (each for each in code.co_consts if isinstance(each, CodeType))


def _has(words: set[str], pattern: re.Pattern[str]) -> bool:
    return any(map(pattern.fullmatch, words))
