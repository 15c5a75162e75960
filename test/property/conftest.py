"""What every test of this suite needs: the comparison, and the count of what the runs met, printed at the end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from typing import Any, Callable

import pytest

from flows.command import PACKED, ROOT
from flows.examine import examine
from flows.notebook import Notebook
from flows.place import OWN, Place
from seeds import HEAVY, travelling_seeds

NEEDED = ("issued before its turn", "task-discarded", "task-held", "run in a parked process")
"""What tells that guessing ahead really happened."""

SHOWN = (*NEEDED, "made again")
"""The last is rare at random, and has flows of its own in `engines/shows.py`."""

REFUSED = "refused in one sentence"
MOST_REFUSED = 0.04
"""Share of the runs that may end at a named limit."""

Check = Callable[..., None]


@pytest.fixture
def equals_run_all(record_property: Callable[[str, object], None], request: pytest.FixtureRequest) -> Check:
    """`equals_run_all(notebook, *options of the command)`: fails with what differs and the notebook."""
    chosen = request.config.option
    place = Place(chosen.store, chosen.settings)

    def check(notebook: Notebook, *options: str) -> None:
        verdict = examine(notebook, *options, *(["--on", chosen.on] if chosen.on else []), place=place)
        record_property("counts", json.dumps({**verdict.ran.counts, REFUSED: int(verdict.named != "")}))
        if verdict.problems:
            pytest.fail("\n".join([*verdict.problems, "", notebook.text()]), pytrace=False)

    return check


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much guessing a whole run of the suite must have met, and where runs are."""
    parser.addoption("--speculation", type=int, default=0, help="least number of guesses, of wrong ones, of held and of moved steps")
    parser.addoption("--notebooks", type=int, default=len(HEAVY), help="how many random notebooks")
    parser.addoption("--store", default="", help=f"address of the store; {OWN} in it stands for a name of each notebook's own")
    parser.addoption("--on", default="", help="where steps run; only notebooks that use nothing but Python go elsewhere")
    parser.addoption("--settings", default="", help=f"text of the project's headwater.json, with {OWN} likewise")


def pytest_configure(config: pytest.Config) -> None:
    """The command is packed once, for all workers of the test run."""
    if PACKED in os.environ:
        return
    folder = os.path.join(ROOT, ".cache/packed", str(os.getpid()))
    subprocess.run(["node", os.path.join(ROOT, "scripts/packed.mjs"), folder], check=True)
    os.environ[PACKED] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The random notebooks."""
    if "heavy_seed" in metafunc.fixturenames:
        seeds = travelling_seeds() if metafunc.config.option.on else HEAVY
        metafunc.parametrize("heavy_seed", seeds[: metafunc.config.option.notebooks])


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What the runs met together."""
    counts = _count(terminalreporter)
    terminalreporter.write_line("met: " + ", ".join(f"{name} {counts[name]}" for name in (*SHOWN, REFUSED)))


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """A suite that guessed nothing has proven nothing."""
    least = session.config.getoption("--speculation")
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if least and reporter is not None and "PYTEST_XDIST_WORKER" not in os.environ:
        counts = _count(reporter)
        wrong = [f"too little of: {name}" for name in NEEDED if counts[name] < least]
        wrong += [f"too many {REFUSED}"] if counts[REFUSED] > MOST_REFUSED * counts["run-ended"] else []
        if wrong:
            reporter.write_line("; ".join(wrong))
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
    return (yield)


def _count(reporter: Any) -> Counter[str]:
    counts: Counter[str] = Counter()
    for report in (*reporter.stats.get("passed", []), *reporter.stats.get("failed", [])):
        for name, value in report.user_properties:
            if name == "counts" and report.when == "call":
                counts.update(json.loads(value))
    return counts
