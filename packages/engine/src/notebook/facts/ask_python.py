"""What CPython itself says of programs: names by its compiler, and names by running them. Asked by python.test.ts."""

import builtins
import dis
import json
import sys
from collections.abc import Iterator
from functools import cache
from types import CodeType
from typing import Any, Optional

# Iterations a run may make before every iterable is empty.
LOOPS = 40
INLINE = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
READS = ("LOAD_NAME", "LOAD_GLOBAL", "LOAD_CLASSDEREF")
BINDS = ("STORE_NAME", "STORE_GLOBAL", "DELETE_NAME", "DELETE_GLOBAL")


def children(code: CodeType) -> list[CodeType]:
    """Code objects inside, in order."""
    return [const for const in code.co_consts if isinstance(const, CodeType)]


@cache
def instructions(code: CodeType) -> list[tuple[str, Any]]:
    """Opcodes that name something, with the name."""
    named = [each for each in dis.get_instructions(code) if each.opcode in dis.hasname or each.opname == "LOAD_CLASSDEREF"]
    return [(each.opname, each.argval) for each in named]


def is_class(code: CodeType) -> bool:
    """Class bodies begin by naming themselves."""
    return ("STORE_NAME", "__qualname__") in instructions(code)


def names(code: CodeType, opcodes: Any) -> set[str]:
    """Names these opcodes work on."""
    return {name for opcode, name in instructions(code) if opcode in opcodes}


def globals_of(code: CodeType) -> dict[str, set[str]]:
    """Global names of a function and of all that stands in it."""
    reads, binds = names(code, ("LOAD_GLOBAL",)), names(code, ("STORE_GLOBAL", "DELETE_GLOBAL"))
    unclear: set[str] = set()
    if is_class(code):
        reads |= names(code, ("LOAD_NAME",))
        unclear = reads & names(code, ("STORE_NAME", "DELETE_NAME"))
    for child in children(code):
        inner = globals_of(child)
        reads |= inner["reads"]
        binds |= inner["binds"]
        unclear |= inner["unclear"]
    return {"reads": reads, "binds": binds, "unclear": unclear}


def at_once(code: CodeType) -> dict[str, set[str]]:
    """Global names that the module's code, comprehensions and class bodies use when they run.

    A name that a class body both reads and binds may be its own or global: the compiler leaves that to the moment.
    """
    reads = names(code, READS)
    unclear = reads & names(code, ("STORE_NAME", "DELETE_NAME")) if is_class(code) else set()
    binds = names(code, ("STORE_GLOBAL", "DELETE_GLOBAL")) if is_class(code) else names(code, BINDS)
    for child in children(code):
        if child.co_name in INLINE or is_class(child):
            inner = at_once(child)
            reads |= inner["reads"]
            binds |= inner["binds"]
            unclear |= inner["unclear"]
    return {"reads": reads, "binds": binds, "unclear": unclear}


def functions(code: CodeType) -> Iterator[dict[str, Any]]:
    """Functions and lambdas that stand in no other, by position of their first line."""
    for child in children(code):
        if child.co_name in INLINE or is_class(child):
            yield from functions(child)
        else:
            yield {"name": child.co_name.strip("<>"), **globals_of(child)}


class Anything:
    """Stands for every outside name: can be called, indexed, iterated, entered, added, compared."""

    def __init__(self, luck: list[int]) -> None:
        self.__dict__["luck"] = luck

    def _next(self, *_: Any, **__: Any) -> "Anything":
        return self

    def __bool__(self) -> bool:
        self.luck[0] = (self.luck[0] * 1103515245 + 12345) % 2147483648
        return self.luck[0] >> 16 & 1 == 1

    def __iter__(self) -> Iterator[Any]:
        self.luck[1] += 1
        return iter([self] * (self.luck[0] % 3) if self.luck[1] < LOOPS else [])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __setattr__(self, name: str, value: Any) -> None:
        """Takes whatever is set."""

    def __exit__(self, *_: Any) -> bool:
        return False

    def __format__(self, spec: str) -> str:
        return "?"

    def __hash__(self) -> int:
        return 1

    def __index__(self) -> int:
        return 0

    def __len__(self) -> int:
        return 1

    __call__ = __getitem__ = __enter__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __setitem__ = __delitem__ = _next
    __iadd__ = __isub__ = __imul__ = _next


class Outside(dict):  # type: ignore[type-arg]
    """Builtins that know every name, and remember which were asked for."""

    def __init__(self, luck: list[int]) -> None:
        super().__init__(builtins.__dict__)
        self.asked: set[str] = set()
        self.luck = luck

    def __missing__(self, name: str) -> Any:
        if name.startswith("__"):
            raise KeyError(name)
        self.asked.add(name)
        if name == "once":
            return lambda: self.luck[1] < LOOPS and bool(Anything(self.luck))
        if name == "pairs":
            return lambda _: [(1, 2)] * (self.luck[0] % 3)
        if name in ("deco", "deco2"):
            return (lambda f: f) if name == "deco" else lambda _: lambda f: f
        if name == "base":
            return lambda _: object
        return Anything(self.luck)


def run(code: CodeType, seed: int) -> dict[str, Any]:
    """Runs it; -> names asked of outside, names bound, and whether it came to its end."""
    luck = [seed, 0]
    outside = Outside(luck)
    bound: set[str] = set()
    space: dict[str, Any] = {"__name__": "somewhere", "__builtins__": outside}
    try:
        exec(code, space)
        finished = True
    except (Exception, RecursionError):
        finished = False
    bound = {name for name in space if not name.startswith("__")}
    return {"reads": sorted(outside.asked), "binds": sorted(bound), "finished": finished}


def plain(found: dict[str, Any]) -> dict[str, list[str]]:
    """Sorted, without the names that Python makes for itself."""
    return {key: sorted(name for name in found[key] if not name.startswith("__")) for key in ("reads", "binds", "unclear")}


def answer(source: str) -> Optional[dict[str, Any]]:
    """All about one program; None for what does not compile."""
    try:
        code = compile(source, "<program>", "exec")
    except SyntaxError:
        return None
    module = at_once(code)
    return {
        **plain(module),
        "functions": [{"name": each["name"], **plain(each)} for each in functions(code)],
        "runs": [run(code, seed) for seed in (1, 12345)],
    }


if __name__ == "__main__":
    sys.setrecursionlimit(200)
    json.dump([answer(source) for source in json.load(sys.stdin)], sys.stdout)
