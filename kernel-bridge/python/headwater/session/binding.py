"""Binding artifacts of runs in a person's namespace."""

from __future__ import annotations

import sys
import time
import types
from importlib.util import find_spec
from typing import Any

from headwater.client.data import Data, NotStored
from headwater.client.locate import StoreError
from headwater.session.figures import show_as_pictures
from headwater.values.errors import CannotLoad, OtherPython

_FOUND = (KeyError, NotStored, StoreError, CannotLoad, OtherPython, OSError, ValueError)


def handle(namespace: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    """`do` is load, load-run or restore. The answer's `status` is ok, failed, or taken: names are bound already and nothing was changed."""
    began = time.perf_counter()
    try:
        import headwater

        headwater.use(request["store"])
        wanted = _load_one(request) if request["do"] == "load" else _load_all(namespace, request)
    except _FOUND as error:
        return _describe(error, request)
    if "status" in wanted:
        return wanted
    values: dict[str, Any] = wanted["values"]
    taken = [name for name in values if name in namespace and namespace[name] is not values[name]]
    if taken and not request["overwrite"]:
        return {"status": "taken", "names": [{"name": name, "was": _type(namespace[name]), "will": _type(values[name])} for name in taken]}
    namespace.update(values)
    show_as_pictures(values.values())
    bound = [{"name": name, "type": _type(value)} for name, value in values.items()]
    return {"status": "ok", "bound": bound, "skipped": wanted.get("skipped", []), "ms": round((time.perf_counter() - began) * 1000, 1)}


def _load_one(request: dict[str, Any]) -> dict[str, Any]:
    from headwater.client.branches import is_list, load_list
    from headwater.client.task import Task

    task, _, name = request["path"].rpartition("/")
    if is_list(task):
        found = load_list(task, name)
        return {"values": {request["as"]: found.values}, "skipped": found.without}
    return {"values": {request["as"]: Task(task).data[name]}}


def _load_all(namespace: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    """All names of a moment together, so that what they share stays shared; functions are at home in the person's own namespace."""
    data = _moment(request)
    stored, lost = list(data), data.lost()
    taken = [name for name in stored if name in namespace]
    if taken and not request["overwrite"]:
        return {"status": "taken", "names": [{"name": name, "was": _type(namespace[name]), "will": None} for name in taken]}
    kept = {name: namespace.pop(name) for name in taken}
    try:
        return {"values": data.bind(_main_of(namespace), stored), "skipped": lost}
    except BaseException:
        for name in stored:
            namespace.pop(name, None)
        namespace.update(kept)
        raise


def _moment(request: dict[str, Any]) -> Data:
    if request["do"] == "load-run":
        from headwater.client.run import Run

        return Run(request["run"]).data
    from headwater.client.task import Task

    # A step's name, or one of its branches: `train[3]`, `train[lr=0.1]`.
    task = Task(f"{request['run']}/{request['step']}")
    return task.before if request["moment"] == "start" else task.data


def _main_of(namespace: dict[str, Any]) -> types.ModuleType:
    """The module whose dict the namespace is: `__main__` in every kernel, but its name is not to be relied on."""
    main = sys.modules.get("__main__")
    if main is not None and vars(main) is namespace:
        return main
    modules = list(sys.modules.values())
    return next((module for module in modules if getattr(module, "__dict__", None) is namespace), types.ModuleType("__main__"))


def _type(value: Any) -> str:
    return type(value).__name__


def _describe(error: BaseException, request: dict[str, Any]) -> dict[str, Any]:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ModuleNotFoundError):
        cause = cause.__cause__ or cause.__context__
    what = request.get("path", request.get("run", ""))
    if isinstance(cause, ModuleNotFoundError):
        return _describe_missing(cause.name or "a module", what, request)
    text = str(error.args[0] if error.args else error).rstrip(".")
    return {"status": "failed", "code": "cannot-load", "sentence": f"{what} cannot be loaded: {text}. Nothing was bound.", "hint": None}


def _describe_missing(name: str, what: str, request: dict[str, Any]) -> dict[str, Any]:
    """`install`: what pip is to be given, or null where it is for the person to find the module."""
    from headwater.session.missing import find_package

    top = name.partition(".")[0]
    # A version may lack a part only.
    module = top if find_spec(top) is None else name
    package = find_package("/".join(part for part in (what, request.get("step")) if part), top)
    failed = {"status": "failed", "code": "module-missing", "module": module}
    if package is None:
        sentence = f"{what} needs {module}, which the kernel does not have. Nothing was bound."
        hint = "No package of that name is known of the run: it may be a module of the project that is gone or stands elsewhere."
        return {**failed, "install": None, "sentence": sentence, "hint": hint}
    sentence = f"{what} needs {module}. Made with {package.version}; the kernel does not have it. Nothing was bound."
    hint = "Install it in the kernel's environment, then load again."
    return {**failed, "install": f"{package.name}=={package.version}", "sentence": sentence, "hint": hint}
