"""A failure that `catch:NAME` bound instead of ending the run."""

from __future__ import annotations

from typing import Any


class Failure:
    """`type`, `message` and `traceback` of what the step raised, or of what its process died of. True, so that `if failed:` reads well."""

    __slots__ = ("message", "traceback", "type")

    def __init__(self, type: str, message: str, traceback: str = "") -> None:
        self.type, self.message, self.traceback = type, message, traceback

    def __reduce__(self) -> Any:
        return Failure, (self.type, self.message, self.traceback)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Failure) and self.__reduce__()[1] == other.__reduce__()[1]

    def __hash__(self) -> int:
        return hash((self.type, self.message))

    def __repr__(self) -> str:
        return f"<Failure {self.type}: {self.message}>"
