"""Which names in the namespace are the person's."""

from __future__ import annotations

import re
from typing import Any

SHELL_NAME = re.compile(
    r"_+|_i+|_ih|_oh|_dh|In|Out|_i?\d+|__builtins?__|__name__|__doc__|__package__|__loader__|__spec__|__cached__|__file__|__warningregistry__"
)
"""What IPython and Python keep in it for themselves."""


def is_state(name: str) -> bool:
    """Process state, `%cwd`: a variable like all others, outside the namespace."""
    return name.startswith("%")


def persons_names(namespace: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """Names in it but the shell's, and those that stood there before anything ran."""
    return [
        name for name, value in list(namespace.items()) if not SHELL_NAME.fullmatch(name) and not (name in before and before[name] is value)
    ]
