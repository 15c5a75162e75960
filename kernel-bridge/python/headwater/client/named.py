"""A task as a person names it: `train`, `train[3]`, `train[lr=0.1]`, `fit@4` (packages/engine/src/history/find-task.ts)."""

from __future__ import annotations

import re

from headwater.client.history import History

TASK = re.compile(r"([^\[@]+)(?:\[(.*)\])?(?:@(\d+))?", re.DOTALL)
NEXT_PART = re.compile(r",(?=\s*(?:\d+\s*(?:,|$)|[^\W\d]\w*=))")
PATH = re.compile(r"(.+/\d+)/([^/\[]+(?:\[.*\])?(?:@\d+)?)", re.DOTALL)
SHOWN = 5


def split_path(path: str) -> tuple[str, str]:
    """`churn/42/train[file=a/b]` -> run and task. Raises ValueError for what is no task."""
    match = PATH.fullmatch(path)
    if match is None:
        raise ValueError(f"a task is FLOW/NUMBER/STEP, such as churn/42/train or churn/42/train[3], not {path!r}")
    return match.group(1), match.group(2)


def find_task(history: History, run: str, text: str) -> str:
    """The id of the one task that is meant. Raises KeyError when there is none, or more than one; of iterations the last counts."""
    step, parts, iteration = _read(history, text)
    if step not in history.course.position:
        names = ", ".join(name for name in history.steps if "." not in name)
        raise KeyError(f"{run} has no step `{step}`; it has {names}")
    tasks = history.tasks_of(step)
    found = [task for task in tasks if _fits(history, task, parts, iteration)]
    if not found and not tasks and not parts:
        return step
    if not found:
        raise KeyError(f"{run} has no task `{text}`; {step} has {_some(history, tasks)}")
    if len({task.partition("@")[0] for task in found}) > 1:
        raise KeyError(f"{run}/{text} is {len(found)} tasks: name one, {_some(history, found)}")
    return found[-1]


def _read(history: History, text: str) -> tuple[str, list[str], str | None]:
    if text in history.course.position:
        return text, [], None
    match = TASK.fullmatch(text)
    if match is None:
        return text, [], None
    step, inside, iteration = match.groups()
    return step, [] if inside is None else [part.strip() for part in NEXT_PART.split(inside)], iteration


def _fits(history: History, task: str, parts: list[str], iteration: str | None) -> bool:
    if iteration is not None and task.partition("@")[2] != iteration:
        return False
    labels = history.labels_of(task)
    indices = re.search(r"\[([\d,]+)\]", task)
    places = [] if indices is None else indices.group(1).split(",")
    if len(parts) > len(places):
        return False
    for depth, part in enumerate(parts):
        name, equals, label = part.partition("=")
        if part.isdigit():
            fits = places[depth] == str(int(part))
        elif equals:
            fits = labels.get(name) in (label, f"'{label}'")
        else:
            fits = list(labels.values())[depth] == part
        if not fits:
            return False
    return True


def _some(history: History, tasks: list[str]) -> str:
    shown = ", ".join(_describe(history, task) for task in tasks[:SHOWN])
    more = f" and {len(tasks) - SHOWN} more" if len(tasks) > SHOWN else ""
    return f"{shown}{more}" or "no tasks yet"


def _describe(history: History, task: str) -> str:
    labels = ", ".join(f"{name}={label}" for name, label in history.labels_of(task).items())
    return f"{task} ({labels})" if labels else task
