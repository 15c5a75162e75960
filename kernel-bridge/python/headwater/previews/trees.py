"""Dicts, lists, tuples and sets as a tree: two levels open, cut."""

import collections
from collections.abc import Iterator
from itertools import islice
from typing import Any, Union

from headwater.previews.naming import describe_type, is_a, is_exactly, is_single
from headwater.previews.plain import length_of, number, short
from headwater.previews.shape import shape_of

ITEMS = (20, 8)
"""Items shown on the first and second level."""

NODES = 80
"""Nodes in one tree: two levels of long lists would make it too large."""

LEAF_CHARS = 80

TREES = (dict, list, tuple, set, frozenset, collections.deque, range)


def preview_tree(value: Any) -> "dict[str, Any]":
    """`tree` is a node: JSON for a leaf, {type, length, items} for a container, {type, shape} for anything else.

    Items are nodes, for a dict pairs of key and node. A container below the second level has no items.
    """
    node = Tree().grow(value, 0)
    return {"kind": "json", "type": node["type"], "length": node["length"], "shown": len(node["items"]), "tree": node}


class Tree:
    """Counts the nodes of one preview."""

    def __init__(self) -> None:
        self.left = NODES

    def grow(self, value: Any, level: int) -> Any:
        """The node of one value."""
        self.left -= 1
        if not is_a(value, *TREES):
            return leaf(value)
        node: dict[str, Any] = {"type": describe_type(value), "length": _length(value)}
        if level < len(ITEMS) and self.left > 0:
            node["items"] = [self._item(item, level) for item in islice(_items(value), min(ITEMS[level], self.left))]
        return node

    def _item(self, item: "tuple[Any, ...]", level: int) -> Any:
        return self.grow(item[0], level + 1) if len(item) == 1 else [short(item[0]), self.grow(item[1], level + 1)]


def leaf(value: Any) -> Any:
    """A single value as JSON, or its type and shape."""
    if value is None or value is True or value is False:
        return value
    if is_exactly(value, int, float):
        return number(value)
    if is_a(value, str):
        return short(value, LEAF_CHARS)
    if is_single(value):
        return {"type": describe_type(value), "text": short(value, LEAF_CHARS)}
    shape = shape_of(value)
    return {"type": describe_type(value), **({} if shape is None else {"shape": shape})}


def _length(value: Any) -> Union[int, None]:
    return collections.deque.__len__(value) if is_a(value, collections.deque) else length_of(value)


def _items(value: Any) -> "Iterator[tuple[Any, ...]]":
    """(item,) or (key, item), past what a subclass redefines."""
    if is_a(value, dict):
        return iter(collections.OrderedDict.items(value) if is_a(value, collections.OrderedDict) else dict.items(value))
    base: Any = next(each for each in TREES if is_a(value, each))
    return ((item,) for item in base.__iter__(value))
