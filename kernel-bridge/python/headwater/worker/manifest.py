"""The manifest of an attempt (packages/protocol/src/manifest.ts)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from headwater.control.secrets import mask_all
from headwater.previews.make import preview
from headwater.worker.modules import local_modules

if TYPE_CHECKING:
    from headwater.values.saved import Saved
    from headwater.worker.attempt import Attempt

FORMAT = 3

SHOWN = ("failure", "values", "elements")
"""Parts that hold text of the person's values."""


def build_manifest(attempt: Attempt, saved: Saved, parts: dict[str, Any]) -> dict[str, Any]:
    """`parts` are delta, files, cost and failure; previews are made now, so that nobody has to load a value to see it."""
    process = attempt.process
    namespace = process.shell.main.__dict__
    return {
        "format": FORMAT,
        "attempt": attempt.id,
        "outcome": "done" if parts["failure"] is None else "failed",
        "began": int(attempt.began * 1000),
        "ended": int(time.time() * 1000),
        "artifacts": {
            name: {**facts, "preview": None if name.startswith("%") else mask_all(preview(namespace.get(name)))}
            for name, facts in saved.artifacts.items()
        },
        "groups": saved.groups,
        "modules": local_modules(process.hello["project"]),
        "warnings": mask_all(attempt.warnings),
        "effect": process.effects.happened,
        "origin": None,
        "values": {},
        "elements": None,
        "metrics": {},
        **parts,
        **{key: mask_all(parts[key]) for key in SHOWN if key in parts},
    }
