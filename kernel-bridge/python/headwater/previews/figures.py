"""Figures of matplotlib: a thumbnail, from what was drawn already or from a copy, so that figure and pyplot stay as they are."""

import base64
import io
import pickle
import sys
import types
from typing import Any, Optional

from headwater.previews import pictures
from headwater.previews.naming import attributes_of, describe_type, module_of, mro_of, name_of, root_of
from headwater.previews.plain import cut

WIDTHS = (240, 160, 120, 80)
"""Pixels, tried in turn until the picture is small enough."""

MOST_BYTES = 200_000
"""Of the pickled figure: 10,000 points. What is larger would take longer to draw than a preview may."""

TITLES = 12

MOST_AXES = 2
"""Drawing one takes 20 ms."""


def preview_figure(value: Any) -> "dict[str, Any]":
    """Size in inches, titles of the axes, thumbnail (base64 PNG on white, None when it would be slow or run code of the notebook)."""
    known = [axes for axes in value.axes[:TITLES] if root_of(type(axes)) in ("matplotlib", "mpl_toolkits")]
    titles = [axes.get_title() or axes.get_ylabel() for axes in known]
    size = [round(float(side), 2) for side in value.get_size_inches()]
    facts = {"kind": "figure", "type": describe_type(value), "size": size, "axes": len(value.axes)}
    return {**facts, "titles": [cut(title, 80) for title in titles if title], "thumbnail": _draw(value)}


def _draw(figure: Any) -> Optional[str]:
    # A figure that was shown or saved keeps its pixels with the canvas it was drawn on.
    drawn = attributes_of(figure.canvas).get("renderer")
    try:
        pixels = _render(figure) if drawn is None else drawn.buffer_rgba()
    except Exception:
        return None
    for width in WIDTHS:
        png = pictures.encode(pictures.shrink(sys.modules["numpy"].asarray(pixels), width))
        if len(png) <= pictures.MOST_BYTES:
            return base64.b64encode(png).decode()
    return None


def _render(figure: Any) -> Any:
    """Pixels of a copy. Raises what pickling raises, and for a figure that would take long."""
    if len(figure.axes) > MOST_AXES:
        raise pickle.PicklingError("the figure has many axes")
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    copy = _copy(figure)
    copy.set_dpi(WIDTHS[0] / copy.get_size_inches()[0])
    canvas = FigureCanvasAgg(copy)
    canvas.draw()
    return canvas.buffer_rgba()


def _copy(figure: Any) -> Any:
    """A figure of its own, known to no window and no pyplot. Raises what pickling raises."""
    sink = _Sink()
    _FigurePickler(sink, pickle.HIGHEST_PROTOCOL).dump(figure)
    return pickle.loads(sink.getvalue())


class _Sink(io.BytesIO):
    def write(self, data: Any) -> int:
        if self.tell() > MOST_BYTES:
            raise pickle.PicklingError("the figure is large")
        return super().write(data)


class _FigurePickler(pickle.Pickler):
    """Refuses what the notebook defines: a formatter of its own would run when the copy is drawn."""

    def reducer_override(self, obj: Any) -> Any:
        cls = obj if isinstance(obj, type) else type(obj)
        if module_of(cls) == "__main__" or (type(obj) is types.FunctionType and obj.__module__ == "__main__"):
            raise pickle.PicklingError("the figure holds code of the notebook")
        if any(name_of(each) == "Figure" and module_of(each) == "matplotlib.figure" for each in mro_of(type(obj))):
            state: Any = obj.__getstate__()
            state.pop("_restore_to_pylab", None)
            return type(obj).__new__, (type(obj),), state
        return NotImplemented
