"""One cell in a process of its own: what a worker does with a session, and no more."""

from __future__ import annotations

import ast
import builtins
import os
import re
import sys
from typing import Any

from headwater.store.disk import DiskStore
from headwater.values import Session
from headwater.values.namespace import persons_names
from tests.values.helpers.describe import describe
from tests.values.helpers.shell import STATE, restore_state, take_state

OPAQUE = {
    *("globals", "locals", "vars", "dir", "exec", "eval", "inspect", "sys", "timeit", "query", "get_ipython", "_getframe", "importlib"),
    *("gc", "builtins", "__main__", "__builtins__", "__subclasses__"),
}
"""Names whose use looks at the namespace as a whole."""


class LazyBuiltins(dict):
    fetch: Any = None

    def __missing__(self, name: str) -> Any:
        return self.namespace[name] if self.fetch(name) else vars(builtins)[name]  # type: ignore[attr-defined]


class Step:
    """A process for cells; a parked one runs several."""

    def __init__(self, shell: Any, root: str) -> None:
        self.shell, self.main = shell, shell.user_module
        self.initial = dict(vars(self.main))
        self.store = DiskStore(root, "run")
        self.session: Session | None = None

    def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """`mode`: everything, closed or lazy. → outcome, delta; the manifest is in the store."""
        world, cell, attempt = request["world"], request["cell"], request["attempt"]
        if self.session is None:
            self.session = Session(self.store, attempt, self.main)
            self.session.set_world(world)
        else:
            self.session.refresh(world, attempt)
        session = self.session
        session.load(STATE)
        restore_state(session.state)
        reads, deletes, opaque, imports = self.predict(cell)
        self.import_again(cell, world["imports"])
        everything = request["mode"] == "everything" or opaque or bool(request.get("everything"))
        if everything:
            session.load_everything()
        elif request["mode"] == "closed":
            hiding = {name for name in world["names"] if name in vars(builtins)}
            session.load(sorted(reads | deletes | hiding | set(session.finalizing(world["names"]))))
            session.close_over()
        else:
            self.open(world, deletes)
        if session.wanted:
            return {"outcome": "elsewhere", "wants": sorted(session.wanted)}
        error = self.execute(request)
        vars(self.main)["__builtins__"] = builtins
        if session.wanted:
            return {"outcome": "elsewhere", "wants": sorted(session.wanted)}
        if error and not everything:
            return {"outcome": "again"}
        session.imports |= {name for name in imports if name in sys.modules}
        session.state.update(take_state())
        saved = session.save(persons_names(vars(self.main), self.initial))
        self.store.write_manifest(attempt, {"groups": saved.groups, "artifacts": saved.artifacts, "delta": saved.delta})
        return {
            "outcome": "done", "error": error, "delta": saved.delta, "counts": saved.counts, "artifacts": saved.artifacts,
            "parked": bool(session.stones),
        }  # fmt: skip

    def open(self, world: dict[str, Any], deletes: set[str]) -> None:
        session = self.session
        assert session is not None
        hiding = {name for name in world["names"] if name in vars(builtins) or name == "__annotations__"}
        session.load(sorted(hiding | deletes | set(session.finalizing(world["names"]))), companions_read=True)
        hook = LazyBuiltins(vars(builtins))
        hook.fetch = lambda name: bool(session.load([name], companions_read=True))
        hook.namespace = vars(self.main)  # type: ignore[attr-defined]
        vars(self.main)["__builtins__"] = hook

    def execute(self, request: dict[str, Any]) -> Any:
        self.shell.execution_count = request["number"]
        for number, source in enumerate(request["earlier"], 1):
            self.shell.compile.cache(self.shell.transform_cell(source), number, source)
        redirect(request["out"])
        result = self.shell.run_cell(request["cell"], store_history=True)
        sys.stdout.flush()
        sys.stderr.flush()
        error = result.error_before_exec or result.error_in_exec
        return [type(error).__name__, str(error)] if error else None

    def predict(self, cell: str) -> tuple[set[str], set[str], bool, set[str]]:
        """Reads, deletes, whether it looks at the namespace as a whole, dotted imports."""
        reads, deletes, imports = set(), set(), set()
        try:
            tree = ast.parse(self.shell.transform_cell(cell))
        except SyntaxError:
            return reads, deletes, True, imports
        opaque = bool(re.search(r"^\s*[%!]|=\s*[%!]", cell, re.M))
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                (deletes if isinstance(node.ctx, ast.Del) else reads).add(node.id)
                opaque = opaque or node.id in OPAQUE
            elif isinstance(node, ast.Attribute):
                opaque = opaque or node.attr in OPAQUE
            elif isinstance(node, ast.Global):
                reads.update(node.names)
            elif isinstance(node, ast.Import):
                imports.update(a.name for a in node.names if "." in a.name)
                opaque = opaque or any(a.name in OPAQUE for a in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                imports.update((node.module, *(f"{node.module}.{a.name}" for a in node.names)))
                opaque = opaque or any(a.name == "*" for a in node.names)
        return reads, deletes, opaque, {name for name in imports if "." in name}

    def import_again(self, cell: str, imports: list[str]) -> None:
        """`import xml.etree` binds `xml`, of which an earlier step had imported other parts."""
        roots = set(re.findall(r"^\s*import (\w+)", cell, re.M))
        for name in imports:
            if name.split(".")[0] in roots:
                try:
                    __import__(name)
                except ImportError:
                    pass


def view(shell: Any, request: dict[str, Any]) -> Any:
    """What one more process finds in the store."""
    main = shell.user_module
    session = Session(DiskStore(request["root"], "run"), "view.0", main)
    session.set_world(request["world"])
    session.load(STATE)
    restore_state(session.state)
    initial = dict(vars(main))
    away = session.slots.bound_elsewhere(set())
    session.load(name for name in request["world"]["names"] if not name.startswith("%") and name not in away)
    return {"namespace": describe(vars(main), [n for n in persons_names(vars(main), initial) if n not in away], vars(main))}


def plain(shell: Any, request: dict[str, Any]) -> Any:
    """The truth: all cells in one process, the namespace described after each."""
    main = shell.user_module
    initial, steps = dict(vars(main)), []
    for number, cell in enumerate(request["cells"], 1):
        shell.execution_count = number
        redirect(f"{request['out']}.{number}")
        result = shell.run_cell(cell, store_history=True)
        sys.stdout.flush()
        error = result.error_before_exec or result.error_in_exec
        without = set(request.get("dead", {}).get(str(number), []))
        names = [n for n in persons_names(vars(main), initial) if n not in without]
        steps.append({"error": [type(error).__name__, str(error)] if error else None, "names": sorted(names), "namespace": None})
        if request.get("describe", True):
            steps[-1]["namespace"] = describe(vars(main), names, vars(main))
        if error:
            break
    return {"steps": steps}


def redirect(path: str) -> None:
    for fd, end in ((1, ".out"), (2, ".err")):
        handle = os.open(path + end, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.dup2(handle, fd)
        os.close(handle)
    sys.stdout.reconfigure(write_through=True)  # type: ignore[union-attr]
    sys.stderr.reconfigure(write_through=True)  # type: ignore[union-attr]
