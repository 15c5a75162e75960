"""The life of the state in one process: attempts one after the other, failures, costs, the registry."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from headwater.state.entries import Entries
from headwater.state.process import ProcessState
from headwater.state.variable import Variable, register

from .flows import ROOT


def run_python(code: str, folder: Path) -> str:
    """What a fresh interpreter prints that runs `code` in `folder`."""
    environment = {**os.environ, "PYTHONPATH": ROOT}
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def test_a_second_attempt_in_a_process_starts_from_its_world(tmp_path: Path) -> None:
    printed = run_python(
        """
import os, sys, random, decimal, warnings, logging
from headwater.state.process import ProcessState
def look():
    places = os.getcwd() == folder, os.environ.get("A"), "x" in sys.path
    return places, decimal.getcontext().prec, logging.getLogger("l").level, len(warnings.filters)
folder = os.getcwd()
state = ProcessState(folder)
state.start({})
before = look()
os.chdir("/"); os.environ["A"] = "1"; sys.path.append("x"); decimal.getcontext().prec = 3; random.seed(1)
logging.getLogger("l").setLevel(50); warnings.simplefilter("ignore")
changed = state.changed()
after = look()
state.start({})
print(look() == before, state.changed(), "%random" in state.read())
state.start(changed)
print(look() == after, state.changed(), random.random() == random.Random(1).random())
state.start({"%env": {"A": None, "B": "2"}})
print(look() == before, os.environ["B"], state.problems)
""",
        tmp_path,
    )
    assert printed.splitlines() == ["True {} False", "True {} True", "True 2 []"]


def test_start_values_and_excluded_names_are_never_carried(tmp_path: Path) -> None:
    printed = run_python(
        """
import os
os.environ["SECRET"] = "s"; os.environ["START"] = "1"
from headwater.state.process import ProcessState
state = ProcessState(os.getcwd(), exclude=["SECRET"])
state.start({"%env": {"SECRET": "no", "OLD": "o"}})
print(os.environ["SECRET"], state.changed())
os.environ["SECRET"] = "t"; os.environ["NEW"] = "n"
print(state.changed())
""",
        tmp_path,
    )
    assert printed.splitlines() == ["s {}", "{'%env': {'NEW': 'n', 'OLD': 'o'}}"]


def test_paths_hold_on_another_machine(tmp_path: Path) -> None:
    code = """
import os, sys
from headwater.state.process import ProcessState
state = ProcessState(os.getcwd() + "/nb", os.getcwd())
state.start({values})
{code}
"""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        (folder / "nb" / "sub").mkdir(parents=True)
    change = "os.chdir('nb/sub'); sys.path.insert(1, os.path.abspath('../..') + '/src'); print(state.changed())"
    values = run_python(code.replace("{values}", "{}").replace("{code}", change), folders[0]).strip()
    assert str(tmp_path) not in values
    look = "print(os.getcwd()); print(sys.path[1])"
    printed = run_python(code.replace("{values}", values).replace("{code}", look), folders[1])
    assert printed.splitlines() == [str(folders[1] / "nb" / "sub"), str(folders[1] / "src")]


class Broken:
    """A library whose options cannot be read any more."""

    fails = False
    table: dict[str, Any] = {"a": 1, "b": 2}

    def get(self) -> dict[str, Any]:
        if self.fails:
            raise RuntimeError("no options today")
        return dict(self.table)


def test_the_registry_is_open_and_a_failing_library_is_left_out(tmp_path: Path) -> None:
    broken, missing = Broken(), []
    register(Entries("%broken", broken.get, broken.table.update, "sys"))
    register(Variable("%unloaded", lambda: 1, missing.append, "no.such.library"))
    for name in ("%broken", "broken"):
        with pytest.raises(ValueError, match="free name"):
            register(Variable(name, lambda: 1, missing.append))
    state = ProcessState(str(tmp_path))
    try:
        state.start({"%broken": {"b": 3}, "%unloaded": 5})
        assert broken.table == {"a": 1, "b": 3}
        broken.table["a"] = 9
        assert state.changed() == {"%broken": {"a": 9, "b": 3}}
        broken.fails = True
        assert state.changed() == {}
        assert state.problems == ["%broken is left out of this step: RuntimeError: no options today"]
        assert "%broken" in state.read()
        assert missing == []
    finally:
        sys.meta_path.remove(state._watch)  # type: ignore[arg-type]


def test_values_are_looked_up_when_they_are_needed(tmp_path: Path) -> None:
    printed = run_python(
        """
import os, sys
from headwater.state.process import ProcessState
asked = []
class Loading(dict):
    def get(self, name, default=None):
        if name in self: asked.append(name)
        return super().get(name, default)
state = ProcessState(os.getcwd())
state.start(Loading({"%numpy.errstate": {"over": "raise"}, "%cwd": "/", "%path": (("given", 0), ("rest", 1))}))
print(asked, state.problems)
import numpy
print(asked, numpy.geterr()["over"])
""",
        tmp_path,
    )
    assert printed.splitlines() == ["['%path', '%cwd'] []", "['%path', '%cwd', '%numpy.errstate'] raise"]
