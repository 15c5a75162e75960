"""The log of an attempt: everything it shows, in order, one JSON object a line (packages/protocol/src/output-log.ts)."""

from __future__ import annotations

import json
import os
import time
from typing import Any, Callable

from headwater.control.secrets import SECRETS, mask_all

TEXT_CHARS = 32_768
"""A line of the log holds at most this much text, so that a reader can page."""


class OutputLog:
    """Appends frames; one write each, so that frames of the task and of its supervisor never mix."""

    def __init__(self, open_log: Callable[[], int], began: float) -> None:
        self._open_log = open_log
        self._fd: int | None = None
        self.began = began

    def stream(self, cell: int, name: str, text: str) -> None:
        """Text on stdout or stderr."""
        text = SECRETS.mask(text)
        for at in range(0, len(text), TEXT_CHARS):
            self.write({"k": "stream", "t": self._now(), "c": cell, "name": name, "text": text[at : at + TEXT_CHARS]})

    def rich(self, kind: str, cell: int, data: dict[str, Any], metadata: dict[str, Any], display: str | None, number: int | None) -> None:
        """A `display` or a `result`, as a MIME bundle."""
        frame = {"k": kind, "t": self._now(), "c": cell, "data": mask_bundle(data), "metadata": metadata, "id": display, "number": number}
        self.write(frame)

    def update(self, cell: int, data: dict[str, Any], metadata: dict[str, Any], display: str) -> None:
        """New content for an earlier display of that id."""
        self.write({"k": "update", "t": self._now(), "c": cell, "data": mask_bundle(data), "metadata": metadata, "id": display})

    def clear(self, cell: int, wait: bool) -> None:
        """What the cell showed so far goes away, at once or with its next output."""
        self.write({"k": "clear", "t": self._now(), "c": cell, "wait": wait})

    def error(self, cell: int, ename: str, evalue: str, traceback: Any) -> None:
        """The exception that ended the cell."""
        shown = mask_all({"ename": ename, "evalue": evalue, "traceback": list(traceback)})
        self.write({"k": "error", "t": self._now(), "c": cell, **shown})

    def write(self, frame: dict[str, Any]) -> None:
        """Appends one frame; the file is made by the first one, a silent step has none."""
        if self._fd is None:
            self._fd = self._open_log()
        data = json.dumps(frame, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
        os.write(self._fd, data.decode("utf-8", "replace").encode() + b"\n" if b"\xed" in data else data + b"\n")

    def _now(self) -> int:
        return int((time.time() - self.began) * 1000)


def mask_bundle(data: dict[str, Any]) -> dict[str, Any]:
    """A MIME bundle without secrets."""
    return {mime: mask_all(content) for mime, content in data.items()}


class Silence(OutputLog):
    """Takes everything and keeps nothing: a replay shows nothing."""

    def __init__(self) -> None:
        super().__init__(lambda: os.open(os.devnull, os.O_WRONLY), time.time())

    def write(self, frame: dict[str, Any]) -> None:
        """Keeps nothing."""
