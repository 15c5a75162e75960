"""Logs that grow on this machine, sent after in segments `KEY/00000000`, each written once."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

from headwater.store.carrier.objects import Objects, StoreTrouble

LOOK_SECONDS = 0.4
"""How often to look for more: what a person watching takes for at once."""

SEGMENT_BYTES = 4 << 20
"""Most of one segment: a step that prints a gigabyte must not hold it in memory."""

DIGITS = 8


class Tail:
    """One log: how far it was sent."""

    def __init__(self, objects: Objects, key: str, path: str) -> None:
        self._objects, self._key, self.path = objects, key, path
        self._sent, self._next = 0, 0
        self._lock = threading.Lock()

    def send(self) -> None:
        """Everything that is in the file by now. Raises StoreTrouble."""
        with self._lock:
            while os.path.exists(self.path) and os.path.getsize(self.path) > self._sent:
                with open(self.path, "rb") as file:
                    file.seek(self._sent)
                    data = file.read(SEGMENT_BYTES)
                # An attempt has one carrier: a segment that is there already was sent by one before, of a pod that ran twice.
                if self._objects.create(segment_key(self._key, self._next), data):
                    self._sent += len(data)
                self._next += 1


class Tails:
    """All logs of this machine's tasks."""

    def __init__(self, objects: Objects, folder: str) -> None:
        self._objects, self._folder = objects, folder
        self._tails: dict[str, Tail] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def follow(self, key: str) -> str:
        """Path of the file that stands for the log."""
        with self._lock:
            if key not in self._tails:
                self._tails[key] = Tail(self._objects, key, os.path.join(self._folder, str(len(self._tails))))
            return self._tails[key].path

    def flush(self, key: str) -> None:
        """Everything in the log's file is in the store when this returns."""
        tail = self._tails.get(key)
        if tail is not None:
            tail.send()

    def read(self, key: str) -> bytes:
        """A log as the store has it."""
        keys = [each for each, _ in self._objects.sizes(f"{key}/")]
        with ThreadPoolExecutor(8) as pool:
            return b"".join(data or b"" for data in pool.map(self._objects.get, keys))

    def close(self) -> None:
        """Sends what is left."""
        self._ended.set()
        self._thread.join()
        self._send_all()

    def _look(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            self._send_all()

    def _send_all(self) -> None:
        with self._lock:
            tails = list(self._tails.values())
        for tail in tails:
            try:
                tail.send()
            except (StoreTrouble, OSError):
                continue  # the next look, or whoever waits for the log's end, tries again and is told


def segment_key(key: str, number: int) -> str:
    """Key of one segment of a log."""
    return f"{key}/{number:0{DIGITS}d}"
