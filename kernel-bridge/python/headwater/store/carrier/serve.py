"""The carrier's main function: serves the processes of one machine until whoever started it is gone, then lets everything arrive."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socketserver
import sys
import threading
from typing import Any, Callable

from headwater.store.carrier import cache
from headwater.store.carrier.blobs import Blobs
from headwater.store.carrier.objects import Objects, make_objects
from headwater.store.carrier.tails import Tails
from headwater.store.place import parse_s3_url


class Carrier:
    """What each request does."""

    def __init__(self, objects: Objects, folder: str, spool: str) -> None:
        self.objects = objects
        self.blobs, self.tails = Blobs(objects, folder), Tails(objects, spool)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Raises StoreTrouble, or OSError of this machine's disk."""
        do: Callable[..., dict[str, Any]] = getattr(self, f"_{request.pop('do')}")
        return do(**request)

    def _hello(self) -> dict[str, Any]:
        return {}

    def _get(self, key: str) -> dict[str, Any]:
        data = self.objects.get(key)
        return {"data": None if data is None else base64.b64encode(data).decode()}

    def _list(self, prefix: str) -> dict[str, Any]:
        return {"keys": self.objects.list(prefix)}

    def _log(self, key: str) -> dict[str, Any]:
        return {"data": base64.b64encode(self.tails.read(key)).decode()}

    def _size(self, key: str) -> dict[str, Any]:
        return {"size": sum(size for _, size in self.objects.sizes(f"{key}/"))}

    def _create(self, key: str, data: str) -> dict[str, Any]:
        return {"created": self.objects.create(key, base64.b64decode(data))}

    def _fetch(self, digests: list[str]) -> dict[str, Any]:
        return {"missing": self.blobs.fetch(digests)}

    def _send(self, digest: str) -> dict[str, Any]:
        self.blobs.send(digest)
        return {}

    def _settle(self) -> dict[str, Any]:
        self.blobs.settle()
        return {}

    def _tail(self, key: str) -> dict[str, Any]:
        return {"path": self.tails.follow(key)}

    def _flush(self, key: str) -> dict[str, Any]:
        self.tails.flush(key)
        return {}


class Handler(socketserver.StreamRequestHandler):
    """One process's line."""

    def handle(self) -> None:
        """Until the process closes it."""
        for line in self.rfile:
            try:
                answer = self.server.carrier.answer(json.loads(line))  # type: ignore[attr-defined]
            except Exception as error:
                # Whatever it is, the one who waits is told: a process without an answer would wait for ever.
                answer = {"error": str(error) or type(error).__name__}
            try:
                self.wfile.write(json.dumps(answer, separators=(",", ":")).encode() + b"\n")
            except (BrokenPipeError, ConnectionResetError):
                return


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """A thread a line: as many as there are tasks at once."""

    daemon_threads = True
    request_queue_size = 128
    carrier: Carrier


def main() -> None:
    """`ADDRESS URL CACHE`."""
    address, url, folder = sys.argv[1:4]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    # Below the cache: what a task opens there is ours, and no effect of its cells.
    spool = os.path.join(folder, "logs", os.path.basename(os.path.dirname(address)))
    os.makedirs(spool, exist_ok=True)
    with Server(address, Handler) as server:
        server.carrier = Carrier(make_objects(parse_s3_url(url)), folder, spool)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        while os.read(0, 4096):
            pass
        server.shutdown()
        server.carrier.blobs.close()
        server.carrier.tails.close()
    cache.bound(folder)
    for each in (spool, os.path.dirname(address)):
        shutil.rmtree(each, ignore_errors=True)
    # Threads of a client may hang on a connection that nobody needs any more.
    os._exit(0)
