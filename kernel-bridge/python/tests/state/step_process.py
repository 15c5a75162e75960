"""Run as a script: the steps of a small flow, each in a process of its own, or all in this one without any of our code.

Arguments: mode (fresh, fork, together), a folder, a file of steps (JSON), modules to import beforehand.
"""

import importlib
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

Step = dict[str, Any]
World = dict[str, bytes]

FENCE = "----- step -----"


def main() -> None:
    mode, folder, file, *preload = sys.argv[1:]
    with open(file) as source:
        steps: list[Step] = json.load(source)
    os.chdir(folder)
    sys.path[0] = folder
    for module in preload:
        importlib.import_module(module)
    if mode == "together":
        for step in steps:
            run(step["code"], folder)
    elif mode == "one":
        print_report(run_apart(steps[0], pickle.loads(bytes.fromhex(os.environ.pop("WORLD"))), folder))
    else:
        world: World = {}
        for step in steps:
            report = fork(step, world, folder) if mode == "fork" else spawn(step, world, folder, preload)
            world.update({name: bytes.fromhex(value) for name, value in report["changed"].items()})
            print_report(report)


def run(code: str, folder: str) -> None:
    exec(compile(code, "<step>", "exec"), {"__name__": "__main__", "FOLDER": folder})
    print(FENCE, flush=True)


class Values(Mapping):
    """Unpickled when asked for: a value may need a module that is found only once `%path` is set."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __getitem__(self, name: str) -> Any:
        return pickle.loads(self.world[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.world)

    def __len__(self) -> int:
        return len(self.world)


def run_apart(step: Step, world: World, folder: str) -> dict[str, Any]:
    """One step as a worker runs it; -> what it read and changed."""
    sys.path.insert(1, os.environ["SOURCE"])
    from headwater.state.process import ProcessState

    sys.path.pop(1)
    state = ProcessState(folder)
    state.start(Values(world))
    with state.loading():
        for module in step.get("load", []):
            importlib.import_module(module)
    read_before = state.read()
    run(step["code"], folder)
    changed = {name: pickle.dumps(value).hex() for name, value in state.changed().items()}
    return {"read": sorted(state.read()), "before": sorted(read_before), "changed": changed, "problems": state.problems}


def print_report(report: dict[str, Any]) -> None:
    with open(os.environ["REPORTS"], "a") as reports:
        reports.write(json.dumps(report) + "\n")


def fork(step: Step, world: World, folder: str) -> dict[str, Any]:
    read_end, write_end = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        report = run_apart(step, world, folder)
        with os.fdopen(write_end, "w") as answer:
            json.dump(report, answer)
        sys.stdout.flush()
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text)


def spawn(step: Step, world: World, folder: str, preload: list[str]) -> dict[str, Any]:
    """A fresh interpreter, which reports to a file of its own."""
    own = os.environ["REPORTS"] + ".one"
    with open(own + ".json", "w") as file:
        json.dump([step], file)
    sys.stdout.flush()
    environment = {**os.environ, "REPORTS": own, "WORLD": pickle.dumps(world).hex()}
    subprocess.run([sys.executable, __file__, "one", folder, own + ".json", *preload], env=environment, check=True)
    with open(own) as reports:
        report = json.loads(reports.read())
    os.remove(own)
    return report


if __name__ == "__main__":
    main()
