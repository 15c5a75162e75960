"""What a run ran with: interpreter, platform and packages, for its record."""

from __future__ import annotations

import json
import platform
import sys
from typing import Any


def describe_environment() -> dict[str, Any]:
    """Versions only: no path, no variable, no name of a person or machine."""
    # It loads a parser of mails: at the end of a run, when nobody waits.
    from importlib import metadata

    packages = {dist.metadata["Name"]: dist.version for dist in metadata.distributions() if dist.metadata["Name"]}
    return {
        "format": 1,
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "compiler": platform.python_compiler(),
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "bits": sys.maxsize.bit_length() + 1,
        "packages": dict(sorted(packages.items(), key=lambda item: item[0].lower())),
    }


def record_environment(store: Any, key: str) -> None:
    """Writes the record unless there is one. A store that is gone or full is no reason to end badly."""
    try:
        store.create(key, json.dumps(describe_environment(), indent=1).encode())
    except OSError:
        pass
