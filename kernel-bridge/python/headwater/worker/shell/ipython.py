"""Cells as a notebook kernel runs them: IPython's shell with our displays. Imported only when IPython is there."""

from __future__ import annotations

import contextlib
import linecache
import os
import re
import sys
from types import ModuleType
from typing import Any

import IPython
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from headwater.worker.shell.base import Cell
from headwater.worker.streams import Cursor

SHOWN_OTHERWISE = (SyntaxError, SystemExit)
"""What IPython shows of these is less than their traceback."""

RESULT = re.compile(r"_{1,3}$|_\d+$")
"""Names of results of cells."""


def _cursor_of(part: DisplayHook | DisplayPublisher) -> Cursor | None:
    return getattr(part.shell, "cursor", None)


class NotebookDisplayHook(DisplayHook):
    """Sends the value of a cell's last expression to the log."""

    def write_output_prompt(self) -> None:
        """A notebook shows the number beside the output."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """The MIME bundle of the result."""
        cursor = _cursor_of(self)
        if cursor is not None:
            cursor.flush()
            cursor.log.rich("result", cursor.cell, _plain(format_dict), md_dict or {}, None, cursor.number)

    def finish_displayhook(self) -> None:
        """Nothing to print."""


class NotebookDisplayPublisher(DisplayPublisher):
    """Sends what `display` and figures publish to the log."""

    def publish(
        self, data: Any, metadata: Any = None, source: Any = None, *, transient: Any = None, update: bool = False, **_: Any
    ) -> None:
        """One MIME bundle, new or in the place of an earlier one."""
        cursor = _cursor_of(self)
        if cursor is None:
            return
        cursor.flush()
        display = (transient or {}).get("display_id")
        if update and display is not None:
            cursor.log.update(cursor.cell, _plain(data), metadata or {}, display)
        else:
            cursor.log.rich("display", cursor.cell, _plain(data), metadata or {}, display, None)

    def clear_output(self, wait: bool = False) -> None:
        """As in a notebook."""
        cursor = _cursor_of(self)
        if cursor is not None:
            cursor.flush()
            cursor.log.clear(cursor.cell, wait)


class ZMQInteractiveShell(InteractiveShell):
    """The name is the one libraries look for when they ask whether they run in a notebook."""

    displayhook_class = Type(NotebookDisplayHook)
    display_pub_class = Type(NotebookDisplayPublisher)
    cursor: Cursor | None = None
    traceback: tuple[Any, list[str]] = (None, [])
    """The last exception that was shown, and how."""

    def init_sys_modules(self) -> None:
        """The cells' module is `__main__`, as in a kernel."""
        super().init_sys_modules()
        sys.modules["__main__"] = self.user_module

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.traceback = (evalue, stb)
        if self.cursor is not None:
            self.cursor.flush()
            self.cursor.log.error(self.cursor.cell, etype.__name__, str(evalue), stb)

    def enable_gui(self, gui: Any = None) -> None:
        """No event loop runs between cells; `%matplotlib inline` asks for none."""

    def _tee(self, channel: str) -> Any:
        """IPython 9 keeps a second copy of all text a cell prints, in memory; the log has it already."""
        return contextlib.nullcontext()

    def _format_exception_for_storage(self, exception: Any) -> Any:
        """For a history nobody reads here: formatting the traceback a second time costs more than most cells."""
        return {"ename": type(exception).__name__, "evalue": "", "traceback": []}

    def ask_exit(self) -> None:
        """`exit` in a cell: there is no session to leave."""
        raise SystemExit(0)


class IPythonShell:
    """The shell of one worker: made once before forking, every child inherits it."""

    def __init__(self) -> None:
        config = Config({"HistoryManager": {"enabled": False}, "InteractiveShellApp": {"exec_PYTHONSTARTUP": False}})
        self.ip: Any = ZMQInteractiveShell.instance(config=config)
        self.main: ModuleType = self.ip.user_module
        self.version: str | None = IPython.__version__
        self._files: dict[str, Cell] = {}
        self._texts: dict[int, str] = {}
        self._own = {"_": "", "__": "", "___": "", **self.main.__dict__}
        # As a kernel does: a figure appears below its cell unless the notebook chooses otherwise.
        self.warm_up()
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

    def _configure_figures(self) -> None:
        """`%config InlineBackend…` works before anything was drawn. It costs the import of matplotlib, so it waits for such a cell."""
        try:
            import matplotlib.pyplot  # noqa: F401 (turns the inline backend on; in a kernel the first figure does)
            from matplotlib_inline.config import InlineBackend
        except ImportError:
            return
        backend = InlineBackend.instance(parent=self.ip)
        if backend not in self.ip.configurables:
            self.ip.configurables.append(backend)

    def warm_up(self) -> None:
        """Runs a cell that does nothing and shows nothing: what the first cell of a session imports and builds is there afterwards."""
        self.ip.run_cell("None", store_history=True)
        self.ip.display_formatter.format(None)
        history = self.ip.history_manager
        for kept in (history.input_hist_parsed, history.input_hist_raw):
            del kept[1:]
        history.output_hist.clear()
        self.main.__dict__.update(self._own)

    def transform(self, source: str) -> str:
        """A cell as plain Python."""
        return self.ip.transform_cell(source)

    def remember(self, cells: list[Cell]) -> None:
        """Registers every cell's text under the name its code will carry."""
        for cell in cells:
            text = self.ip.transform_cell(cell.source)
            name = self.ip.compile.get_code_name(cell.source, text, cell.number)
            self._files[name] = cell
            self._texts[cell.index] = text
            lines = text.splitlines(keepends=True)
            entry = (len(text), None, lines, name)
            linecache.cache[name] = entry
            getattr(linecache, "_interactive_cache", {}).pop(name, None)
            self.ip.compile._filename_map[name] = cell.number  # type: ignore[attr-defined]

    def text_of(self, cell: Cell) -> str:
        """Transformed when it was remembered."""
        return self._texts.get(cell.index, cell.source)

    def attach(self, cursor: Cursor | None) -> None:
        """From now on output goes there."""
        self.ip.cursor = cursor

    def run(self, cell: Cell) -> BaseException | None:
        """Runs one cell to its end; -> what it raised, already shown."""
        self.ip.execution_count = cell.number
        if "InlineBackend" in cell.source:
            self._configure_figures()
        result = self.ip.run_cell(cell.source, store_history=True)
        if self.ip.cursor is not None:
            self.ip.cursor.flush()
        return result.error_before_exec or result.error_in_exec

    def shown(self) -> dict[str, Any]:
        """Results of cells so far; `own`: what cells bound to such names themselves (`for _ in range(3)`), and those they deleted."""
        hook, names = self.ip.displayhook, self.ip.user_ns
        last, out = [hook._, hook.__, hook.___], dict(names.get("Out", {}))
        made = _names_of_results(last, out)
        own = {name: value for name, value in names.items() if RESULT.match(name) and not (name in made and made[name] is value)}
        return {"last": last, "out": out, "own": own, "gone": [name for name in made if name not in names]}

    def show_again(self, shown: dict[str, Any]) -> None:
        """Results of earlier steps' cells, where a session would have them."""
        hook, names = self.ip.displayhook, self.ip.user_ns
        hook._, hook.__, hook.___ = shown["last"]
        names["Out"].update(shown["out"])
        names.update({**_names_of_results(shown["last"], shown["out"]), **shown.get("own", {})})
        for name in shown.get("gone", ()):
            names.pop(name, None)

    def own_names(self) -> dict[str, Any]:
        """What IPython keeps in the namespace."""
        return self._own

    def find_cell(self, filename: str) -> Cell | None:
        """The cell a code object's file name stands for."""
        return self._files.get(filename)

    def format_error(self, error: BaseException) -> list[str]:
        """The traceback as a notebook shows it."""
        shown, lines = self.ip.traceback
        if shown is error and not isinstance(error, SHOWN_OTHERWISE):
            return lines  # making it costs more than most cells
        return self.ip.InteractiveTB.structured_traceback(type(error), error, error.__traceback__)


def _names_of_results(last: list[Any], out: dict[int, Any]) -> dict[str, Any]:
    return {**dict(zip(("_", "__", "___"), last)), **{f"_{number}": value for number, value in out.items()}}


def _plain(data: Any) -> dict[str, Any]:
    """A MIME bundle JSON can carry: bytes of pictures as base64 text, as in a notebook file."""
    from base64 import b64encode

    return {mime: b64encode(value).decode() if isinstance(value, bytes) else value for mime, value in data.items()}
