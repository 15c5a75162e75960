"""Exceptions: pickle would call `cls(*args)`, which fails where a constructor takes other arguments than it passes on."""

from __future__ import annotations

from typing import Any

from headwater.values.current import current
from headwater.values.reduce.instances import HOOKS
from headwater.values.reduce.registry import stored_name


def reduce_exception(saver: Any, e: BaseException) -> Any:
    """Causes and contexts come along, tracebacks do not: frames cannot be stored."""
    cls, foreign = type(e), saver.session.origins.foreign
    more = (dict(vars(e)), e.__cause__, e.__context__, e.__suppress_context__)
    own = [c for c in cls.__mro__ if not foreign(c)]
    if own and not HOOKS & set().union(*(vars(c) for c in own)):
        return exception_new, (cls, e.args), more, None, None, exception_set
    make, args, *_ = e.__reduce_ex__(5)
    return make, args, more, None, None, exception_set


@stored_name
def exception_new(cls: Any, args: tuple[Any, ...]) -> BaseException:
    base = next(c for c in cls.__mro__ if current().origins.foreign(c))
    e = base.__new__(cls, *args)
    try:
        base.__init__(e, *args)
    except Exception:  # a base that takes other arguments: args alone must do
        pass
    e.args = args
    return e


@stored_name
def exception_set(e: BaseException, state: tuple[Any, Any, Any, bool]) -> None:
    attrs, e.__cause__, e.__context__, suppress = state
    vars(e).update(attrs)
    e.__suppress_context__ = suppress
