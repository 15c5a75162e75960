"""The value layer: hands the namespace of one process to the next through files only, as if it had been one process.

`Session` is the surface; a `View` shows another world beside it; `register` teaches it how to store one more type.
"""

from headwater.values.errors import CannotLoad, OtherPython, Unstorable
from headwater.values.reduce.registry import register
from headwater.values.saved import Saved
from headwater.values.session import Session
from headwater.values.view import View

__all__ = ["CannotLoad", "OtherPython", "Saved", "Session", "Unstorable", "View", "register"]
