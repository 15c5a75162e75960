"""One artifact as text or as a file: what `headwater get` calls."""

from __future__ import annotations

import json
import os
import pickle
import sys
from typing import Any, Callable


class NoWay(Exception):
    """The value cannot be written like that. The message says what can be done."""


def write(value: Any, path: str) -> None:
    """Writes the value as the file's ending says. Raises NoWay when it cannot."""
    ending = os.path.splitext(path)[1].lower()
    writer = WRITERS.get(ending)
    if writer is None:
        raise NoWay(f"no way is known to write a `{ending or 'file without ending'}`; there are {', '.join(WRITERS)}")
    try:
        writer(value, path)
    except (AttributeError, TypeError, ValueError, ImportError) as error:
        raise NoWay(f"a {type(value).__name__} cannot be written as {ending}: {error}") from error


def _pickle(value: Any, path: str) -> None:
    with open(path, "wb") as file:
        pickle.dump(value, file, protocol=5)


def _json(value: Any, path: str) -> None:
    if hasattr(value, "to_json"):
        value.to_json(path)
        return
    with open(path, "w") as file:
        json.dump(value.tolist() if hasattr(value, "tolist") else value, file)


def _text(value: Any, path: str) -> None:
    with open(path, "w") as file:
        file.write(value if isinstance(value, str) else repr(value))


def _csv(value: Any, path: str) -> None:
    if hasattr(value, "to_csv"):
        value.to_csv(path)
        return
    import numpy

    numpy.savetxt(path, value, delimiter=",", fmt="%s")


def _npy(value: Any, path: str) -> None:
    import numpy

    numpy.save(path, value)


def _figure(value: Any, path: str) -> None:
    (value if hasattr(value, "savefig") else value.figure).savefig(path)


WRITERS: dict[str, Callable[[Any, str], None]] = {
    ".pkl": _pickle,
    ".json": _json,
    ".csv": _csv,
    ".parquet": lambda value, path: value.to_parquet(path),
    ".npy": _npy,
    ".png": _figure,
    ".svg": _figure,
    ".pdf": _figure,
    ".txt": _text,
}


def main() -> None:
    """`STORE ARTIFACT [FILE]`; a sentence on stderr and exit code 2 when it cannot be had."""
    import headwater
    from headwater.client.data import NotStored
    from headwater.client.locate import StoreError
    from headwater.values.errors import CannotLoad

    store, artifact, *target = sys.argv[1:]
    try:
        headwater.use(store)
        value = headwater.load(artifact)
        if target:
            write(value, target[0])
            print(f"{artifact} is in {target[0]}")
        else:
            print(value if isinstance(value, str) else repr(value))
    except (KeyError, NotStored, StoreError, CannotLoad, NoWay, OSError) as error:
        print(f"✗ {error.args[0] if error.args else error}", file=sys.stderr)
        sys.exit(2)
