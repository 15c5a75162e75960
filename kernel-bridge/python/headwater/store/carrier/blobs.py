"""Blobs on their way: out of the cache into the store, and back, hashed as they arrive."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256

from headwater.store import hashing
from headwater.store.carrier.objects import Objects, StoreTrouble
from headwater.store.layout import blob_key

AT_ONCE = 16
"""Blobs on their way at once; the parts of a large one are sent by threads of their own."""

SMALL_BYTES = 8 << 20
"""Up to here one conditional request does it; above, a look first saves sending what is there."""

YOUNG_SECONDS = 12 * 3600
"""`headwater gc` leaves what is not a day older than every run under way (packages/engine/src/store/s3/s3-store.ts)."""

PART_BYTES = hashing.CHUNK_BYTES
"""A part that is asked for is a chunk that is hashed."""


class Blobs:
    """The cache folder and the store, in step."""

    def __init__(self, objects: Objects, folder: str) -> None:
        self._objects, self._folder = objects, folder
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._parts = ThreadPoolExecutor(AT_ONCE)
        self._lock = threading.Lock()
        self._sent: dict[str, Future[None]] = {}
        self._fetched: dict[str, Future[bool]] = {}

    def send(self, digest: str) -> None:
        """Begins to send a blob of the cache, unless that was done."""
        with self._lock:
            known = self._sent.get(digest)
            if known is None or known.done() and known.exception() is not None:
                self._sent[digest] = self._pool.submit(self._send, digest)

    def settle(self) -> None:
        """Returns when everything sent so far has arrived. Raises StoreTrouble for what has not."""
        with self._lock:
            under_way = list(self._sent.values())
        for each in under_way:
            each.result()

    def fetch(self, digests: Iterable[str]) -> list[str]:
        """Brings blobs into the cache, several at once; -> those the store does not have."""
        with self._lock:
            asked = {}
            for digest in digests:
                known = self._fetched.get(digest)
                if known is None or known.done():
                    known = self._fetched[digest] = self._pool.submit(self._fetch, digest)
                asked[digest] = known
        return [digest for digest, found in asked.items() if not found.result()]

    def close(self) -> None:
        """Lets everything arrive."""
        self._pool.shutdown(wait=True)

    def _path(self, digest: str) -> str:
        return os.path.join(self._folder, blob_key(digest))

    def _send(self, digest: str) -> None:
        path, key = self._path(digest), blob_key(digest)
        if os.path.getsize(path) <= SMALL_BYTES:
            with open(path, "rb") as file:
                data = file.read()
            if not self._objects.create(key, data) and self._is_old(key):
                self._objects.put(key, data)
        elif self._is_old(key):
            self._objects.upload(key, path)

    def _is_old(self, key: str) -> bool:
        """Not there, or so old that somebody may be about to collect it before a manifest refers to it: written again, it is new."""
        age = self._objects.age(key)
        return age is None or age > YOUNG_SECONDS

    def _fetch(self, digest: str) -> bool:
        path, key = self._path(digest), blob_key(digest)
        if os.path.exists(path):
            os.utime(path)
            return True
        part = f"{path}.part-{os.urandom(6).hex()}"
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        try:
            if not self._download(key, part, digest):
                return False
            os.chmod(part, 0o444)
            os.rename(part, path)
        finally:
            if os.path.exists(part):
                os.unlink(part)
        return True

    def _download(self, key: str, part: str, digest: str) -> bool:
        try:
            first, size = self._objects.get_part(key, 0, PART_BYTES)
        except KeyError:
            return False
        fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:

            def receive(at: int) -> bytes:
                data = first if at == 0 else self._objects.get_part(key, at, PART_BYTES)[0]
                write_all(fd, data, at)
                return sha256(data).digest()

            found = hashing.combine(self._parts.map(receive, range(0, max(size, 1), PART_BYTES)))
        finally:
            os.close(fd)
        if found != digest:
            raise StoreTrouble(f"blob {digest} arrived damaged: its bytes have the address {found}")
        return True


def write_all(fd: int, data: bytes, at: int) -> None:
    """All bytes, at their place in the file."""
    view = memoryview(data)
    while len(view):
        count = os.pwrite(fd, view, at)
        view, at = view[count:], at + count
