"""Objects through Python's own library, for an interpreter without a client for S3: a tenth of the time that loading boto3 takes."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from typing import Callable, TypeVar

from headwater.store.carrier.explain import explain
from headwater.store.carrier.objects import WRITER
from headwater.store.carrier.requests import LOST, TRIES, Answer, Cut, Refused, Requests, pause
from headwater.store.carrier.sign import Keys
from headwater.store.place import S3Place

PART_BYTES = 16 << 20
"""S3 wants 5 MiB or more and allows 10,000 parts: 160 GB an object."""

PARTS_AT_ONCE = 8
WRITER_HEADER = f"x-amz-meta-{WRITER}"
WHOLE = 1 << 62

T = TypeVar("T")


class PlainObjects:
    """For all threads."""

    def __init__(self, place: S3Place, keys: Callable[[], Keys]) -> None:
        self.place = place
        self._requests = Requests(place, keys)
        self._parts = ThreadPoolExecutor(PARTS_AT_ONCE)

    def get(self, key: str) -> bytes | None:
        """The whole object, or None."""
        try:
            return self.get_part(key, 0, WHOLE)[0]
        except KeyError:
            return None

    def get_part(self, key: str, at: int, size: int) -> tuple[bytes, int]:
        """At most `size` bytes from `at`, and the size of the whole. An answer that breaks off is asked for again from where it broke."""
        data = b""
        for tries in range(TRIES):
            begin = at + len(data)
            more = {} if size >= WHOLE and begin == 0 else {"range": f"bytes={begin}-{min(at + size, WHOLE) - 1}"}
            try:
                answer = self._requests.ask_once("GET", key, headers=more)
                return data + answer.data, _whole(answer)
            except (Refused, *LOST) as error:
                if isinstance(error, Refused) and error.status == 404 and error.code != "NoSuchBucket":
                    raise KeyError(key) from None
                if isinstance(error, Refused) and error.status == 416:  # an empty object has no bytes to ask for
                    return b"", 0
                data += error.data if isinstance(error, Cut) else b""
                self._go_on(error, tries)
        raise AssertionError

    def create(self, key: str, data: bytes) -> bool:
        """Writes unless the key exists. Where the answer was lost, it looks whose object stands there."""
        writer = os.urandom(16).hex()
        headers = {"if-none-match": "*", WRITER_HEADER: writer}
        for tries in range(TRIES):
            try:
                self._requests.ask_once("PUT", key, headers=headers, body=data)
                return True
            except Refused as error:
                if error.status == 412:
                    return tries > 0 and self._writer_of(key) == writer
                self._go_on(error, tries)
            except LOST as error:
                # It may have been carried out; or refused by a server that closed the line before it had the whole body.
                found = self._writer_of(key)
                if found is not None:
                    return found == writer
                self._go_on(error, tries)
        raise AssertionError

    def put(self, key: str, data: bytes) -> None:
        """Writes or replaces."""
        self._call(lambda: self._requests.ask("PUT", key, body=data))

    def age(self, key: str) -> float | None:
        """Seconds since the object was written, or None when there is none."""
        head = self._head(key)
        return None if head is None else time.time() - parsedate_to_datetime(head.headers["last-modified"]).timestamp()

    def upload(self, key: str, path: str) -> None:
        """In parts, several at once, each with its hash. A part that fails is sent again, not the whole."""
        size = os.path.getsize(path)
        ask = self._requests.ask
        begun = self._call(lambda: ask("POST", key, {"uploads": ""}))
        upload = {"uploadId": unescape(_elements(begun, "UploadId")[0])}

        def send(number: int) -> str:
            with open(path, "rb") as file:
                file.seek((number - 1) * PART_BYTES)
                body = file.read(PART_BYTES)
            return self._call(lambda: ask("PUT", key, {**upload, "partNumber": str(number)}, body=body)).headers["etag"]

        try:
            tags = list(self._parts.map(send, range(1, max(1, -(-size // PART_BYTES)) + 1)))
            parts = "".join(f"<Part><PartNumber>{at}</PartNumber><ETag>{tag}</ETag></Part>" for at, tag in enumerate(tags, 1))
            self._call(lambda: self._complete(key, upload, f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()))
        except BaseException:
            try:
                ask("DELETE", key, upload)
            except (Refused, *LOST):
                pass  # a rule of the bucket removes what is left of uploads; why this one failed matters more
            raise

    def list(self, prefix: str) -> list[str]:
        """Keys directly under the prefix, ascending; deeper ones as prefixes."""
        found = [key for page in self._pages(prefix, delimiter="/") for key in (*_elements(page, "Key"), *_inner(page))]
        return sorted((unescape(key)[len(self.place.prefix) :] for key in found), key=str.encode)

    def sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Every key under the prefix with its size, ascending."""
        for page in self._pages(prefix):
            for key, size in zip(_elements(page, "Key"), _elements(page, "Size")):
                yield unescape(key)[len(self.place.prefix) :], int(size)

    # ------------------------------------------------------------ requests

    def _pages(self, prefix: str, **more: str) -> Iterator[Answer]:
        query = {"list-type": "2", "prefix": self.place.prefix + prefix, **more}
        while True:
            page = self._call(lambda: self._requests.ask("GET", None, query))
            yield page
            following = _elements(page, "NextContinuationToken")
            if not following:
                return
            query["continuation-token"] = unescape(following[0])

    def _complete(self, key: str, upload: dict[str, str], body: bytes) -> None:
        answer = self._requests.ask("POST", key, upload, body=body)
        # Amazon begins to answer before it knows, and then says in the body that it failed.
        if b"<Error>" in answer.data:
            raise Refused(500, "".join(_elements(answer, "Code")), "")

    def _writer_of(self, key: str) -> str | None:
        head = self._head(key)
        return None if head is None else head.headers.get(WRITER_HEADER, "")

    def _head(self, key: str) -> Answer | None:
        try:
            return self._requests.ask("HEAD", key)
        except Refused as error:
            if error.status == 404:
                return None
            raise explain(self.place, error) from error
        except LOST as error:
            raise explain(self.place, error) from error

    def _go_on(self, error: Exception, tries: int) -> None:
        """Waits for the next try where there is one."""
        if tries == TRIES - 1 or isinstance(error, Refused) and not error.may_pass:
            raise explain(self.place, error) from error
        pause(tries)

    def _call(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except (Refused, *LOST) as error:
            raise explain(self.place, error) from error


def _whole(answer: Answer) -> int:
    range_ = answer.headers.get("content-range")
    return int(range_.rpartition("/")[2]) if range_ else len(answer.data)


def _elements(answer: Answer, name: str) -> list[str]:
    """Texts of the elements of that name, as they stand there."""
    return re.findall(f"<{name}>(.*?)</{name}>", answer.data.decode(), re.DOTALL)


def unescape(text: str) -> str:
    """As it was before it became XML."""
    if "&" not in text:
        return text
    from html import unescape as unescape_all  # a table of two thousand names, of which few keys have one

    return unescape_all(text)


def _inner(page: Answer) -> list[str]:
    return re.findall(r"<CommonPrefixes>\s*<Prefix>(.*?)</Prefix>", page.data.decode(), re.DOTALL)
