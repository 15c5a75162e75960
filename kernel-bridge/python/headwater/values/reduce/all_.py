"""Importing this registers every reducer of ours."""

from headwater.values.reduce import (  # noqa: F401
    arrays,
    enums,
    exceptions,
    figures,
    files,
    frames,
    functions,
    instances,
    lru_cache,
    modules,
    threads,
    typing_,
    units,
    views,
    weak,
)
