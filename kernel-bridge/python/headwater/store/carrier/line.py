"""The line to a carrier: one JSON object a line, answered one by one. Every process has a connection of its own."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from typing import Any, Callable, Protocol

PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
"""The folder that holds the `headwater` package."""

START = (
    "import sys; sys.path[:] = [each for each in sys.path if each]; sys.path.append(sys.argv.pop(1)); "
    "from headwater.store.carrier.serve import main; main()"
)
"""Nothing of the working directory may stand in for a module of Python."""

START_SECONDS = 60.0
"""A cold disk and a busy machine can make loading an S3 client take this long."""

CLOSE_SECONDS = 30.0
"""What is still on its way when a run ends may take this long to arrive."""


class Process(Protocol):
    """Of the carrier, as whoever started it has it."""

    stdin: Any

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def kill(self) -> None: ...


Launch = Callable[[str, str, str], Process]
"""Starts a carrier, given its address, the store's URL and the cache folder."""


class Line:
    """To the carrier of one store."""

    _lines: dict[str, Line] = {}

    def __init__(self, url: str, address: str, process: Process | None, cache: str) -> None:
        self.url, self.address, self.cache = url, address, cache
        self._process, self._owner = process, os.getpid()
        self._socket: socket.socket | None = None
        self._pid = 0
        self._rest = b""

    @classmethod
    def to(cls, url: str, address: str | None, launch: Launch | None = None) -> Line:
        """The line of this process for the store; starts a carrier unless the address of one is given."""
        known = cls._lines.get(url)
        if known is None or known._is_gone():
            known = cls._lines[url] = cls(url, address, None, cache_folder()) if address is not None else cls._start(url, launch or _launch)
        return known

    @classmethod
    def _start(cls, url: str, launch: Launch) -> Line:
        address = os.path.join(tempfile.mkdtemp(prefix="headwater-"), "carrier")
        cache = cache_folder()
        return cls(url, address, launch(address, url, cache), cache)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer. Raises OSError with a sentence when the store cannot do it."""
        try:
            if self._socket is None or self._pid != os.getpid():
                self._connect()
            assert self._socket is not None
            self._socket.sendall(json.dumps(request, separators=(",", ":")).encode() + b"\n")
            answer = self._receive(self._socket)
        except (ConnectionError, EOFError) as error:
            self._socket = None
            raise OSError(errno.EIO, f"the process that carries bytes to {self.url} has ended") from error
        if "error" in answer:
            raise OSError(errno.EIO, answer["error"])
        return answer

    def close(self) -> None:
        """Ends the carrier if this process started it, when everything has arrived."""
        if self._process is None or self._owner != os.getpid():
            return
        self._lines.pop(self.url, None)
        if self._socket is not None:
            self._socket.close()
        self._process.stdin.close()
        try:
            self._process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _is_gone(self) -> bool:
        return self._process is not None and self._owner == os.getpid() and self._process.poll() is not None

    def _connect(self) -> None:
        # A connection is not for two processes: a forked one opens its own.
        self._rest, self._pid = b"", os.getpid()
        until = time.monotonic() + START_SECONDS
        while True:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                line.connect(self.address)
            except (FileNotFoundError, ConnectionRefusedError):
                line.close()
                if self._is_gone() or time.monotonic() > until:
                    raise EOFError from None
                time.sleep(0.005)
                continue
            self._socket = line
            return

    def _receive(self, line: socket.socket) -> dict[str, Any]:
        while b"\n" not in self._rest:
            data = line.recv(1 << 20)
            if not data:
                raise EOFError
            self._rest += data
        answer, _, self._rest = self._rest.partition(b"\n")
        return json.loads(answer)


def _launch(address: str, url: str, cache: str) -> Process:
    return subprocess.Popen(
        [sys.executable, "-c", START, PACKAGE, address, url, cache],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # an interrupt in a terminal is for cells, not for bytes on their way
    )


def cache_folder() -> str:
    """Where blobs of remote stores stay on this machine: `HEADWATER_CACHE`, else in the user's cache folder, else in the temporary one."""
    named = os.environ.get("HEADWATER_CACHE")
    home = named or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache"), "headwater")
    try:
        os.makedirs(os.path.join(home, "blobs"), mode=0o700, exist_ok=True)
    except OSError:
        # A pod may have no home.
        home = os.path.join(tempfile.gettempdir(), f"headwater-cache-{os.getuid()}")
        os.makedirs(os.path.join(home, "blobs"), mode=0o700, exist_ok=True)
    return home
