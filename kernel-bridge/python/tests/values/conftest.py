from __future__ import annotations

import pytest

from tests.values.helpers.notebook import Processes
from tests.values.helpers.run import Run


@pytest.fixture(scope="session")
def forked():
    """Processes forked off one interpreter."""
    processes = Processes()
    yield processes
    processes.close()


@pytest.fixture
def run(tmp_path):
    """A run without steps."""
    return Run(tmp_path / "store")
