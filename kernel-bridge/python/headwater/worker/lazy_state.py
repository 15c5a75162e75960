"""Process state variables of the world, loaded when somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from headwater.values.session import Session


class LazyState(Mapping[str, Any]):
    """The `%` names of a session's world. A value may need a module that another variable makes importable, so each waits for its use."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names = [name for name in session.slots.names if name.startswith("%")]

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        self._session.load([name])
        return self._session.state[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
