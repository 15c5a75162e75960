"""`%logging`: levels, and the handlers that write to the notebook or to a file. Other handlers belong to their library."""

import logging
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple, Optional

from headwater.state.entries import ABSENT, Entries
from headwater.state.place import Place

DISABLED = "%disable"
"""The entry for `logging.disable(level)`; no logger has this name."""


OF_NOTEBOOKS = ("__main__", "logging", "logging.handlers")
"""Where the classes of handlers are defined that cells set; a library's belong to it."""


class Handling(NamedTuple):
    """A handler as data: "stdout", "stderr" or a packed path of a file; its level and formatter."""

    target: Any
    level: int
    formatter: Optional[logging.Formatter]


class Record(NamedTuple):
    """What cells may set of a logger. Everything at its default is no record at all."""

    level: int
    propagate: bool
    disabled: bool
    handlers: tuple[Handling, ...]


DEFAULT = Record(logging.NOTSET, True, False, ())


class Loggers(Entries):
    """One record by name for each logger. What a library sets at import for loggers other than the root is its own."""

    def __init__(self, place: Place) -> None:
        super().__init__("%logging", self._get, self._set, owned=lambda key: key not in ("root", DISABLED))
        self._place = place

    def start(self, world: Any) -> None:
        """As every variable. Handlers an earlier attempt left in this process follow the streams of the new one."""
        for logger in _all_loggers().values():
            for handler in logger.handlers:
                target = _standard_target(handler)
                if target is not None:
                    handler.stream = _Following(target)  # type: ignore[attr-defined]
        super().start(world)

    def _get(self) -> dict[str, Any]:
        found: dict[str, Any] = {DISABLED: logging.root.manager.disable}
        for name, logger in _all_loggers().items():
            if logger.level or logger.handlers or not logger.propagate or logger.disabled:
                handlings = tuple(handling for _, handling in self._handlings(logger))
                record = Record(logger.level, bool(logger.propagate), bool(logger.disabled), handlings)
                if record != DEFAULT:
                    found[name] = record
        return found

    def _set(self, changes: Mapping[str, Any]) -> None:
        for name, value in changes.items():
            if name == DISABLED:
                logging.disable(value)
            else:
                self._set_logger(logging.getLogger(None if name == "root" else name), DEFAULT if value is ABSENT else value)

    def _set_logger(self, logger: logging.Logger, record: Record) -> None:
        logger.setLevel(record.level)
        logger.propagate, logger.disabled = record.propagate, record.disabled
        present = self._handlings(logger)
        for handler, handling in present:
            if handling not in record.handlers:
                logger.removeHandler(handler)
        for handling in record.handlers:
            if all(handling != each for _, each in present):
                logger.addHandler(self._make(handling))

    def _handlings(self, logger: logging.Logger) -> list[tuple[logging.Handler, Handling]]:
        found = [(handler, _standard_target(handler) or self._file_target(handler)) for handler in logger.handlers]
        return [(handler, Handling(target, handler.level, handler.formatter)) for handler, target in found if target is not None]

    def _file_target(self, handler: logging.Handler) -> Any:
        return ("file", self._place.pack(handler.baseFilename)) if type(handler) is logging.FileHandler else None

    def _make(self, handling: Handling) -> logging.Handler:
        if isinstance(handling.target, str):
            handler: logging.Handler = logging.StreamHandler(_Following(handling.target))  # type: ignore[arg-type]
        else:
            # Opened when something is logged: an effect of the step that logs, not of every step.
            handler = logging.FileHandler(self._place.unpack(handling.target[1]), mode="a", delay=True)
        handler.setLevel(handling.level)
        handler.setFormatter(handling.formatter)
        return handler


def other_handlers() -> list[logging.Handler]:
    """Of the notebook's and of Python's own kinds, those that are not carried: one that collects records, one that turns files over."""
    mine = [each for logger in _all_loggers().values() for each in logger.handlers if type(each).__module__ in OF_NOTEBOOKS]
    return [each for each in mine if type(each) not in (logging.NullHandler, logging.FileHandler) and _standard_target(each) is None]


class _Following:
    """The stream that is `sys.stdout` or `sys.stderr` at the time of writing: every cell has its own."""

    def __init__(self, target: str) -> None:
        self.target, self.name = target, f"<{target}>"

    def write(self, text: str) -> int:
        return getattr(sys, self.target).write(text)

    def flush(self) -> None:
        getattr(sys, self.target).flush()


def _standard_target(handler: logging.Handler) -> Optional[str]:
    name = getattr(handler.stream, "name", None) if type(handler) is logging.StreamHandler else None
    return name[1:-1] if name in ("<stdout>", "<stderr>") else None


def _all_loggers() -> dict[str, logging.Logger]:
    found = {name: each for name, each in list(logging.root.manager.loggerDict.items()) if isinstance(each, logging.Logger)}
    return {"root": logging.root, **found}
