"""A preview as HTML for `_repr_html_`: tables for frames, pictures where there are, text for the rest. Everything is escaped."""

import re
from html import escape
from typing import Any

from headwater.previews.text import render

BASE64 = re.compile(r"[A-Za-z0-9+/=]+")


def render_html(preview: "dict[str, Any]") -> str:
    """One element, without scripts and styles of its own. Nothing in it is taken for markup, whatever the values were."""
    if preview.get("kind") == "frame" and "head" in preview:
        return _frame(preview)
    picture = preview.get("thumbnail")
    image = f'<img alt="" src="data:image/png;base64,{picture}">' if isinstance(picture, str) and BASE64.fullmatch(picture) else ""
    return f"<div>{image}<pre>{escape(render(preview))}</pre></div>"


def _frame(preview: "dict[str, Any]") -> str:
    labels, fields = preview["index"]["labels"], preview.get("fields", [])
    heads = "".join(f'<th title="{escape(field["dtype"])}">{escape(field["name"])}</th>' for field in fields)
    cells = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in preview["head"]]
    rows = "".join(f"<tr><th>{escape(label)}</th>{row}</tr>" for label, row in zip(labels, cells))
    caption = render(preview).splitlines()[-1]
    return f"<div><table><thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table><p>{escape(caption)}</p></div>"
