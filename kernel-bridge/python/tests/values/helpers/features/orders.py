"""Sets of strings, whose order is the hash seed's, and what it depends on besides: how the set came to be."""

from __future__ import annotations

from tests.values.helpers.maker import Maker, feature


@feature
def set_from_a_set(m: Maker) -> str:
    old = m.old("set")
    how = m.rng.choice(["set({})", "{}.copy()", "{} | {{'k1', 'k30', 'k31'}}", "{} - {{'k2', 3}}", "{{*{}}}"])
    return f"{m.new('set')} = {how.format(old)}" if old else ""


@feature
def replaces_elements(m: Maker) -> str:
    old = m.old("set")
    return f"for _i in list({old})[::2]: {old}.discard(_i)\n{old}.update(f'n{{i}}' for i in range({m.n(30)}))" if old else ""


@feature
def frozen(m: Maker) -> str:
    old = m.old("set", "frozen")
    source = m.rng.choice([f"{old}", f"[f'z{{i}}' for i in range({m.n(30)})]"]) if old else f"'{'abcdefghi'[: m.n()]}'"
    return f"{m.new('frozen')} = frozenset({source})"


@feature
def keyed_by_frozensets(m: Maker) -> str:
    old = m.old("frozen")
    return f"{m.new('dict')} = {{{old}: 1, frozenset(['p', 'q', 'r']): [2]}}" if old else ""


@feature
def loops_over_words(m: Maker) -> str:
    name = m.new("words")
    return f"def {name}():\n    return [x for x in {{'one', 'two', 'three', 'four', 'five', 'six'}}]"


@feature
def set_of_a_class(m: Maker) -> str:
    base = m.rng.choice(["set", "frozenset"])
    return f"class _S({base}):\n    pass\n{m.new('tags')} = _S(f't{{i}}' for i in range({m.n(30)}))"
