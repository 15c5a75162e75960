"""Whether cells are Python for this interpreter: said before anything runs."""

from __future__ import annotations

import ast
import warnings
from typing import Any

from headwater.worker.shell.base import Shell

FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def find_problems(shell: Shell, cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cells that do not compile: position in the notebook, line in the cell from 1, Python's words for it."""
    problems = []
    with warnings.catch_warnings():
        # A doubtful escape sequence is said when the cell runs, where it belongs.
        warnings.simplefilter("ignore")
        for cell in cells:
            try:
                compile(shell.transform(cell["source"]), "<cell>", "exec", flags=FLAGS, dont_inherit=True)
            except SyntaxError as error:
                problems.append({"index": cell["index"], "line": error.lineno or 1, "message": error.msg})
            except (ValueError, RecursionError, MemoryError) as error:
                problems.append({"index": cell["index"], "line": 1, "message": str(error)})
    return problems
