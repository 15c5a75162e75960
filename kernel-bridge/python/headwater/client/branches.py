"""One name over all branches of a foreach: `churn/42/train[*]/score` is the list of what each branch made, in order."""

from __future__ import annotations

from typing import Any

from headwater.client.task import Task

ALL = "[*]"
SHOWN = 5


class BranchList:
    """`values` of the branches that came to their end with the name, and the ids of the others in `without`."""

    def __init__(self, tasks: list[Task], name: str, without: list[str]) -> None:
        self.values: list[Any] = []
        self.without = without
        for task in _last_rounds(tasks):
            data = task.data if task.successful else None
            if data is not None and name in data:
                self.values.append(data[name])
            else:
                self.without.append(task.id)


def is_list(path: str) -> bool:
    """Whether the path of a task means all branches of its step."""
    return path.endswith(ALL)


def load_list(path: str, name: str) -> BranchList:
    """`load_list("churn/42/train[*]", "score")`. Raises KeyError when no branch has it."""
    from headwater.client.run import Run

    run, _, step = path[: -len(ALL)].rpartition("/")
    read = Run(run)
    tasks = read[step].tasks()
    if tasks and tasks[0].index is None:
        raise KeyError(f"{run}/{step} is in no foreach: it has no branches")
    found = BranchList(tasks, name, read._history.unopened(step))
    if not found.values:
        raise KeyError(f"no branch of {run}/{step} came to its end with a `{name}`")
    return found


def name_some(tasks: list[str]) -> str:
    """`train[1], train[2] and 3 more`"""
    more = len(tasks) - SHOWN
    return ", ".join(tasks[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _last_rounds(tasks: list[Task]) -> list[Task]:
    """Of a loop in a branch the last round counts."""
    last = {task.indices: task for task in tasks}
    return list(last.values())
