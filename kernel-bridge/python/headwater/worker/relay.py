"""Between a supervisor that runs in a pod or job and its engine: the wire's lines as objects in the store.

`PROCESS/to/00000000…` are the engine's lines, `PROCESS/TRY/00000000…` the worker's, each written once. So an engine may die and
another one read on, and nothing needs a way from the engine into the pod.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from typing import Any

from headwater.store.carrier.line import Line
from headwater.store.layout import engine_sign_key, wire_key
from headwater.store.remote import RemoteStore
from headwater.worker import wire
from headwater.worker.offspring import Offspring
from headwater.worker.preload import WHILE_IMPORTING

PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
START = (
    "import sys; sys.path[:] = [p for p in sys.path if p]; sys.path.insert(0, sys.argv.pop(1)); "
    "from headwater.worker.main import main; main()"
)

LOOK_SECONDS = 0.5
"""How often a process that waits for its engine looks whether there is something for it."""

SIGNS = 4
"""How often the engine shows that it lives in the time after which it counts as gone (execute/remote/remote-executor.ts)."""

PASSED_ON = ("began", "held", "progress", "executed", "died", "gone", "broken")

NUMBERED = ("JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX")
"""Where Kubernetes and AWS write the number of a process in its wave."""

GRACE_SECONDS = 25.0
"""What cells may take for their `finally` blocks: a place gives thirty, and what they showed must arrive in the rest."""

DONE, FAILED, STOPPED, UNREACHABLE, ALONE = 0, 1, 143, 68, 75
"""ALONE (sysexits.h: EX_TEMPFAIL) tells an engine that comes back: what had to wait for it did nothing outside, and may run again."""


class Relay:
    """One process of the run, from its first line to its last."""

    def __init__(self, start: dict[str, Any], project: str, python: str) -> None:
        self.start, self.project, self.python = start, project, python
        Line.to(start["store"], None, fork_carrier)
        self.store = RemoteStore(start["store"], start["prefix"], None)
        # AWS starts a job again whose machine it took back, and counts from 1.
        self.number = start.get("try", 0) + int(os.environ.get("AWS_BATCH_JOB_ATTEMPT", "1")) - 1
        self.sent = self.received = 0
        self.waiting, self.over, self.stopping, self.told = False, False, False, False
        self.parked = False
        self.sign: bytes | None = None
        self.heard_at = self.look_at = 0.0
        self.code = FAILED
        self._end, self._wake = os.pipe()

    def run(self) -> int:
        """The exit code: 0 when every attempt was done, 1 when one failed, 143 when it was stopped."""
        child = self._start_supervisor()
        try:
            if "wave" in self.start:
                self.start = self._find_own(self.start["wave"])
            signal.signal(signal.SIGTERM, lambda *_: os.write(self._wake, b"."))
            self._take(child, 2)  # hello and the first attempt are there before the pod is
            self._pump(child)
            child.stdin.close()
            child.wait()
            self.store.close()
        except OSError as error:
            sys.stderr.write(f"{error.strerror or error}\n")
            return UNREACHABLE
        return STOPPED if self.stopping else self.code

    def _find_own(self, wave: str) -> dict[str, Any]:
        """Of a wave, what this process begins with: the place has numbered them."""
        index = int(next(os.environ[name] for name in NUMBERED if name in os.environ))
        process = json.loads(self.store.get(wave) or b"[]")[index]
        return {**self.start, "process": process, "wire": wire_key(self.start["prefix"], process)}

    def _start_supervisor(self) -> Any:
        ours = {name: value for name, value in WHILE_IMPORTING.items() if name not in os.environ}
        env = {**ours, "HEADWATER_UNSET": ",".join(ours)}
        if self.python == sys.executable:
            return Offspring(lambda: supervise(env, self.project))
        command = [self.python, "-c", START, PACKAGE]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **env}, cwd=self.project)

    def _pump(self, child: Any) -> None:
        lines = wire.Lines(child.stdout.fileno())
        select = selectors.DefaultSelector()
        select.register(lines.fd, selectors.EVENT_READ)
        select.register(self._end, selectors.EVENT_READ)
        while not lines.closed:
            ready = {key.fd for key, _ in select.select(LOOK_SECONDS if self.waiting else None)}
            if self._end in ready:
                os.read(self._end, 1)
                self._stop(child)
            elif ready:
                for message in lines.read_ready():
                    self._on_worker(message)
                if self.over:
                    return
            elif self._take(child, 1) == 0 and self._is_alone():
                self.code = self.code if self.parked else ALONE
                return

    def _wait(self) -> None:
        """From now on something is to come from the engine."""
        self.waiting, self.sign, self.heard_at, self.look_at = True, None, time.monotonic(), 0.0

    def _is_alone(self) -> bool:
        """Whether the engine has long given no sign of life: nobody else would end a process that waits for it."""
        now, patience = time.monotonic(), self.start["aloneSeconds"]
        if now < self.look_at:
            return False
        self.look_at = now + patience / SIGNS
        sign = self.store.get(engine_sign_key(self.start["prefix"]))
        if sign != self.sign:
            self.sign, self.heard_at = sign, now
        return now > self.heard_at + patience

    def _on_worker(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind not in PASSED_ON:
            return
        self.waiting = False
        if kind == "held" or message.get("parked"):
            self._wait()
        if kind == "executed":
            self.parked = message["parked"]
            self.code = DONE if message["outcome"] == "done" else FAILED
        # Why a process was taken away, and whether another one takes its place, is told by the place.
        if not (kind == "gone" and self.stopping and not self.parked):
            key = f"{self.start['wire']}/{self.number}/{self.sent:08d}"
            self.sent += 1
            self.store.create(key, json.dumps(message, separators=(",", ":")).encode())
        self.over = kind in ("died", "gone", "broken") or kind == "executed" and not message["parked"]

    def _take(self, child: Any, count: int) -> int:
        """Passes up to `count` lines of the engine on; -> how many there were."""
        for taken in range(count):
            data = self.store.get(f"{self.start['wire']}/to/{self.received:08d}")
            if data is None:
                return taken
            self.received += 1
            message = json.loads(data)
            if message["type"] == "hello":
                message = self._at_home(message)
            elif message["type"] == "stop":
                self.told = True  # a second word would break into the `finally` blocks that the first one started
                message = {**message, "seconds": GRACE_SECONDS}
            elif message["type"] in ("start", "go"):
                self.waiting = self.parked = False
            wire.send(child.stdin.fileno(), message)
        return count

    def _at_home(self, hello: dict[str, Any]) -> dict[str, Any]:
        """Folders as they are here; the store by the address that leads to it from here."""
        folder = os.path.normpath(os.path.join(self.project, hello["folder"]))
        os.makedirs(folder, exist_ok=True)
        return {**hello, "folder": folder, "project": self.project, "store": self.start["store"], "carrier": self.store.carrier}

    def _stop(self, child: Any) -> None:
        """The pod is to go: cells run their `finally` blocks, what was shown is sent. Unless the engine asked, there is another try."""
        self.stopping = True
        while self._take(child, 1):
            pass
        if not self.told:
            self.told = True
            taken = {"type": "stop", "id": self.start["process"], "gently": True, "seconds": GRACE_SECONDS, "taken": True}
            wire.send(child.stdin.fileno(), taken)


def fork_carrier(address: str, url: str, cache: str) -> Offspring:
    """A carrier out of this process."""

    def work() -> None:
        from headwater.store.carrier.serve import serve

        serve(address, url, cache)

    return Offspring(work)


def supervise(env: dict[str, str], project: str) -> None:
    """As START does it in an interpreter of its own."""
    os.environ.update(env)
    os.chdir(project)
    sys.argv = ["-c"]
    from headwater.worker.main import main

    main()
