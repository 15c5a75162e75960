"""Plain IPython as a notebook kernel has it, and everything its cells show written down. Nothing of Headwater is in it."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from base64 import b64encode
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config


class Screen:
    """Where everything appears, Python's own text and what is written below it."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.cell = -1
        self._raw = {name: tempfile.TemporaryFile(buffering=0) for name in ("stdout", "stderr")}  # noqa: SIM115 (open for good)
        self._taken = {"stdout": 0, "stderr": 0}
        for fd, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(self._raw[name].fileno(), fd)

    def show(self, kind: str, **parts: Any) -> None:
        """One more thing, after what was written below Python so far."""
        for name, file in self._raw.items():
            text = os.pread(file.fileno(), 1 << 20, self._taken[name])
            self._taken[name] += len(text)
            if text:
                self._add("stream", name=name, text=text.decode("utf-8", "replace"))
        if kind:
            self._add(kind, **parts)

    def _add(self, kind: str, **parts: Any) -> None:
        self.frames.append({"k": kind, "c": self.cell, **parts})


class Stream(io.TextIOBase):
    """`sys.stdout` and `sys.stderr`."""

    encoding = "UTF-8"  # type: ignore[assignment]

    def __init__(self, name: str, screen: Screen) -> None:
        super().__init__()
        self.name, self._kind, self._screen = f"<{name}>", name, screen

    def write(self, text: str) -> int:
        """Shown at once."""
        if text:
            self._screen.show("stream", name=self._kind, text=text)
        return len(text)

    def fileno(self) -> int:
        """The descriptor a child process would be given."""
        return 1 if self._kind == "stdout" else 2

    def isatty(self) -> bool:
        """As in a notebook."""
        return False


class Hook(DisplayHook):
    shell: Any

    """The value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """A notebook shows the number beside the output."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """The bundle."""
        self.shell.screen.show("result", data=plain_bundle(format_dict), metadata=md_dict or {}, number=self.prompt_count)

    def finish_displayhook(self) -> None:
        """Nothing to print."""


class Publisher(DisplayPublisher):
    shell: Any

    """What `display` and figures publish."""

    def publish(
        self, data: Any, metadata: Any = None, source: Any = None, *, transient: Any = None, update: bool = False, **_: Any
    ) -> None:
        """A bundle, new or in the place of another."""
        name = (transient or {}).get("display_id")
        kind = "update" if update and name is not None else "display"
        self.shell.screen.show(kind, data=plain_bundle(data), metadata=metadata or {}, id=name)

    def clear_output(self, wait: bool = False) -> None:
        """What the cell showed goes away."""
        self.shell.screen.show("clear", wait=wait)


class ZMQInteractiveShell(InteractiveShell):
    """Libraries look for this name."""

    displayhook_class = Type(Hook)
    display_pub_class = Type(Publisher)
    screen: Any = None

    def init_sys_modules(self) -> None:
        """A kernel's cells are `__main__`."""
        super().init_sys_modules()
        sys.modules["__main__"] = self.user_module

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.screen.show("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window."""


def make_plain_shell(screen: Screen) -> Any:
    """The one of this process."""
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    shell: Any = ZMQInteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    shell.screen = screen
    sys.stdout, sys.stderr = Stream("stdout", screen), Stream("stderr", screen)
    return shell


def plain_bundle(data: Any) -> dict[str, Any]:
    """Bytes of pictures as text."""
    return {mime: b64encode(value).decode() if isinstance(value, bytes) else value for mime, value in data.items()}
