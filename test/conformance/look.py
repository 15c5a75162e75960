"""What the client says of a run, as JSON: `look RUN NAMES`, NAMES being step -> what a behaviour calls a value -> the name in that step."""

import json
import sys
from typing import Any

import headwater


def values(data: Any, names: "dict[str, str]") -> "dict[str, Any]":
    """Those of the names that are there."""
    return {called: data[name] for called, name in names.items() if name in data}


def main() -> None:
    """Prints it."""
    path, given = sys.argv[1:]
    names = json.loads(given)
    run = headwater.Run(path)
    tasks = {
        task.id: {
            "status": task.status,
            "values": values(task.data, names[step.name]),
            "attempts": [attempt.status for attempt in task.attempts],
            "stdout": task.stdout,
            "stderr": task.stderr,
            "exception": task.exception and {key: task.exception[key] for key in ("type", "message")},
            "origin": task.origin,
            "lineage": task.lineage,
        }
        for step in run
        for task in step
    }
    described = {
        "status": run.status,
        "successful": run.successful,
        "finished": run.finished,
        "resumes": run.resumes,
        "tags": run.tags,
        "parameters": run.parameters,
        "data": values(run.data, names["end"]),
        "tasks": tasks,
    }
    print(json.dumps(described, default=repr))


main()
