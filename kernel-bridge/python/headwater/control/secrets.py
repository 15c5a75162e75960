"""Values of `secret:` tags, kept out of everything that is written: text shows their names, stored values refer to them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from typing import Any, Callable, Union

LINE = 8
"""Characters from which one line of a secret of several lines is hidden by itself."""

Text = Union[str, bytes]


class Secrets:
    """Of one process. Names come with the run, values from the environment this process was started in."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._text: re.Pattern[str] | None = None
        self._bytes: re.Pattern[bytes] | None = None
        self._shown: dict[str, str] = {}

    @property
    def any(self) -> bool:
        """There is something to hide."""
        return self._bytes is not None

    def know(self, names: Iterable[str]) -> None:
        """Takes their values; a step may change its environment afterwards."""
        self._values = {name: os.environ[name] for name in names if os.environ.get(name)}
        self._shown = {form: f"[{name}]" for name, value in self._values.items() for form in _forms(value)}
        # The longest first: of two secrets one may begin with the other.
        forms = sorted(self._shown, key=len, reverse=True)
        self._text = re.compile("|".join(map(re.escape, forms))) if forms else None
        raw = sorted({value.encode("utf-8", "surrogateescape") for value in self._values.values()}, key=len, reverse=True)
        self._bytes = re.compile(b"|".join(map(re.escape, raw))) if raw else None

    def mask(self, text: str) -> str:
        """The text with `[NAME]` in the place of each value."""
        return text if self._text is None else self._text.sub(lambda found: self._shown[found.group()], text)

    def are_in(self, data: Any) -> bool:
        """Whether bytes, or a buffer of them, hold a value."""
        return self._bytes is not None and self._bytes.search(data) is not None

    def named_in(self, data: Any) -> str:
        """The secret that `data` holds."""
        found = self._bytes.search(data) if self._bytes else None
        text = found.group().decode("utf-8", "surrogateescape") if found else ""
        return next((name for name, value in self._values.items() if value == text), "")

    def take_apart(self, text: Text) -> tuple[Any, ...] | None:
        """What stands for a str or bytes that holds a value: its pieces, at odd places the names of secrets. Else None."""
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        if self._bytes is None or self._bytes.search(data) is None:
            return None
        pieces: list[Any] = []
        end = 0
        for found in self._bytes.finditer(data):
            pieces += [data[end : found.start()], self.named_in(found.group())]
            end = found.end()
        return (*pieces, data[end:])


def put_together(kind: str, pieces: tuple[Any, ...]) -> Text:
    """The str or bytes again. Raises SecretMissing where one of its secrets is not set."""
    data = b"".join(each if at % 2 == 0 else _value(each) for at, each in enumerate(pieces))
    return data.decode("utf-8", "surrogatepass") if kind == "str" else data


class SecretMissing(LookupError):
    """A stored value refers to a secret that this process does not have."""


def _value(name: str) -> bytes:
    value = os.environ.get(name) or SECRETS._values.get(name)
    if not value:
        raise SecretMissing(f"it holds the secret {name}, which is not set here: export {name} first")
    return value.encode("utf-8", "surrogateescape")


def _forms(value: str) -> set[str]:
    """The value as it may stand in text: as it is, as JSON, Python and HTML write it, and line by line."""
    import html  # with a table of two thousand names, that only a run with secrets needs

    lines = [line for line in value.splitlines() if len(line) >= LINE]
    writers: list[Callable[[str], str]] = [str, html.escape, lambda text: json.dumps(text)[1:-1], lambda text: repr(text)[1:-1]]
    forms = {write(each) for each in (value, *lines) for write in writers}
    return forms | {json.dumps(each, ensure_ascii=False)[1:-1] for each in forms}


SECRETS = Secrets()
"""The one of this process."""


def mask_all(value: Any) -> Any:
    """A value as JSON has them, with every text masked, keys too."""
    if not SECRETS.any:
        return value
    if isinstance(value, str):
        return SECRETS.mask(value)
    if isinstance(value, dict):
        return {SECRETS.mask(key): mask_all(each) for key, each in value.items()}
    return [mask_all(each) for each in value] if isinstance(value, (list, tuple)) else value
