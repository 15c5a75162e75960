"""The process around the values at the end of a notebook, as a person's next cell would find it."""

from __future__ import annotations

import decimal
import hashlib
import importlib
import logging
import os
import random
import sys
import warnings
from typing import Any, Callable

LIBRARIES = ("matplotlib", "pandas", "numpy", "sklearn")
BACKEND = {"backend", "backend_fallback", "interactive"}
SAMPLES = [(category, text) for category in (UserWarning, DeprecationWarning, RuntimeWarning, FutureWarning) for text in ("one", "two")]


def describe_surroundings(libraries: list[str], seeded: list[str], path_before: list[str]) -> dict[str, Any]:
    """`libraries` that the notebook imports; `seeded` generators, whose state is the same in every Run All."""
    for library in libraries:
        importlib.import_module(library)
    found: dict[str, Any] = {
        "cwd": os.getcwd(),
        "environ": {name: value for name, value in os.environ.items() if name.startswith("HW_")},
        "path": [each for each in sys.path if each not in path_before],
        "decimal": repr(decimal.getcontext()).partition("flags=")[0],  # flags are a limit by name
        "recursion": sys.getrecursionlimit(),
        "level": logging.getLogger().level,
        "warnings": [_outcome(*sample) for sample in SAMPLES],
    }
    if "random" in seeded:
        found["random"] = _digest(random.getstate())
    found.update((library, OPTIONS[library]()) for library in libraries)
    if "numpy" in libraries and "numpy.random" in seeded:
        found["numpy.random"] = _digest(_numpy_state())
    return found


def libraries_of(text: str) -> list[str]:
    """Those a notebook speaks of."""
    return [each for each in LIBRARIES if f"import {each}" in text or f"from {each}" in text]


def _digest(value: Any) -> str:
    return hashlib.md5(repr(value).encode()).hexdigest()


def _outcome(category: type[Warning], text: str) -> str:
    with warnings.catch_warnings(record=True) as caught:
        try:
            warnings.warn_explicit(text, category, "sample.py", 1, module="sample", registry={})
        except Warning:
            return "raised"
        return "shown" if caught else "silent"


def _numpy_state() -> Any:
    import numpy as np

    kind, keys, *rest = np.random.get_state()  # type: ignore[misc]
    return kind, list(keys), rest


def _numpy_options() -> Any:
    import numpy as np

    return repr(np.get_printoptions()), np.geterr()


def _pandas_options() -> Any:
    from pandas._config import config

    return {key: repr(config.get_option(key)) for key in sorted(config._registered_options)}


def _drawing_options() -> Any:
    import matplotlib

    return {key: repr(value) for key, value in matplotlib.rcParams.items() if key not in BACKEND}


def _learning_options() -> Any:
    import sklearn

    return repr(sklearn.get_config())


OPTIONS: dict[str, Callable[[], Any]] = {
    "matplotlib": _drawing_options,
    "pandas": _pandas_options,
    "numpy": _numpy_options,
    "sklearn": _learning_options,
}
