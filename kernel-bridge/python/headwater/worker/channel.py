"""The task's line to its supervisor, which passes messages on to the engine."""

from __future__ import annotations

import threading
from typing import Any

from headwater.worker import wire


class Channel:
    """One socket, messages answered one by one."""

    def __init__(self, fd: int) -> None:
        self._fd, self._lines = fd, wire.Lines(fd)
        self._lock = threading.RLock()

    def send(self, message: dict[str, Any]) -> None:
        """Says something that needs no answer."""
        with self._lock:
            wire.send(self._fd, message)

    def ask(self, message: dict[str, Any]) -> dict[str, Any]:
        """Says something and waits for its answer. Raises EOFError when the supervisor is gone."""
        with self._lock:
            wire.send(self._fd, message)
            return self.receive()

    def receive(self) -> dict[str, Any]:
        """The next message. Raises EOFError when the supervisor is gone."""
        message = self._lines.wait()
        if message is None:
            raise EOFError("the supervisor is gone")
        return message

    def drain(self) -> list[int]:
        """Has the supervisor log what was written to descriptors 1 and 2; -> the positions reached."""
        return self.ask({"type": "drain"})["at"]

    def is_taken(self) -> bool:
        """The machine was taken away under the attempt, which has another try: what it raised is no result."""
        return self.ask({"type": "fate"})["taken"]


def idle(channel: Channel) -> dict[str, Any] | None:
    """What a parked process waits for: another step to run here, or None to end."""
    try:
        message = channel.receive()
    except EOFError:
        return None
    return message if message["type"] == "start" else None
