"""What one task process holds from attempt to attempt."""

from __future__ import annotations

from typing import Any, Callable

from headwater.control import current
from headwater.control.secrets import SECRETS
from headwater.state.process import ProcessState
from headwater.values.session import Session
from headwater.worker.attempt import Attempt, values_of
from headwater.worker.channel import Channel
from headwater.worker.effects import Effects
from headwater.worker.lazy import Lazy
from headwater.worker.names import is_noise
from headwater.worker.notebook_names import NotebookNames
from headwater.worker.shell.base import Shell
from headwater.worker.surroundings import Surroundings


class Process:
    """Runs attempts one after the other: one, unless it has to stay for values that cannot be stored."""

    channel: Channel
    """Its line to the supervisor, once it runs in a process of its own."""

    def __init__(self, hello: dict[str, Any], shell: Shell, store: Any) -> None:
        """Opens nothing and looks at nothing that a fork changes: made before forking it serves every child."""
        self.hello, self.shell, self.store = hello, shell, store
        self.effects = Effects(hello["folder"], hello["project"], store.root, self._hold)
        self.state = ProcessState(hello["folder"], hello["project"], hello["variables"], self.effects.look, NotebookNames(self))
        self._surroundings = Surroundings()
        self.session = Session(store, "none.0", shell.main)
        self.session.on_load, self.session.origins.original = self._names_loaded, self.state.original
        self.lazy = Lazy(self.session, self.state, shell.main)
        self.turn = False
        self.ran: list[str] = []
        self._replayed = False
        self._current: Attempt | None = None

    def run(self, start: dict[str, Any]) -> bool:
        """One attempt here; -> whether the process stays."""
        self.turn = start["turn"]
        self._surroundings.become(start)
        key = start["replays"] or start["id"]
        self.effects.renew()
        with self.state.loading():
            self.session.refresh(values_of(start["world"]), key, after_replay=self._replayed)
        self._replayed = start["replays"] is not None
        self.ran.append(key)
        current.begin(start, self.hello, self._tell_progress(start))
        if start["replays"] is None:
            current.current.checkpoint.begin(self.store, [self.hello["prefix"], *self.hello["earlier"]], start["task"])
        self._current = Attempt(start, self)
        return self._current.execute()

    def _names_loaded(self, names: list[str]) -> None:
        with self.state.loading():
            self.state.names_loaded(names)

    def _tell_progress(self, start: dict[str, Any]) -> Callable[[float, float | None], None]:
        if start["replays"] is not None:
            return lambda done, total: None
        return lambda done, total: self.channel.send({"type": "progress", "id": start["id"], "done": done, "total": total})

    def persons_names(self) -> list[str]:
        """Names of the namespace that are the person's, not the shell's."""
        own = self.shell.own_names()
        return [
            name
            for name, value in list(self.shell.main.__dict__.items())
            if not (name in own and own[name] is value) and not is_noise(name)
        ]

    def holds_tombstones(self, world: dict[str, Any]) -> bool:
        """Values of earlier attempts here that cannot be stored and may still be read."""
        return any(each["version"] in self.ran for each in world["tombstones"].values())

    def _hold(self, effect: str) -> None:
        """Called before the first effect outside: returns when it may happen."""
        self.await_turn(effect)
        if self._current is not None:
            self._current.files.guard()

    def await_turn(self, effect: str) -> None:
        """Returns when every earlier step is committed."""
        attempt = self._current
        if self.turn or attempt is None:
            return
        answer = self.channel.ask({"type": "held", "id": attempt.id, "effect": SECRETS.mask(effect), **attempt.reads()})
        attempt.move_on(answer["world"])
        self.turn = True
