"""Runs from one store into another, whole: what `headwater copy` calls. Bytes go from store to store, equal ones once."""

from __future__ import annotations

import json
import mmap
import os
import sys
from typing import Any

from headwater.client import locate, records
from headwater.store.disk import DiskStore
from headwater.store.layout import key_part, run_prefix
from headwater.store.open import open_store


def copy_run(path: str, source: str, target: str) -> str:
    """-> the run's name there: its own where the number is free or is this very run, else the next free number. Raises KeyError."""
    flow, _, number = path.rpartition("/")
    if not flow or not number.isdigit():
        raise KeyError(f"`{path}` is not a run; a run is FLOW/NUMBER, such as churn/42")
    prefix = run_prefix(flow, int(number))
    old = open_store(source, prefix)
    record = records.read_json(old, f"{prefix}/run.json")
    summary = records.read_summary(old, flow, int(number))
    if record is None or summary is None:
        raise KeyError(f"there is no run {path} in {source}")
    if summary["status"] == "running":
        raise KeyError(f"{path} is still running; it can be copied when it has ended")
    new = open_store(target, prefix)
    manifests = _read_manifests(old, prefix)
    _copy_blobs(old, new, record, manifests.values())
    claimed = _claim(new, record)
    place = run_prefix(flow, claimed["number"])
    for key, manifest in manifests.items():
        _create(new, place + key[len(prefix) :], json.dumps(manifest, separators=(",", ":")).encode())
    for key in [*_logs(old, prefix), f"{prefix}/events.jsonl"]:
        _write_log(new, place + key[len(prefix) :], old.read_log(key))
    for key in [f"{prefix}/environment.json", *old.list(f"{prefix}/environments/")]:
        environment = old.get(key)
        if environment is not None:
            _create(new, place + key[len(prefix) :], environment)
    # Last: what a list shows is there as a whole.
    number_key = f"{records.NEWEST_FIRST - claimed['number']:08d}"
    new.put(f"flows/{key_part(flow)}/summaries/{number_key}.json", json.dumps({**summary, "number": claimed["number"]}).encode())
    return f"{flow}/{claimed['number']}"


def _read_manifests(store: DiskStore, prefix: str) -> dict[str, Any]:
    keys = [key for key in store.list(f"{prefix}/tasks/") if key.endswith(".json")]
    return {key: records.read_json(store, key) for key in keys}


def _logs(store: DiskStore, prefix: str) -> list[str]:
    return [key.rstrip("/") for key in store.list(f"{prefix}/tasks/") if key.rstrip("/").endswith(".log")]


def _copy_blobs(old: DiskStore, new: DiskStore, record: dict[str, Any], manifests: Any) -> None:
    wanted = dict.fromkeys([record["snapshot"], *(each["lock"] for each in record.get("environments", ()))])
    for manifest in manifests:
        for group in manifest["groups"]:
            wanted.update(dict.fromkeys([*group["buffers"], *([group["payload"]["blob"]] if "blob" in group["payload"] else [])]))
        for files in manifest.get("kept", {}).values():
            wanted.update(dict.fromkeys(each["blob"] for each in files.values()))
    for digest in wanted:
        with open(old.open_blob(digest), "rb") as file:
            empty = os.fstat(file.fileno()).st_size == 0
            new.put_blob([b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)])
    new.settle()


def _claim(store: DiskStore, record: dict[str, Any]) -> dict[str, Any]:
    """The record under the first number that is free, from its own on; a run that was copied before has it already."""
    number = record["number"]
    while True:
        key = f"{run_prefix(record['flow'], number)}/run.json"
        there = records.read_json(store, key)
        if there is not None and (there["started"], there["owner"]) == (record["started"], record["owner"]):
            return there
        claimed = {**record, "number": number}
        if there is None and _create(store, key, json.dumps(claimed).encode()):
            return claimed
        number += 1


def _create(store: DiskStore, key: str, data: bytes) -> bool:
    try:
        store.create(key, data)
    except FileExistsError:
        return False
    return True


def _write_log(store: DiskStore, key: str, data: bytes) -> None:
    try:
        if data:
            store.write_log(key, data)
    except FileExistsError:
        pass  # copied before


def main() -> None:
    """`SOURCE TARGET RUN…`; a sentence on stderr and exit code 2 when one cannot be had."""
    source, target, *runs = sys.argv[1:]
    try:
        for each in (source, target):
            locate.locate(each)
        for run in runs:
            print(f"{run} is {copy_run(run, source, target)} in {target.split('?')[0]}", flush=True)
    except (KeyError, locate.StoreError, OSError) as error:
        print(f"✗ {error.args[0] if isinstance(error, KeyError) else getattr(error, 'strerror', None) or error}", file=sys.stderr)
        sys.exit(2)
    finally:
        for each in (source, target):
            open_store(each, "").close()
