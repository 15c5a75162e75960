"""Runs as the store keeps them: records, summaries, events and manifests, read as data."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from headwater.store.layout import key_part, run_prefix

NEWEST_FIRST = 10**8 - 1


def read_json(path: str) -> Any | None:
    """A JSON file's value, or None when it is not there."""
    try:
        with open(path, "rb") as file:
            return json.loads(file.read())
    except FileNotFoundError:
        return None


def list_flows(root: str) -> list[str]:
    """Names of the flows that have runs in the store."""
    folder = os.path.join(root, "flows")
    names = []
    for part in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        summaries = os.path.join(folder, part, "summaries")
        newest = min(os.listdir(summaries), default=None) if os.path.isdir(summaries) else None
        summary = None if newest is None else read_json(os.path.join(summaries, newest))
        if summary is not None:
            names.append(summary["flow"])
    return names


def list_summaries(root: str, flow: str) -> Iterator[dict[str, Any]]:
    """Summaries of a flow's runs, newest first."""
    folder = os.path.join(root, "flows", key_part(flow), "summaries")
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if not name.startswith("."):
            summary = read_json(os.path.join(folder, name))
            if summary is not None:
                yield summary


def read_summary(root: str, flow: str, number: int) -> dict[str, Any] | None:
    """One run's summary, or None."""
    return read_json(os.path.join(root, "flows", key_part(flow), "summaries", f"{NEWEST_FIRST - number:08d}.json"))


def read_events(root: str, flow: str, number: int) -> list[dict[str, Any]]:
    """The run's events in order; a line cut off by a crash is left out."""
    path = os.path.join(root, run_prefix(flow, number), "events.jsonl")
    events = []
    try:
        with open(path, "rb") as file:
            for line in file:
                try:
                    events.append(json.loads(line))
                except ValueError:
                    continue
    except FileNotFoundError:
        pass
    return events
