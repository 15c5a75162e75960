"""What can go wrong with values, each with a sentence a person can act on."""

from __future__ import annotations

import pickle


class Unstorable(pickle.PicklingError):
    """A value that lives only in the process that made it. The message is one short clause: "a held lock"."""


class CannotLoad(Exception):
    """Stored names could not be brought back; the cause says why, most often a module that is missing here, in another environment."""

    def __init__(self, names: list[str], cause: BaseException) -> None:
        what = ", ".join(names) or "classes and functions that loaded names refer to"
        if isinstance(cause, ModuleNotFoundError) and cause.name:
            why = f"it needs the module {cause.name}, which this environment does not have"
        else:
            why = f"{type(cause).__name__}: {cause}"
        super().__init__(f"cannot load {what}: {why}")
        self.names = names


class OtherPython(Exception):
    """Code stored by one Python cannot be rebuilt for another."""

    def __init__(self, name: str, stored: str, here: str, why: str) -> None:
        super().__init__(f"{name} was compiled by {stored} and this is {here}; {why}")
        self.stored, self.here = stored, here
