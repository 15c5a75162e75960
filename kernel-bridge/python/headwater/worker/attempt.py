"""One attempt: load what the step reads, run its cells, save what it changed."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from headwater.previews.make import preview
from headwater.state.process import ProcessState
from headwater.values.session import Session
from headwater.worker import effects, failure
from headwater.worker.channel import Channel
from headwater.worker.cost import Stopwatch
from headwater.worker.dotted import dotted_imports
from headwater.worker.effects import Effects
from headwater.worker.lazy import Lazy
from headwater.worker.output import OutputLog, Silence
from headwater.worker.shell.base import Cell, Shell
from headwater.worker.stamps import stamp_all
from headwater.worker.streams import Cursor, redirect

EMPTY_DELTA: dict[str, Any] = {
    "reads": {}, "readUnits": {}, "based": {}, "binds": {}, "units": {}, "unbinds": [], "tombstones": {}, "imports": [],
}


class Attempt:
    """Runs in a task process; a parked process runs several, one after the other."""

    def __init__(self, start: dict[str, Any], hello: dict[str, Any], process: Process) -> None:
        self.start, self.hello, self.process = start, hello, process
        self.id: str = start["id"]
        self.cells = [Cell(each["index"], each["number"], each["source"]) for each in start["cells"]]
        self.watch = Stopwatch()
        self.began = time.time()
        self.warnings: list[str] = []
        self.world: dict[str, Any] = start["world"]

    # ------------------------------------------------------------ the course of it

    def execute(self) -> bool:
        """The whole attempt; -> whether the process has to stay."""
        wants = self._load()
        if wants:
            self._report("elsewhere", wants=wants)
            return False
        self.watch.lap("load")
        self.process.channel.send({"type": "began", "id": self.id, "pid": os.getpid(), **self._reads()})
        error = self._run_cells()
        self.watch.lap("run")
        return self._finish(error)

    def _load(self) -> list[str]:
        """Makes the namespace what the step expects; -> names that live in another process only."""
        session, state, start = self.process.session, self.process.state, self.start
        session.set_world(values_of(self.world))
        session.imports |= dotted_imports(self.process.shell, self.cells)
        session.load([name for name in self.world["names"] if name.startswith("%")])
        state.start(dict(session.state))
        session.reads.clear()
        if start["everything"]:
            session.load_everything()
        elif start["openness"] == "open":
            self.process.lazy.open(start)
        else:
            session.load([*start["reads"], *start["deletes"]])
            session.close_over()
        return sorted(session.wanted)

    def _run_cells(self) -> BaseException | None:
        log = Silence() if self.start["replays"] else OutputLog(lambda: self.process.store.open_output(self.id), self.began)
        cursor = Cursor(log, self.process.channel.drain)
        redirect(cursor)
        shell = self.process.shell
        shell.attach(cursor)
        threads = set(threading.enumerate())
        self.process.effects.watch()
        try:
            for cell in self.cells:
                cursor.cell, cursor.number = cell.index, cell.number
                self.process.channel.send({"type": "cell", "cell": cell.index})
                if cell.index in self.start["writers"] and not self.process.turn:
                    self.process.effects.declare("a write that Python does not announce")
                error = shell.run(cell)
                if error is not None:
                    return error
            return None
        finally:
            cursor.flush()
            self.process.effects.rest()
            shell.attach(None)
            self._warn_of_threads(threads)

    def _finish(self, error: BaseException | None) -> bool:
        session, lazy = self.process.session, self.process.lazy
        if session.wanted:
            self._report("elsewhere", wants=sorted(session.wanted))
            return False
        unloaded = lazy.unloaded(self.world)
        lazy.close()
        if error is not None and not self.start["everything"] and not self.start["replays"] and failure.may_miss_names(error, unloaded):
            self._report("again")
            return False
        session.state.update(self.process.state.changed())
        saved = session.save(self._user_names())
        self.watch.lap("save")
        delta = self._complete(saved.delta)
        failed = None if error is None else failure.describe(error, self.process.shell)
        outcome = "done" if error is None else "failed"
        cost = self.watch.cost()
        if not self.start["replays"]:
            self._write_manifest(outcome, saved, delta, failed, cost)
        parked = bool(delta["tombstones"]) or self._holds_tombstones()
        self._report(outcome, delta=delta, failure=failed, parked=parked, cost=cost)
        return parked

    # ------------------------------------------------------------ parts

    def _user_names(self) -> list[str]:
        own = self.process.shell.own_names()
        main = self.process.shell.main.__dict__
        return [name for name, value in main.items() if not (name in own and own[name] is value) and not is_noise(name)]

    def _reads(self) -> dict[str, Any]:
        session = self.process.session
        reads: dict[str, Any] = dict(session.reads)
        names = self.world["names"]
        for name in self.process.state.read():
            reads[name] = names[name][0] if name in names else None
        reads.update(effects.file_versions(self.world, self.process.effects.read))
        return {"reads": reads, "readUnits": dict(session.read_units)}

    def _complete(self, delta: dict[str, Any]) -> dict[str, Any]:
        """The values' changes, with process state read and files written as names of their own."""
        binds = dict(delta["binds"])
        for file in self.process.effects.written:
            binds[f"file:{file}"] = [self.id, ""]
        return {**delta, **self._reads(), "binds": binds}

    def _holds_tombstones(self) -> bool:
        return any(version in self.process.ran for version in (each["version"] for each in self.world["tombstones"].values()))

    def _write_manifest(self, outcome: str, saved: Any, delta: dict[str, Any], failed: Any, cost: dict[str, Any]) -> None:
        namespace = {**self.process.shell.main.__dict__, **self.process.session.state}
        artifacts = {name: {**facts, "preview": preview(namespace.get(name)) if not name.startswith("%") else None} for name, facts in saved.artifacts.items()}
        self.process.store.write_manifest(self.id, {
            "format": 1, "attempt": self.id, "outcome": outcome, "began": int(self.began * 1000), "ended": int(time.time() * 1000),
            "delta": delta, "artifacts": artifacts, "groups": saved.groups, "files": self._files(), "modules": self.process.modules(),
            "failure": failed, "warnings": self.warnings, "cost": cost, "origin": None,
        })

    def _files(self) -> dict[str, dict[str, str]]:
        seen, folder = self.process.effects, self.hello["folder"]
        return {"read": stamp_all(seen.read, folder), "written": stamp_all(seen.written, folder)}

    def _warn_of_threads(self, before: set[threading.Thread]) -> None:
        mine = [t for t in threading.enumerate() if t not in before and t.is_alive() and not t.daemon]
        if mine:
            self.warnings.append(f"still running when the step ended: {', '.join(sorted(t.name for t in mine))}")

    def _report(self, outcome: str, **parts: Any) -> None:
        self.process.channel.send({
            "type": "executed", "id": self.id, "outcome": outcome, "wants": [], "delta": {**EMPTY_DELTA, **self._reads()}, "failure": None,
            "files": self._files(), "warnings": self.warnings, "parked": False, "effect": self.process.effects.happened,
            "cost": self.watch.cost(), "origin": None, **parts,
        })


def values_of(world: dict[str, Any]) -> dict[str, Any]:
    """The world as the value layer knows it: files are names too, but hold no value."""
    return {**world, "names": {name: slot for name, slot in world["names"].items() if not name.startswith("file:")}}


def is_noise(name: str) -> bool:
    """Names a shell makes by itself: `_`, `_3`, `_i3`, `In`, `Out`, dunder names of the module."""
    if name in ("In", "Out", "__builtins__", "__builtin__", "__name__", "__doc__", "__package__", "__loader__", "__spec__"):
        return True
    rest = name.strip("_")
    return name.startswith("_") and (rest == "" or rest in ("i", "ii", "iii", "ih", "oh", "dh") or rest.lstrip("i").isdigit())


class Process:
    """What one task process holds from attempt to attempt."""

    def __init__(self, hello: dict[str, Any], channel: Channel, shell: Shell, store: Any) -> None:
        self.hello, self.channel, self.shell, self.store = hello, channel, shell, store
        self.session: Session
        self.state = ProcessState(hello["folder"])
        self.lazy: Lazy
        self.effects = Effects(hello["folder"], hello["store"], self._hold)
        self.turn = False
        self.ran: list[str] = []
        self.current: Attempt | None = None

    def run(self, start: dict[str, Any]) -> bool:
        """One attempt here; -> whether the process stays."""
        self.turn = start["turn"]
        self.ran.append(start["replays"] or start["id"])
        self.current = Attempt(start, self.hello, self)
        if len(self.ran) == 1:
            self.session = Session(self.store, start["id"], self.shell.main)
            self.lazy = Lazy(self.session, self.shell.main)
        else:
            self.effects.renew()
            self.session.refresh(values_of(start["world"]), start["id"])
        return self.current.execute()

    def modules(self) -> dict[str, str]:
        """Modules of the project that were imported here: path relative to the project, sha256 of the source."""
        from headwater.worker.modules import local_modules

        return local_modules(self.hello["project"])

    def _hold(self, effect: str) -> None:
        if self.turn or self.current is None:
            return
        attempt = self.current
        answer = self.channel.ask({"type": "held", "id": attempt.id, "effect": effect, **attempt._reads()})
        attempt.world = answer["world"]
        self.session.set_world(values_of(answer["world"]))
        self.turn = True
