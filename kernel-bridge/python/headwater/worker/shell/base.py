"""What the worker needs of a shell, whichever it is."""

from __future__ import annotations

from types import ModuleType
from typing import Any, NamedTuple, Protocol

from headwater.worker.streams import Cursor


class Cell(NamedTuple):
    """A cell as it runs: its position in the notebook, its execution count, its text."""

    index: int
    number: int
    source: str


class Shell(Protocol):
    """Runs cells in one namespace and shows what they show."""

    main: ModuleType
    version: str | None

    def remember(self, cells: list[Cell]) -> None:
        """Makes the sources of all cells known, for tracebacks and `inspect`."""
        ...

    def transform(self, source: str) -> str:
        """A cell as plain Python: magics and shell lines as the calls they stand for."""
        ...

    def text_of(self, cell: Cell) -> str:
        """A remembered cell as plain Python; as it stands where it is none."""
        ...

    def warm_up(self) -> None:
        """Does once what the first cell would do."""
        ...

    def attach(self, cursor: Cursor | None) -> None:
        """From now on output goes there."""
        ...

    def run(self, cell: Cell) -> BaseException | None:
        """Runs one cell to its end; -> what it raised, already shown."""
        ...

    def shown(self) -> dict[str, Any]:
        """Results of cells so far: `last` (`_`, `__`, `___`) and `out` by execution count."""
        ...

    def show_again(self, shown: dict[str, Any]) -> None:
        """Makes results of earlier steps' cells available as `_`, `_3` and `Out[3]`."""
        ...

    def own_names(self) -> dict[str, Any]:
        """Names the shell itself put into the namespace, with their values: none of the user's."""
        ...

    def find_cell(self, filename: str) -> Cell | None:
        """The cell a code object's file name stands for."""
        ...

    def format_error(self, error: BaseException) -> list[str]:
        """The traceback as a notebook shows it."""
        ...


def make_shell() -> Shell:
    """IPython's when it can be imported."""
    try:
        import IPython.core.interactiveshell  # noqa: F401
    except ImportError:
        from headwater.worker.shell.plain import PlainShell

        return PlainShell()
    from headwater.worker.shell.ipython import IPythonShell

    return IPythonShell()
