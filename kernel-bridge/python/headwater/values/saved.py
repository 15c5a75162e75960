"""What one save gives: the parts of a manifest that are about values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Delta = dict[str, Any]
Group = dict[str, Any]


@dataclass
class Saved:
    """`delta`, `groups` and `artifacts` as the protocol's manifest has them (packages/protocol, manifest.ts), previews left out."""

    delta: Delta
    groups: list[Group] = field(default_factory=list)
    artifacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Name → `digest` of its content (32 hex digits), `type`, `size` in bytes of its group in the store."""
    counts: dict[str, int] = field(default_factory=dict)
    """Groups that were looked at: `clean`, `written`; and `bytes` of headers written."""
