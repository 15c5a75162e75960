"""Makes the cells of a notebook at random, from a seed. What a cell may hold: `features`."""

from __future__ import annotations

import random
from collections.abc import Callable

IMPORTS = "import os, sys, math, random, functools, collections, itertools, re\nimport numpy as np\nimport pandas as pd"
FEATURES: list[Callable[[Maker], str]] = []


def feature(make: Callable[[Maker], str]) -> Callable[[Maker], str]:
    FEATURES.append(make)
    return make


class Maker:
    """Remembers which names there are and of what kind."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.kinds: dict[str, str] = {}
        self.count = 0

    def notebook(self) -> list[str]:
        cells = [IMPORTS + f"\nrandom.seed({self.rng.randrange(99)}); np.random.seed({self.rng.randrange(99)})"]
        cells += [self.cell() for _ in range(self.rng.randint(3, 7))]
        if self.rng.random() < 0.2:
            cells[-1] += f"\n{self.rng.choice(['1/0', 'missing_name', 'raise ValueError(3)', '{}[3]', '[].pop()'])}"
        return cells

    def cell(self) -> str:
        lines = []
        while len(lines) < self.rng.randint(3, 8):
            line = self.rng.choice(FEATURES)(self)
            if line:
                lines.append(line)
        shown = self.rng.sample(sorted(self.kinds), min(2, len(self.kinds)))
        lines += [show(name, self.kinds[name]) for name in shown]
        return "\n".join(lines)

    def new(self, kind: str) -> str:
        self.count += 1
        prefix = "_p" if self.rng.random() < 0.1 else kind[0]
        name = f"{prefix}{self.count}"
        self.kinds[name] = kind
        return name

    def old(self, *kinds: str) -> str:
        """An existing name of one of these kinds, or none."""
        fit = sorted(name for name, kind in self.kinds.items() if not kinds or kind in kinds)
        return self.rng.choice(fit) if fit else ""

    def any_value(self) -> str:
        return self.old("list", "dict", "array", "instance", "set", "frame", "function") or "[0]"

    def n(self, most: int = 9) -> int:
        return self.rng.randint(1, most)


SHOW = {
    "list": "len({})",
    "dict": "list({})",
    "int": "{}",
    "str": "{}",
    "set": "list({})",
    "array": "{}.sum()",
    "big": "{}.sum()",
    "frame": "{}.to_dict()",
    "series": "{}.tolist()",
    "counter": "{}()",
    "function": "type({}(2)).__name__",
    "class": "{}.__name__, sorted(k for k in vars({}) if k[0] != '_')",
    "instance": "sorted(vars({}))",
    "deque": "len({})",
    "enum": "[m.name for m in {}]",
    "generator": "type(next({}, None)).__name__",
    "iterator": "type(next({}, None)).__name__",
    "lru": "{}(3), {}.cache_info().currsize",
    "random": "{}.random()",
    "error": "str({})",
    "nan": "{} in [{}]",
    "frozen": "list({})",
    "tags": "list({})",
    "words": "{}()",
}


def show(name: str, kind: str) -> str:
    return f"print({SHOW.get(kind, 'type({}).__name__').replace('{}', name)})"
