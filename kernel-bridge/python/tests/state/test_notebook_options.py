"""Options of IPython and of its inline figures, in shells as the worker makes them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .flows import ROOT

pytest.importorskip("IPython")
pytest.importorskip("matplotlib_inline")

SHELL = """
import os, pickle, sys
from IPython.core.interactiveshell import InteractiveShell
from matplotlib_inline.config import InlineBackend
shell = InteractiveShell.instance()
shell.display_formatter.active_types = shell.display_formatter.format_types
shell.configurables.append(InlineBackend.instance(parent=shell))
from headwater.state.process import ProcessState
state = ProcessState(os.getcwd())
world, steps = {}, sys.argv[2:]
if sys.argv[1] == "apart" and os.path.exists("world"):
    with open("world", "rb") as file:
        world = pickle.load(file)
state.start(world)
for step in steps:
    shell.run_cell(step).raise_error()
if sys.argv[1] == "apart":
    assert not state.problems, state.problems
    with open("world", "wb") as file:
        pickle.dump({**world, **state.changed()}, file)
"""

DRAW = (
    "import matplotlib.pyplot as plt; figure = plt.figure(); figure.add_subplot(); plt.close('all')\n"
    "print(sorted(get_ipython().display_formatter.format(figure)[0]))"
)

CASES = {
    "set_matplotlib_formats": [
        "from matplotlib_inline.backend_inline import set_matplotlib_formats; set_matplotlib_formats('svg', 'jpeg')", DRAW, "x = 1", DRAW,
    ],
    "%config before drawing": [
        "%config InlineBackend.figure_format = 'svg'",
        DRAW,
        "%config InlineBackend.figure_formats = ['png', 'svg']",
        DRAW,
    ],
    "%config after drawing": [DRAW, "%config InlineBackend.figure_formats = ['jpeg']", DRAW],
    "precision and interactivity": [
        "%precision 3",
        "1/3",
        "from IPython.core.interactiveshell import InteractiveShell; InteractiveShell.ast_node_interactivity = 'all'",
        "1/3; 2/3",
    ],
    "nothing": [DRAW, DRAW],
}


def run(mode: str, steps: list[str], folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": ROOT, "MPLBACKEND": "module://matplotlib_inline.backend_inline", "IPYTHONDIR": str(folder)}
    command = [sys.executable, "-c", SHELL, mode, *steps]
    return subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


@pytest.mark.parametrize("name", CASES)
def test_apart_equals_together(tmp_path: Path, name: str) -> None:
    apart = [run("apart", [step], tmp_path) for step in CASES[name]]
    assert "".join(apart) == run("together", CASES[name], tmp_path)
    if name == "nothing":
        assert (tmp_path / "world").read_bytes() == b"\x80\x04}\x94."
