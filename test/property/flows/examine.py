"""One notebook through the engine and through plain IPython, side by side in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from typing import Any

from flows.command import HERE, LIMIT_SECONDS, ROOT, Ran, environment_of, run_notebook
from flows.notebook import Notebook
from flows.place import Place
from judge.compare import compare
from judge.surroundings import libraries_of

SUITE = os.path.dirname(HERE)


@dataclass
class Verdict:
    """What differs, in words; nothing when all is equal, or when the run says itself why it cannot be."""

    problems: list[str]
    ran: Ran
    named: str = ""
    """The limit that the run ended at, in its own words."""


def examine(notebook: Notebook, *options: str, engine: str = ROOT, keep: str | None = None, place: Place | None = None) -> Verdict:
    """Runs it both ways and compares. `keep`: a folder to leave everything in; `place`: where the run is, else this machine."""
    folder = keep or tempfile.mkdtemp(prefix="headwater-property-")
    try:
        return _examine(notebook, options, engine, folder, (place or Place()).at(folder))
    finally:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def _examine(notebook: Notebook, options: tuple[str, ...], engine: str, folder: str, place: Place) -> Verdict:
    work, before, cache = (os.path.join(folder, name) for name in ("work", "before", "cache"))
    os.makedirs(before)
    replace(notebook, files={**notebook.files, **place.files}).write(before, "nb.ipynb")
    shutil.copytree(before, work)
    given = [part for name, value in notebook.given.items() for part in ("-p", f"{name}={value}")]
    ran = run_notebook(engine, os.path.join(work, "nb.ipynb"), place.store, cache, *given, *options)
    if ran.path is None or ran.status not in ("done", "failed"):
        return Verdict([f"the run ended as: {ran.status}"], ran)
    if ran.limit:
        return Verdict([], ran, ran.limit)
    # What this machine kept of a store elsewhere would hide what is wrong there.
    shutil.rmtree(cache, ignore_errors=True)
    answer = _judge(notebook, ran, engine, folder, place.store)
    return Verdict(compare(answer["ours"], answer["truth"]), ran)


def _judge(notebook: Notebook, ran: Ran, engine: str, folder: str, store: str) -> dict[str, Any]:
    work, before, cache = (os.path.join(folder, name) for name in ("work", "before", "cache"))
    failed = ran.failed_step
    bound = {name for event in ran.of("task-executed") for name in event["report"]["delta"]["binds"]}
    seeded = [name for name in ("random", "numpy.random") if f"%{name}" in bound]
    request = {
        "folder": work, "before": before, "store": store, "run": ran.path,
        "cells": notebook.plain_cells(), "failing": failed["cells"][0]["index"] if failed else None,
        "libraries": libraries_of(notebook.text()), "seeded": seeded,
    }  # fmt: skip
    path = os.path.join(folder, "request.json")
    with open(path, "w") as file:
        json.dump(request, file)
    python_path = os.pathsep.join([SUITE, *(os.path.join(each, "kernel-bridge/python") for each in (engine, ROOT))])
    env = {**environment_of(os.path.join(before, "nb.ipynb"), cache), "PYTHONPATH": python_path}
    ended = subprocess.run([sys.executable, "-m", "judge.main", path], env=env, capture_output=True, text=True, timeout=LIMIT_SECONDS)
    answer = read_file(f"{path}.out")
    if answer is None:
        return {"ours": {"crash": ended.stderr[-3000:]}, "truth": {}}
    return answer


def read_file(path: str) -> Any:
    """A JSON file, or None when it is not there."""
    if not os.path.exists(path):
        return None
    with open(path) as file:
        return json.load(file)
