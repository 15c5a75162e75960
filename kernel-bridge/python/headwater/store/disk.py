"""A store in a folder. Values are written beside and linked or renamed into place: a reader never sees half of one."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

from headwater.store import hashing
from headwater.store.layout import blob_key, manifest_key, output_key


class DiskStore:
    """Blobs, manifests and logs of one run (`prefix`) in the folder `root`."""

    def __init__(self, root: str, prefix: str) -> None:
        self.root, self.url, self.prefix = root, root, prefix
        self._manifests: dict[str, dict[str, Any]] = {}

    def path(self, key: str) -> str:
        """Where a key stands on this disk."""
        return os.path.join(self.root, key)

    carrier: str | None = None
    """Where another process does the work, its address."""

    def connect(self) -> None:
        """Whatever must be opened before cells run and are watched: nothing here."""

    def close(self) -> None:
        """Nothing is on its way."""

    # ------------------------------------------------------------ values, manifests and logs

    def get(self, key: str) -> bytes | None:
        """The whole value, or None."""
        try:
            with open(self.path(key), "rb") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def list(self, prefix: str) -> list[str]:
        """Keys directly under a prefix that ends in a slash, ascending; deeper ones as prefixes."""
        try:
            entries = [each for each in os.scandir(self.path(prefix)) if not each.name.startswith(".part-")]
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted(f"{prefix}{each.name}{'/' if each.is_dir() else ''}" for each in entries)

    def read_log(self, key: str) -> bytes:
        """A log as it is now; empty when there is none."""
        return self.get(key) or b""

    def log_size(self, key: str) -> int:
        """Its bytes by now."""
        try:
            return os.path.getsize(self.path(key))
        except OSError:
            return 0

    def settle(self) -> None:
        """Blobs are in their place as soon as they are put."""

    def write_log(self, key: str, data: bytes) -> None:
        """A whole log at once, which must not be there yet."""
        self.create(key, data)

    def put(self, key: str, data: bytes) -> None:
        """Writes or replaces a value."""
        os.replace(self._write_beside(key, [memoryview(data)]), self.path(key))

    def flush_output(self, attempt: str) -> None:
        """Everything the attempt has shown so far can be read when this returns: it can be here at once."""

    def read_manifest(self, attempt: str) -> dict[str, Any]:
        """The manifest of an attempt of this run. Raises FileNotFoundError when it was never written."""
        if attempt not in self._manifests:
            with open(self.path(manifest_key(self.prefix, attempt)), "rb") as file:
                self._manifests[attempt] = json.loads(file.read())
        return self._manifests[attempt]

    def write_manifest(self, attempt: str, manifest: dict[str, Any]) -> None:
        """Commits an attempt: create-once. Raises FileExistsError when somebody else did."""
        self.create(manifest_key(self.prefix, attempt), json.dumps(manifest, separators=(",", ":"), allow_nan=False).encode())

    def open_output(self, attempt: str) -> int:
        """A descriptor that appends to the attempt's output log."""
        path = self.path(output_key(self.prefix, attempt))
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
        try:
            return os.open(path, flags, 0o644)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            return os.open(path, flags, 0o644)

    def create(self, key: str, data: bytes) -> None:
        """Writes a key that must not exist yet."""
        part = self._write_beside(key, [memoryview(data)])
        try:
            os.link(part, self.path(key))
        finally:
            os.unlink(part)

    # ------------------------------------------------------------ blobs

    def open_blob(self, digest: str) -> str:
        """Path of a file with exactly the blob's bytes, to be mapped privately. Raises FileNotFoundError."""
        path = self.path(blob_key(digest))
        if not os.path.exists(path):
            raise FileNotFoundError(f"blob {digest} is missing from the store")
        return path

    def put_blob(self, buffers: Iterable[Any]) -> str:
        """Stores the bytes of the buffers, one after the other, once; -> their address."""
        views = [memoryview(each).cast("B") for each in buffers]
        if sum(map(len, views)) > hashing.CHUNK_BYTES:
            return self._put_large(views)
        data = views[0] if len(views) == 1 else memoryview(b"".join(views))
        digest = hashing.address(data)
        if not self._touch(digest):
            self._place(self._write_beside(blob_key(digest), [data]), digest)
        return digest

    def _touch(self, digest: str) -> bool:
        """Whether the blob is there; from now on it counts as used, so that nobody collects it before a manifest refers to it."""
        try:
            os.utime(self.path(blob_key(digest)))
        except FileNotFoundError:
            return False
        except PermissionError:  # another user's: the store is shared, and only its owner may set times
            return False
        return True

    def _put_large(self, views: list[memoryview]) -> str:
        """Hashes and writes chunk by chunk on two threads: each chunk is still in the cache when it is written. Nothing is copied."""
        part = self._part_path("blobs")
        fd = self._open_part(part)
        try:

            def store(number: int, chunk: list[memoryview]) -> bytes:
                at, digest = number * hashing.CHUNK_BYTES, sha256()
                for piece in chunk:
                    _write_all(fd, piece, at)
                    digest.update(piece)
                    at += len(piece)
                return digest.digest()

            with ThreadPoolExecutor(hashing.THREADS) as pool:
                digest = hashing.combine(pool.map(store, itertools.count(), hashing.cut(views)))
        except BaseException:
            os.unlink(part)
            raise
        finally:
            os.close(fd)
        self._place(part, digest)
        return digest

    def _place(self, part: str, digest: str) -> None:
        target = self.path(blob_key(digest))
        os.chmod(part, 0o444)
        try:
            os.rename(part, target)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.rename(part, target)

    def _write_beside(self, key: str, pieces: list[memoryview]) -> str:
        part = self._part_path(os.path.dirname(key))
        fd = self._open_part(part)
        try:
            at = 0
            for piece in pieces:
                _write_all(fd, piece, at)
                at += len(piece)
        except BaseException:
            os.unlink(part)
            raise
        finally:
            os.close(fd)
        return part

    def _part_path(self, folder: str) -> str:
        return self.path(os.path.join(folder, f".part-{os.urandom(6).hex()}"))

    def _open_part(self, part: str) -> int:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
        try:
            return os.open(part, flags, 0o644)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(part), exist_ok=True)
            return os.open(part, flags, 0o644)


def _write_all(fd: int, data: memoryview, at: int) -> None:
    while len(data):
        count = os.pwrite(fd, data, at)
        data, at = data[count:], at + count
