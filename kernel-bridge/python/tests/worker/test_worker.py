"""The worker over its real wire: processes, output in order, effects held, deaths named. Forked and fresh alike."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest

from tests.worker.engine import Engine

Start = Callable[..., Engine]


@pytest.fixture(params=["fork", "spawn"])
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Start]:
    """Makes engines for a list of cells; ends them with the test."""
    engines: list[Engine] = []

    def make(*cells: str, **more: Any) -> Engine:
        engines.append(Engine(str(tmp_path), list(cells), isolation=request.param, **more))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


def test_says_what_it_is(start: Start) -> None:
    engine = start("x = 1")
    assert engine.up["type"] == "up"
    assert engine.ready["type"] == "ready"


def test_values_go_from_process_to_process(start: Start) -> None:
    engine = start("x = [1]\ndef f(a): return a + x[0]", "y = x\nx.append(f(10))", "print(x is y, y, f(1), __import__('os').getpid())")
    engine.run("a", 0)
    engine.run("b", 1, reads=["x", "f"])
    engine.run("c", 2, reads=["x", "y", "f"])
    assert engine.text("c.0").startswith("True [1, 11] 2 ")
    assert int(engine.text("c.0").split()[-1]) not in (os.getpid(), engine.process.pid)


def test_output_stands_in_the_order_it_was_made(start: Start) -> None:
    cell = "\n".join(
        [
            "import os, subprocess, sys",
            "print('one')",
            "os.write(1, b'two\\n')",
            "subprocess.run(['echo', 'three'])",
            "print('four', file=sys.stderr)",
            "os.system('echo five >&2')",
            "print('six', end='')",
            "'seven'",
        ]
    )
    engine = start(cell)
    engine.run("a", 0)
    shown = [(frame.get("name", frame["k"]), frame.get("text", frame.get("data"))) for frame in engine.outputs("a.0")]
    runs = [(kind, list(parts)) for kind, parts in itertools.groupby(shown, key=lambda each: each[0])]
    assert [(kind, "".join(str(part) for _, part in parts)) for kind, parts in runs] == [
        ("stdout", "one\ntwo\nthree\n"),
        ("stderr", "four\nfive\n"),
        ("stdout", "six"),
        ("result", "{'text/plain': \"'seven'\"}"),
    ]


def test_what_a_child_process_writes_shows_while_it_runs(start: Start) -> None:
    engine = start("import os\nos.system('echo early; sleep 2')")
    engine.start("a", 0)
    until = time.monotonic() + 1.8
    while "early" not in engine.text("a.0") and time.monotonic() < until:
        time.sleep(0.05)
    assert engine.text("a.0") == "early\n"
    engine.finish()


def test_what_is_written_below_python_belongs_to_its_cell_however_busy_the_supervisor_is(start: Start) -> None:
    """A look at the files between a cell's start and the news of it gave the first words of a cell to the one before."""
    many = [f"import os\nos.write(1, b'{at}\\n');" for at in range(400)]
    busy = "import os\nwhile not os.path.exists('done'):\n    os.write(1, b'.')\n    print()"
    engine = start(*many, busy)
    engine.start("noise", 400)
    engine.run("a", 0, cells=engine.cells[:400])
    with open(os.path.join(engine.folder, "done"), "w"):
        pass
    engine.finish()
    assert [(frame["c"], frame["text"]) for frame in engine.outputs("a.0")] == [(at, f"{at}\n") for at in range(400)]


def test_a_cell_that_shows_nothing_has_no_log(start: Start) -> None:
    engine = start("x = 1")
    engine.run("a", 0)
    assert os.listdir(os.path.join(engine.store, engine.prefix, "tasks")) == ["a.0.json"]


def test_waits_with_an_effect_outside_until_it_is_told(start: Start) -> None:
    engine = start("x = 1\nopen('out.txt', 'w').write('hi')\ny = 2")
    engine.start("a", 0, turn=False)
    messages = [engine.receive(), engine.receive()]
    assert [message["type"] for message in messages] == ["began", "held"]
    assert messages[1]["effect"] == "open out.txt for writing"
    assert not os.path.exists(os.path.join(engine.folder, "out.txt"))
    engine.send({"type": "go", "id": "a.0", "world": engine.world})
    report = engine.finish()
    assert report["effect"]
    assert sorted(report["delta"]["binds"]) == ["file:**/", "file:./", "file:out.txt", "x", "y"]
    assert list(report["files"]["written"]) == ["**/", "./", "out.txt"]


@pytest.mark.parametrize(
    "effect",
    ["import os; os.mkdir('d')", "import subprocess; subprocess.run(['true'])", "import socket; socket.socket().connect(('127.0.0.1', 9))"],
)
def test_holds_effects_of_many_kinds(start: Start, effect: str) -> None:
    engine = start(effect)
    engine.start("a", 0, turn=False)
    assert [engine.receive()["type"], engine.receive()["type"]] == ["began", "held"]
    engine.send({"type": "stop", "id": "a.0", "gently": False})


@pytest.mark.parametrize(
    "quiet", ["import tempfile; tempfile.TemporaryFile().write(b'x')", "import json, csv", "open('/dev/null', 'w').write('x')"]
)
def test_does_not_hold_what_nobody_can_see(start: Start, quiet: str) -> None:
    engine = start(quiet)
    assert engine.run("a", 0, turn=False)["outcome"] == "done"


def test_says_what_it_read(start: Start) -> None:
    engine = start("text = open('in.txt').read()")
    with open(os.path.join(engine.folder, "in.txt"), "w") as file:
        file.write("hello")
    report = engine.run("a", 0)
    assert report["delta"]["reads"]["file:in.txt"] is None
    assert report["files"]["read"]["in.txt"].startswith("5:")


@pytest.mark.parametrize(
    ("cell", "cause", "sentence"),
    [
        ("import os; os.kill(os.getpid(), 9)", "signal", "its process died of signal 9 (SIGKILL)"),
        (
            "import ctypes; ctypes.string_at(0)",
            "signal",
            "its process died of a segmentation fault: a library in C read or wrote memory it must not",
        ),
        ("import os; os._exit(3)", "exit", "its process ended with exit code 3 in the middle of a cell"),
    ],
)
def test_names_a_death_for_what_it_was(start: Start, cell: str, cause: str, sentence: str) -> None:
    engine = start(f"print('before')\n{cell}")
    report = engine.run("a", 0)
    assert [report["type"], report["cause"], report["sentence"], report["cell"]] == ["died", cause, sentence, 0]
    assert engine.text("a.0") == "before\n"


def test_failure_points_into_the_cell(start: Start) -> None:
    """The cell that ran, as in a notebook: the function of another cell that raised stands in the traceback."""
    engine = start("def f():\n    return 1 / 0", "x = 1\n\nf()")
    engine.run("a", 0)
    report = engine.run("b", 1, reads=["f"])
    failure = report["failure"]
    assert [report["outcome"], failure["type"], failure["message"], failure["cell"], failure["line"]] == [
        "failed",
        "ZeroDivisionError",
        "division by zero",
        1,
        3,
    ]
    assert "x" in report["delta"]["binds"]


def test_runs_a_reader_in_the_process_of_what_cannot_be_stored(start: Start) -> None:
    engine = start("g = (n for n in range(3))\nnext(g)", "print(next(g))", "print(next(g))")
    assert engine.run("a", 0)["parked"]
    engine.run("b", 1, reads=["g"], inside="a.0")
    engine.run("c", 2, reads=["g"], inside="a.0")
    assert engine.text("b.0") + engine.text("c.0") == "1\n2\n"


def test_a_reader_elsewhere_says_what_it_lacks(start: Start) -> None:
    engine = start("g = (n for n in range(3))", "print(next(g))")
    engine.run("a", 0)
    report = engine.run("b", 1, reads=["g"])
    assert [report["outcome"], report["wants"]] == ["elsewhere", ["g"]]


def test_an_exception_that_mentions_an_unloaded_name_proves_nothing(start: Start) -> None:
    engine = start("hidden = 1", "raise ValueError('hidden is missing')", "raise ValueError('no')")
    engine.run("a", 0)
    assert engine.run("b", 1)["outcome"] == "again"
    assert engine.run("c", 2)["outcome"] == "failed"


def test_stops_gently_so_that_finally_runs(start: Start) -> None:
    engine = start("import time\ntry:\n    print('in', flush=True); time.sleep(30)\nfinally:\n    open('cleaned', 'w').close()")
    engine.start("a", 0)
    while "in" not in engine.text("a.0"):
        time.sleep(0.02)
    engine.send({"type": "stop", "id": "a.0", "gently": True})
    until = time.monotonic() + 5
    while not os.path.exists(os.path.join(engine.folder, "cleaned")) and time.monotonic() < until:
        time.sleep(0.02)
    assert os.path.exists(os.path.join(engine.folder, "cleaned"))


@pytest.mark.parametrize("taken", [False, True])
def test_what_cells_raise_when_their_machine_is_taken_away_is_no_result(start: Start, taken: bool) -> None:
    engine = start("import time\ntry:\n    print('in', flush=True); time.sleep(30)\nfinally:\n    time.sleep(2.5); print('out')")
    engine.start("a", 0)
    while "in" not in engine.text("a.0"):
        time.sleep(0.02)
    engine.send({"type": "stop", "id": "a.0", "gently": True, "seconds": 20.0, "taken": taken})
    while (message := engine.receive())["type"] not in ("executed", "gone"):
        pass
    # Its manifest would stand where the next try has to write.
    assert (message["type"], engine.manifest("a.0") is None) == (("gone", True) if taken else ("executed", False))
    assert engine.text("a.0") == "in\nout\n"


def test_nothing_of_it_outlives_the_engine(start: Start) -> None:
    engine = start("import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(60)")
    engine.start("a", 0)
    while not engine.text("a.0"):
        time.sleep(0.02)
    pid = int(engine.text("a.0"))
    engine.close()
    until = time.monotonic() + 5
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < until:
        time.sleep(0.02)
    assert not os.path.exists(f"/proc/{pid}")


def test_cells_see_no_trace_of_how_they_were_started(start: Start) -> None:
    engine = start(
        "import os, sys\n"
        "print(os.environ.get('OPENBLAS_NUM_THREADS'), os.environ.get('HEADWATER_UNSET'), sys.argv, sys.path[0] == os.getcwd())"
    )
    engine.run("a", 0)
    assert engine.text("a.0") == "None None [''] True\n"


def test_320_000_lines_arrive_complete(start: Start) -> None:
    engine = start("for n in range(320_000):\n    print(n)")
    engine.run("a", 0)
    assert engine.text("a.0") == "".join(f"{n}\n" for n in range(320_000))


def test_annotations_of_all_steps_are_one_dict(start: Start) -> None:
    """Each step had a dict of its own: nothing in a cell says that `x: int` reads one, and no guess that missed it was found wrong."""
    engine = start(
        "a: int = 1",
        "b: str = 'x'\nfor c in [1]:\n    d: int",
        "print(list(__annotations__))",
        "e = {\n  'f': 1}\ndef g():\n    h: int = 1",
    )
    engine.run("s1", 0)
    report = engine.run("s2", 1)
    assert report["delta"]["reads"]["__annotations__"] == "s1.0"
    engine.run("s3", 2)
    assert engine.text("s3.0") == "['a', 'b', 'd']\n"
    assert "__annotations__" not in engine.run("s4", 3)["delta"]["reads"]


def test_a_guess_without_annotations_is_known_as_one(start: Start) -> None:
    assert start("b: str = 'x'").run("s2", 0)["delta"]["reads"]["__annotations__"] is None


def test_a_dotted_import_keeps_what_others_imported_into_the_package(start: Start) -> None:
    """Two steps ran side by side, each imported a part of `xml`, and the second binding of `xml` had lost the first part."""
    engine = start("import xml.dom", "import xml.etree.ElementTree", "print(xml.dom.Node.ELEMENT_NODE, xml.etree.__name__)")
    engine.run("s1", 0)
    assert engine.run("s2", 1)["delta"]["reads"]["xml"] == "s1.0"
    engine.run("s3", 2, reads=["xml"])
    assert engine.text("s3.0") == "1 xml.etree\n"


def test_a_stream_that_a_step_has_kept_is_the_stream_of_the_next(start: Start) -> None:
    """It was loaded before the cells' own streams were in place, so its text came from no cell."""
    engine = start("import sys\nout = sys.stdout", "print(out is sys.stdout)\nout.write('hello\\n')")
    engine.run("a", 0)
    engine.run("b", 1, reads=["out", "sys"])
    assert engine.text("b.0") == "True\nhello\n"
    assert {frame["c"] for frame in engine.outputs("b.0")} == {1}
