"""What the carrier needs of a client for S3, and which one it takes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Protocol

from headwater.store.carrier.carried import use_carried
from headwater.store.carrier.credentials import find_credentials
from headwater.store.place import S3Place

WRITER = "headwater-writer"
"""Metadata that tells a writer's own object from another's when the answer was lost; the engine's are told by the same."""


class StoreTrouble(Exception):
    """The store cannot be used. The message is a sentence."""


class Objects(Protocol):
    """Keys are relative to the store's place. Everything raises StoreTrouble."""

    def get(self, key: str) -> bytes | None:
        """The whole object, or None."""
        ...

    def get_part(self, key: str, at: int, size: int) -> tuple[bytes, int]:
        """At most `size` bytes from `at`, and the size of the whole object. Raises KeyError when there is none."""
        ...

    def create(self, key: str, data: bytes) -> bool:
        """Writes unless the key exists; False when another writer's object stands there."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Writes or replaces."""
        ...

    def age(self, key: str) -> float | None:
        """Seconds since the object was written, or None when there is none."""
        ...

    def upload(self, key: str, path: str) -> None:
        """Writes a large object in parts, each with a checksum that the server compares."""
        ...

    def list(self, prefix: str) -> list[str]:
        """Keys directly under the prefix, ascending; deeper ones as prefixes."""
        ...

    def sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Every key under the prefix with its size, ascending."""
        ...


def make_objects(place: S3Place) -> Objects:
    """With the interpreter's obstore or boto3; else with Python's own library where it finds credentials, else with the carried boto3."""
    if find_spec("obstore") is not None:
        from headwater.store.carrier.obs import ObstoreObjects

        return ObstoreObjects(place)
    keys = find_credentials(place.region) if find_spec("boto3") is None else None
    if keys is not None:
        from headwater.store.carrier.plain import PlainObjects

        return PlainObjects(place, keys)
    use_carried()
    from headwater.store.carrier.boto import BotoObjects

    return BotoObjects(place)
