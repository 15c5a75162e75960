"""Makes a flow: setup blocks, parameters, steps of one or more cells, branches that need nothing of each other, sleeps that let later
steps overtake earlier ones, cells that are no part of it, and sometimes an exception."""

from __future__ import annotations

from collections import Counter

from flows.notebook import FlowCell, Notebook, setup, step
from making.feature import Feature, all_features
from making.mishaps import MISHAPS
from making.setups import setup_block
from tests.values.helpers.maker import Maker, show

DRAWING = {"random_draw", "new_array", "own_generator", "draws", "frame_of_draws"}
"""Features that draw from the global generators: only the seeded may."""

HELPERS = """import math
SCALE = 3
def scaled(x):
    return x * SCALE
class Part:
    def __init__(self, v=0):
        self.v = v
    def twice(self):
        return Part(self.v * 2)
"""
"""`helpers.py`, a module of the project."""


class FlowMaker(Maker):
    """One flow. `used` counts its features."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.used: Counter[str] = Counter()
        self.focus: set[str] | None = None
        self.lanes: dict[str, int] = {}
        self.lane = 0
        self.libraries = {name for name, share in (("matplotlib", 0.12), ("sklearn", 0.08)) if self.rng.random() < share}
        self.seeded = self.rng.random() < 0.75
        self.files = {"helpers.py": HELPERS} if self.rng.random() < 0.5 else {}
        self.numbers: Counter[str] = Counter()
        self.cell_lines: list[str] = []
        """The lines of the cell at work."""
        self._themes = self._choose_themes()

    def _choose_themes(self) -> dict[str, list[Feature]]:
        """Some, so that what one line makes another uses."""
        themes: dict[str, list[Feature]] = {}
        for each in all_features():
            if not each.needs or each.needs in self.libraries:
                themes.setdefault(each.theme, []).append(each)
        needed = {"drawing" if each == "matplotlib" else "learning" for each in self.libraries}
        chosen = {"plain", *self.rng.sample(sorted(themes), 4)} | needed
        return {name: themes[name] for name in sorted(chosen)}

    # ------------------------------------------------------------ the whole

    def flow(self) -> Notebook:
        """The notebook."""
        cells: list[FlowCell] = []
        given: dict[str, str] = {}
        if self.rng.random() < 0.4:
            cells.append(self._parameters(given))
        cells.append(self._imports())
        count = self.rng.randint(4, 8)
        for number in range(count):
            if self.rng.random() < 0.25:
                cells.append(self._block())
            if self.rng.random() < 0.15:
                cells.append(self._outside(number))
            cells += self._step(f"s{number}")
        if self.rng.random() < 0.2:
            self._break_one(cells)
        return Notebook(cells, self.files, given)

    def _imports(self) -> FlowCell:
        lines = ["import os, sys, math, random, functools, collections, itertools, re, time", "import numpy as np", "import pandas as pd"]
        lines += [{"matplotlib": "import matplotlib.pyplot as plt", "sklearn": "import sklearn"}[each] for each in sorted(self.libraries)]
        if self.seeded:
            lines.append(f"random.seed({self.n(99)}); np.random.seed({self.n(99)})")
        text = "\n".join(lines)
        return FlowCell(self.rng.choice(["", "setup", "setup"]), text, text)

    def _parameters(self, given: dict[str, str]) -> FlowCell:
        self.kinds.update(alpha="int", label="str", beta="int")
        source = "alpha = {}  # how many\nlabel = 'red'\nbeta = alpha * 2"
        value = self.n()
        if self.rng.random() < 0.5:
            given["alpha"] = str(value)
        return FlowCell("parameters", source.format(4 if given else value), source.format(value))

    def _block(self) -> FlowCell:
        """Setup in the middle, tagged or known by what it holds."""
        self.focus = None
        if self.rng.random() < 0.5:
            text = setup_block(self)
            self.used["untagged setup"] += 1
            return FlowCell("", text, text)
        self.used["tagged setup in the middle"] += 1
        return setup("\n".join(self._lines(self.rng.randint(1, 3))))

    def _outside(self, number: int) -> FlowCell:
        """No part of the flow: it would raise if it ran."""
        kind = self.rng.choice(["", "skip", "markdown"])
        self.used[f"outside: {kind or 'scratch'}"] += 1
        if kind == "markdown":
            return FlowCell("", f"## Part {number}", None, "markdown")
        return FlowCell(kind, f"scratch_{number} = [1, 2]\nprint(scratch_{number})\n1/0", None)

    # ------------------------------------------------------------ steps

    def _step(self, name: str) -> list[FlowCell]:
        """It looks at everything, or at what one or two lanes of the flow have made: the others run beside it."""
        self.lane = self.rng.randrange(3)
        seen = {self.lane, self.rng.randrange(3)}
        everything = self.rng.random() < 0.3
        self.focus = None if everything else {each for each in self.kinds if self.lanes.get(each, self.lane) in seen}
        cells = [step(name, self._cell()) for _ in range(self.rng.choice([1, 1, 1, 2, 3]))]
        if len(cells) > 1:
            self.used["several cells in a step"] += 1
        return cells

    def _cell(self) -> str:
        lines = self._lines(self.rng.randint(1, 4))
        if self.rng.random() < 0.35:
            lines.insert(self.rng.randint(0, len(lines)), f"time.sleep({self.rng.choice([0.01, 0.03, 0.08])})")
        fit = sorted(name for name in self.kinds if self.focus is None or name in self.focus)
        lines += [show(name, self.kinds[name]) for name in self.rng.sample(fit, min(2, len(fit)))]
        # A cell magic must be the first thing in its cell.
        lines.sort(key=lambda line: not line.startswith("%%"))
        return "\n".join(lines)

    def _lines(self, count: int) -> list[str]:
        lines = self.cell_lines = []
        while len(lines) < count:
            theme = self._themes[self.rng.choice(list(self._themes))]
            line = self._write(self.rng.choices(theme, [each.weight for each in theme])[0])
            if line:
                lines.append(line)
        return lines

    def _write(self, feature: Feature) -> str:
        if not self.seeded and feature.name in DRAWING:
            return ""
        before = set(self.kinds)
        line = feature.make(self)
        for name in self.kinds.keys() - before:
            self.lanes[name] = self.lane
            if self.focus is not None:
                self.focus.add(name)
        if line:
            self.used[feature.name] += 1
        return line

    def _break_one(self, cells: list[FlowCell]) -> None:
        """A mishap at the end of a cell of a step, not the first."""
        places = [at for at, cell in enumerate(cells) if cell.tags.startswith("step:")][1:]
        at = self.rng.choice(places)
        self.used["exception"] += 1
        text = f"{cells[at].source}\n{self.rng.choice(MISHAPS)}"
        cells[at] = FlowCell(cells[at].tags, text, text)

    # ------------------------------------------------------------ for features

    def old(self, *kinds: str) -> str:
        """An existing name of one of these kinds that the step looks at, or none."""
        fit = sorted(
            name for name, kind in self.kinds.items() if (not kinds or kind in kinds) and (self.focus is None or name in self.focus)
        )
        return self.rng.choice(fit) if fit else ""

    def count_up(self, what: str) -> int:
        """0, 1, 2, … for names of files and such."""
        self.numbers[what] += 1
        return self.numbers[what] - 1
