"""The source of one function: cut out of its cell when it is stored, compiled again for another Python."""

from __future__ import annotations

import dis
import linecache
import re
import textwrap
import types
from collections.abc import Iterator

WRAPPER = "headwater_rebuilds"


def cut_source(code: types.CodeType) -> str | None:
    """Its lines, only where they are at hand (cells are): reading files would cost more than the function is worth."""
    entry = linecache.cache.get(code.co_filename)
    lines: list[str] = entry[2] if entry is not None and len(entry) > 2 else []
    first = code.co_firstlineno
    if not 0 < first <= len(lines):
        return None
    end, margin = min(_last_line(code), len(lines)), _indent(lines[first - 1])
    while end < len(lines) and (_goes_on(lines[end], margin) or _in_text(lines[first - 1 : end])):
        end += 1
    return "".join(lines[first - 1 : end]).rstrip()


def _goes_on(line: str, margin: int) -> bool:
    return not line.strip() or _indent(line) > margin or line.lstrip()[0] in ")]}"


def _in_text(lines: list[str]) -> bool:
    """A long string stands open, which may go on at any margin."""
    text = "".join(lines)
    return text.count('"""') % 2 == 1 or text.count("'''") % 2 == 1


def rebuild_code(qualname: str, free: list[str], source: str) -> types.CodeType | None:
    """The code of the function `qualname` compiled here, or None where the cut holds no such function or several.

    It is compiled inside a function that has its free variables, and inside its class: `super()` and `__private` names need one.
    """
    *parents, name = qualname.split(".")
    owner = parents[-1] if parents and parents[-1] != "<locals>" else None
    body = textwrap.dedent(source)
    if owner is not None:
        body = f"class {owner}:\n{textwrap.indent(body, ' ')}"
    variables = [v for v in free if v != "__class__"]
    head = f"def {WRAPPER}():\n" + "".join(f" {v} = None\n" for v in variables)
    if "__class__" in free and owner is None:
        head += " __class__ = None\n"
    whole = _compile(head, textwrap.indent(body, " "))
    if whole is None:
        return None
    found = [c for c in _codes_in(whole) if c.co_name == name and sorted(c.co_freevars) == sorted(free)]
    return found[0] if len(found) == 1 else None


def _compile(head: str, body: str) -> types.CodeType | None:
    """The cut may hold lines too many: they are left out from the end until it compiles."""
    lines = body.splitlines()
    while lines:
        try:
            return compile(head + "\n".join(lines) + "\n", "<rebuilt>", "exec", dont_inherit=True)
        except SyntaxError:
            lines.pop()
    return None


def _codes_in(code: types.CodeType) -> Iterator[types.CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from _codes_in(constant)


def _last_line(code: types.CodeType) -> int:
    own = max((line for _, line in dis.findlinestarts(code) if line), default=code.co_firstlineno)
    return max([own, *(_last_line(c) for c in code.co_consts if isinstance(c, types.CodeType))])


def _indent(line: str) -> int:
    return len(re.match(r"[ \t]*", line).group())  # type: ignore[union-attr]
