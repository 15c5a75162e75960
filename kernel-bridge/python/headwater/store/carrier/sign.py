"""Requests signed for S3: AWS Signature Version 4. Pure."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote

ALGORITHM = "AWS4-HMAC-SHA256"


class Keys(NamedTuple):
    """Credentials as they are now."""

    access: str
    secret: str
    token: str | None


class Request(NamedTuple):
    """What is signed; `path` is quoted, names of headers are in lower case."""

    method: str
    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


def quote_query(query: Mapping[str, str]) -> str:
    """As it is signed and sent."""
    return "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in sorted(query.items()))


def sign(request: Request, keys: Keys, region: str, stamp: str) -> dict[str, str]:
    """The headers to send, at the time `stamp`, `20130524T000000Z`. The body's hash is among what is signed, so the server compares it."""
    digest = sha256(request.body).hexdigest()
    headers = {**request.headers, "host": request.host, "x-amz-content-sha256": digest, "x-amz-date": stamp}
    if keys.token is not None:
        headers["x-amz-security-token"] = keys.token
    names = sorted(headers)
    lines = [f"{name}:{headers[name].strip()}" for name in names]
    canonical = "\n".join([request.method, request.path, quote_query(request.query), *lines, "", ";".join(names), digest])
    scope = f"{stamp[:8]}/{region}/s3/aws4_request"
    text = "\n".join([ALGORITHM, stamp, scope, sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{keys.secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    headers["authorization"] = f"{ALGORITHM} Credential={keys.access}/{scope}, SignedHeaders={';'.join(names)}, Signature={signature}"
    return headers
