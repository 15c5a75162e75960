"""An engine of its own in a folder: sources copied and changed, packages from outside by links."""

from __future__ import annotations

import os
import shutil
from dataclasses import astuple

from engines.faults import Fault
from flows.command import ROOT

SOURCES = ("packages", "kernel-bridge/python/headwater")
LEFT_OUT = shutil.ignore_patterns("node_modules", "dist", "*.test.ts", "*.tsbuildinfo")
OWN = "@headwater"


def copy_engine(folder: str, fault: Fault | None) -> str:
    """-> the folder. Raises AssertionError as `apply_fault`."""
    for source in SOURCES:
        shutil.copytree(os.path.join(ROOT, source), os.path.join(folder, source), ignore=LEFT_OUT)
    _link_packages(folder)
    for file, text in apply_fault(fault).items() if fault else ():
        with open(os.path.join(folder, file), "w") as source:
            source.write(text)
    return folder


def apply_fault(fault: Fault) -> dict[str, str]:
    """File → its text with the fault in it. Raises AssertionError where a line that it changes is not there once: the sources moved on."""
    changed: dict[str, str] = {}
    for file, text, instead in map(astuple, fault.changes):
        source = changed[file] if file in changed else _read(file)
        assert source.count(text) == 1, f"{file} holds {source.count(text)} times: {text}"
        changed[file] = source.replace(text, instead)
    return changed


def _link_packages(folder: str) -> None:
    """Those of the workspace to the copies, all others to what is installed."""
    theirs, ours = os.path.join(ROOT, "node_modules"), os.path.join(folder, "node_modules")
    os.makedirs(os.path.join(ours, OWN))
    for each in set(os.listdir(theirs)) - {OWN}:
        os.symlink(os.path.join(theirs, each), os.path.join(ours, each))
    for each in os.listdir(os.path.join(theirs, OWN)):
        os.symlink(os.path.join(folder, "packages", each), os.path.join(ours, OWN, each))


def _read(file: str) -> str:
    with open(os.path.join(ROOT, file)) as source:
        return source.read()
