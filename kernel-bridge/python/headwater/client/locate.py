"""Which store a person means: the same rules as the command's (packages/engine/src/store/open-store.ts)."""

from __future__ import annotations

import json
import os

from headwater.store.open import open_store
from headwater.store.place import is_remote

FOLDER = ".headwater"
FORMAT = 1


class StoreError(Exception):
    """There is no store, or it cannot be read. The message says which, and what to do."""


def locate(named: str | None = None) -> str:
    """The named store, else `HEADWATER_STORE`, else the nearest `.headwater` upwards from the working directory that this user owns,
    no higher than the repository's root or the home folder. Raises StoreError when there is none.
    """
    choice = named or os.environ.get("HEADWATER_STORE")
    if choice is not None:
        return _checked(choice if is_remote(choice) else os.path.abspath(choice))
    folder = os.getcwd()
    top = _repository(folder) or os.path.expanduser("~")
    while True:
        candidate = os.path.join(folder, FOLDER)
        if os.path.isdir(candidate) and _is_mine(candidate):
            return _checked(candidate)
        parent = os.path.dirname(folder)
        if folder == top or parent == folder:
            raise StoreError(f"no store was found from {os.getcwd()} upwards; run a notebook first, or name a store: headwater.use('PATH')")
        folder = parent


def _repository(folder: str) -> str | None:
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _is_mine(folder: str) -> bool:
    return not hasattr(os, "getuid") or os.stat(folder).st_uid == os.getuid()


def _checked(store: str) -> str:
    try:
        data = open_store(store, "").get("format.json")
        if data is None:
            raise StoreError(f"there is no store at {store}")
        number = json.loads(data)["format"]
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(f"the store at {store} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if number > FORMAT:
        raise StoreError(f"the store {store} has format {number}; this version knows formats up to {FORMAT}. Update headwater.")
    return store
