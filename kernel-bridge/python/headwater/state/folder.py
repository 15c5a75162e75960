"""`%cwd`: the working directory, relative to the notebook's folder when inside."""

import os

from headwater.state.place import Place
from headwater.state.variable import Variable


class Folder(Variable):
    """A directory that is gone cannot be entered: the attempt stays where it is and says so."""

    def __init__(self, place: Place) -> None:
        super().__init__("%cwd", lambda: place.pack(os.getcwd()), lambda value: os.chdir(place.unpack(value)))
