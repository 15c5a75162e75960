"""`headwater.report`: what stands first in the report of a run."""

from __future__ import annotations

import sys
from typing import Any

MARK = {"headwater": {"report": True}}


class Report:
    """The report that `headwater report RUN` writes. Outside of a run what is appended is only shown."""

    def append(self, *things: Any) -> None:
        """Shows figures, frames and whatever else as `display` does, text as Markdown, and puts it at the top of the run's report."""
        if "IPython" not in sys.modules:
            print(*things, sep="\n")
            return
        from IPython.display import display

        for thing in things:
            if isinstance(thing, str):
                display({"text/plain": thing, "text/markdown": thing}, raw=True, metadata=MARK)
            else:
                display(thing, metadata=MARK)

    def __reduce__(self) -> str:
        return "report"  # There is one in every process, as of `current`.

    def __repr__(self) -> str:
        return "<report of this run>"


report = Report()
