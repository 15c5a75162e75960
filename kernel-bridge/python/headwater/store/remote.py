"""A store in S3 as workers and kernels use it: a folder of this machine that a carrier keeps in step with it.

A process that runs cells talks to the carrier and reads and maps files; it loads no library for S3, has no thread and no connection
of its own, so that cells find the process they would find in a notebook.
"""

from __future__ import annotations

import base64
import json
import os
from typing import Any

from headwater.store.carrier.line import Line
from headwater.store.disk import DiskStore
from headwater.store.layout import blob_key, manifest_key, output_key


class RemoteStore(DiskStore):
    """Blobs are files of the carrier's cache; everything else is asked for and never kept."""

    def __init__(self, url: str, prefix: str, carrier: str | None) -> None:
        self._line = Line.to(url, carrier)
        super().__init__(self._line.cache, prefix)
        self.url = url

    @property
    def carrier(self) -> str:
        """Address of the carrier, for processes that this one starts."""
        return self._line.address

    def connect(self) -> None:
        """Opens this process's line now: cells may run while something is loaded, and are watched for connections."""
        self._line.ask({"do": "hello"})

    # ------------------------------------------------------------ values, manifests and logs

    def get(self, key: str) -> bytes | None:
        """The whole value, or None."""
        data = self._line.ask({"do": "get", "key": key})["data"]
        return None if data is None else base64.b64decode(data)

    def list(self, prefix: str) -> list[str]:
        """Keys directly under a prefix that ends in a slash, ascending; deeper ones as prefixes."""
        return self._line.ask({"do": "list", "prefix": prefix})["keys"]

    def read_log(self, key: str) -> bytes:
        """A log as it is now; empty when there is none."""
        return base64.b64decode(self._line.ask({"do": "log", "key": key})["data"])

    def log_size(self, key: str) -> int:
        """Its bytes by now."""
        return self._line.ask({"do": "size", "key": key})["size"]

    def create(self, key: str, data: bytes) -> None:
        """Writes a key that must not exist yet."""
        if not self._line.ask({"do": "create", "key": key, "data": base64.b64encode(data).decode()})["created"]:
            raise FileExistsError(f"{key} is in the store already")

    def read_manifest(self, attempt: str) -> dict[str, Any]:
        """The manifest of an attempt of this run. Raises FileNotFoundError when it was never written."""
        if attempt not in self._manifests:
            data = self.get(manifest_key(self.prefix, attempt))
            if data is None:
                raise FileNotFoundError(f"the manifest of {attempt} is missing from the store")
            self._manifests[attempt] = json.loads(data)
        return self._manifests[attempt]

    def write_manifest(self, attempt: str, manifest: dict[str, Any]) -> None:
        """Commits an attempt, once every blob it may refer to has arrived."""
        self._line.ask({"do": "settle"})
        super().write_manifest(attempt, manifest)

    def open_output(self, attempt: str) -> int:
        """A descriptor that appends to a file which the carrier sends after as it grows."""
        key = output_key(self.prefix, attempt)
        path = self._line.ask({"do": "tail", "key": key})["path"]
        return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)

    def flush_output(self, attempt: str) -> None:
        """Everything the attempt has shown so far is in the store when this returns."""
        self._line.ask({"do": "flush", "key": output_key(self.prefix, attempt)})

    # ------------------------------------------------------------ blobs

    def open_blob(self, digest: str) -> str:
        """Path of a file with exactly the blob's bytes: hashed when it came over the network. Raises FileNotFoundError."""
        path = self.path(blob_key(digest))
        if not os.path.exists(path) and self._line.ask({"do": "fetch", "digests": [digest]})["missing"]:
            raise FileNotFoundError(f"blob {digest} is missing from the store")
        return path

    def put_blob(self, buffers: Any) -> str:
        """Keeps the bytes here at once; they are on their way when this returns, and have arrived before the manifest is written."""
        digest = super().put_blob(buffers)
        self._line.ask({"do": "send", "digest": digest})
        return digest

    def close(self) -> None:
        """Ends a carrier that this process started, when everything has arrived."""
        self._line.close()
