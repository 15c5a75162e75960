"""Objects through obstore, where the interpreter has it: small objects several times as fast as through boto3."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Callable, TypeVar

import obstore  # type: ignore[import-not-found]  # optional: nothing of Headwater is installed in a person's environment
from obstore.exceptions import AlreadyExistsError, BaseError  # type: ignore[import-not-found]
from obstore.store import S3Store  # type: ignore[import-not-found]

from headwater.store.carrier.carried import use_carried
from headwater.store.carrier.explain import explain_text
from headwater.store.carrier.objects import WRITER
from headwater.store.place import S3Place

PART_BYTES = 16 << 20
PARTS_AT_ONCE = 8
RETRIES: Any = {
    "max_retries": 8,
    "retry_timeout": timedelta(seconds=60),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=2), "base": 2},
}
"""Some ten seconds without the store are ridden out, as by the engine."""

TRIES = 3
"""Of what obstore does not repeat: an answer to a write that was lost, a body that broke off."""

T = TypeVar("T")


class ObstoreObjects:
    """One store for all threads; its own run below Python."""

    def __init__(self, place: S3Place) -> None:
        self.place = place
        settings: Any = {"virtual_hosted_style_request": not place.path_style}
        if place.region is not None:
            settings["region"] = place.region
        if place.endpoint is not None:
            settings["endpoint"] = place.endpoint
        client: Any = {"allow_http": True, "connect_timeout": timedelta(seconds=3), "timeout": timedelta(seconds=60)}
        # The chain every AWS tool has is boto3's; obstore itself knows only a part of it.
        more: Any = {} if os.environ.get("AWS_ACCESS_KEY_ID") else {"credential_provider": _provider(place)}
        prefix = place.prefix.rstrip("/") or None
        self.store = S3Store(place.bucket, prefix=prefix, config=settings, client_options=client, retry_config=RETRIES, **more)

    def get(self, key: str) -> bytes | None:
        """The whole object, or None."""
        try:
            return self._again(lambda: bytes(obstore.get(self.store, key).bytes()))
        except FileNotFoundError as error:
            return self._absent(error)

    def get_part(self, key: str, at: int, size: int) -> tuple[bytes, int]:
        """At most `size` bytes from `at`, and the size of the whole."""

        def ask() -> tuple[bytes, int]:
            try:
                answer = obstore.get(self.store, key, options={"range": (at, at + size)})
            except BaseError as error:
                if "416" in str(error):  # an empty object has no bytes to ask for
                    return b"", 0
                raise
            return bytes(answer.bytes()), answer.meta["size"]

        try:
            return self._again(ask)
        except FileNotFoundError as error:
            self._absent(error)
            raise KeyError(key) from None

    def create(self, key: str, data: bytes) -> bool:
        """Writes unless the key exists. Where an answer was lost, it looks whose object stands there."""
        writer = uuid.uuid4().hex

        def write() -> bool:
            try:
                obstore.put(self.store, key, data, mode="create", attributes={WRITER: writer}, use_multipart=False)
                return True
            except AlreadyExistsError:
                return self._writer_of(key) == writer
            except FileNotFoundError:
                raise
            except (BaseError, OSError):
                # It may have been carried out; or refused by a server that closed the line before it had the whole body.
                found = self._writer_of(key)
                if found is None:
                    raise
                return found == writer

        try:
            return self._again(write)
        except FileNotFoundError as error:
            raise explain_text(self.place, str(error)) from error

    def _writer_of(self, key: str) -> str | None:
        try:
            return obstore.get(self.store, key, options={"head": True}).attributes.get(WRITER, "")
        except FileNotFoundError:
            return None

    def put(self, key: str, data: bytes) -> None:
        """Writes or replaces."""
        try:
            self._again(lambda: obstore.put(self.store, key, data, use_multipart=False))
        except FileNotFoundError as error:
            raise explain_text(self.place, str(error)) from error

    def age(self, key: str) -> float | None:
        """Seconds since the object was written, or None when there is none."""
        try:
            return time.time() - self._again(lambda: obstore.head(self.store, key)["last_modified"].timestamp())
        except FileNotFoundError as error:
            return self._absent(error)

    def upload(self, key: str, path: str) -> None:
        """In parts, several at once. Each part's hash is part of what is signed, so the server compares it."""
        try:
            self._again(lambda: obstore.put(self.store, key, Path(path), chunk_size=PART_BYTES, max_concurrency=PARTS_AT_ONCE))
        except FileNotFoundError as error:
            raise explain_text(self.place, str(error)) from error

    def list(self, prefix: str) -> list[str]:
        """Keys directly under the prefix, ascending; deeper ones as prefixes."""
        found = self._again(lambda: obstore.list_with_delimiter(self.store, prefix=prefix.rstrip("/") or None))
        keys = [each["path"] for each in found["objects"]] + [f"{each}/" for each in found["common_prefixes"]]
        return sorted(keys, key=str.encode)

    def sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Every key under the prefix with its size, ascending."""
        pages = self._again(lambda: list(obstore.list(self.store, prefix=prefix.rstrip("/") or None, chunk_size=1000)))
        yield from sorted(((each["path"], each["size"]) for page in pages for each in page), key=lambda item: item[0].encode())

    def _again(self, work: Callable[[], T]) -> T:
        """FileNotFoundError is for the caller; what obstore gave up after a lost answer is asked once more."""
        for tries in range(TRIES):
            try:
                return work()
            except FileNotFoundError:
                raise
            except (BaseError, OSError) as error:
                text = str(error)
                if tries == TRIES - 1 or "status code: 4" in text and "409" not in text:
                    raise explain_text(self.place, text) from error
                time.sleep(0.2 * 2**tries)
        raise AssertionError

    def _absent(self, error: FileNotFoundError) -> None:
        """A bucket that is not there must not pass for an empty store."""
        if "NoSuchBucket" in str(error):
            raise explain_text(self.place, str(error)) from error


def _provider(place: S3Place) -> Any:
    use_carried()
    import boto3.session
    from obstore.auth.boto3 import Boto3CredentialProvider  # type: ignore[import-not-found]

    return Boto3CredentialProvider(boto3.session.Session(region_name=place.region))
