"""A notebook run twice: plainly, and every cell a process that gets its names from the store. The engine's part is played here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import types
from typing import Any

from headwater.store.disk import DiskStore
from headwater.values import Session
from headwater.values.slots import Slots

PYTHON_FOLDER = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
ZYGOTE = [sys.executable, "-m", "tests.values.helpers.zygote"]


class Processes:
    """Where processes come from: forked off one interpreter that has only imported libraries, or a fresh interpreter each."""

    def __init__(self, fresh: bool = False, hash_seed: int = 0) -> None:
        self.fresh, self.hash_seed = fresh, hash_seed
        self.zygote = None if fresh else self._start(ZYGOTE)

    def _start(self, command: list[str]) -> subprocess.Popen[str]:
        fixed = {"PYTHONHASHSEED": str(self.hash_seed), "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
        environ = {**os.environ, "PYTHONPATH": PYTHON_FOLDER, **fixed}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, env=environ, cwd=PYTHON_FOLDER)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.zygote is not None:
            assert self.zygote.stdin and self.zygote.stdout
            self.zygote.stdin.write(json.dumps(request) + "\n")
            self.zygote.stdin.flush()
            assert self.zygote.stdout.readline(), "the zygote died"
        else:
            child = self._start([*ZYGOTE, "--once", "--bare"])
            assert child.stdin
            child.stdin.write(json.dumps(request) + "\n")
            child.stdin.close()
            while child.poll() is None and not os.path.exists(request["out"] + ".json"):
                time.sleep(0.005)
        return self._answer(request["out"])

    def tell(self, fifo: str, request: dict[str, Any]) -> dict[str, Any]:
        """To a parked process."""
        with _open_when_heard(fifo) as f:
            f.write(json.dumps(request))
        deadline = time.monotonic() + 60
        while request["do"] != "quit" and not os.path.exists(request["out"] + ".json"):
            assert time.monotonic() < deadline, "a parked process does not answer"
            time.sleep(0.002)
        return {} if request["do"] == "quit" else self._answer(request["out"])

    def _answer(self, out: str) -> dict[str, Any]:
        with open(out + ".json") as f:
            answer = json.load(f)
        assert "crash" not in answer, answer["crash"]
        return answer

    def close(self) -> None:
        if self.zygote is not None:
            assert self.zygote.stdin
            self.zygote.stdin.close()
            self.zygote.wait()


def _open_when_heard(fifo: str) -> Any:
    """Opens it for writing once somebody listens; OSError when nobody does for ten seconds, rather than waiting for ever."""
    deadline = time.monotonic() + 10
    while True:
        try:
            fd = os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.002)
        else:
            os.set_blocking(fd, True)
            return os.fdopen(fd, "w")


def new_world() -> dict[str, Any]:
    return {"names": {}, "units": {}, "tombstones": {}, "imports": []}


def commit(world: dict[str, Any], delta: dict[str, Any]) -> dict[str, Any]:
    """As the engine commits. AssertionError when the delta is not based on this world."""
    for key, gid in delta["based"].items():
        kind, _, name = key.partition(":")
        here = world["names" if kind == "n" else "units"].get(name)
        assert here is not None and here[1] == gid, f"{key} was loaded from {gid} and is now {here}"
    gone = {*delta["unbinds"], *delta["tombstones"]}
    names = {name: slot for name, slot in {**world["names"], **delta["binds"]}.items() if name not in gone}
    dead = {name: stone for name, stone in world["tombstones"].items() if name not in delta["binds"] and name not in delta["unbinds"]}
    return {
        "names": names,
        "units": {**world["units"], **delta["units"]},
        "tombstones": {**dead, **delta["tombstones"]},
        "imports": sorted({*world["imports"], *delta["imports"]}),
    }


def holds(world: dict[str, Any], delta: dict[str, Any]) -> bool:
    """Whether what an attempt read and is based on is still so: else the engine discards it."""
    slots = Slots(world)
    named = all(slots.version(name) == version for name, version in delta["reads"].items())
    units = all(slots.units.get(uid, (None,))[0] == version for uid, version in delta["readUnits"].items())
    gids = {**{f"n:{name}": slot[1] for name, slot in slots.names.items()}, **{f"u:{uid}": slot[1] for uid, slot in slots.units.items()}}
    return named and units and all(gids.get(key) == gid for key, gid in delta["based"].items())


class Flow:
    """Runs the cells of one notebook, in order, in `mode`; checks the namespace after each.

    `lag`: as if in parallel, each step first runs in the world of so many steps before, and again where that did not hold.
    """

    def __init__(self, processes: Processes, folder: str, cells: list[str], mode: str, look: str = "each", lag: int = 0) -> None:
        self.processes, self.cells, self.mode, self.look, self.lag = processes, cells, mode, look, lag
        self.folder, self.root = folder, os.path.join(folder, "store")
        self.world, self.parked = new_world(), {}
        """Tombstone → the way to the process that holds it."""
        self.counts = {"clean": 0, "written": 0, "guessed": 0, "held": 0}
        for name in ("flow", "plain", "store"):
            os.makedirs(os.path.join(folder, name), exist_ok=True)

    def run(self) -> list[str]:
        """What differs from plain IPython, in words; nothing when it is equal."""
        try:
            steps, worlds = self._run_steps()
        except AssertionError as error:
            return [f"failed: {error}"]
        finally:
            for fifo in set(self.parked.values()):
                self.processes.tell(fifo, {"do": "quit"})
        dead = {str(i): sorted(Slots(world).bound_elsewhere(set())) for i, world in enumerate(worlds, 1)}
        plain = self._plain(dead)
        return [problem for number in range(1, len(plain) + 1) for problem in self._compare(number, plain, steps, worlds)]

    def _run_steps(self) -> tuple[list[Any], list[Any]]:
        steps, worlds = [], []
        for number, cell in enumerate(self.cells, 1):
            answer = self._guess(number, cell, worlds) or self._attempt(number, cell)
            steps.append(answer)
            self.world = commit(self.world, answer["delta"])
            worlds.append(self.world)
            for name, count in answer["counts"].items():
                self.counts[name] = self.counts.get(name, 0) + count
            if answer.get("fifo"):
                self.parked.update(dict.fromkeys(answer["delta"]["tombstones"], answer["fifo"]))
            if answer["error"]:
                break
        return steps, worlds

    def _guess(self, number: int, cell: str, worlds: list[Any]) -> dict[str, Any] | None:
        """An attempt in an older world, if it turns out to have been right."""
        if not self.lag or number == 1:
            return None
        older = worlds[-1 - self.lag] if len(worlds) > self.lag else new_world()
        request = self._step(number, cell, 9, older)
        answer = {**self.processes.ask(request), "out": request["out"]}
        self.counts["guessed"] += 1
        if answer["outcome"] == "done" and not answer["error"] and holds(self.world, answer["delta"]) and not self._buries(answer["delta"]):
            self.counts["held"] += 1
            return answer
        if answer.get("fifo"):
            self.processes.tell(answer["fifo"], {"do": "quit"})
        return None

    def _buries(self, delta: dict[str, Any]) -> bool:
        """It replaced, without having read it, a value that has a finalizer in the world as it is: Run All would have run that."""
        names = [name for name in (*delta["binds"], *delta["unbinds"]) if name not in delta["reads"]]
        session = Session(DiskStore(self.root, "run"), "engine.0", types.ModuleType("__main__"))
        session.set_world(self.world)
        return bool(session.finalizing(names))

    def _step(self, number: int, cell: str, n: int, world: Any) -> dict[str, Any]:
        out = os.path.join(self.folder, f"step{number}.{n}")
        earlier = self.cells[: number - 1]
        request = {"world": world, "mode": self.mode, "cell": cell, "earlier": earlier, "number": number, "attempt": f"s{number}.{n}"}
        return {**self._request("step", "flow", out), **request}

    def _attempt(self, number: int, cell: str) -> dict[str, Any]:
        everything, inside = False, None
        for n in range(4):
            request = {**self._step(number, cell, n, self.world), "everything": everything}
            answer = self.processes.tell(inside, request) if inside else self.processes.ask(request)
            if inside and not answer.get("parked"):  # what it held is gone, and so is the process
                self.parked = {name: fifo for name, fifo in self.parked.items() if fifo != inside}
            if answer["outcome"] == "again":
                everything = True
            elif answer["outcome"] == "elsewhere":
                wants = set(answer["wants"])
                holders = {self.parked[name] for name, stone in self.world["tombstones"].items() if wants & {name, *stone["with"]}}
                assert len(holders) == 1, f"wants {answer['wants']} of {len(holders)} processes"
                inside, everything = holders.pop(), True  # it cannot be tried twice there
            else:
                return {**answer, "out": request["out"]}
        raise AssertionError("four attempts")

    def _plain(self, dead: dict[str, Any]) -> list[Any]:
        request = self._request("plain", "plain", os.path.join(self.folder, "truth"))
        return self.processes.ask({**request, "cells": self.cells, "dead": dead, "describe": self.look != "never"})["steps"]

    def _request(self, what: str, place: str, out: str) -> dict[str, Any]:
        return {"do": what, "folder": os.path.join(self.folder, place), "root": self.root, "out": out}

    def _compare(self, number: int, plain: list[Any], steps: list[Any], worlds: list[Any]) -> list[str]:
        if number > len(steps):
            return [f"cell {number}: did not run"]
        truth, step, found = plain[number - 1], steps[number - 1], []
        if truth["error"] != step["error"]:
            found.append(f"cell {number}: error {step['error']} instead of {truth['error']}")
        texts = [_text(f"{out}.out", self.folder) for out in (step["out"], os.path.join(self.folder, f"truth.{number}"))]
        if texts[0] != texts[1]:
            found.append(f"cell {number}: printed {texts[0]!r} instead of {texts[1]!r}")
        if self.look == "each" or (self.look == "last" and number == len(plain)):
            out = os.path.join(self.folder, f"view{number}")
            view = self.processes.ask({**self._request("view", "flow", out), "world": worlds[number - 1]})
            found += [f"cell {number}: {d}" for d in differences(truth["namespace"], view["namespace"])]
        return found


def differences(truth: list[Any], found: list[Any]) -> list[str]:
    """The first place where two descriptions part."""
    a, b = ([json.dumps(node).replace("/plain", "/flow") for node in nodes] for nodes in (truth, found))
    for left, right in zip(a, b):
        if left != right:
            at = next((i for i, (x, y) in enumerate(zip(left, right)) if x != y), 0)
            at = max(0, at - 60)
            return [f"namespace …{right[at : at + 200]} instead of …{left[at : at + 200]}"]
    return [] if len(a) == len(b) else [f"namespace of {len(b)} objects instead of {len(a)}"]


def _text(path: str, folder: str) -> str:
    with open(path, errors="replace") as f:
        return f.read().replace(os.path.join(folder, "plain"), os.path.join(folder, "flow"))
