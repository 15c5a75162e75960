"""Where runs are kept and steps run: in folders of this machine, or as the options of the suite say."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass

OWN = "NOTEBOOK"
"""In an address or in settings: a name that each notebook has for itself."""


@dataclass(frozen=True)
class Place:
    """`store` is an address, or empty for a folder beside the notebook; `settings` the text of its `headwater.json`, or empty."""

    store: str = ""
    settings: str = ""

    def at(self, folder: str) -> Place:
        """That of one notebook, which has `folder` for everything."""
        own = uuid.uuid4().hex
        return Place(self.store.replace(OWN, own) or os.path.join(folder, "store"), self.settings.replace(OWN, own))

    @property
    def files(self) -> dict[str, str]:
        """What stands beside the notebook because of it."""
        return {"headwater.json": self.settings} if self.settings else {}

