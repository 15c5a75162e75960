"""Runs small flows as processes and tells what they printed, read and changed."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Union

from .step_process import FENCE

ROOT = str(Path(__file__).parents[2])
"""The folder that holds the package."""

Code = Union[str, dict[str, Any]]


class Flow(NamedTuple):
    """What came of each step; changed values as pickles in hex."""

    printed: list[str]
    read: list[list[str]]
    changed: list[dict[str, str]]
    problems: list[list[str]]


def run_both(folder: Path, modules: dict[str, str], steps: Sequence[Code], mode: str) -> tuple[Flow, Flow]:
    """The same beside the same `modules` (path to text): apart in `mode`, and together in one process."""
    for place in ("apart", "together"):
        for name, text in modules.items():
            file = folder / place / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    return run_flow(folder / "apart", steps, mode), run_flow(folder / "together", steps, "together")


def run_flow(folder: Path, steps: Sequence[Code], mode: str, preload: tuple[str, ...] = ()) -> Flow:
    """`mode`: "fresh" or "fork" for a process a step, "together" for all in one. A step is code, or {"code", "load": [modules]}."""
    folder.mkdir(exist_ok=True)
    file, reports = folder.parent / f"{folder.name}.steps", folder.parent / f"{folder.name}.reports"
    file.write_text(json.dumps([step if isinstance(step, dict) else {"code": step} for step in steps]))
    environment = {**os.environ, "SOURCE": ROOT, "REPORTS": str(reports), "MPLBACKEND": "agg"}
    script = str(Path(__file__).with_name("step_process.py"))
    done = subprocess.run(
        [sys.executable, script, mode, str(folder), str(file), *preload], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    printed = [part.strip("\n") for part in done.stdout.split(FENCE)[:-1]]
    found = [json.loads(line) for line in reports.read_text().splitlines()] if reports.exists() else []
    return Flow(printed, *([each[key] for each in found] for key in ("read", "changed", "problems")))
