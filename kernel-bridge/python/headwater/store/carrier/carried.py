"""The boto3 that travels with the engine."""

from __future__ import annotations

import os
import sys

from headwater.store.carrier.line import PACKAGE

CARRIED = os.path.join(os.path.dirname(PACKAGE), "carried")
"""Beside the Python package. To pods it comes packed: most do without, and putting its files down takes longer than a small step."""


def use_carried() -> None:
    """Puts it last on the path, so that the interpreter's own goes before."""
    if not os.path.exists(CARRIED) and os.path.exists(f"{CARRIED}.tar.gz"):
        import tarfile  # whoever has another client does without

        with tarfile.open(f"{CARRIED}.tar.gz") as archive:
            archive.extractall(CARRIED)
    sys.path.append(CARRIED)
