"""`headwater.current.checkpoint`: where a long task can go on when it is tried again, or when its run is gone on with."""

from __future__ import annotations

import io
import json
import pickle
from typing import Any

from headwater.control.secrets import SECRETS
from headwater.store.layout import key_part

FORMAT = 1


class Checkpoint:
    """Outside of a run nothing is saved and nothing is there."""

    def __init__(self) -> None:
        self._store: Any = None
        self._key, self._keys, self._signature = "", [""], ""

    def save(self, value: Any) -> None:
        """Keeps a value, in the place of the one before. Raises what pickle raises for one that cannot be stored."""
        if self._store is None:
            return
        data = pickle.dumps(value, 5)
        if SECRETS.are_in(data):
            raise pickle.PicklingError(f"a checkpoint cannot hold the secret {SECRETS.named_in(data)}: read it from the environment again")
        blob = self._store.put_blob([data])
        self._store.settle()
        self._store.put(self._key, json.dumps({"format": FORMAT, "blob": blob, "signature": self._signature}).encode())

    def load(self, default: Any = None) -> Any:
        """The value kept last by this task, in this run or one it goes on from; `default` where code and inputs have none."""
        store = self._store
        if store is None:
            return default
        for key in self._keys:
            data = store.get(key)
            if data is None:
                continue
            kept = json.loads(data)
            if kept["signature"] != self._signature:
                return default
            with open(store.open_blob(kept["blob"]), "rb") as file:
                return pickle.load(io.BytesIO(file.read()))
        return default

    def begin(self, store: Any, prefixes: list[str], task: str) -> None:
        """A task starts; `prefixes` of its run and of those it goes on from."""
        self._store = store
        self._keys = [f"{prefix}/checkpoints/{key_part(task)}.json" for prefix in prefixes]
        self._key = self._keys[0]

    def sign(self, signature: str) -> None:
        """What the value is good for: code and inputs."""
        self._signature = signature
