"""What S3 or the way to it says when it does not work, as a sentence (packages/engine/src/store/s3/explain.ts)."""

from __future__ import annotations

from headwater.store.carrier.objects import StoreTrouble
from headwater.store.place import S3Place

TEXT_CHARS = 500

SAYINGS = {
    "NoSuchBucket": "is in a bucket that does not exist",
    "AccessDenied": "may not be used with these credentials",
    "403": "may not be used with these credentials",
    "InvalidAccessKeyId": "does not know these credentials",
    "XAdminUserNotFound": "does not know these credentials",
    "SignatureDoesNotMatch": "refuses the signature: the secret key is wrong",
    "ExpiredToken": "refuses the credentials: they have expired",
    "RequestTimeTooSkewed": "refuses requests of this machine: its clock is wrong",
    "PermanentRedirect": "is in another region",
    "NoCredentialsError": "cannot be opened: there are no credentials",
    "NoRegionError": "cannot be opened: no region is known",
    "EndpointConnectionError": "cannot be reached: nothing answers at its endpoint",
    "ConnectTimeoutError": "does not answer in time",
    "ReadTimeoutError": "does not answer in time",
    "ConnectionClosedError": "cannot be reached: connections to it break off",
    "IncompleteReadError": "cannot be reached: connections to it break off",
    "ResponseStreamingError": "cannot be reached: connections to it break off",
    "ConnectionRefusedError": "cannot be reached: nothing answers at its endpoint",
    "gaierror": "cannot be reached: its endpoint has no address",
    "TimeoutError": "does not answer in time",
    "timeout": "does not answer in time",
    "ConnectionResetError": "cannot be reached: connections to it break off",
    "BrokenPipeError": "cannot be reached: connections to it break off",
    "RemoteDisconnected": "cannot be reached: connections to it break off",
    "Cut": "cannot be reached: connections to it break off",
    "SlowDown": "asks for fewer requests than a run needs",
    "ServiceUnavailable": "is out of service",
    "InternalError": "is out of service",
}


def explain_text(place: S3Place, text: str) -> StoreTrouble:
    """The same of a client that gives no codes: S3's own stand in what it says."""
    sayings = {**SAYINGS, "Connection refused": SAYINGS["EndpointConnectionError"], "operation timed out": SAYINGS["ReadTimeoutError"]}
    found = next((saying for code, saying in sayings.items() if not code.isdigit() and code in text), None)
    return StoreTrouble(f"the store {place} {found or f'cannot be used: {text[:TEXT_CHARS]}'}")


def explain(place: S3Place, error: Exception) -> StoreTrouble:
    """The error as a sentence that names the store and where it was looked for."""
    code = getattr(error, "code", "") or getattr(error, "response", {}).get("Error", {}).get("Code", "") or type(error).__name__
    return StoreTrouble(f"the store {place} {SAYINGS.get(code, f'cannot be used: {error}')}")
