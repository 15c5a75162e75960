"""Members of the notebook's enums: that one member of that class."""

from __future__ import annotations

import enum
from typing import Any

from headwater.values.current import current
from headwater.values.reduce.registry import stored_name


@stored_name
def enum_member(cls: type, name: str) -> Any:
    """By the class's uid: while it is half built, `cls[name]` does not work yet."""
    identities = current().identities
    return identities.members[identities.known(cls) or "", name]


def reduce_member(saver: Any, member: enum.Enum) -> Any:
    cls = type(member)
    if not saver.session.origins.foreign(cls) and cls._member_map_.get(member._name_) is member:  # type: ignore[arg-type]
        return enum_member, (cls, member._name_)
    return cls, (member._value_,)  # a library's, or a combination of flags: the class finds it by value
