"""Random flows: every construct inside every other, over values that share objects."""

from __future__ import annotations

import random

from flow import Foreach, Node, Step

START = """a, b, c = 1, 2, 3
xs = [1, 2, 3]
alias = xs
d = {"k": 1}
rows = [{"n": 1}, {"n": 2}]
flag, mode = True, "m1"
path = """ + '"p"'

CODE = [
    "a = a + {k}",
    "b = a * 2 + b % 7",
    "xs.append(a % 10)",
    "alias.append({k})",
    "xs = xs[-{k} - 1:]",
    "d['k{k}'] = a",
    "c = len(xs) + sum(d.values())",
    "xs[0] += {k}",
    "rows[0]['n'] += {k}",
    "rows = [dict(row) for row in rows]",
    "flag = not flag",
    "mode = 'm{k}'",
    "same = alias is xs",
    "def f(x): return x + a\nb = f({k}) % 100",
    "e = [rows, xs]",
    "alias = xs",
]
IN_BRANCH = ["a = a + len(str({item}))", "xs.append(len(xs) * a % 11)", "d[str({item})] = {k}", "kept = [{item}, xs]"]
OVER_ROWS = ["{item}['n'] += {k}", "b = b + {item}['n']", "{item}['new'] = a", "rows[0]['n'] += 1", "seen = any(each is {item} for each in rows)"]


class Maker:
    """Makes one flow from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._count = 0

    def make(self) -> list[Node]:
        """The whole flow; the last step gathers what there is."""
        nodes: list[Node] = [Step("start", START)]
        for _ in range(self.random.randint(2, 5)):
            nodes += self._nodes(0, ())
        return [*nodes, Step("end", "finished = True")]

    def _name(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"

    def _nodes(self, depth: int, items: tuple[tuple[str, str], ...]) -> list[Node]:
        kind = self.random.choices(["step", "foreach", "until"], [5, 4 - depth if depth < 3 else 0, 2])[0]
        if kind == "foreach":
            return self._foreach(depth, items)
        return [self._until(items) if kind == "until" else self._step(items)]

    def _code(self, items: tuple[tuple[str, str], ...]) -> str:
        lines = []
        for _ in range(self.random.randint(1, 3)):
            pool = CODE
            if items and self.random.random() < 0.5:
                item, over = items[-1]
                pool = OVER_ROWS if over == "rows" and self.random.random() < 0.6 else IN_BRANCH
                lines.append(self.random.choice(pool).format(item=item, k=self.random.randint(1, 4)))
            else:
                lines.append(self.random.choice(pool).format(k=self.random.randint(1, 4)))
        return "\n".join(lines)

    def _step(self, items: tuple[tuple[str, str], ...]) -> Step:
        step = Step(self._name("s"), self._code(items))
        if self.random.random() < 0.25:
            step.when = [self.random.choice([("flag", False, None), ("flag", True, None), ("mode", False, "m1"), ("mode", False, "m2")])]
        if self.random.random() < 0.3:
            self._break(step, items)
        return step

    def _break(self, step: Step, items: tuple[tuple[str, str], ...]) -> None:
        """It fails, sometimes or always, and mostly somebody cares."""
        step.retry = self.random.choice([0, 1, 2])
        if self.random.random() < 0.7:
            step.catch = f"failed_{step.name}"
        # Who fails how often must be told apart by branch: `path` is.
        flaky = f"flaky('{step.name}-' + path, {self.random.randint(1, 2)})"
        way = self.random.choice([flaky, "die()" if step.catch else flaky, "if a % 2: raise KeyError('odd')", "[][1]" if step.catch else flaky])
        lines = step.code.split("\n")
        if any(line.startswith("def ") for line in lines):
            step.code = f"{step.code}\n{way}"
        else:
            lines.insert(self.random.randint(0, len(lines)), way)
            step.code = "\n".join(lines)

    def _until(self, items: tuple[tuple[str, str], ...]) -> Step:
        name = self._name("u")
        goal, most = self.random.randint(1, 4), self.random.randint(1, 5)
        code = f"d['{name}'] = d.get('{name}', 0) + 1\nfin_{name} = d['{name}'] >= {goal}\n"
        return Step(name, code + self._code(items), until=(f"fin_{name}", most))

    def _foreach(self, depth: int, items: tuple[tuple[str, str], ...]) -> list[Node]:
        name, item = self._name("f"), f"i{self._count}"
        over = self.random.choice(["rows", f"list_{name}", f"list_{name}", "text_" + name])
        made = f"list_{name} = list(range({self.random.randint(0, 3)}))\ntext_{name} = {'abc'[: self.random.randint(0, 3)]!r}"
        first = Step(name, f"path = path + '{name}' + str({'rows.index(' + item + ')' if over == 'rows' else item})\n{self._code(((item, over),))}")
        if self.random.random() < 0.15:
            first.when = [("flag", False, None)]
        inner = (*items, (item, over))
        body: list[Node] = [node for _ in range(self.random.randint(0, 2)) for node in self._nodes(depth + 1, inner)]
        body.append(Step(self._name("g"), f"got_{name} = (a, b, list(xs), dict(d), alias is xs, path)"))
        join = Step(f"j{name}", f"a = a + sum(one[0] for one in all_{name}) % 13\nlast_{name} = [branch.c for branch in inputs]\nb = b + len(inputs)")
        return [Step(self._name("m"), made), Foreach(item, over, first, body, [(f"all_{name}", f"got_{name}")], join)]
