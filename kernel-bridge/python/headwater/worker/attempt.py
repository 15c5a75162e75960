"""One attempt: load what the step reads, run its cells, save what it changed."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import threading
import time
from typing import TYPE_CHECKING, Any

from headwater.control import current
from headwater.control.secrets import mask_all
from headwater.control.take_apart import NotAList
from headwater.state.left_behind import LeftBehind
from headwater.values.saved import Saved
from headwater.worker import branch, effects, failure
from headwater.worker.annotations import NAME as ANNOTATIONS
from headwater.worker.annotations import uses_annotations
from headwater.worker.companions import still_running
from headwater.worker.cost import Stopwatch
from headwater.worker.dotted import dotted_imports, grown_packages
from headwater.worker.files import Files, FileTrouble
from headwater.worker.lazy_state import LazyState
from headwater.worker.manifest import SHOWN, build_manifest
from headwater.worker.modules import local_modules
from headwater.worker.output import OutputLog, Silence
from headwater.worker.replay import find_differences
from headwater.worker.shell.base import Cell
from headwater.worker.split import split
from headwater.worker.stamps import stamp_all
from headwater.worker.streams import Cursor, redirect, take_over
from headwater.worker.trees import parse_cells

if TYPE_CHECKING:
    from headwater.worker.process import Process

HISTORY = "%history"

EMPTY_DELTA: dict[str, Any] = {
    "reads": {},
    "readUnits": {},
    "based": {},
    "binds": {},
    "units": {},
    "unbinds": [],
    "tombstones": {},
    "imports": [],
    "finals": [],
}


class Attempt:
    """Runs in a task process; a parked process runs several, one after the other."""

    def __init__(self, start: dict[str, Any], process: Process) -> None:
        self.start, self.process = start, process
        self.id: str = start["id"]
        self.cells = [Cell(each["index"], each["number"], each["source"]) for each in start["cells"]]
        self.world: dict[str, Any] = start["world"]
        self.watch, self.began = Stopwatch(), time.time()
        self.warnings: list[str] = []
        self.files = Files(start, process)
        self.running = -1
        """Position of the cell at work."""

    def execute(self) -> bool:
        """The whole attempt; -> whether the process has to stay. What goes wrong outside the cells is a failure with a sentence too."""
        try:
            return self._execute()
        except FileTrouble as error:
            self.files.undo()
            return self._report("failed", failure=failure.of_engine("FileTrouble", f"{error}."))
        except Exception as error:
            return self._report("failed", failure=failure.describe_trouble(error, self.start["step"]))

    def _execute(self) -> bool:
        if self.start["split"] is not None:
            return self._split()
        wants = self._load()
        if wants:
            return self._report("elsewhere", wants=wants)
        self.files.prepare()
        current.current.checkpoint.sign(self._signature())
        self.watch.lap("load")
        self.process.channel.send({"type": "began", "id": self.id, "pid": os.getpid(), **self.reads()})
        error = self._run_cells()
        self.watch.lap("run")
        return self._finish(error)

    def move_on(self, world: dict[str, Any]) -> None:
        """The world as it is when a held attempt may go on."""
        self.world = world
        self.process.session.set_world(values_of(world))

    def reads(self) -> dict[str, Any]:
        """Every name, unit, state variable and file it depends on by now, in the version it saw."""
        process, names = self.process, self.world["names"]
        reads: dict[str, Any] = {name: version for name, version in process.session.reads.items() if not name.startswith("%")}
        reads.update((name, names[name][0] if name in names else None) for name in process.state.read())
        if self.start["history"]:
            reads[HISTORY] = names[HISTORY][0] if HISTORY in names else None
        reads.update(effects.file_versions(self.world, process.effects.read))
        return {"reads": reads, "readUnits": dict(process.session.read_units)}

    # ------------------------------------------------------------ before, during and after the cells

    def _load(self) -> list[str]:
        """Makes the namespace what the step expects; -> names that live in another process only."""
        process, start = self.process, self.start
        session = process.session
        take_over()
        session.set_world(values_of(self.world))
        trees = parse_cells(process.shell, self.cells)
        session.imports |= dotted_imports(trees)
        process.state.start(LazyState(session))
        with process.state.loading():
            branch.bind_given(self)
            session.load(self._unnamed(trees))
            if start["history"]:
                self._show_again()
            if start["everything"]:
                session.load_everything()
            elif start["openness"] == "open":
                process.lazy.open(start)
            else:
                session.load([*start["reads"], *start["deletes"], *session.finalizing(start["binds"])])
                session.close_over()
        return sorted(session.wanted)

    def _unnamed(self, trees: list[ast.Module]) -> list[str]:
        """Names that the cells change without a word that reads them: a guess that has missed what stood there must be known as one."""
        return [*sorted(grown_packages(trees)), *([ANNOTATIONS] if uses_annotations(self.cells, trees) else [])]

    def _run_cells(self) -> BaseException | None:
        process = self.process
        log = Silence() if self.start["replays"] else OutputLog(lambda: process.store.open_output(self.id), self.began)
        cursor = Cursor(log, process.channel.drain)
        redirect(cursor)
        process.shell.attach(cursor)
        threads = set(threading.enumerate())
        left = LeftBehind()
        left.begin()
        process.effects.watch()
        process.effects.ask(self.start["asked"])
        if len(process.ran) > 1 and not self.start["replays"]:
            # A file that was left open, a map of one: writing there raises no event. Who joins others in their process has its turn.
            process.effects.expect_unseen()
        try:
            for cell in self.cells:
                self.running = cursor.cell = cell.index
                cursor.number = cell.number
                process.channel.send({"type": "cell", "cell": cell.index})
                functions = list(process.session.functions())
                scripts = [each for each in functions if process.shell.find_cell(each.co_filename) is None]
                process.effects.begin_cell(cell.source, functions, scripts)
                if cell.index in self.start["askers"]:
                    process.await_turn("a question about a file that Python does not announce")
                if cell.index in self.start["writers"]:
                    process.effects.declare("a write that Python does not announce")
                error = process.shell.run(cell)
                if error is not None:
                    return error
            return None
        finally:
            cursor.flush()
            process.effects.rest()
            process.effects.note_unseen()
            if not self.start["replays"]:
                process.store.flush_output(self.id)
            process.shell.attach(None)
            self.warnings += left.find()
            self._warn_of_threads(threads)

    def _finish(self, error: BaseException | None) -> bool:
        process, replays = self.process, self.start["replays"]
        if error is not None and process.channel.is_taken():
            return False
        session = process.session
        unloaded = process.lazy.unloaded(self.world)
        process.lazy.close()
        if session.wanted:
            return self._report("elsewhere", wants=sorted(session.wanted))
        if error is not None and not self.start["everything"] and not replays and failure.may_miss_names(error, unloaded):
            return self._report("again")
        torn = branch.find_torn(self)
        if torn is not None:
            return self._report("failed", failure=torn)
        failed = None if error is None else failure.describe(error, process.shell, self.running)
        caught = branch.bind_failure(self, failed)
        session.state.update(process.state.changed())
        if self.start["history"]:
            session.state[HISTORY] = process.shell.shown()
        saved = session.save([name for name in process.persons_names() if not (name == "inputs" and self.start["inputs"])])
        self._drop_state_tombstones(saved)
        self.watch.lap("save")
        if replays:
            return self._finish_replay(saved, error)
        if failed is None:
            self.files.finish()
        elif not caught:
            self.files.undo()
        delta, files, cost = self._complete(saved), self._files(), self.watch.cost()
        values = branch.find_facts(self, delta)
        self.warnings += process.state.problems
        parked = bool(delta["tombstones"]) or process.holds_tombstones(self.world)
        if process.effects.started and not parked:
            self._warn_of(still_running())
        facts = {"delta": delta, "files": files, "cost": cost, "failure": failed, "values": values}
        facts.update(metrics=current.logged(), kept=self.files.kept)
        process.store.write_manifest(self.id, build_manifest(self, saved, facts))
        outcome = "done" if error is None else "failed"
        return self._report(outcome, delta=delta, files=files, failure=failed, parked=parked, cost=cost, values=values, caught=caught)

    def _finish_replay(self, saved: Saved, error: BaseException | None) -> bool:
        """What was made again must be what was made: other steps have read it."""
        replays = self.start["replays"]
        differ = ["it raised"] if error is not None else find_differences(saved, self.process.store.read_manifest(replays))
        if not differ:
            return self._report("done", parked=True)
        step = self.start["step"]
        sentence = f"{step} holds values that cannot be stored, and running it again gave something else ({', '.join(differ[:3])})"
        message = f"{sentence}. Put what needs them into {step}."
        return self._report("failed", failure={"type": "NotStored", "message": message, "traceback": "", "cell": None, "line": None})

    def _split(self) -> bool:
        """Takes the list of a foreach apart; no cell runs."""
        process = self.process
        session = process.session
        session.set_world(values_of(self.world))
        process.state.start(LazyState(session))
        with process.state.loading():
            session.load([self.start["split"]["list"]])
            session.close_over()
        self.watch.lap("load")
        process.channel.send({"type": "began", "id": self.id, "pid": os.getpid(), **self.reads()})
        try:
            elements = split(self)
        except NotAList as error:
            return self._report("failed", failure=failure.of_engine("NotAList", f"{error}."))
        self.watch.lap("save")
        facts = {"delta": self.empty_delta(), "files": self._files(), "cost": self.watch.cost(), "failure": None, "elements": elements}
        process.store.write_manifest(self.id, build_manifest(self, Saved(facts["delta"]), facts))
        return self._report("done", elements=elements, cost=facts["cost"])

    # ------------------------------------------------------------ parts

    def _signature(self) -> str:
        """Of the code and what it is known to read: a checkpoint of another is none."""
        session, names = self.process.session, self.world["names"]
        read = [name for name in self.start["reads"] if name in names]
        digests = [session.group(names[name][1])["digests"].get(f"n:{name}") for name in read]
        return hashlib.sha256(json.dumps([[cell.source for cell in self.cells], read, digests]).encode()).hexdigest()[:32]

    def empty_delta(self) -> dict[str, Any]:
        """Changes nothing, and has read what it has read."""
        return {**EMPTY_DELTA, **self.reads()}

    def _show_again(self) -> None:
        """A later cell reads `_` or `Out[3]`: results of cells are carried like any variable."""
        session = self.process.session
        if HISTORY in session.slots.names:
            session.load([HISTORY])
            self.process.shell.show_again(session.state[HISTORY])

    def _drop_state_tombstones(self, saved: Saved) -> None:
        """Process state that cannot be stored is left out and named: as a tombstone it would tie every later step to this process."""
        for name in [each for each in saved.delta["tombstones"] if each.startswith("%")]:
            stone = saved.delta["tombstones"].pop(name)
            self.warnings.append(f"{name[1:]} as this step left it cannot be carried on: {stone['reason']}")

    def _complete(self, saved: Saved) -> dict[str, Any]:
        """The values' changes, with process state read and files written as names of their own."""
        delta = saved.delta
        finals = sorted(name for group in saved.groups if group["final"] for name in group["names"])
        binds = dict(delta["binds"])
        for file in self.process.effects.written:
            binds[f"file:{file}"] = [self.id, ""]
        return {**delta, **self.reads(), "binds": binds, "finals": finals}

    def _files(self) -> dict[str, dict[str, str]]:
        seen, folder = self.process.effects, self.process.hello["folder"]
        return {"read": stamp_all(seen.read, folder), "written": stamp_all(seen.written, folder)}

    def _warn_of_threads(self, before: set[threading.Thread]) -> None:
        mine = [t for t in threading.enumerate() if t not in before and t.is_alive() and not t.daemon]
        self._warn_of(sorted(t.name for t in mine))

    def _warn_of(self, running: list[str]) -> None:
        if running:
            self.warnings.append(f"still running when the step ended: {', '.join(running)}")

    def _report(self, outcome: str, **parts: Any) -> bool:
        """Says what became of it; -> whether the process has to stay."""
        message = {
            "type": "executed",
            "id": self.id,
            "outcome": outcome,
            "wants": [],
            "delta": {} if "delta" in parts else self.empty_delta(),
            "failure": None,
            "files": {"read": {}, "written": {}},
            "warnings": self.warnings,
            "parked": False,
            "effect": self.process.effects.happened,
            "cost": self.watch.cost(),
            "origin": None,
            "values": {},
            "elements": None,
            "caught": False,
            "modules": local_modules(self.process.hello["project"]) if outcome in ("done", "failed") else {},
            **parts,
        }
        self.process.channel.send({**message, **{key: mask_all(message[key]) for key in (*SHOWN, "warnings")}})
        return bool(message["parked"])


def values_of(world: dict[str, Any]) -> dict[str, Any]:
    """The world as the value layer knows it: files are names too, but hold no value."""
    return {**world, "names": {name: slot for name, slot in world["names"].items() if not name.startswith("file:")}}
