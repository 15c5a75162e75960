"""Forks a process for every request (one JSON line each), or serves a single request itself when started with `--once`."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from typing import Any

from tests.values.helpers import step
from tests.values.helpers.shell import make_shell


def serve(shell: Any, request: dict[str, Any]) -> None:
    """Answers, and stays for further requests when the process holds what cannot be stored."""
    os.chdir(request["folder"])
    runner = step.Step(shell, request["root"])
    while True:
        try:
            answer = runner.run(request) if request["do"] == "step" else getattr(step, request["do"])(shell, request)
        except BaseException as error:
            answer = {"crash": "".join(traceback.format_exception(type(error), error, error.__traceback__))[-3000:]}
        fifo = request["out"] + ".fifo"
        if answer.get("parked"):
            answer["fifo"] = runner.fifo = getattr(runner, "fifo", fifo)  # type: ignore[attr-defined]
            if not os.path.exists(runner.fifo):  # type: ignore[attr-defined]
                os.mkfifo(runner.fifo)  # type: ignore[attr-defined]
        with open(request["out"] + ".tmp", "w") as f:
            json.dump(answer, f)
        os.rename(request["out"] + ".tmp", request["out"] + ".json")
        if request.get("done") is not None:
            os.close(request["done"])
        if not answer.get("parked"):
            os._exit(0)
        with open(runner.fifo) as f:  # type: ignore[attr-defined]
            line = f.read()
        request = json.loads(line)
        if request["do"] == "quit":
            os._exit(0)


def main() -> None:
    if "--bare" not in sys.argv:
        for name in ("numpy", "pandas"):
            try:
                __import__(name)
            except ImportError:
                pass
    shell = make_shell()
    if "--once" in sys.argv:
        serve(shell, json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        request = json.loads(line)
        seen, done = os.pipe()
        if not os.fork():
            os.close(seen)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serve(shell, {**request, "done": done})
        os.close(done)
        os.read(seen, 1)
        os.close(seen)
        print("{}", flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    main()
