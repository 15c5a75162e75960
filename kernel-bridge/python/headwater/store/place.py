"""Where a store is: the same reading of a URL as in the engine (packages/engine/src/store/s3/s3-url.ts)."""

from __future__ import annotations

import os
from typing import NamedTuple
from urllib.parse import parse_qs


class S3Place(NamedTuple):
    """`prefix` is empty or ends in a slash; `endpoint` and `region` are None where the SDK's own chain decides."""

    bucket: str
    prefix: str
    endpoint: str | None
    region: str | None
    path_style: bool

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/") + (f" at {self.endpoint}" if self.endpoint else "")


def is_remote(url: str) -> bool:
    """A URL, not a folder of this machine."""
    return "://" in url


def parse_s3_url(url: str) -> S3Place:
    """`s3://bucket/prefix?endpoint=…&region=…&path-style=1`. Raises ValueError for anything else."""
    if not url.startswith("s3://"):
        raise ValueError(f"{url} is no place a store can be; a store is a folder, or s3://bucket/prefix")
    rest, _, query = url[len("s3://") :].partition("?")
    bucket, _, path = rest.partition("/")
    settings = {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}
    key = "/".join(part for part in path.split("/") if part)
    named = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    endpoint = settings.get("endpoint") or named
    style = settings.get("path-style")
    path_style = style not in ("0", "false") if style is not None else endpoint is not None and ".amazonaws.com" not in endpoint
    region = settings.get("region") or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    return S3Place(bucket, f"{key}/" if key else "", endpoint, region or ("us-east-1" if endpoint else None), path_style)
