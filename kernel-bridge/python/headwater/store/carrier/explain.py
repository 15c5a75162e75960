"""What S3 or the way to it says when it does not work, as a sentence (packages/engine/src/store/s3/explain.ts)."""

from __future__ import annotations

from headwater.store.carrier.objects import StoreTrouble
from headwater.store.place import S3Place

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
    "SlowDown": "asks for fewer requests than a run needs",
    "ServiceUnavailable": "is out of service",
    "InternalError": "is out of service",
}


def explain(place: S3Place, error: Exception) -> StoreTrouble:
    """The error as a sentence that names the store and where it was looked for."""
    code = getattr(error, "response", {}).get("Error", {}).get("Code", "") or type(error).__name__
    return StoreTrouble(f"the store {place} {SAYINGS.get(code, f'cannot be used: {error}')}")
