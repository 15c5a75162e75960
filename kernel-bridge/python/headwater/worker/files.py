"""Files that the tags of a step name: found and brought to the version it must see, kept in the store, put back when it fails."""

from __future__ import annotations

import glob
import mmap
import os
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headwater.worker.process import Process

SPECIAL = re.compile(r"[*?[]")
KNOWN = "file:"


class FileTrouble(Exception):
    """What a tag names is not there, or not what it can name. The message is a sentence without its full stop."""


class Files:
    """Of one attempt."""

    def __init__(self, start: dict[str, Any], process: Process) -> None:
        self.step, self.process = start["step"], process
        self.reads: list[str] = start["asks"]["reads"]
        self.writes: list[str] = start["asks"]["writes"]
        self.world: dict[str, Any] = start["world"]
        self.folder: str = process.hello["folder"]
        self.project = os.path.realpath(os.path.join(self.folder, process.hello["project"]))
        self.kept: dict[str, dict[str, Any]] = {"read": {}, "written": {}}
        self._before: dict[str, dict[str, Any]] | None = None

    # ------------------------------------------------------------ before the cells

    def prepare(self) -> None:
        """Every file of `reads:` is there, in the version that the run is at, and kept. Raises FileTrouble."""
        effects = self.process.effects
        for pattern in self.reads:
            found = sorted({*self._on_disk(pattern), *self._in_world(pattern)})
            if not found:
                raise FileTrouble(f"{self.step} reads `{pattern}`, and there is no such file")
            for name in found:
                self._bring(name)
                self._check(name, f"reads:{pattern}")
                self.kept["read"][name] = self._keep(name)
                effects.read.add(name)
            for folder in {os.path.dirname(name) for name in found} if SPECIAL.search(pattern) else ():
                effects.read.add(f"{folder or '.'}/")

    def _bring(self, name: str) -> None:
        """What an earlier step wrote, as it wrote it: another may have changed it since, or it was written on another machine."""
        kept = self._stored(name)
        path = os.path.join(self.folder, name)
        if kept is not None and not self._is(path, kept):
            put_back(self.process.store, path, kept)

    def _is(self, path: str, kept: dict[str, Any]) -> bool:
        try:
            return os.path.getsize(path) == kept["size"] and self._put(path) == kept["blob"]
        except OSError:
            return False

    def _stored(self, name: str) -> dict[str, Any] | None:
        slot = self.world["names"].get(KNOWN + name)
        if slot is None:
            return None
        manifest = self.process.store.read_manifest(slot[0])
        return manifest.get("kept", {}).get("written", {}).get(name)

    # ------------------------------------------------------------ around what they write

    def guard(self) -> None:
        """Just before the first effect: what stands where it is about to write is kept, to be put back if it fails."""
        if self.writes and self._before is None:
            self._before = {name: self._keep(name) for name in self._matches(self.writes)}
            self.process.channel.send({"type": "guard", "writes": self.writes, "before": self._before})

    def finish(self) -> None:
        """The files of `writes:` are kept. Raises FileTrouble for one that is not there."""
        effects = self.process.effects
        for pattern in self.writes:
            found = self._on_disk(pattern)
            if not found:
                raise FileTrouble(f"{self.step} is to write `{pattern}`, and there is no such file at its end")
            for name in found:
                self._check(name, f"writes:{pattern}")
                self.kept["written"][name] = self._keep(name)
                effects.note_written(name, os.path.dirname(name) or ".")

    def undo(self) -> None:
        """It failed: what its tags say it writes is as it was before."""
        if self._before is not None:
            undo(self.process.store, self.folder, {"writes": self.writes, "before": self._before})
            self.kept["written"] = {}

    # ------------------------------------------------------------ parts

    def _matches(self, patterns: list[str]) -> list[str]:
        return sorted({name for pattern in patterns for name in self._on_disk(pattern) if os.path.isfile(os.path.join(self.folder, name))})

    def _on_disk(self, pattern: str) -> list[str]:
        return find(self.folder, pattern)

    def _in_world(self, pattern: str) -> list[str]:
        names = [name[len(KNOWN) :] for name in self.world["names"] if name.startswith(KNOWN)]
        return [name for name in names if matches(pattern, name) and self._stored(name) is not None]

    def _check(self, name: str, tag: str) -> None:
        path = os.path.join(self.folder, name)
        if os.path.isdir(path):
            raise FileTrouble(f"`{tag}` of {self.step} names the folder {name}: say which files, `{tag}/*`")
        if not os.path.exists(path):
            raise FileTrouble(f"`{tag}` of {self.step} names {name}, a link to nothing")
        real = os.path.realpath(path)
        if real != self.project and not real.startswith(self.project + os.sep):
            raise FileTrouble(f"`{tag}` of {self.step} names {name}, a link that leads out of the project")

    def _keep(self, name: str) -> dict[str, Any]:
        path = os.path.join(self.folder, name)
        return {"blob": self._put(path), "size": os.path.getsize(path), "mode": os.stat(path).st_mode & 0o777}

    def _put(self, path: str) -> str:
        with open(path, "rb") as file:
            if os.path.getsize(path) == 0:
                return self.process.store.put_blob([b""])
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                view = memoryview(data)
                try:
                    return self.process.store.put_blob([view])
                finally:
                    view.release()


def find(folder: str, pattern: str) -> list[str]:
    """Files and folders of `folder` that match, relative to it, with forward slashes."""
    root = os.path.join(glob.escape(folder), "")
    found = glob.glob(root + pattern, recursive=True)
    names = sorted(os.path.relpath(each, folder).replace(os.sep, "/") for each in found)
    # A wildcard means files; a folder named in full is a mistake to be told.
    return [name for name in names if not os.path.isdir(os.path.join(folder, name))] if SPECIAL.search(pattern) else names


def matches(pattern: str, name: str) -> bool:
    """As the protocol's `matchesGlob`."""
    source = "".join("(?:(?!\\.)[^/]+/)*" if part == "**" else _part(part) for part in pattern.split("/"))
    return re.fullmatch(source[:-1] if source.endswith("/") else source, name) is not None


def _part(part: str) -> str:
    pieces = re.findall(r"\*|\?|\[!?[^\]]+\]|[^*?[]+|\[", part)
    source = "".join({"*": "[^/]*", "?": "[^/]"}.get(piece) or _set_or_text(piece) for piece in pieces)
    return f"{'(?![.])' if SPECIAL.match(part) else ''}{source}/"


def _set_or_text(piece: str) -> str:
    if len(piece) < 3 or piece[0] != "[":
        return re.escape(piece)
    inside = piece[1:-1].replace("\\", r"\\").replace("^", r"\^")
    return f"[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"


def put_back(store: Any, path: str, kept: dict[str, Any]) -> None:
    """The file as it was kept: written beside, then put in its place."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    part = f"{path}.part-{os.urandom(6).hex()}"
    try:
        with open(store.open_blob(kept["blob"]), "rb") as source, open(part, "wb") as target:
            while data := source.read(1 << 20):
                target.write(data)
        os.chmod(part, kept["mode"])
        os.replace(part, os.path.realpath(path))
    finally:
        if os.path.exists(part):
            os.unlink(part)


def undo(store: Any, folder: str, guard: dict[str, Any]) -> None:
    """What stands where a failed attempt wrote is as it was before."""
    for pattern in guard["writes"]:
        for name in find(folder, pattern):
            path = os.path.join(folder, name)
            if name not in guard["before"] and os.path.isfile(path):
                os.unlink(path)
    for name, kept in guard["before"].items():
        put_back(store, os.path.join(folder, name), kept)
