"""What cells write to: Python's own stdout and stderr, and the descriptors below them that libraries in C and child processes use."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from typing import Any, Callable

from headwater.control.secrets import SECRETS
from headwater.worker.output import OutputLog

NAMES = ("stdout", "stderr")
READ_BYTES = 1 << 16


class RawFiles:
    """Two files without a name that stand behind descriptors 1 and 2 of a task.

    A regular file takes bytes at full speed, needs no thread to be emptied, survives the task's death, and its size tells for a
    microsecond whether anything was written. The supervisor is the only one who moves its content to the log.
    """

    def __init__(self) -> None:
        self.files = [tempfile.TemporaryFile(buffering=0) for _ in NAMES]  # noqa: SIM115 (closed by `close`)
        self._taken = [0, 0]

    def fds(self) -> list[int]:
        """Their descriptors, stdout first."""
        return [file.fileno() for file in self.files]

    def sizes(self) -> list[int]:
        """How much was written so far, stdout first."""
        return [os.fstat(file.fileno()).st_size for file in self.files]

    def has_more(self, sizes: list[int]) -> bool:
        """Whether not all of that has been taken."""
        return any(size > taken for size, taken in zip(sizes, self._taken))

    def take(self, log: OutputLog, cell: int, until: list[int] | None = None) -> list[int]:
        """Appends what is new to the log; -> the positions reached. Bytes that are no text are shown as such.

        `until` takes no more than up to these sizes. The task still writes then, so a line that is not whole may wait: half a secret could
        not be told.
        """
        goes_on = until is not None
        for at, (name, file, size) in enumerate(zip(NAMES, self.files, until or self.sizes())):
            while self._taken[at] < size:
                data = os.pread(file.fileno(), min(READ_BYTES, size - self._taken[at]), self._taken[at])
                if SECRETS.any:
                    data = _whole_lines(data, goes_on)
                if not data:
                    break
                self._taken[at] += len(data)
                log.stream(cell, name, data.decode("utf-8", "replace"))
        return list(self._taken)

    def close(self) -> None:
        """Gives the space back."""
        for file in self.files:
            file.close()


def _whole_lines(data: bytes, goes_on: bool) -> bytes:
    end = data.rfind(b"\n") + 1
    if end == 0 and goes_on and len(data) < READ_BYTES:
        return b""
    return data[:end] if end and (goes_on or len(data) == READ_BYTES) else data


class Cursor:
    """The task's side of its output: which cell runs, what is not yet in the log, and when the supervisor has to catch up."""

    def __init__(self, log: OutputLog, catch_up: Callable[[], list[int]]) -> None:
        self.log, self.cell, self.number = log, -1, 0
        self._catch_up, self._seen = catch_up, [0, 0]
        self._name = "stdout"
        self._pending: list[str] = []

    def write(self, name: str, text: str) -> None:
        """Text of one stream. Whole lines go to the log at once, the rest with the next line, the other stream or the cell's end."""
        if name != self._name:
            self.flush()
            self._name = name
        self._pending.append(text)
        if "\n" in text or "\r" in text:
            self.flush()

    def flush(self) -> None:
        """Everything written so far, by Python and below it, stands in the log when this returns."""
        if os.fstat(1).st_size > self._seen[0] or os.fstat(2).st_size > self._seen[1]:
            self._seen = self._catch_up()
        if self._pending:
            text = "".join(self._pending)
            self._pending.clear()
            self.log.stream(self.cell, self._name, text)


class CellStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a cell."""

    encoding, errors, newlines = "UTF-8", "strict", None  # type: ignore[assignment]

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.mode = f"<{name}>", "w"
        self._kind, self._fd = name, NAMES.index(name) + 1
        self._cursor: Cursor | None = None

    def attach(self, cursor: Cursor) -> None:
        """What is written from now on belongs to this attempt."""
        self._cursor = cursor

    def write(self, text: str) -> int:
        """Like a text file's. Raises TypeError for what is no str."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text and self._cursor is not None:
            self._cursor.write(self._kind, text)
        return len(text)

    def flush(self) -> None:
        """Hands over what is there."""
        if self._cursor is not None:
            self._cursor.flush()

    def fileno(self) -> int:
        """The descriptor below, so that a child process can be given this stream."""
        self.flush()
        return self._fd

    def writable(self) -> bool:
        """Always."""
        return True

    def isatty(self) -> bool:
        """Never: a notebook's stream is no terminal."""
        return False

    def reconfigure(self, **_: Any) -> None:
        """Accepted and without effect, as code for scripts calls it."""


STREAMS = tuple(map(CellStream, NAMES))
"""The same two while the process lives: `out = sys.stdout` of an earlier step, loaded before the cells start, is what they write into."""


def take_over() -> None:
    """Puts cell streams in the place of Python's."""
    sys.stdout, sys.stderr = STREAMS


def redirect(cursor: Cursor) -> None:
    """What cells write belongs to this attempt."""
    for stream in STREAMS:
        stream.attach(cursor)
    take_over()
