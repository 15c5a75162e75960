"""What IPython makes of cells: for each, the calls of the shell that stand in its text. Asked by prepare-cell.test.ts."""

import ast
import json
import sys
from typing import Any, Optional

from IPython.core.inputtransformer2 import TransformerManager


def shell_calls(text: str) -> Optional[list[Any]]:
    """`[method, argument, ...]` of each `get_ipython().method(...)`, in order; None for what is no Python."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_shell(node.func.value):
            args = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            found.append((node.lineno, node.col_offset, [node.func.attr, *args]))
    return [call for _, _, call in sorted(found)]


def is_shell(node: ast.expr) -> bool:
    """`get_ipython()`."""
    return isinstance(node, ast.Call) and getattr(node.func, "id", None) == "get_ipython"


def main() -> None:
    """Pairs of a cell and our own text for it; answers with the calls in IPython's text and in ours."""
    manager = TransformerManager()
    pairs = json.load(sys.stdin)
    json.dump([{"theirs": shell_calls(manager.transform_cell(cell)), "ours": shell_calls(ours)} for cell, ours in pairs], sys.stdout)


if __name__ == "__main__":
    main()
