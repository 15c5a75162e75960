"""Credentials where pods and jobs find theirs, asked of servers that answer as Amazon's do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from headwater.store.carrier.credentials import OTHER_WAYS, find_credentials
from headwater.store.carrier.sign import Keys

ROLE = """<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
<SessionToken>tok/en==</SessionToken><SecretAccessKey>secret</SecretAccessKey><Expiration>2999-01-01T00:00:00Z</Expiration>
<AccessKeyId>ASIA1</AccessKeyId></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"""
CONTAINER = '{"AccessKeyId": "ASIA2", "SecretAccessKey": "secret", "Token": "token", "Expiration": "%s"}'


class Amazon:
    """Answers what it is told to, one answer after the other; remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, str]] = []
        self.asked: list[tuple[str, str, str | None]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
                outer.asked.append((self.path, body, self.headers.get("authorization")))
                status, text = outer.answers.pop(0)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(text.encode())

            do_POST = do_GET

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def amazon(monkeypatch: pytest.MonkeyPatch) -> Iterator[Amazon]:
    for name in (*OTHER_WAYS, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    found = Amazon()
    yield found
    found.server.shutdown()
    found.server.server_close()


def test_variables_go_before_everything(amazon: Amazon, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", amazon.url)):
        monkeypatch.setenv(name, value)
    keys = find_credentials(None)
    assert keys is not None and keys() == Keys("AKIA", "s", None)


def test_a_pods_token_is_traded_for_its_role(amazon: Amazon, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("of the pod\n")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::1:role/cells")
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", amazon.url)
    amazon.answers += [(500, ""), (200, ROLE)]
    keys = find_credentials("eu-west-1")
    assert keys is not None and keys() == keys() == Keys("ASIA1", "secret", "tok/en==")
    assert [body for _, body, _ in amazon.asked] == [
        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fcells"
        "&RoleSessionName=headwater&WebIdentityToken=of+the+pod"
    ] * 2


def test_a_containers_endpoint_is_asked_again_before_they_expire(amazon: Amazon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{amazon.url}/v1?role=x")
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "word")
    amazon.answers += [(200, CONTAINER % "2001-01-01T00:00:00Z"), (200, CONTAINER % "2999-01-01T00:00:00Z")]
    keys = find_credentials(None)
    assert keys is not None
    assert [keys().access for _ in range(3)] == ["ASIA2"] * 3
    assert amazon.asked == [("/v1?role=x", "", "word")] * 2


@pytest.mark.parametrize("name", OTHER_WAYS)
def test_what_takes_an_sdk_is_left_to_it(amazon: Amazon, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIA")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
    monkeypatch.setenv(name, "x")
    assert find_credentials(None) is None
