"""`main.py COMMAND FOLDER FROM TO`: runs random flows and says where a run differs from its meaning, one JSON line a flow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import headwater
from flow import notebook
from interpreter import Interpreter
from random_flow import Maker


def plain(value: Any) -> Any:
    """Comparable: failures by what they were, functions by their name."""
    if isinstance(value, headwater.Failure):
        return value.type
    return getattr(value, "__name__", None) if callable(value) else value


def run_flow(command: list[str], folder: str, seed: int) -> tuple[dict[str, Any], dict[str, str], str]:
    """Names at the end, states of tasks, and what the command printed."""
    folder = os.path.join(folder, str(seed))
    os.makedirs(folder)
    with open(os.path.join(folder, "nb.ipynb"), "w") as file:
        file.write(notebook(Maker(seed).make()))
    ended = subprocess.run([*command, "run", "nb.ipynb"], cwd=folder, capture_output=True, text=True, check=False)
    headwater.use(os.path.join(folder, ".headwater"))
    run = headwater.Run("nb/1")
    names = {name: plain(run.data[name]) for name in run.data if name not in ("flaky", "die", "os", "signal")}
    found = {task.id: task.status for step in run for task in step.tasks()}
    return names, {task: status for task, status in found.items() if status not in ("not reached", "stopped")}, ended.stdout + ended.stderr


def compare(command: list[str], folder: str, seed: int) -> dict[str, Any]:
    """What differs; nothing where all is well."""
    meaning = Interpreter()
    names = {name: plain(value) for name, value in meaning.run(Maker(seed).make()).items()}
    found, tasks, printed = run_flow(command, folder, seed)
    wrong = {name: [repr(names.get(name)), repr(found.get(name))] for name in sorted({*names, *found}) if names.get(name) != found.get(name)}
    states = {task: [meaning.tasks.get(task), tasks.get(task)] for task in sorted({*meaning.tasks, *tasks}) if meaning.tasks.get(task) != tasks.get(task)}
    return {"seed": seed, "names": wrong, "tasks": states, "printed": printed[-1500:] if wrong or states else ""}


if __name__ == "__main__":
    *program, place, first, last = sys.argv[1:]
    for number in range(int(first), int(last)):
        print(json.dumps(compare(program, place, number)), flush=True)
