"""Requests to one bucket over connections that are kept: each thread has its own."""

from __future__ import annotations

import os
import re
import ssl
import threading
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import Callable, NamedTuple
from urllib.parse import quote, urlsplit

from headwater.store.carrier.sign import Keys, Request, quote_query, sign
from headwater.store.place import S3Place

CONNECT_SECONDS = 3.0
READ_SECONDS = 30.0

TRIES = 16
"""With doubling waits: twenty seconds without the store, twice what the engine rides out, so that it is the engine that says so."""

LONGEST_WAIT_SECONDS = 2.0
PIECE_BYTES = 1 << 20

Query = Mapping[str, str]
NONE: Query = {}

LOST = (OSError, HTTPException)
"""No answer, or not the whole of it."""

DEFAULT_REGION = "us-east-1"


class Refused(Exception):
    """S3 says no, and with which of its codes."""

    def __init__(self, status: int, code: str, text: str) -> None:
        super().__init__(f"{status} {code} {text}".strip())
        self.status, self.code = status, code or str(status)

    @property
    def may_pass(self) -> bool:
        """It asks for patience, or is in trouble itself; or two conditional writes met."""
        return self.status in (409, 429) or self.status >= 500


class Cut(OSError):
    """An answer that broke off, with what had come of it."""

    def __init__(self, data: bytes) -> None:
        super().__init__("the answer broke off")
        self.data = data


class Answer(NamedTuple):
    """That it was done."""

    headers: HTTPMessage
    data: bytes


def pause(tries: int) -> None:
    """Before the next try."""
    time.sleep(min(LONGEST_WAIT_SECONDS, 0.1 * 2**tries))


class Requests:
    """Signed, sent, repeated."""

    def __init__(self, place: S3Place, keys: Callable[[], Keys]) -> None:
        self.place, self._keys = place, keys
        self.region = place.region or DEFAULT_REGION
        self._local = threading.local()

    def ask(self, method: str, key: str | None, query: Query = NONE, headers: Query = NONE, body: bytes = b"") -> Answer:
        """The answer; what may pass is asked again. `key` None: the bucket itself. Raises Refused, or one of LOST."""
        for tries in range(TRIES):
            try:
                return self.ask_once(method, key, query, headers, body)
            except (Refused, *LOST) as error:
                if tries == TRIES - 1 or isinstance(error, Refused) and not error.may_pass:
                    raise
                pause(tries)
        raise AssertionError

    def ask_once(self, method: str, key: str | None, query: Query = NONE, headers: Query = NONE, body: bytes = b"") -> Answer:
        """As `ask`, without repeating. A bucket of another region says which, and is asked there."""
        region = self.region
        status, answer = self._send(Request(method, self._host, self._path(key), query, headers, body))
        if status < 300:
            return answer
        named = answer.headers.get("x-amz-bucket-region")
        if status in (301, 307, 400) and named and named != region:
            self.region = named
            return self.ask_once(method, key, query, headers, body)
        code, said = (re.search(f"<{name}>(.*?)</{name}>".encode(), answer.data, re.DOTALL) for name in ("Code", "Message"))
        raise Refused(status, code.group(1).decode() if code else "", said.group(1).decode() if said else "")

    # ------------------------------------------------------------ one request

    @property
    def _endpoint(self) -> str:
        return self.place.endpoint or f"https://s3.{self.region}.amazonaws.com"

    @property
    def _in_path(self) -> bool:
        # A certificate for `*.s3…` does not hold for a bucket with dots.
        return self.place.path_style or "." in self.place.bucket

    @property
    def _host(self) -> str:
        host = urlsplit(self._endpoint).netloc
        return host if self._in_path else f"{self.place.bucket}.{host}"

    def _path(self, key: str | None) -> str:
        bucket = f"/{self.place.bucket}" if self._in_path else ""
        base = urlsplit(self._endpoint).path.rstrip("/")
        return quote(f"{base}{bucket}/" + ("" if key is None else self.place.prefix + key), safe="/-_.~")

    def _send(self, request: Request) -> tuple[int, Answer]:
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        headers = sign(request, self._keys(), self.region, stamp)
        query = quote_query(request.query)
        line = self._line(request.host)
        try:
            line.request(request.method, request.path + (f"?{query}" if query else ""), request.body or None, headers)
            response = line.getresponse()
            answer = Answer(response.headers, _read(response))
        except BaseException:
            self._drop()
            raise
        if response.will_close:
            self._drop()
        return response.status, answer

    def _line(self, host: str) -> HTTPConnection:
        known = getattr(self._local, "line", None)
        if known is None or self._local.host != host:
            known = self._local.line = _open(urlsplit(self._endpoint).scheme, host)
            self._local.host = host
        return known

    def _drop(self) -> None:
        self._local.line.close()
        self._local.line = None


def _open(scheme: str, host: str) -> HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE"))
        line: HTTPConnection = HTTPSConnection(host, timeout=CONNECT_SECONDS, context=context)
    else:
        line = HTTPConnection(host, timeout=CONNECT_SECONDS)
    line.connect()
    line.sock.settimeout(READ_SECONDS)
    return line


def _read(response: HTTPResponse) -> bytes:
    data = bytearray()
    try:
        while piece := response.read(PIECE_BYTES):
            data += piece
    except LOST as error:
        raise Cut(bytes(data)) from error
    if response.length:
        raise Cut(bytes(data))
    return bytes(data)
