"""Whether an attempt that was made again gave what it gave the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headwater.values.saved import Saved


def find_differences(saved: Saved, manifest: dict[str, Any]) -> list[str]:
    """Names whose stored content is another now, or that are only in one of the two; empty when both are the same."""
    now, then = _contents(saved.groups), _contents(manifest["groups"])
    keys = sorted(key for key in now.keys() | then.keys() if now.get(key) != then.get(key))
    names = [key.partition(":")[2] for key in keys]
    unstorable = set(saved.delta["tombstones"]) ^ set(manifest["delta"]["tombstones"])
    return [*names, *sorted(unstorable)]


def _contents(groups: list[dict[str, Any]]) -> dict[str, str]:
    return {key: digest for group in groups for key, digest in group["digests"].items()}
