"""Headwater in JupyterLab and Notebook: the front-end extension, and the engine behind Jupyter's own proxy."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "@headwater/jupyterlab"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "headwater_jupyterlab"}]


def _load_jupyter_server_extension(server: Any) -> None:
    from jupyter_server.utils import url_path_join

    from headwater_jupyterlab import proxy
    from headwater_jupyterlab.trouble import TroubleHandler

    proxy.server = server
    server.web_app.add_handlers(".*$", [(url_path_join(server.base_url, "headwater-trouble"), TroubleHandler)])
