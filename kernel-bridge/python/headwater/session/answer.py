"""One request of an editor, as JSON, answered as a MIME bundle: the reply travels beside the kernel's own outputs and never among them."""

from __future__ import annotations

import json
from typing import Any

MIME = "application/vnd.headwater+json"


class Answer:
    """What the expression evaluates to. Shown by no one, read by the editor."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._content = content

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: self._content}

    def __repr__(self) -> str:
        return "<answer to the editor>"


def answer(namespace: dict[str, Any], request: str) -> Answer:
    """Does what `request` (JSON) says, in `namespace`. Raises nothing: what went wrong is in the answer."""
    try:
        from headwater.session.binding import handle

        return Answer(handle(namespace, json.loads(request)))
    except KeyboardInterrupt:
        return Answer({"status": "failed", "code": "interrupted", "sentence": "Loading was interrupted. Nothing was bound.", "hint": None})
    except Exception as error:
        sentence = f"Headwater made a mistake while loading: {type(error).__name__}: {error}"
        return Answer({"status": "failed", "code": "bug", "sentence": sentence, "hint": None})
