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
from concurrent.futures import Future
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

    def _put(self, key: str, data: str) -> dict[str, Any]:
        self.objects.put(key, base64.b64decode(data))
        return {}

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

    server: Server

    def handle(self) -> None:
        """Until the process closes it."""
        for line in self.rfile:
            try:
                answer = self._answer(json.loads(line))
            except Exception as error:
                # Whatever it is, the one who waits is told: a process without an answer would wait for ever.
                answer = {"error": str(error) or type(error).__name__}
            try:
                self.wfile.write(json.dumps(answer, separators=(",", ":")).encode() + b"\n")
            except (BrokenPipeError, ConnectionResetError):
                return

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        # Who opens a line does not wait for the client of the store, which takes longest to load: only who wants something of it.
        return {} if request["do"] == "hello" else self.server.carrier.result().answer(request)


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """A thread a line: as many as there are tasks at once."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: str) -> None:
        super().__init__(address, Handler)
        self.carrier: Future[Carrier] = Future()


def open_carrier(opened: Future[Carrier], url: str, folder: str, spool: str) -> Carrier | None:
    """Loads the client; whoever asks is told where that fails."""
    try:
        carrier = Carrier(make_objects(parse_s3_url(url)), folder, spool)
    except Exception as error:
        opened.set_exception(error)
        return None
    opened.set_result(carrier)
    return carrier


def main() -> None:
    """`ADDRESS URL CACHE`."""
    serve(*sys.argv[1:4])


def serve(address: str, url: str, folder: str) -> None:
    """Until nothing holds the line open that it was started with."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    # Below the cache: what a task opens there is ours, and no effect of its cells.
    spool = os.path.join(folder, "logs", os.path.basename(os.path.dirname(address)))
    os.makedirs(spool, exist_ok=True)
    with Server(address) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        carrier = open_carrier(server.carrier, url, folder, spool)
        while os.read(0, 4096):
            pass
        server.shutdown()
        if carrier is not None:
            carrier.blobs.close()
            carrier.tails.close()
    cache.bound(folder)
    for each in (spool, os.path.dirname(address)):
        shutil.rmtree(each, ignore_errors=True)
    # Threads of a client may hang on a connection that nobody needs any more.
    os._exit(0)
