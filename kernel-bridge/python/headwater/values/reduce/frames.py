"""pandas: under Copy-on-Write a block knows who else refers to its memory. Memory that stays shared needs these references again."""

from __future__ import annotations

from typing import Any

from headwater.values.reduce.registry import reduces, stored_name


@reduces("pandas.core.internals.blocks.Block", "pandas._libs.internals.Block")
def reduce_block(saver: Any, block: Any) -> Any:
    make, args, *_ = block.__reduce__()
    return load_block, (*args, getattr(block, "refs", None))


@stored_name
def load_block(values: Any, placement: Any, ndim: int, refs: Any) -> Any:
    from pandas._libs.internals import _unpickle_block  # type: ignore[import-not-found]

    block = _unpickle_block(values, placement, ndim)
    if refs is not None:
        block.refs = refs
        refs.add_reference(block)
    return block


@reduces("pandas.core.internals.managers.SingleBlockManager")
def reduce_series_manager(saver: Any, manager: Any) -> Any:
    """Its own way would leave out the block, and with it the references."""
    return type(manager), (manager.blocks[0], manager.axes[0])


@reduces("pandas._libs.internals.BlockValuesRefs")
def reduce_refs(saver: Any, refs: Any) -> Any:
    return type(refs), ()


@reduces("pandas.core.indexes.base.Index")
def reduce_index(saver: Any, index: Any) -> Any:
    refs = getattr(index, "_references", None)
    if refs is None or not refs.has_reference():
        return NotImplemented
    make, args, *_ = index.__reduce__()
    return make, args, refs, None, None, set_index_refs


@stored_name
def set_index_refs(index: Any, refs: Any) -> None:
    index._references = refs
    refs.add_index_reference(index)
