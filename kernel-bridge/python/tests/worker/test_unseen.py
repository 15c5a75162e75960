"""What processes and native code did to the files of a project, told by two looks at it."""

import os
import subprocess
import sys

import pytest

from headwater.worker import unseen
from headwater.worker.effects import Effects


@pytest.fixture
def effects(tmp_path):
    """Of a step in a project with some files; as if cells ran."""
    for name in ("same.txt", "other.txt", "gone.txt", ".hidden", "data/a.csv", "store/blob"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("old")
    made = Effects(str(tmp_path), str(tmp_path), str(tmp_path / "store"), lambda effect: None)
    made._watching = True
    return made


SCRIPT = """
import os
for name in ("other.txt", "new/deep.txt", ".hidden", "store/blob"):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    open(name, "w").write("changed")
os.remove("gone.txt")
"""


def _run(effects):
    effects._audit("subprocess.Popen", ("python", [], None, None))
    subprocess.run([sys.executable, "-c", SCRIPT], cwd=effects.folder, check=True)
    effects.rest()
    effects.note_unseen()
    return effects.written


def test_files_that_are_new_other_or_gone_are_written(effects):
    assert _run(effects) == {"other.txt", "gone.txt", "new/", "new", "new/deep.txt", "./", "/*/", "**/"}


@pytest.mark.parametrize("bound", ["MOST", "MOST_NAMED"])
def test_too_many_are_one_change(effects, monkeypatch, bound):
    monkeypatch.setattr(unseen, bound, 2)
    assert _run(effects) == {"*/", "/*/", "**/"}


def test_without_a_process_nobody_looks(effects, monkeypatch):
    monkeypatch.setattr("headwater.worker.effects.look_over", None)
    effects._audit("os.mkdir", (os.path.join(effects.folder, "out"), 0o777, -1))
    effects.note_unseen()
    assert effects.written == {"out", "./", "**/"}


def test_a_file_that_is_read_stands_for_all_that_might_have_changed(effects, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "x.csv"
    for path in (os.path.join(effects.folder, "same.txt"), str(elsewhere), "/etc/fonts/a.conf"):
        effects._audit("open", (path, "r", os.O_RDONLY))
    assert effects.read == {"same.txt", "*/", str(elsewhere), "/*/", "/etc/fonts/a.conf"}
