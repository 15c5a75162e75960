"""The wire between engine and worker: one JSON object a line (packages/protocol/src/worker-wire.ts)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

WIRE_VERSION = 6
READ_BYTES = 1 << 16


class Lines:
    """Whole lines from a descriptor that delivers bytes in pieces."""

    def __init__(self, fd: int) -> None:
        self.fd, self.closed = fd, False
        self._rest = b""

    def read_ready(self) -> Iterator[dict[str, Any]]:
        """Messages that one read completes; after the other side is gone, `closed` is true. The descriptor must be readable."""
        try:
            data = os.read(self.fd, READ_BYTES)
        except (ConnectionResetError, BrokenPipeError):
            data = b""
        self.closed = not data
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            yield json.loads(line)

    def take_rest(self) -> list[dict[str, Any]]:
        """Whole messages that were read and not asked for yet."""
        *lines, self._rest = self._rest.split(b"\n")
        return [json.loads(line) for line in lines]

    def wait(self) -> dict[str, Any] | None:
        """The next message, or None when the other side is gone. Only for a descriptor whose messages are answered one by one."""
        while b"\n" not in self._rest:
            try:
                data = os.read(self.fd, READ_BYTES)
            except InterruptedError:
                continue
            except ConnectionResetError:
                return None
            if not data:
                return None
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        return json.loads(line)


def send(fd: int, message: dict[str, Any]) -> None:
    """Writes one message whole. Raises BrokenPipeError when nobody reads any more."""
    send_bytes(fd, encode(message))


def encode(message: dict[str, Any]) -> bytes:
    """One message as a line."""
    return json.dumps(message, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def send_bytes(fd: int, data: bytes) -> None:
    """Writes all bytes, however many calls it takes."""
    view = memoryview(data)
    while len(view):
        view = view[os.write(fd, view) :]
