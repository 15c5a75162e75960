"""What cells show."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature(4)
def result(m: FlowMaker) -> str:
    """As the last line of a cell it is the cell's result."""
    old = m.old("list", "dict", "int", "str", "tuple", "frame", "array", "set", "series", "enum", "member")
    return f"{old}{m.rng.choice(['', '', ';'])}" if old else ""


@feature(2)
def displayed(m: FlowMaker) -> str:
    old = m.old("frame", "list", "dict", "series")
    return f"display({old})" if old else ""


@feature()
def html(m: FlowMaker) -> str:
    return m.rng.choice(["from IPython.display import HTML, Markdown\ndisplay(HTML('<b>bold</b>'))", "from IPython.display import Markdown\nMarkdown('**bold**')"])


@feature()
def own_repr(m: FlowMaker) -> str:
    name = m.new("shows")
    return f"class _Shows:\n    times = 0\n    def _repr_html_(self):\n        _Shows.times += 1\n        return f'<i>{{_Shows.times}}</i>'\n    def __repr__(self):\n        return 'Shows'\n{name} = _Shows()"


@feature(2)
def show_own(m: FlowMaker) -> str:
    old = m.old("shows")
    return m.rng.choice([f"display({old})", old]) if old else ""


@feature()
def on_stderr(m: FlowMaker) -> str:
    return "print('to stderr', file=sys.stderr)\nprint('to stdout')"


@feature()
def updated(m: FlowMaker) -> str:
    return "_h = display('first', display_id=True)\n_h.update('second')\ndel _h"


@feature()
def cleared(m: FlowMaker) -> str:
    return "from IPython.display import clear_output\nprint('before')\nclear_output(wait=True)\nprint('after')"


@feature()
def partial_lines(m: FlowMaker) -> str:
    return "print('a', end='')\nprint('b', end='', file=sys.stderr)\nprint('c', end=' ')\nsys.stdout.write('d\\n')"


@feature()
def much_text(m: FlowMaker) -> str:
    return f"for _i in range({m.rng.choice([50, 400])}): print('row', _i)"


@feature()
def styled(m: FlowMaker) -> str:
    old = m.old("frame")
    return f"print({old}.to_html()[:60])" if old else ""
