"""The first lines in a pod: what they say where the packages of a step do not fit its image. What fits runs in test/remote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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
