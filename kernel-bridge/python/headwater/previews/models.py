"""Models that follow scikit-learn's conventions: class, steps, parameters unlike the class's own, fitted or not. No method is called."""

import inspect
import sys
import types
from typing import Any

from headwater.previews.naming import attributes_of, describe_type, is_exactly, mro_of, name_of
from headwater.previews.plain import short
from headwater.previews.trees import leaf

PARAMETERS, STEPS, FEATURES = 20, 12, 20

NESTED = {"Pipeline": "steps", "FeatureUnion": "transformer_list", "ColumnTransformer": "transformers", "VotingClassifier": "estimators",
          "VotingRegressor": "estimators", "StackingClassifier": "estimators", "StackingRegressor": "estimators"}
"""Where composites keep their parts, as (name, model, …)."""


def preview_model(value: Any) -> "dict[str, Any]":
    """`parameters` are those that differ from the class's defaults; `steps` the parts of a composite, each with its own."""
    steps = _steps(value)
    stored = attributes_of(value)
    features = stored.get("n_features_in_", next((each["features"] for each in steps if each["features"] is not None), None))
    names: Any = stored.get("feature_names_in_")
    return {
        "kind": "model", "type": describe_type(value), "fitted": _is_fitted(value) or (bool(steps) and steps[-1]["fitted"]),
        "parameters": _parameters(value), "steps": steps, "features": features if is_exactly(features, int) else None,
        "featureNames": [short(name) for name in names[:FEATURES].tolist()] if _is_array(names) else [],
    }


def _is_array(value: Any) -> bool:
    return "numpy" in sys.modules and is_exactly(value, sys.modules["numpy"].ndarray)


def _steps(value: Any) -> "list[dict[str, Any]]":
    stored = attributes_of(value)
    parts = next((stored.get(NESTED[name]) for name in map(name_of, mro_of(type(value))) if name in NESTED), None)
    return [_step(*part[:2]) for part in list(parts)[:STEPS]] if parts is not None and is_exactly(parts, list, tuple) else []


def _step(name: Any, model: Any) -> "dict[str, Any]":
    kind = short(model) if is_exactly(model, str) else describe_type(model)  # "passthrough"
    features = attributes_of(model).get("n_features_in_")
    known = {"fitted": _is_fitted(model), "parameters": _parameters(model), "features": features if is_exactly(features, int) else None}
    return {"name": short(name), "type": kind, **known}


def _is_fitted(model: Any) -> bool:
    """What fitting makes ends with an underscore."""
    return any(name.endswith("_") and not name.startswith("_") for name in attributes_of(model))


def _parameters(model: Any) -> "list[list[Any]]":
    """Name and value of each parameter that is not the default of `__init__`, as far as it was stored under its name."""
    stored = attributes_of(model)
    changed = []
    for name, default in _defaults(model).items():
        value = stored.get(name, default)
        if name in stored and name not in NESTED.values() and not _is_same(value, default):
            changed.append([name, leaf(value)])
    return changed[:PARAMETERS]


def _defaults(model: Any) -> "dict[str, Any]":
    """Parameters of the constructor with their defaults (REQUIRED without one), read from its code."""
    for cls in mro_of(type(model)):
        function = type.__dict__["__dict__"].__get__(cls).get("__init__")
        if is_exactly(function, types.FunctionType):
            function = inspect.unwrap(function)
            code = function.__code__
            names = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
            positional = code.co_varnames[: code.co_argcount]
            given = function.__defaults__ or ()
            known = {**dict(zip(positional[len(positional) - len(given) :], given)), **(function.__kwdefaults__ or {})}
            return {name: known.get(name, REQUIRED) for name in names}
    return {}


class REQUIRED:
    """Stands for a parameter without default."""


def _is_same(value: Any, default: Any) -> bool:
    """Simple values by value, others by identity: comparing may run code of the notebook."""
    simple = is_exactly(value, int, float, str, bool) and type(value) is type(default)
    return value is default or (simple and (value == default or value != value))
