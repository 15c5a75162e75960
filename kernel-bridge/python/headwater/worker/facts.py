"""What conditions ask of a value."""

from __future__ import annotations

from typing import Any

TEXT = 1_000
"""Characters of `str(value)`: tags that compare with more do not exist."""


def facts_of(value: Any) -> dict[str, Any]:
    """Its truth, and its text (protocol: ValueFactsSchema); None for what raised."""
    try:
        truth = bool(value)
    except Exception:
        truth = None
    try:
        text = str(value)[:TEXT]
    except Exception:
        text = None
    return {"truth": truth, "text": text}
