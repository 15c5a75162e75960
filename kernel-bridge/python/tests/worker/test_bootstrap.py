"""The first lines in a pod: what they say where the packages of a step do not fit its image. What fits runs in test/remote."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from headwater.worker import bootstrap

HERE = ".".join(map(str, sys.version_info[:2]))
MACHINE = os.uname().machine


@pytest.mark.parametrize(
    "python, machine, sentence",
    [
        ("2.7", MACHINE, f"the packages of this step are for Python 2.7; the image has Python {HERE}\n"),
        (HERE, "abacus", f"the packages of this step are for abacus (`platform` in headwater.json); the image is for {MACHINE}\n"),
    ],
)
def test_packages_for_another_interpreter_are_named_before_they_are_fetched(python: str, machine: str, sentence: str) -> None:
    package = {"into": "environment", "python": python, "machine": machine, "url": "http://127.0.0.1:9/x", "digest": ""}
    env = {**os.environ, "HEADWATER_START": json.dumps({"packages": [package]})}
    text = Path(bootstrap.__file__).read_text()
    ended = subprocess.run([sys.executable, "-c", text], env=env, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (bootstrap.UNREACHABLE, sentence)


def test_archives_of_every_kind_of_name_come_out_as_they_were(tmp_path: Path) -> None:
    deep = f"{'deep/' * 30}{'n' * 90}.bin"
    contents = {"a.py": b"x = 1\n", "größe/ü.txt": b"", deep: os.urandom(3 << 20), "odd\nname": b"1", "bin/run": b"#!"}
    with tarfile.open(tmp_path / "archive", "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for name, data in contents.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), 0o755 if name == "bin/run" else 0o644
            archive.addfile(member, io.BytesIO(data))
    bootstrap.unpack(str(tmp_path / "archive"), str(tmp_path / "out"))
    found = {str(path.relative_to(tmp_path / "out")): path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert found == contents
    assert [os.access(tmp_path / "out" / name, os.X_OK) for name in ("bin/run", "a.py")] == [True, False]


@pytest.mark.parametrize("name, kind", [("../a", tarfile.REGTYPE), ("/a", tarfile.REGTYPE), ("a", tarfile.SYMTYPE)])
def test_nothing_but_plain_files_below_its_folder_is_taken_out_of_an_archive(tmp_path: Path, name: str, kind: bytes) -> None:
    with tarfile.open(tmp_path / "archive", "w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        archive.addfile(member)
    text = f"from headwater.worker import bootstrap; bootstrap.unpack({str(tmp_path / 'archive')!r}, {str(tmp_path / 'out')!r})"
    env = {**os.environ, "PYTHONPATH": str(Path(bootstrap.__file__).parents[2])}
    ended = subprocess.run([sys.executable, "-c", text], env=env, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (bootstrap.UNREACHABLE, f"the code package holds {name!r}, which is no plain file\n")
