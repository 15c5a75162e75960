"""A module that the kernel lacks: which package to install so that a run's values can be loaded, in the version the run had."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

OTHER_NAMES = {
    "Bio": ("biopython",),
    "bs4": ("beautifulsoup4",),
    "cv2": ("opencv-python", "opencv-python-headless", "opencv-contrib-python", "opencv-contrib-python-headless"),
    "dateutil": ("python-dateutil",),
    "faiss": ("faiss-cpu", "faiss-gpu"),
    "PIL": ("pillow",),
    "skimage": ("scikit-image",),
    "sklearn": ("scikit-learn",),
    "umap": ("umap-learn",),
    "yaml": ("pyyaml",),
}
"""Modules that come in packages of another name. Looked up only among what the run had, so a wrong guess offers nothing."""

NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
VERSION = re.compile(r"[A-Za-z0-9.!]+")


class Package(NamedTuple):
    """A package of an index, as a run had it."""

    name: str
    version: str


def find_package(path: str, module: str) -> Package | None:
    """Where the run of `path` (a run, a task or an artifact) had `module` from; None where it is of none, as one of the project is."""
    wanted = {_normal(name) for name in (module, *OTHER_NAMES.get(module, ()))}
    for name, version in _installed(path).items():
        # A version of a build for some machine (2.1.0+cu118) is on no index.
        public = str(version).partition("+")[0]
        # The record may be another person's: what is no plain name and version never comes near a cell.
        if _normal(name) in wanted and NAME.fullmatch(name) and VERSION.fullmatch(public):
            return Package(name, public)
    return None


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(path: str) -> dict[str, str]:
    """Name -> version: what its interpreter had, and what was built for the step or for all of them."""
    from headwater.client import records
    from headwater.client.run import Run
    from headwater.store.layout import environment_key

    flow, number, *rest = path.split("/", 2)
    step = re.split(r"[/\[@]", rest[0])[0] if rest else None
    run = Run(f"{flow}/{number}")
    own: dict[str, Any] = records.read_json(run._store, environment_key(run._prefix, None)) or {}
    built = [each for each in run._record.get("environments", []) if each["steps"] is None or step is None or step in each["steps"]]
    installed = dict(own.get("packages", {}))
    for each in built:
        installed.update(each["packages"])
    return installed
