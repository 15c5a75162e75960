"""The supervisor: starts a process for every attempt, passes messages between them and the engine, and outlives whatever they die of.

Single-threaded, so that forking is safe; it runs no code of the notebook.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import selectors
import signal
import sys
import time
from typing import Any

from headwater.store.layout import environment_key
from headwater.store.open import open_store
from headwater.worker import death, launch, wire
from headwater.worker.channel import Channel
from headwater.worker.effects import interpreter_folders
from headwater.worker.files import undo
from headwater.worker.memory import used_by
from headwater.worker.modules import look_ahead
from headwater.worker.output import OutputLog
from headwater.worker.preload import ONE_THREAD, count_threads, preload
from headwater.worker.process import Process
from headwater.worker.shell.base import Shell
from headwater.worker.task import make_process, prepare_interpreter, serve
from headwater.worker.threads import count_cores, find_setters, unset_thread_limits

POLL_SECONDS = 0.1
"""How often to look for output written below Python while a cell runs: what a person sees as at once."""

GRACE_SECONDS = 2.0
"""What `finally` blocks and exit handlers of a stopped task may take before it is killed, unless more is said."""


class Running:
    """A task process and the attempt it works on."""

    def __init__(self, launched: launch.Launched, attempt: str, log: OutputLog) -> None:
        self.pid, self.fd, self.raw = launched
        self.lines = wire.Lines(self.fd)
        self.attempts: list[str] = []
        self.busy, self.executed, self.parked, self.cell = True, False, False, -1
        self.kill_at: float | None = None
        self.leaving: str | None = None
        self.taken = False
        self.limit: int | None = None
        self.outgrown: int | None = None
        self.guard: dict[str, Any] | None = None
        self.writes = False
        self.begin(attempt, log)

    def begin(self, attempt: str, log: OutputLog) -> None:
        """Another attempt runs in it."""
        self.attempts.append(attempt)
        self.log, self.busy, self.executed, self.guard = log, True, False, None

    @property
    def attempt(self) -> str:
        """The one under way, or the last."""
        return self.attempts[-1]


class Supervisor:
    """Serves one run: messages come from `engine` and go to descriptor `sink`."""

    def __init__(self, engine: wire.Lines, sink: int, shell: Shell) -> None:
        self.engine, self.sink, self.shell = engine, sink, shell
        self.tasks: dict[int, Running] = {}
        self.hello: dict[str, Any] = {}
        self.ready = False
        self.spares: list[launch.Launched] = []
        self.template: Process | None = None
        """What every forked child goes on with; None where nothing is forked."""
        self.setters: list[tuple[Any, str]] = []
        self.select = selectors.DefaultSelector()
        self.select.register(engine.fd, selectors.EVENT_READ, None)
        self._wake_r, wake_w = os.pipe()
        for fd in (self._wake_r, wake_w):
            os.set_blocking(fd, False)
        signal.set_wakeup_fd(wake_w)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        # Ctrl-C in a terminal reaches the whole group: stopping is the engine's decision.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.select.register(self._wake_r, selectors.EVENT_READ, None)

    def serve(self, early: dict[str, Any] | None) -> None:
        """Until the engine closes the line; then ends what still runs. `early` is a message that came before."""
        for message in [early, *self.engine.take_rest()]:
            if message is not None:
                self._on_engine(message)
        while not self.engine.closed:
            for key, _ in self.select.select(POLL_SECONDS if self._any_busy() else None):
                self._on_ready(key.fd)
            self._tick()
            self._refill()
        for pid in [*self.tasks, *(spare.pid for spare in self.spares)]:
            _kill(-pid, signal.SIGKILL)
            _kill(pid, signal.SIGKILL)
        if self.hello:
            # Reading what is installed takes a while: nobody waits for it now.
            from headwater.worker.environment import record_environment

            record_environment(self.store, environment_key(self.hello["prefix"], self.hello["environment"]))
            self.store.close()

    # ------------------------------------------------------------ from the engine

    def _on_ready(self, fd: int) -> None:
        if fd == self.engine.fd:
            for message in self.engine.read_ready():
                self._on_engine(message)
        elif fd == self._wake_r:
            os.read(fd, 4096)
            self._reap()
        else:
            task = next((each for each in self.tasks.values() if each.fd == fd), None)
            if task is not None:
                self._on_task(task)

    def _on_engine(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "hello":
            self._on_hello(message)
        elif kind == "start":
            self._on_start(message)
        elif kind == "go":
            self._forward(message["id"], message)
        elif kind == "stop":
            task = self._find(message["id"])
            if task is not None:
                self._stop(task, message["id"], message["gently"], message.get("seconds", GRACE_SECONDS))
                task.taken = message.get("taken", False)
            elif message["gently"]:
                self._say({"type": "gone", "id": message["id"]})

    def _on_hello(self, hello: dict[str, Any]) -> None:
        self.store = open_store(hello["store"], hello["prefix"], hello.get("carrier"))
        self.hello = hello = {**hello, "carrier": self.store.carrier}
        reason: str | None = None
        prepare_interpreter(hello, self.shell)
        if hello["isolation"] == "spawn":
            reason = "asked for"
        elif not sys.platform.startswith("linux"):
            reason = f"forking is not safe on {sys.platform}"
        else:
            # Numeric libraries read these once, when they are loaded: a notebook that sets them must be there first.
            is_told = any(name in cell["source"] for cell in hello["cells"] for name in ONE_THREAD)
            reason = preload([] if is_told else hello["preload"], hello["project"]) or (
                f"{count_threads()} threads are alive" if count_threads() > 1 else None
            )
        self.setters = find_setters(unset_thread_limits())
        # Objects made so far are never garbage: the collector of a child need not touch, and thereby copy, their pages.
        gc.freeze()
        gc.enable()
        self.ready = True
        self._say(
            {
                "type": "ready",
                "wire": wire.WIRE_VERSION,
                "python": ".".join(map(str, sys.version_info[:3])),
                "ipython": self.shell.version,
                "isolation": "fork" if reason is None else "spawn",
                "reason": reason,
            }
        )
        if reason is None:
            # What every child needs to know and none can change: while the engine decides about the first step.
            look_ahead(hello["project"])
            interpreter_folders()
            self.template = make_process(hello, self.shell)
            self.template.state.look_ahead()
            gc.freeze()

    def _on_start(self, start: dict[str, Any]) -> None:
        log = OutputLog(lambda: self.store.open_output(start["id"]), time.time())
        if start["inside"] is not None:
            task = self._find(start["inside"])
            if task is None:
                self._say(death.message(start["id"], "start", 0, "the process that holds what it reads is gone", None, 0))
                return
            task.begin(start["id"], log)
            task.writes = bool(start["asks"]["writes"])
            wire.send(task.fd, start)
            return
        try:
            launched = self._take()
            wire.send(launched.fd, start)
        except OSError as error:
            self._say(death.message(start["id"], "start", error.errno or 0, f"no process could be started: {error.strerror}", None, 0))
            return
        task = Running(launched, start["id"], log)
        task.limit = start["memoryLimit"]
        task.writes = bool(start["asks"]["writes"])
        self.tasks[task.pid] = task
        self.select.register(task.fd, selectors.EVENT_READ, None)

    def _take(self) -> launch.Launched:
        """A process that waits for an attempt: the one kept ready, or a new one."""
        return self.spares.pop() if self.spares else self._launch(warm=False)

    def _launch(self, warm: bool) -> launch.Launched:
        template = self.template
        if template is None:
            return launch.spawn(self.hello)
        return launch.fork(lambda fd: serve(Channel(fd), template, self.setters, warm))

    def _refill(self) -> None:
        """Keeps one process ready, made while others work: starting one costs more than most cells.

        What it does ahead is done on a core that has nothing else to do: where each has its task, all of that is worth less than it costs.
        """
        if self.ready and not self.spares and not self.engine.closed:
            busy = sum(task.busy for task in self.tasks.values())
            with contextlib.suppress(OSError):
                self.spares.append(self._launch(warm=busy < count_cores()))

    # ------------------------------------------------------------ from a task

    def _on_task(self, task: Running) -> None:
        for message in task.lines.read_ready():
            kind = message["type"]
            if kind == "drain":
                wire.send(task.fd, {"type": "drained", "at": task.raw.take(task.log, task.cell)})
            elif kind == "fate":
                wire.send(task.fd, {"type": "fate", "taken": task.taken})
            elif kind == "cell":
                task.cell = message["cell"]
            elif kind == "guard":
                task.guard = message
            else:
                if kind == "executed":
                    task.raw.take(task.log, task.cell)
                    task.executed, task.busy, task.parked, task.guard = True, False, message["parked"], None
                self._say(message)
        if task.lines.closed:
            self.select.unregister(task.fd)
            os.close(task.fd)
            task.fd = -1

    def _reap(self) -> None:
        while self.tasks:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            task = self.tasks.pop(pid, None)
            if task is not None:
                self._bury(task, status, usage.ru_maxrss * 1024)

    def _bury(self, task: Running, status: int, peak: int) -> None:
        self._read_rest(task)
        task.raw.take(task.log, task.cell)
        task.raw.close()
        _kill(-task.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self._undo(task)
        if not task.executed:
            with contextlib.suppress(OSError):  # a store that is gone must not hide what the task died of
                self.store.flush_output(task.attempt)
            cell = task.cell if task.cell >= 0 else None
            if task.outgrown is not None and task.limit is not None:
                self._say(death.outgrown(task.attempt, (task.outgrown, task.limit), cell))
            else:
                self._say(death.describe(task.attempt, status, cell, peak))
        for gone in dict.fromkeys([task.attempts[0] if task.executed and task.parked else None, task.leaving]):
            if gone is not None:
                self._say({"type": "gone", "id": gone})

    def _undo(self, task: Running) -> None:
        """Files it was writing when it died, or was ended, are as they were before."""
        if task.guard is not None:
            undo(self.store, self.hello["folder"], task.guard)

    def _read_rest(self, task: Running) -> None:
        """What a process said before it ended. A grandchild may still hold the line open, so waiting for its end could take for ever."""
        if task.fd < 0:
            return
        os.set_blocking(task.fd, False)
        try:
            while task.fd >= 0:
                self._on_task(task)
        except BlockingIOError:
            self.select.unregister(task.fd)
            os.close(task.fd)
            task.fd = -1

    # ------------------------------------------------------------ both ways

    def _find(self, attempt: str) -> Running | None:
        return next((task for task in self.tasks.values() if attempt in task.attempts), None)

    def _forward(self, attempt: str, message: dict[str, Any]) -> None:
        task = self._find(attempt)
        if task is not None and task.fd >= 0:
            wire.send(task.fd, message)

    def _stop(self, task: Running, attempt: str, gently: bool, seconds: float) -> None:
        task.executed = True  # its end is wanted: no death to report
        if gently:
            task.leaving = attempt
            _kill(-task.pid, signal.SIGINT)
            task.kill_at = time.monotonic() + seconds
        else:
            _kill(-task.pid, signal.SIGKILL)
            _kill(task.pid, signal.SIGKILL)
            if task.writes:
                self._bury_now(task, attempt)

    def _bury_now(self, task: Running, attempt: str) -> None:
        """Its files are put back before anything else starts: the next try writes the same ones."""
        task.leaving = attempt
        with contextlib.suppress(ChildProcessError):
            _, status, usage = os.wait4(task.pid, 0)
            del self.tasks[task.pid]
            self._bury(task, status, usage.ru_maxrss * 1024)

    def _any_busy(self) -> bool:
        return any(task.busy or task.kill_at is not None for task in self.tasks.values())

    def _tick(self) -> None:
        for task in list(self.tasks.values()):
            if task.busy:
                self._show_raw(task)
            if task.limit is not None and task.outgrown is None and not task.executed:
                self._watch_memory(task, task.limit)
            if task.kill_at is not None and time.monotonic() > task.kill_at:
                _kill(-task.pid, signal.SIGKILL)

    def _show_raw(self, task: Running) -> None:
        """What a task has written below Python by now. It says which cell runs before that writes, so that is heard first."""
        sizes = task.raw.sizes()
        if task.raw.has_more(sizes):
            while task.fd >= 0 and select.select([task.fd], [], [], 0)[0]:
                self._on_task(task)
            task.raw.take(task.log, task.cell, until=sizes)

    def _watch_memory(self, task: Running, limit: int) -> None:
        used = used_by(task.pid)
        if used > limit:
            task.outgrown = used
            _kill(-task.pid, signal.SIGKILL)
            _kill(task.pid, signal.SIGKILL)

    def _say(self, message: dict[str, Any]) -> None:
        wire.send(self.sink, message)


def _kill(pid: int, number: int) -> None:
    """Signals a process, or a group when negative; one that is gone is fine."""
    try:
        if pid < 0:
            os.killpg(-pid, number)
        else:
            os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        pass
