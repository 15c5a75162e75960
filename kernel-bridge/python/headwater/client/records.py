"""Runs as the store keeps them: records, summaries and events, read as data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from headwater.store.disk import DiskStore
from headwater.store.layout import key_part, run_prefix

NEWEST_FIRST = 10**8 - 1


def read_json(store: DiskStore, key: str) -> Any | None:
    """A JSON value, or None when it is not there."""
    data = store.get(key)
    return None if data is None else json.loads(data)


def list_flows(store: DiskStore) -> list[str]:
    """Names of the flows that have runs in the store."""
    newest = (next(iter(store.list(f"{flow}summaries/")), None) for flow in store.list("flows/"))
    summaries = (read_json(store, key) for key in newest if key is not None)
    return [summary["flow"] for summary in summaries if summary is not None]


def list_summaries(store: DiskStore, flow: str) -> Iterator[dict[str, Any]]:
    """Summaries of a flow's runs, newest first."""
    for key in store.list(f"flows/{key_part(flow)}/summaries/"):
        summary = read_json(store, key)
        if summary is not None:
            yield summary


def read_summary(store: DiskStore, flow: str, number: int) -> dict[str, Any] | None:
    """One run's summary, or None."""
    return read_json(store, f"flows/{key_part(flow)}/summaries/{NEWEST_FIRST - number:08d}.json")


def events_key(flow: str, number: int) -> str:
    """Key of a run's log."""
    return f"{run_prefix(flow, number)}/events.jsonl"


def read_events(store: DiskStore, flow: str, number: int) -> list[dict[str, Any]]:
    """The run's events in order; a line cut off by a crash is left out."""
    events = []
    for line in store.read_log(events_key(flow, number)).splitlines():
        try:
            events.append(json.loads(line))
        except ValueError:
            continue
    return events
