"""Credentials where pods and jobs find theirs: variables, a role's token, the machine's endpoint for containers. All else takes an SDK."""

from __future__ import annotations

import json
import os
import re
import time
from http.client import HTTPConnection, HTTPSConnection
from typing import Callable
from urllib.parse import urlencode, urlsplit

from headwater.store.carrier.sign import Keys

TIMEOUT_SECONDS = 5.0
TRIES = 4
EARLY_SECONDS = 300.0
"""Renewed so long before they expire: an upload that has begun must be able to end."""

UNKNOWN_SECONDS = 900.0
"""Of what does not say when it expires."""

CONTAINERS = "http://169.254.170.2"
"""Amazon's endpoint for containers, relative to which a variable says where."""

OTHER_WAYS = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
"""What only an SDK knows how to follow."""

Lent = tuple[Keys, float]


def find_credentials(region: str | None) -> Callable[[], Keys] | None:
    """What gives credentials that hold now, or None where none of the three places has any."""
    env = os.environ
    if any(env.get(name) for name in OTHER_WAYS):
        return None
    if env.get("AWS_ACCESS_KEY_ID") and env.get("AWS_SECRET_ACCESS_KEY"):
        keys = Keys(env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"], env.get("AWS_SESSION_TOKEN"))
        return lambda: keys
    if env.get("AWS_WEB_IDENTITY_TOKEN_FILE") and env.get("AWS_ROLE_ARN"):
        return Renewed(lambda: take_role(region))
    if env.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") or env.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"):
        return Renewed(ask_container)
    return None


class Renewed:
    """Asks again before they expire."""

    def __init__(self, ask: Callable[[], Lent]) -> None:
        self._ask = ask
        self._keys: Keys | None = None
        self._until = 0.0

    def __call__(self) -> Keys:
        """Those that hold now."""
        if self._keys is None or time.time() > self._until - EARLY_SECONDS:
            self._keys, self._until = self._ask()
        return self._keys


def take_role(region: str | None) -> Lent:
    """Trades the pod's own token for credentials of its role."""
    env = os.environ
    with open(env["AWS_WEB_IDENTITY_TOKEN_FILE"]) as file:
        token = file.read().strip()
    asked = {
        "Action": "AssumeRoleWithWebIdentity",
        "Version": "2011-06-15",
        "RoleArn": env["AWS_ROLE_ARN"],
        "RoleSessionName": env.get("AWS_ROLE_SESSION_NAME") or "headwater",
        "WebIdentityToken": token,
    }
    place = env.get("AWS_ENDPOINT_URL_STS") or (f"https://sts.{region}.amazonaws.com" if region else "https://sts.amazonaws.com")
    text = _fetch("POST", f"{place}/", {"content-type": "application/x-www-form-urlencoded"}, urlencode(asked))
    found = {name: _element(text, name) for name in ("AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration")}
    return _lent(found, "SessionToken")


def ask_container() -> Lent:
    """Asks the endpoint that the machine has for its containers."""
    env = os.environ
    relative = env.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
    url = f"{CONTAINERS}{relative}" if relative else env["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
    token = env.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")
    if env.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"):
        with open(env["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]) as file:
            token = file.read().strip()
    return _lent(json.loads(_fetch("GET", url, {"authorization": token} if token else {}, None)), "Token")


def _lent(found: dict[str, str], token: str) -> Lent:
    expires = found.get("Expiration")
    until = time.time() + UNKNOWN_SECONDS if not expires else _seconds(expires)
    return Keys(found["AccessKeyId"], found["SecretAccessKey"], found.get(token)), until


def _seconds(stamp: str) -> float:
    from calendar import timegm

    return float(timegm(time.strptime(stamp[:19], "%Y-%m-%dT%H:%M:%S")))


def _element(text: str, name: str) -> str:
    found = re.search(f"<{name}>(.*?)</{name}>", text, re.DOTALL)
    if found is None:
        raise OSError(f"the answer about credentials has no {name}")
    return found.group(1).strip()


def _fetch(method: str, url: str, headers: dict[str, str], body: str | None) -> str:
    place = urlsplit(url)
    connect = HTTPSConnection if place.scheme == "https" else HTTPConnection
    for tries in range(TRIES):
        line = connect(place.netloc, timeout=TIMEOUT_SECONDS)
        try:
            line.request(method, place.path + (f"?{place.query}" if place.query else ""), body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
            if answer.status == 200:
                return text
            raise OSError(f"credentials are refused at {place.netloc}: {answer.status} {text[:200]}")
        except OSError:
            if tries == TRIES - 1:
                raise
            time.sleep(0.2 * 2**tries)
        finally:
            line.close()
    raise AssertionError
