"""Makes the preview of any value."""

import json
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Callable, Optional

from headwater.previews import arrays, code, figures, frames, models, scalars, trees
from headwater.previews.naming import attributes_of, describe_type, is_exactly, is_single, module_of, mro_of, name_of, root_of
from headwater.previews.plain import cut
from headwater.previews.shape import shape_of

MOST_BYTES = 16_000
"""Of a preview as JSON. They stand in manifests, which are read whole."""

FIRST_TO_GO = ("thumbnail", "others", "head", "tree", "attributes", "steps", "parameters", "fields", "levels", "members", "titles")
"""Parts left out, in this order, of a preview that would be larger."""

ATTRIBUTES = 12

Maker = Callable[[Any], "dict[str, Any]"]

_asking = {("torch", "Tensor"), ("scipy", "_spbase"), ("scipy", "spmatrix"), ("matplotlib", "Figure"), ("pandas", "Index")}
"""Classes whose previews call methods: only for what their own package derives from them."""

_makers: "dict[tuple[str, str], Maker]" = {
    ("pandas", "DataFrame"): frames.preview_frame,
    ("pandas", "Series"): frames.preview_series,
    ("pandas", "Index"): frames.preview_index,
    ("numpy", "ndarray"): arrays.preview_array,
    ("torch", "Tensor"): arrays.preview_tensor,
    ("scipy", "_spbase"): arrays.preview_sparse,
    ("scipy", "spmatrix"): arrays.preview_sparse,
    ("matplotlib", "Figure"): figures.preview_figure,
    ("sklearn", "BaseEstimator"): models.preview_model,
    ("builtins", "str"): scalars.preview_text,
    ("builtins", "bytes"): scalars.preview_bytes,
    ("builtins", "bytearray"): scalars.preview_bytes,
    ("builtins", "memoryview"): scalars.preview_bytes,
    ("builtins", "module"): code.preview_module,
    **{("builtins", name): scalars.preview_value for name in ("NoneType", "bool", "int", "float")},
    **{(root_of(each), each.__name__): trees.preview_tree for each in trees.TREES},
}


def register(package: str, name: str, make: Maker) -> None:
    """Has `make` preview the instances of class `name` of `package` (its top level), and of classes which that package derives from it.

    What it returns must be JSON and have a `kind`.
    """
    _makers[package, name] = make
    _asking.add((package, name))


def preview(value: Any) -> Optional["dict[str, Any]"]:
    """What `value` is and looks like: JSON with `kind` and `type`, of at most 16 KB, made without running code of the notebook.

    Kinds: frame, series, array, figure, model, value, text, json, bytes, function, class, module, other. What is left out can be told
    from counts (`rows: 41208, shown: 6`). Raises nothing: a value that cannot be looked at is `other`, with the error's name in `failed`.
    """
    try:
        with _quiet():
            made = _find(value)(value)
            shape = shape_of(value)
        return _fit(made if shape is None else {**made, "shape": shape})
    except Exception as error:
        return {"kind": "other", "type": describe_type(value), "failed": name_of(type(error))}


def preview_other(value: Any) -> "dict[str, Any]":
    """Type, and the attributes it was given, as leaves."""
    stored = attributes_of(value)
    names = [name for name in stored if is_exactly(name, str) and not name.startswith("_")]
    shown = [[cut(name), trees.leaf(stored[name])] for name in names[:ATTRIBUTES]]
    module = module_of(type(value))
    return {"kind": "other", "type": describe_type(value), "module": module, "total": len(names), "shown": len(shown), "attributes": shown}


def _find(value: Any) -> Maker:
    if code.is_class(value):
        return code.preview_class
    if code.is_function(value):
        return code.preview_function
    if is_single(value):
        return scalars.preview_value
    package = root_of(type(value))
    for key in ((root_of(cls), name_of(cls)) for cls in mro_of(type(value))):
        if key in _makers and (key not in _asking or key[0] == package):
            return _makers[key]
    return preview_other


@contextmanager
def _quiet() -> Iterator[None]:
    """No warning is shown, and none becomes an error because a cell wanted it so."""
    numpy: Any = sys.modules.get("numpy")
    with warnings.catch_warnings(), numpy.errstate(all="ignore") if hasattr(numpy, "errstate") else nullcontext():
        warnings.simplefilter("ignore")
        yield


def _fit(made: "dict[str, Any]") -> "dict[str, Any]":
    """The preview with what makes it too large taken out; names of the parts stand in `cut`. Raises ValueError for what is no JSON."""
    removed = []
    for part in FIRST_TO_GO:
        if len(json.dumps(made, allow_nan=False)) <= MOST_BYTES:
            break
        if made.pop(part, None):
            removed.append(part)
    return {**made, "cut": removed} if removed else made
