"""Objects through boto3: its credential chain, its retries, its checksums."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, TypeVar

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, IncompleteReadError, ReadTimeoutError, ResponseStreamingError

from headwater.store.carrier.explain import explain
from headwater.store.carrier.objects import WRITER
from headwater.store.place import S3Place

PART_BYTES = 16 << 20
"""S3 wants 5 MiB or more and allows 10,000 parts: 160 GB an object."""

PARTS_AT_ONCE = 8

TRIES = 10
"""Of what boto3 does not repeat itself: an answer that broke off, two conditional writes that met."""

CUT = (IncompleteReadError, ResponseStreamingError, ReadTimeoutError, ConnectionError)

T = TypeVar("T")


class BotoObjects:
    """One client for all threads."""

    def __init__(self, place: S3Place) -> None:
        self.place = place
        settings = Config(
            s3={"addressing_style": "path" if place.path_style else "auto"},
            retries={"mode": "standard", "max_attempts": TRIES},
            connect_timeout=3,
            read_timeout=30,
            max_pool_connections=64,
        )
        self.client = Session(region_name=place.region).client("s3", endpoint_url=place.endpoint, config=settings)
        self._parts = ThreadPoolExecutor(PARTS_AT_ONCE)

    def get(self, key: str) -> bytes | None:
        """The whole object, or None."""
        try:
            return self.get_part(key, 0, 1 << 62)[0]
        except KeyError:
            return None

    def get_part(self, key: str, at: int, size: int) -> tuple[bytes, int]:
        """At most `size` bytes from `at`, and the size of the whole. An answer that breaks off is asked for again from where it broke."""
        data = b""
        for tries in range(TRIES):
            try:
                begin = at + len(data)
                more = {} if size >= 1 << 62 and begin == 0 else {"Range": f"bytes={begin}-{min(at + size, 1 << 62) - 1}"}
                answer = self._try(lambda more=more: self.client.get_object(**self._at(key), **more))
                whole = int(answer["ContentRange"].rpartition("/")[2]) if "ContentRange" in answer else answer["ContentLength"]
                for piece in answer["Body"].iter_chunks(1 << 20):
                    data += piece
                return data, whole
            except ClientError as error:
                if status_of(error) == 404 and name_of(error) != "NoSuchBucket":
                    raise KeyError(key) from None
                if status_of(error) == 416:  # an empty object has no bytes to ask for
                    return b"", 0
                raise explain(self.place, error) from error
            except CUT as error:
                if tries == TRIES - 1:
                    raise explain(self.place, error) from error
                time.sleep(min(2.0, 0.1 * 2**tries))
        raise AssertionError

    def create(self, key: str, data: bytes) -> bool:
        """Writes unless the key exists. Where the answer was lost, it looks whose object stands there."""
        writer = uuid.uuid4().hex
        for tries in range(TRIES):
            try:
                self._try(lambda: self.client.put_object(**self._at(key), Body=data, IfNoneMatch="*", Metadata={WRITER: writer}))
                return True
            except ClientError as error:
                if status_of(error) == 409 and tries < TRIES - 1:
                    time.sleep(0.1)
                    continue
                if status_of(error) != 412:
                    raise explain(self.place, error) from error
                if error.response["ResponseMetadata"].get("RetryAttempts", 0) == 0:
                    return False
                return self._writer_of(key) == writer
            except HTTPClientError as error:
                # No answer: it may have been carried out; or refused by a server that closed the line before it had the whole body.
                found = self._writer_of(key)
                if found is not None:
                    return found == writer
                if tries == TRIES - 1:
                    raise explain(self.place, error) from error
        raise AssertionError

    def put(self, key: str, data: bytes) -> None:
        """Writes or replaces."""
        self._call(lambda: self.client.put_object(**self._at(key), Body=data))

    def age(self, key: str) -> float | None:
        """Seconds since the object was written, or None when there is none."""
        head = self._head(key)
        return None if head is None else time.time() - head["LastModified"].timestamp()

    def upload(self, key: str, path: str) -> None:
        """In parts, several at once; boto3 adds a CRC32 to each. A part that fails is sent again, not the whole."""
        size = os.path.getsize(path)
        begun = self._call(lambda: self.client.create_multipart_upload(**self._at(key), ChecksumAlgorithm="CRC32"))
        upload = {**self._at(key), "UploadId": begun["UploadId"]}

        def send(number: int) -> dict[str, Any]:
            with open(path, "rb") as file:
                file.seek((number - 1) * PART_BYTES)
                body = file.read(PART_BYTES)
            answer = self._call(lambda: self.client.upload_part(**upload, PartNumber=number, Body=body, ChecksumAlgorithm="CRC32"))
            return {"PartNumber": number, "ETag": answer["ETag"], "ChecksumCRC32": answer["ChecksumCRC32"]}

        try:
            parts = list(self._parts.map(send, range(1, max(1, -(-size // PART_BYTES)) + 1)))
            self._call(lambda: self.client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts}))
        except BaseException:
            try:
                self.client.abort_multipart_upload(**upload)
            except (BotoCoreError, ClientError):
                pass  # a rule of the bucket removes what is left of uploads; why this one failed matters more
            raise

    def list(self, prefix: str) -> list[str]:
        """Keys directly under the prefix, ascending; deeper ones as prefixes."""
        found = []
        for page in self._pages(prefix, Delimiter="/"):
            found += [each["Key"] for each in page.get("Contents", [])] + [each["Prefix"] for each in page.get("CommonPrefixes", [])]
        return sorted((each[len(self.place.prefix) :] for each in found), key=str.encode)

    def sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Every key under the prefix with its size, ascending."""
        for page in self._pages(prefix):
            for each in page.get("Contents", []):
                yield each["Key"][len(self.place.prefix) :], each["Size"]

    # ------------------------------------------------------------ requests

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self.place.bucket, "Key": self.place.prefix + key}

    def _pages(self, prefix: str, **more: str) -> Iterator[dict[str, Any]]:
        request: dict[str, str] = {"Bucket": self.place.bucket, "Prefix": self.place.prefix + prefix, **more}
        while True:
            page = self._call(lambda: self.client.list_objects_v2(**request))
            yield page
            if not page.get("IsTruncated"):
                return
            request["ContinuationToken"] = page["NextContinuationToken"]

    def _writer_of(self, key: str) -> str | None:
        head = self._head(key)
        return None if head is None else head["Metadata"].get(WRITER, "")

    def _head(self, key: str) -> dict[str, Any] | None:
        try:
            return self._try(lambda: self.client.head_object(**self._at(key)))
        except ClientError as error:
            if status_of(error) == 404:
                return None
            raise explain(self.place, error) from error

    def _call(self, work: Callable[[], T]) -> T:
        try:
            return self._try(work)
        except (ClientError, HTTPClientError) as error:
            raise explain(self.place, error) from error

    def _try(self, work: Callable[[], T]) -> T:
        """ClientError and HTTPClientError are for the caller; anything else boto3 has to say is about credentials or settings."""
        try:
            return work()
        except (ClientError, HTTPClientError):
            raise
        except BotoCoreError as error:
            raise explain(self.place, error) from error


def status_of(error: ClientError) -> int:
    """The HTTP status of an answer."""
    return error.response["ResponseMetadata"]["HTTPStatusCode"]


def name_of(error: ClientError) -> str:
    """S3's name for what went wrong."""
    return error.response["Error"].get("Code", "")
