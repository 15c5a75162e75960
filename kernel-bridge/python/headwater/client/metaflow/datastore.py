"""A local datastore of Metaflow, as it lies on the disk: content by its hash, one small JSON file for everything said of a task."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import uuid
from datetime import datetime, timezone
from typing import Any, Tuple  # noqa: UP035

FOLDER = ".metaflow"
Written = Tuple[str, int, str]  # noqa: UP006  (evaluated by Python 3.9)
"""Key, size and type of a value."""
COMPRESSION = 3
"""Metaflow's own: a higher level takes long for large arrays and gains little."""


class Datastore:
    """One run being written. It stands under a name that readers pass over until `publish`."""

    def __init__(self, folder: str, flow: str, run: str, user: str, tags: list[str]) -> None:
        # Metaflow's records hold absolute paths.
        self.root = os.path.join(os.path.abspath(folder), FOLDER)
        self.flow, self.run = flow, run
        self._place = os.path.join(self.root, flow, f".{run}.{uuid.uuid4().hex}")
        self._common = {"flow_id": flow, "user_name": user, "tags": tags, "system_tags": [f"user:{user}", "runtime:headwater"]}

    @property
    def exists(self) -> bool:
        """This run has been written before."""
        return os.path.exists(os.path.join(self.root, self.flow, self.run))

    def save(self, data: bytes) -> str:
        """-> the key of the content."""
        key = hashlib.sha1(data).hexdigest()
        path = os.path.join(self.root, self.flow, "data", key[:2], key)
        if not os.path.exists(path):
            _write(path, gzip.compress(data, COMPRESSION, mtime=0))
            _write(f"{path}_meta", json.dumps({"cas_raw": False, "cas_version": 1}).encode())
        return key

    def describe(self, place: str, at: int, facts: dict[str, str]) -> None:
        """That there is this run, step or task: `""`, `train`, `train/3`."""
        self._json(f"{place}/_meta/_self.json", {**self._common, "run_number": self.run, "ts_epoch": at, **facts})

    def note(self, task: str, attempt: int, at: int, fields: dict[str, str]) -> None:
        """Metadata of an attempt."""
        step, number = task.split("/")
        for name, value in fields.items():
            said = {"field_name": name, "type": name, "value": value, "tags": [f"attempt_id:{attempt}"], "ts_epoch": at}
            record = {**self._common, "run_number": self.run, "step_name": step, "task_id": number, **said}
            self._json(f"{task}/_meta/sysmeta_{name}_{at}_{attempt}.json", record)

    def write_attempt(self, task: str, attempt: int, at: int, objects: dict[str, Written]) -> None:
        """What it has: name -> key, size and type. Written last of an attempt."""
        step, number = task.split("/")
        self._json(f"{task}/{attempt}.attempt.json", {"time": at / 1000})
        for name, (key, _, _) in objects.items():
            facts = {"step_name": step, "task_id": number, "attempt_id": attempt, "name": name, "sha": key, "ts_epoch": at}
            kind = {"content_type": "pickle-v4", "type": "metaflow.artifact", "ds_type": "local", "location": f":root:{self.root}"}
            self._json(f"{task}/_meta/{attempt}_artifact_{name}.json", {**self._common, "run_number": self.run, **facts, **kind})
        info = {name: {"size": size, "type": kind, "encoding": "pickle-v4"} for name, (_, size, kind) in objects.items()}
        keys = {name: key for name, (key, _, _) in objects.items()}
        said = {"datastore": "local", "version": "1.0", "attempt": attempt, "objects": keys, "info": info}
        self._json(f"{task}/{attempt}.data.json", said)
        self._json(f"{task}/{attempt}.DONE.lock", "")

    def write_log(self, task: str, attempt: int, stream: str, lines: list[tuple[int, str]]) -> None:
        """Lines with the milliseconds at which they were printed."""
        said = "".join(f"[MFLOG|0|{_stamp(at)}Z|task|{uuid.uuid4()}]{line}\n" for at, line in lines)
        _write(os.path.join(self._place, task, f"{attempt}.task_{stream}.log"), said.encode())

    def publish(self, at: int) -> None:
        """The run is whole: readers see it from now on."""
        flow = os.path.join(self.root, self.flow)
        if not os.path.exists(os.path.join(flow, "_meta", "_self.json")):
            _write(os.path.join(flow, "_meta", "_self.json"), json.dumps({"flow_id": self.flow, "ts_epoch": at}).encode())
        os.rename(self._place, os.path.join(flow, self.run))
        _write(os.path.join(flow, "latest_run"), self.run.encode())

    def forget(self) -> None:
        """Nothing of the run is left."""
        shutil.rmtree(self._place, ignore_errors=True)

    def _json(self, path: str, value: Any) -> None:
        _write(os.path.normpath(os.path.join(self._place, path.lstrip("/"))), json.dumps(value).encode())


def _stamp(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")


def _write(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    beside = f"{path}.{uuid.uuid4().hex}.part"
    with open(beside, "wb") as file:
        file.write(data)
    os.replace(beside, path)
