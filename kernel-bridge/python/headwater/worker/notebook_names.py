"""The notebook's variables in a task process, as process state sees them (state/shared_names.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headwater.worker.process import Process


class NotebookNames:
    def __init__(self, process: Process) -> None:
        self._process = process

    def bound(self) -> Mapping[str, Any]:
        """The person's, in this process."""
        namespace = self._process.session.namespace("")
        return {name: namespace[name] for name in self._process.persons_names()}

    def is_loaded(self, name: str) -> bool:
        """It came from an earlier step, and nobody has bound it to something else since."""
        return self._process.session.is_loaded(name)

    def load(self, name: str) -> bool:
        """Brings one from an earlier step; -> whether there is one."""
        with self._process.state.loading():
            self._process.session.load([name])
        return self.is_loaded(name)

    def bind(self, name: str, value: Any) -> None:
        """To another object."""
        self._process.session.namespace(name)[name] = value
