"""The wire as a recorded conversation: the engine's half is sent to a real worker, the worker's half is compared with what it answers.

`test/contract/wire.test.ts` reads the same file with the engine's codecs. `HEADWATER_RECORD=1` records it again.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.worker.engine import PACKAGE, START

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../../test/contract/wire.json")
VARIES = {"python": "3.x", "ipython": "9.x", "pid": 1, "peakBytes": 1, "loadMs": 1.5, "runMs": 1.5, "saveMs": 1.5, "cpuMs": 1.5}
"""Values that differ from machine to machine and from run to run, and what stands for them."""


def plain(value: Any, folder: str) -> Any:
    """Without what varies."""
    if isinstance(value, dict):
        return {key: VARIES[key] if key in VARIES and each is not None else plain(each, folder) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each, folder) for each in value]
    return re.sub(r"^(\d+):\d{15,}:", r"\1:TIME:", value.replace(folder, "FOLDER")) if isinstance(value, str) else value


def without_state(message: dict[str, Any]) -> dict[str, Any]:
    """Which variables of the process, and which folders of the search path, a library looks at differs between interpreters."""
    for holder, key in ((message, "reads"), (message.get("delta") or {}, "reads"), (message.get("files") or {}, "read")):
        if isinstance(holder.get(key), dict):
            holder[key] = {name: each for name, each in holder[key].items() if not name.startswith(("%", "/", "file:/"))}
    return message


def converse(to_worker: list[dict[str, Any]], folder: str) -> list[dict[str, Any]]:
    """Sends everything, one at a time; -> what the worker says."""
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    worker = subprocess.Popen([sys.executable, "-c", START, PACKAGE], cwd=folder, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert worker.stdin is not None and worker.stdout is not None
    answers = [json.loads(worker.stdout.readline())]
    for message in to_worker:
        text = json.dumps(message).replace("FOLDER", folder)
        worker.stdin.write(text.encode() + b"\n")
        worker.stdin.flush()
        while True:
            answers.append(json.loads(worker.stdout.readline()))
            if answers[-1]["type"] != "began":
                break
    worker.stdin.close()
    worker.wait(10)
    return [without_state(plain(each, folder)) for each in answers]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="older interpreters have other words for syntax errors and other tracebacks")
def test_worker_says_what_is_recorded(tmp_path: Any) -> None:
    with open(GOLDEN, encoding="utf8") as file:
        golden = json.load(file)
    folder = os.path.realpath(str(tmp_path))
    os.makedirs(os.path.join(folder, ".headwater"))
    answers = converse(golden["toWorker"], folder)
    if os.environ.get("HEADWATER_RECORD"):
        golden["fromWorker"] = answers
        with open(GOLDEN, "w", encoding="utf8") as file:
            json.dump(golden, file, indent=1, ensure_ascii=False)
            file.write("\n")
    assert answers == golden["fromWorker"]
