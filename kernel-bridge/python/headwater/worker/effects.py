"""What a step does outside its process: seen by Python's audit events, held until the step's turn, remembered as files.

A held step waits at its first effect until every earlier step is committed: nothing is written twice, or for a run that fails before.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import sysconfig
import threading
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec
from types import CodeType
from typing import Any, Callable

from headwater.values.reduce.memory_maps import OPENED
from headwater.worker.lookups import looked_at
from headwater.worker.modules import read_again
from headwater.worker.reach import Reach
from headwater.worker.unseen import Facts, changed, look_over

HELD = frozenset(
    {
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.mkdir",
        "os.link",
        "os.symlink",
        "os.truncate",
        "os.chmod",
        "os.chown",
        "os.utime",
        "os.setxattr",
        "os.removexattr",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.exec",
        "os.system",
        "os.kill",
        "os.killpg",
        "subprocess.Popen",
        "socket.connect",
        "socket.sendto",
        "socket.sendmsg",
        "socket.bind",
        "sqlite3.connect",
        "shutil.rmtree",
    }
)
"""Events that reach outside. Starting a process counts: what it does raises no events here."""

STARTS = frozenset({"os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.exec", "os.system", "subprocess.Popen"})
"""What may change any file from now on."""

PROJECT, ELSEWHERE = "*/", "/*/"
"""Names for all files of the project, and for all others: who has read one has read these, who may have changed any has written them."""

ASKED = "**/"
"""Name for what is looked at without an event: who has written any file has written this."""

NOBODYS = ("/usr/", "/etc/", "/lib", "/opt/", "/bin/")
"""Where no notebook keeps what it works with."""

ON_PATHS = frozenset(
    event for event in HELD if event.startswith(("os.r", "os.m", "os.l", "os.sy", "os.t", "os.ch", "os.u", "os.set", "sqlite3", "shutil"))
) - {"os.system"}
"""Those whose first arguments are paths."""

LISTINGS = frozenset({"os.listdir", "os.scandir", "glob.glob"})
TEMPORARY = frozenset({"tempfile.mkstemp", "tempfile.mkdtemp"})
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
COMPILED = (".pyc", ".pyo", ".so", ".pyd", ".dll", ".pth")
SYSTEM = ("/dev/", "/proc/", "/sys/")


class Effects:
    """The audit hook of one task process."""

    def __init__(self, folder: str, project: str, store: str, hold: Callable[[str], None]) -> None:
        """`hold` is called once, before the first effect, and returns when it may happen. What happens in the store is ours."""
        self.folder, self._hold = os.path.realpath(folder), hold
        self._project = os.path.realpath(os.path.join(folder, project))
        self.read: set[str] = set()
        self.written: set[str] = set()
        self.happened = False
        self.started = False
        """A process."""
        self._watching = False
        self._before: dict[str, Facts] | None = None
        self._unseen = False
        self._free: set[str] = set()
        self._installed = False
        self._reach = Reach()
        self._lock = threading.RLock()
        self._home = (*_caches(), os.path.abspath(store) + os.sep)
        self._system = interpreter_folders()

    def watch(self) -> None:
        """From now on cells run."""
        self._watching = True

    def rest(self) -> None:
        """Our own work: nothing counts."""
        self._watching = False

    def renew(self) -> None:
        """Another step runs in this process. A hook cannot be taken away again, so a process has one and it is told to look or not."""
        if not self._installed:
            sys.addaudithook(self._audit)
            self._installed = True
        self.read, self.written, self.happened, self.started = set(), set(), False, False
        self._before, self._unseen = None, False

    def declare(self, effect: str) -> None:
        """An effect that raises no event is about to happen."""
        self._happen(effect)
        self.expect_unseen()

    def ask(self, files: list[str]) -> None:
        """Files that cells look at, relative to the notebook, in ways that raise no event."""
        for each in files:
            self._note_read(os.path.join(self.folder, each), "")

    def begin_cell(self, text: str, functions: Iterable[CodeType], scripts: Iterable[CodeType]) -> None:
        """A cell with this text runs next, and may call these functions, of which no cell defines those of `scripts`."""
        self._reach.use(text, functions, scripts)
        self._note_reached()

    def note_written(self, name: str, folder: str) -> None:
        """A file, and the folder it stands in, by the names they have in every run."""
        self.written |= {name, f"{folder}/", ASKED}

    def note_unseen(self) -> None:
        """After the cells: what processes and native code have changed counts as written."""
        if not self._unseen:
            return
        self.written |= {ELSEWHERE, ASKED}
        found = changed(self._before, look_over(self._project))
        if found is None:
            self.written.add(PROJECT)
            return
        for each in found:
            if not self._is_private(each):
                self._wrote(each)
                self.happened = True

    def expect_unseen(self) -> None:
        """From now on files may change without an event."""
        if self._unseen:
            return
        self._unseen = True
        watching, self._watching = self._watching, False
        self._before = look_over(self._project)
        self._watching = watching

    def look(self, name: str, path: Sequence[str] | None, spec: ModuleSpec | None) -> None:
        """A module is looked for, by a cell or for the sake of a value."""
        for place in looked_at(name, path, spec, self._project):
            self._note_read(place, "/" if place.endswith(os.sep) else "")
            if spec is not None:
                read_again(place)
                self._reach_into(spec)

    def _reach_into(self, spec: ModuleSpec) -> None:
        with contextlib.suppress(Exception):  # it fails again where it is imported, and says so there
            code = spec.loader.get_code(spec.name)  # type: ignore[union-attr]
            if code is not None:
                self._reach.add(code)
        self._note_reached()

    def _note_reached(self) -> None:
        if ASKED not in self.read and self._reach.asks():
            self.read.add(ASKED)
        if self._watching and not (self.happened and self._unseen) and self._reach.writes():
            self.declare("a write that Python does not announce")

    # ------------------------------------------------------------ the hook

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event == OPENED:
            self._note_read(os.path.abspath(args[0]), "")
        if not self._watching:
            return
        if event == "open":
            self._on_open(*args)
        elif event in HELD:
            self._on_held(event, args)
        elif event in LISTINGS:
            self._on_listing(args[0] if args else ".")
        elif event in TEMPORARY and args and isinstance(args[0], str):
            self._free.add(os.path.abspath(args[0]))

    def _on_open(self, path: Any, mode: Any, flags: Any) -> None:
        place = _text(path)
        if place is None:
            return
        writes = bool(flags & WRITE_FLAGS) if isinstance(flags, int) else any(c in (mode or "r") for c in "wax+")
        if not writes and place.endswith(COMPILED):
            return
        full = os.path.abspath(place)
        if self._is_private(full) or (not writes and (full.startswith(self._system) or self._is_others_code(full))):
            return
        if writes and (os.path.isdir(full) or _is_trial()):
            return  # To open a folder for writing makes a temporary file without a name, or fails.
        if writes:
            self._happen(f"open {self.shorten(full)} for writing")
            self._wrote(full)
        else:
            self._note_read(full, "")

    def _on_held(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "sqlite3.connect" and _text(args[0]) in (":memory:", ""):
            return
        paths = [os.path.abspath(p) for p in map(_text, args[:2]) if p is not None] if event in ON_PATHS else []
        if paths and (all(map(self._is_private, paths)) or (event == "os.mkdir" and os.path.isdir(paths[0])) or _is_trial()):
            return
        self._happen(" ".join([event, *map(self.shorten, paths)]))
        for each in paths:
            self._wrote(each)
        if event in STARTS:
            self.started = True
            self.expect_unseen()

    def _on_listing(self, path: Any) -> None:
        place = _text(path)
        if place is None or _is_import():
            return
        full = os.path.abspath(place or ".")
        if not self._is_private(full) and not full.startswith(self._system):
            self._note_read(full, "/")

    def _note_read(self, full: str, ending: str) -> None:
        self.read.add(self.shorten(full) + ending)
        if self._is_in_project(full):
            self.read.add(PROJECT)
        elif not full.startswith(NOBODYS):
            self.read.add(ELSEWHERE)

    def _wrote(self, full: str) -> None:
        self.note_written(self.shorten(full), self.shorten(os.path.dirname(full)))

    def _happen(self, effect: str) -> None:
        if self.happened:
            return
        with self._lock:
            if not self.happened:
                self._watching, watching = False, self._watching
                self._hold(effect)
                self.happened, self._watching = True, watching

    def _is_others_code(self, full: str) -> bool:
        """Source of what is imported from outside the project."""
        return full.endswith(".py") and not self._is_in_project(full)

    def _is_in_project(self, full: str) -> bool:
        return os.path.realpath(full).startswith(self._project + os.sep)

    def _is_private(self, full: str) -> bool:
        """Files nobody else looks at: devices, caches, byte code, and what `tempfile` named by chance."""
        if full.startswith(SYSTEM) or "__pycache__" in full or full.startswith(self._home):
            return True
        return any(full == each or full.startswith(each + os.sep) for each in self._free)

    def shorten(self, full: str) -> str:
        """Relative to the notebook's folder where it is inside, with forward slashes; the name a file has in every run."""
        real = os.path.realpath(full)
        if real == self.folder:
            return "."
        return real[len(self.folder) + 1 :].replace(os.sep, "/") if real.startswith(self.folder + os.sep) else real


@functools.cache
def interpreter_folders() -> tuple[str, ...]:
    """Where Python and what is installed for it stand. Asked for once before forking: finding out costs as much as a small cell."""
    return tuple({os.path.realpath(p) for p in [sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()]})


def _caches() -> tuple[str, ...]:
    """Folders in which libraries keep what they could make again."""
    home = os.path.expanduser("~")
    places = [
        os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"),
        os.path.join(home, ".config", "matplotlib"),
        os.path.join(home, ".ipython"),
        os.environ.get("MPLCONFIGDIR"),
        os.path.join(home, ".matplotlib"),
    ]
    return tuple(os.path.abspath(p) + os.sep for p in places if p)


def _is_import() -> bool:
    """The import system lists a folder to keep what is in it; `look` is told which names it then looks for."""
    frame = sys._getframe(3)
    return frame.f_code.co_filename == "<frozen importlib._bootstrap_external>"


def _is_trial() -> bool:
    """Asked for a place for the first time, `tempfile` tries folders with a file that it removes at once."""
    frame = sys._getframe(1)
    while frame and frame.f_globals.get("__name__") != "tempfile":
        frame = frame.f_back
    return frame is not None and frame.f_code.co_name == "_get_default_tempdir"


def _text(path: Any) -> str | None:
    """A path as text, or None for a descriptor or something else."""
    if isinstance(path, int) or path is None:
        return None
    try:
        return os.fsdecode(path)
    except TypeError:
        return None


def file_versions(world: dict[str, Any], files: set[str]) -> dict[str, str | None]:
    """Files as names of the world: which attempt wrote each, or None where none of this run did."""
    names = world["names"]
    return {f"file:{each}": names[f"file:{each}"][0] if f"file:{each}" in names else None for each in files}
