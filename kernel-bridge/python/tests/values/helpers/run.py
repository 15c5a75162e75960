"""Steps as plain code in forked processes, one store between them: for tests of what a save says."""

from __future__ import annotations

import contextlib
import io
import json
import linecache
import os
import sys
import traceback
import types
from typing import Any

from headwater.store.disk import DiskStore
from headwater.values import Session
from tests.values.helpers.notebook import commit, new_world


class Run:
    """A run whose steps a test writes down. `world` is what is committed."""

    def __init__(self, folder: Any) -> None:
        self.root, self.world = str(folder), new_world()

    def step(self, attempt: str, code: str, load: Any = "all", world: Any = None, committed: bool = True) -> dict[str, Any]:
        """Runs `code` in a process of its own; -> delta, groups, artifacts, bound, wanted, printed, error."""
        with Process(self.root) as process:
            answer = process.ask(attempt, code, load, world or self.world)
        if committed and "delta" in answer:
            self.world = commit(self.world, answer["delta"])
        return answer

    def see(self, expression: str, load: Any = "all") -> Any:
        """The value of an expression in one more process."""
        return json.loads(self.step("see.0", f"import json as _j\nprint(_j.dumps({expression}))", load, committed=False)["printed"])


class Process:
    """A forked process that runs attempts, one after the other as a parked one does."""

    def __init__(self, root: str) -> None:
        (here, self._to), (self._from, there) = os.pipe(), os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(self._to)
            os.close(self._from)
            try:
                _serve(root, os.fdopen(here), os.fdopen(there, "w"))
            finally:
                os._exit(0)
        os.close(here)
        os.close(there)
        self._in, self._out = os.fdopen(self._to, "w"), os.fdopen(self._from)

    def ask(self, attempt: str, code: str, load: Any, world: Any, **how: bool) -> dict[str, Any]:
        """`replay`: nothing it saves counts. `after_replay`: what ran before in this process was one."""
        self._in.write(json.dumps({"attempt": attempt, "code": code, "load": load, "world": world, **how}) + "\n")
        self._in.flush()
        line = self._out.readline()
        assert line, "the process died"
        answer = json.loads(line)
        assert "crash" not in answer, answer["crash"]
        return answer

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *error: Any) -> None:
        self._in.close()
        self._out.close()
        os.waitpid(self.pid, 0)


def _serve(root: str, requests: Any, answers: Any) -> None:
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    store = DiskStore(root, "run")
    session: Session | None = None
    for line in requests:
        request = json.loads(line)
        try:
            if session is None:
                session = Session(store, request["attempt"], main)
                session.set_world(request["world"])
            else:
                session.refresh(request["world"], request["attempt"], request.get("after_replay", False))
            answer = _attempt(session, store, request)
        except BaseException as error:
            answer = {"crash": "".join(traceback.format_exception(type(error), error, error.__traceback__))}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _attempt(session: Session, store: DiskStore, request: dict[str, Any]) -> dict[str, Any]:
    bound: list[str] = []
    if request["load"] == "all":
        session.load_everything()
    elif request["load"] is not None:
        bound = session.load(request["load"])
    if session.wanted:
        return {"wanted": sorted(session.wanted), "reads": session.reads}
    cell, printed, error = f"<cell {request['attempt']}>", io.StringIO(), None
    linecache.cache[cell] = len(request["code"]), None, request["code"].splitlines(True), cell
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(request["code"], cell, "exec"), vars(session.main))
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
    saved = session.save()
    if not request.get("replay"):
        store.write_manifest(request["attempt"], {"groups": saved.groups, "artifacts": saved.artifacts, "delta": saved.delta})
    return {
        "delta": saved.delta, "groups": saved.groups, "artifacts": saved.artifacts, "counts": saved.counts,
        "bound": bound, "wanted": [], "printed": printed.getvalue(), "error": error,
    }  # fmt: skip
