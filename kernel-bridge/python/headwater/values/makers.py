"""The names that stored pickles import. Everything marked `@stored_name` is found here, wherever its code lives."""

from __future__ import annotations

from headwater.values.reduce import all_, registry  # noqa: F401

globals().update(registry.MAKERS)
