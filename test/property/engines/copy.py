"""An engine of its own in a folder: sources copied and changed, packages from outside by links."""

from __future__ import annotations

import os
import shutil

from engines.faults import Fault
from flows.command import ROOT

SOURCES = ("packages", "kernel-bridge/python/headwater")
LEFT_OUT = shutil.ignore_patterns("node_modules", "dist", "__pycache__", "*.test.ts", "*.tsbuildinfo")
OWN = "@headwater"


def copy_engine(folder: str, fault: Fault | None) -> str:
    """-> the folder. Raises AssertionError where the text that `fault` changes is not found: the sources moved on."""
    for source in SOURCES:
        shutil.copytree(os.path.join(ROOT, source), os.path.join(folder, source), ignore=LEFT_OUT)
    _link_packages(folder)
    for change in fault.changes if fault else ():
        _apply(os.path.join(folder, change.file), change.text, change.instead)
    return folder


def _link_packages(folder: str) -> None:
    """Those of the workspace to the copies, all others to what is installed."""
    theirs, ours = os.path.join(ROOT, "node_modules"), os.path.join(folder, "node_modules")
    os.makedirs(os.path.join(ours, OWN))
    for each in set(os.listdir(theirs)) - {OWN}:
        os.symlink(os.path.join(theirs, each), os.path.join(ours, each))
    for each in os.listdir(os.path.join(theirs, OWN)):
        os.symlink(os.path.join(folder, "packages", each), os.path.join(ours, OWN, each))


def _apply(path: str, text: str, instead: str) -> None:
    with open(path) as file:
        source = file.read()
    assert source.count(text) == 1, f"{path} holds {source.count(text)} times: {text}"
    with open(path, "w") as file:
        file.write(source.replace(text, instead))
