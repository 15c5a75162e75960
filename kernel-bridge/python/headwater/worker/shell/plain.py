"""Cells as plain Python, where IPython is not installed: no magics, no rich formatting beyond what objects offer themselves."""

from __future__ import annotations

import ast
import inspect
import linecache
import re
import sys
import traceback
import types
from typing import Any

from headwater.state.compiling import MASK, get_flags, set_flags
from headwater.worker.shell.base import Cell
from headwater.worker.streams import Cursor

REPRS = {
    "_repr_html_": "text/html",
    "_repr_markdown_": "text/markdown",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
    "_repr_latex_": "text/latex",
    "_repr_json_": "application/json",
}


MAGIC = re.compile(r"^\s*(?:%{1,2}\w|!|\w+\s*=\s*[%!])", re.MULTILINE)


class PlainShell:
    """One namespace, the module `__main__`."""

    def __init__(self) -> None:
        self.main = types.ModuleType("__main__")
        self.main.__dict__["__builtins__"] = __builtins__
        sys.modules["__main__"] = self.main
        self.version: str | None = None
        self._cursor: Cursor | None = None
        self._files: dict[str, Cell] = {}
        self.main.__dict__["display"] = self._display
        self._own = dict(self.main.__dict__)

    def remember(self, cells: list[Cell]) -> None:
        """Makes the sources of all cells known."""
        for cell in cells:
            name = f"<cell {cell.number}>"
            self._files[name] = cell
            linecache.cache[name] = (len(cell.source), None, cell.source.splitlines(keepends=True), name)

    def transform(self, source: str) -> str:
        """As it is. Raises SyntaxError for IPython's own syntax."""
        try:
            ast.parse(source)
        except SyntaxError as error:
            if MAGIC.search(source):
                raise SyntaxError(f"magics and shell lines need IPython ({sys.executable} -m pip install ipython)") from error
        return source

    def text_of(self, cell: Cell) -> str:
        """As it stands."""
        return cell.source

    def warm_up(self) -> None:
        """Compiles and runs nothing."""
        self._evaluate(compile("None", "<warm>", "exec"))

    def attach(self, cursor: Cursor | None) -> None:
        """From now on output goes there."""
        self._cursor = cursor

    def run(self, cell: Cell) -> BaseException | None:
        """Runs one cell; the value of a last expression is shown, as a notebook does."""
        try:
            self._execute(cell)
            return None
        except BaseException as error:
            self._show_error(error)
            return error
        finally:
            if self._cursor is not None:
                self._cursor.flush()

    def shown(self) -> dict[str, Any]:
        """Plain Python keeps no results."""
        return {"last": [], "out": {}}

    def show_again(self, shown: dict[str, Any]) -> None:
        """Nothing to do."""

    def own_names(self) -> dict[str, Any]:
        """What this shell keeps in the namespace."""
        return self._own

    def find_cell(self, filename: str) -> Cell | None:
        """The cell a code object's file name stands for."""
        return self._files.get(filename)

    def format_error(self, error: BaseException) -> list[str]:
        """Python's traceback, without our own frames."""
        return traceback.format_exception(type(error), error, _without_ours(error.__traceback__))

    # ------------------------------------------------------------ running

    def _execute(self, cell: Cell) -> None:
        name = f"<cell {cell.number}>"
        tree = ast.parse(cell.source, name)
        last = tree.body[-1] if tree.body and not cell.source.rstrip().endswith(";") else None
        if isinstance(last, ast.Expr):
            tree.body.pop()
        self._evaluate(self._compile(tree, name, "exec"))
        if not isinstance(last, ast.Expr):
            return
        value = self._evaluate(self._compile(ast.Expression(last.value), name, "eval"))
        if value is not None and self._cursor is not None:
            self._cursor.flush()
            self._cursor.log.rich("result", cell.index, _bundle(value), {}, None, cell.number)

    def _compile(self, tree: Any, name: str, mode: str) -> types.CodeType:
        """With the `__future__` features of this cell and those above, and none of this file."""
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | get_flags()
        code: types.CodeType = compile(tree, name, mode, flags=flags, dont_inherit=True)
        set_flags(get_flags() | code.co_flags & MASK)
        return code

    def _evaluate(self, code: types.CodeType) -> Any:
        value = eval(code, self.main.__dict__)  # running the user's cell is the purpose
        if not code.co_flags & inspect.CO_COROUTINE:
            return value
        import asyncio  # few cells await something, and it takes long to load

        return asyncio.run(_await(value))

    def _display(self, *values: Any, **_: Any) -> None:
        if self._cursor is not None:
            self._cursor.flush()
            for value in values:
                self._cursor.log.rich("display", self._cursor.cell, _bundle(value), {}, None, None)

    def _show_error(self, error: BaseException) -> None:
        if self._cursor is not None:
            self._cursor.flush()
            self._cursor.log.error(self._cursor.cell, type(error).__name__, str(error), self.format_error(error))


async def _await(value: Any) -> Any:
    return await value


def _without_ours(tb: Any) -> Any:
    while tb is not None and tb.tb_frame.f_code.co_filename == __file__:
        tb = tb.tb_next
    return tb


def _bundle(value: Any) -> dict[str, Any]:
    """A MIME bundle from what the object offers."""
    import base64

    bundle: dict[str, Any] = {"text/plain": repr(value)}
    for method, mime in REPRS.items():
        make = None if isinstance(value, type) else getattr(value, method, None)
        if callable(make):
            try:
                data = make()
            except Exception:
                continue
            if isinstance(data, tuple):
                data = data[0]
            if data is not None:
                bundle[mime] = base64.b64encode(data).decode() if isinstance(data, bytes) else data
    return bundle
