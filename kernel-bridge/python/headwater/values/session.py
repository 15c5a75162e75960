"""One process and the world it stands in: what it loaded, what it must save."""

from __future__ import annotations

import builtins
import io
import sys
import threading
import types
from collections.abc import Container, Iterable, Iterator
from typing import Any, Callable

import headwater.values.makers  # noqa: F401  (stored pickles import it by name)
from headwater.values.baseline import take_baseline
from headwater.values.buffers import Buffers
from headwater.values.close_over import GlobalNames
from headwater.values.code import Codes
from headwater.values.current import at_work
from headwater.values.held import Held
from headwater.values.identities import CLASS, FUNCTION, Identities
from headwater.values.keys import GroupId, Key, attempt_of, task_of
from headwater.values.links import Links
from headwater.values.loading import Loading
from headwater.values.namespace import is_state, persons_names
from headwater.values.origins import Origins
from headwater.values.parked import refresh
from headwater.values.reader import Reader
from headwater.values.rulebook import Rulebook
from headwater.values.saved import Saved
from headwater.values.saving import Saving
from headwater.values.slots import Slot, Slots
from headwater.values.units import kinds
from headwater.values.versions import OldGroup


class Session:
    """Loads names of a world into the namespace of `main`, and saves what became of them.

    `store` gives `read_manifest(attempt) -> dict`, `open_blob(key) -> path` and `put_blob(buffers) -> key`.
    `attempt` is the key of the attempt that runs here, `train.0`: the version, and the prefix of the groups, of all that is saved.
    One session serves a process for its whole life; a parked process goes on with `refresh`.
    """

    def __init__(self, store: Any, attempt: str, main: types.ModuleType) -> None:
        self.store, self.attempt, self.main = store, attempt, main
        vars(main).setdefault("__builtins__", builtins)  # code that ran there would have set it; functions loaded before need it
        self.state: dict[str, Any] = {}
        """Process state by name (`%cwd`): saved and loaded like other names, outside the namespace."""
        self.reads: dict[str, str | None] = {}
        """Names asked for → version, None for those that are not there."""
        self.read_units: dict[str, str] = {}
        self.wanted: set[str] = set()
        """Names asked for that live only in another process."""
        self.imports: set[str] = set()
        """Dotted modules that the notebook's own code imported, the world's among them; whoever sees an import adds to it."""
        self.slots = Slots({})
        self.stones: dict[str, dict[str, Any]] = {}
        """Tombstones of values that live in this very process."""
        self.old: dict[GroupId, OldGroup] = {}
        self.ran = {attempt}
        """Attempts that ran in this process."""
        self.held: dict[str, Held] = {}
        """Names that this process has from the world."""
        self.loaded: dict[Key, Slot] = {}
        """What this process has from the world, with the slot it had then: the world may move on meanwhile."""
        self.groups: dict[GroupId, dict[str, Any]] = {}
        """Descriptions of groups, as read from manifests."""
        self.bones: dict[str, kinds.Bone] = {}
        self.origins, self.links, self.codes = Origins(main), Links(), Codes()
        self.identities = Identities(task_of(attempt))
        self.buffers = Buffers(store)
        self.rules = Rulebook(self)
        self.on_load: Callable[[list[str]], None] = lambda names: None
        """Told which names have been bound by loading."""
        self._global_names = GlobalNames()
        self._before = dict(vars(main))
        self._spared: list[Any] = []
        self._lock = threading.RLock()  # threads of an open step ask for names on their own

    # ------------------------------------------------------------ the world

    def set_world(self, world: dict[str, Any]) -> None:
        """The names, units, tombstones and imports that count from now on (protocol WorldSchema). Loads nothing."""
        self.slots = Slots(world)
        self.imports |= self.slots.imports

    def group(self, gid: GroupId) -> dict[str, Any]:
        """A group's description, from the manifest of the attempt that wrote it."""
        if gid not in self.groups:
            attempt, position = attempt_of(gid)
            self.groups[gid] = self.store.read_manifest(attempt)["groups"][position]
        return self.groups[gid]

    # ------------------------------------------------------------ loading

    def load(self, names: Iterable[str], companions_read: bool = False) -> list[str]:
        """Binds these names with all that is stored with them; returns those that were not bound before.

        A name that the person's code has bound already stays as it is. CannotLoad says what could not be brought back.
        `companions_read`: names that only came along count as read too, for a step that may use any name it finds bound.
        """
        away = self.slots.bound_elsewhere(set(self.stones))
        gids: dict[GroupId, None] = {}
        for name in names:
            if name not in self.held and name in self.namespace(name) and not self._stood_before(name):
                continue
            self.reads[name] = self.loaded["n", name][0] if ("n", name) in self.loaded else self.slots.version(name)
            if name in away:
                self.wanted.add(name)
            elif name in self.slots.names and name not in self.held:
                gids[self.slots.names[name][1]] = None
        bound = self.load_groups(list(gids), set())
        if companions_read:
            self.reads.update((name, self.loaded["n", name][0]) for name in bound)
        if bound:
            self.on_load(bound)
        return bound

    def load_everything(self) -> None:
        """All names of the world but process state."""
        self.load(name for name in (*self.slots.names, *self.slots.tombstones) if not is_state(name))

    def close_over(self) -> None:
        """Loads what the functions loaded so far refer to, and so on, as far as their globals are the namespace."""
        while True:
            among = {name for name in (*self.slots.names, *self.slots.tombstones) if name not in self.reads and name not in self.wanted}
            needed = set().union(*(self._refers(f, among) for f in self._loaded_functions()))
            if not needed:
                return
            self.load(sorted(needed))

    def functions(self) -> Iterator[types.CodeType]:
        """Code of the notebook's functions that are here from the world."""
        return (f.__code__ for f in self._loaded_functions() if type(f) is types.FunctionType)

    def _loaded_functions(self) -> list[Any]:
        return [f for uid, f in self.identities.objects.items() if uid[0] == FUNCTION]

    def names_behind(self, f: Any) -> list[str]:
        """Names of the world that a function refers to and that are not bound yet."""
        return sorted(name for name in self._refers(f, self.slots.names) if name not in self.held)

    def _refers(self, f: Any, among: Container[str]) -> set[str]:
        """Those `among` some that a function takes from the namespace, and that the person's code has not bound."""
        if type(f) is not types.FunctionType or f.__globals__ is not vars(self.main):
            return set()
        names = self._global_names.of(f.__code__, among)
        return {name for name in names if name in self.held or name not in vars(self.main) or self._stood_before(name)}

    def load_groups(self, gids: list[GroupId], renew: set[str]) -> list[str]:
        """Binds the names of these groups; `renew`: units that are filled again in place. Returns the names bound."""
        if not gids:
            return []
        with self._lock, at_work(self):
            loading = Loading(self, renew)
            bound = loading.run(gids)
            self.rules = Rulebook(self)  # a library may have come with it
            for gid, keys in loading.loaded.items():
                if keys:
                    self.old[gid] = self._take_baseline(gid, keys)
                for kind, name in keys:
                    slot = self.loaded[kind, name] = (self.slots.names if kind == "n" else self.slots.units)[name]
                    if kind == "u":
                        self.read_units[name] = slot[0]
            self.rules.tidy()
            return bound

    def _take_baseline(self, gid: GroupId, keys: list[Key]) -> OldGroup:
        return take_baseline(self, gid, keys)

    def finalizing(self, names: Iterable[str]) -> list[str]:
        """Those whose stored values hold instances with `__del__`: binding such a name runs it, so the value must be loaded before."""
        return [name for name in names if name in self.slots.names and self.group(self.slots.names[name][1])["final"]]

    def is_loaded(self, name: str) -> bool:
        """This process has it from the world, and nobody has bound it to something else since."""
        return name in self.held and name in self.namespace(name) and self.held[name].is_still(self.value(name))

    # ------------------------------------------------------------ saving

    def save(self, bound: Iterable[str] | None = None) -> Saved:
        """Writes every group that changed; one name that cannot be stored never loses the others.

        `bound`: the person's names that are bound now, by default all but the shell's and those that stood there at the start.
        """
        names = persons_names(vars(self.main), self._before) if bound is None else [n for n in bound if n in vars(self.main)]
        names += self.state
        self.rules = Rulebook(self)
        self.buffers.begin_save()
        rebound = {name for name in names if not is_state(name) and name in self.held and not self.is_loaded(name)}
        with at_work(self):
            saving = Saving(self, names, rebound)
            saved = saving.run()
            self.rules.tidy()
        self._settle(saving, saved)
        return saved

    def _settle(self, saving: Saving, saved: Saved) -> None:
        """What was saved is what this process now has from the world, should another step run here."""
        delta = saved.delta
        untouched = {gid: old for gid, old in self.old.items() if saving.untouched.issuperset(old.keys)}
        self.old = {**untouched, **{old.gid: old for old in saving.old}}
        self.groups.update((f"{self.attempt}/{position}", group) for position, group in enumerate(saved.groups))
        self.loaded.update((("n", name), (version, gid)) for name, (version, gid) in delta["binds"].items())
        self.loaded.update((("u", uid), (version, gid)) for uid, (version, gid) in delta["units"].items())
        here = {key for old in self.old.values() for key in old.keys}
        self.loaded = {key: slot for key, slot in self.loaded.items() if key in here}
        names = set(saving.names)
        kept = {name: stone for name, stone in self.stones.items() if name in names and name not in delta["binds"]}
        self.stones = {**kept, **delta["tombstones"]}
        self.held = {name: self._hold(self.value(name)) for name in saving.names}

    # ------------------------------------------------------------ a parked process

    def refresh(self, world: dict[str, Any], attempt: str, after_replay: bool = False) -> None:
        """Another step runs in this process: what changed elsewhere is dropped (names) or filled again in place (units).

        `after_replay`: the attempts that ran here so far, under their own keys, only made again what cannot be stored. All else they
        made counts for nothing and comes from the store, but for what is tied to such a value.
        """
        refresh(self, world, attempt, after_replay)

    # ------------------------------------------------------------ for the parts

    def resolve(self, uid: str) -> Any:
        """The unit, made now if need be. KeyError when its group was not opened."""
        if uid not in self.identities.objects:
            self.identities.adopt(uid, kinds.make(self, uid, self.bones.pop(uid)))
        return self.identities.objects[uid]

    def unit(self, uid: str) -> Any:
        """The unit of the world, loaded if need be."""
        if uid not in self.identities.objects:
            self.load_groups([self.slots.units[uid][1]], set())
        return self.identities.objects[uid]

    def read(self, data: bytes) -> Any:
        return Reader(io.BytesIO(data)).load()

    def value(self, name: str) -> Any:
        return self.namespace(name)[name]

    def may_bind(self, name: str) -> bool:
        """Not over what the person's code has bound."""
        return name not in self.held and (name not in self.namespace(name) or self._stood_before(name))

    def bind(self, name: str, value: Any) -> None:
        self.namespace(name)[name] = value
        self.held[name] = self._hold(value)

    def spare(self, value: Any, group: dict[str, Any]) -> None:
        """A value that came along and is not bound: kept when letting go of it would run a finalizer a second time."""
        if group["final"]:
            self.keep(value)

    def keep(self, value: Any) -> None:
        """Its finalizer, if it has one, runs in another process, or never."""
        self._spared.append(value)

    def untouched(self, name: str) -> list[Key]:
        """The key of a name that need not be looked at: alone in its group, and certainly what was loaded."""
        key = ("n", name)
        gid = self.loaded_from(key)
        if gid is None or self.old[gid].keys != [key] or not self.held[name].is_certain(self.value(name)):
            return []
        value = self.value(name)
        grown = isinstance(value, types.ModuleType) and any(n.startswith(value.__name__ + ".") for n in self.new_imports())
        return [] if grown or value != value else [key]  # NaN ties by identity

    def loaded_from(self, key: Key) -> GroupId | None:
        """The group that this process has the key from."""
        return self.loaded[key][1] if key in self.loaded else None

    def new_imports(self) -> list[str]:
        """Dotted modules that were imported here and that the world does not have yet."""
        return sorted(name for name in self.imports - self.slots.imports if name in sys.modules)

    def is_final(self, uids: Iterable[str]) -> bool:
        """A class among these units has a finalizer."""
        return any(uid[0] == CLASS and hasattr(self.identities.objects.get(uid), "__del__") for uid in uids)

    def _hold(self, value: Any) -> Held:
        return Held(value, keep=self.identities.known(value) is not None)

    def namespace(self, name: str) -> dict[str, Any]:
        """Where a name is bound."""
        return self.state if is_state(name) else vars(self.main)

    def _stood_before(self, name: str) -> bool:
        """In the namespace since before anything ran, the shell's own."""
        return name in self._before and vars(self.main).get(name) is self._before[name]
