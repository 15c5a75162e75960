"""A preview as a few lines for a terminal."""

from collections.abc import Iterator
from typing import Any

from headwater.previews.plain import grouped

WIDTH = 100
BARS = "▁▂▃▄▅▆▇█"


def render(preview: "dict[str, Any]") -> str:
    """The lines, without a line break at the end. Takes any preview, also one with parts left out."""
    draw = _DRAWERS.get(preview.get("kind", ""), _other)
    return "\n".join([_title(preview), *draw(preview)]) if draw is not _value else next(draw(preview))


def _title(preview: "dict[str, Any]") -> str:
    return " ".join(str(preview[part]) for part in ("type", "shape") if preview.get(part) is not None)


def _value(preview: "dict[str, Any]") -> Iterator[str]:
    yield str(preview.get("value"))


def _frame(preview: "dict[str, Any]") -> Iterator[str]:
    names = [field["name"] for field in preview.get("fields", [])]
    rows = preview.get("head", [])
    labels = preview["index"]["labels"][: len(rows)]
    yield from lay_out([["", *names], *([label, *row] for label, row in zip(labels, rows))])
    missing = [f"{field['name']} {field['missing']:.0%}" for field in preview.get("fields", []) if field["missing"]]
    if missing:
        yield f"missing: {', '.join(missing)}"
    yield f"first {preview['shown']} of {grouped(preview['rows'])} rows, {preview['shownColumns']} of {grouped(preview['columns'])} columns"


def lay_out(table: "list[list[str]]") -> Iterator[str]:
    """Columns side by side, as many as fit."""
    columns = [list(column) for column in zip(*table)]
    used, lines = 0, [""] * len(table)
    for column in columns:
        width = max(map(len, column))
        if used and used + width + 2 > WIDTH:
            lines = [f"{line}  …" for line in lines]
            break
        lines = [f"{line}  {cell:>{width}}" if used else f"{cell:>{width}}" for line, cell in zip(lines, column)]
        used += width + 2
    yield from lines


def _numbers(preview: "dict[str, Any]") -> Iterator[str]:
    if "histogram" in preview and preview["histogram"]:
        yield f"{preview['min']} {sparkline(preview['histogram']['counts'])} {preview['max']}, median {preview.get('median', '?')}"
    if preview.get("levels"):
        yield ", ".join(f"{level} × {grouped(count)}" for level, count in preview["levels"])
    if preview.get("missing"):
        yield f"missing: {preview['missing'] if isinstance(preview['missing'], int) else format(preview['missing'], '.0%')}"


def sparkline(counts: "list[int]") -> str:
    """A histogram in one line."""
    highest = max(counts, default=0) or 1
    return "".join(BARS[-(-count * (len(BARS) - 1) // highest)] for count in counts)


def _array(preview: "dict[str, Any]") -> Iterator[str]:
    yield from _numbers(preview)
    head = preview.get("head", [])
    yield from lay_out(head) if head and isinstance(head[0], list) else ["  ".join(head)] if head else []


def _figure(preview: "dict[str, Any]") -> Iterator[str]:
    titles = "".join(f", {title}" for title in preview.get("titles", []))
    yield f"{' × '.join(map(str, preview['size']))} inches, {preview['axes']} axes{titles}"


def _model(preview: "dict[str, Any]") -> Iterator[str]:
    features = f", {preview['features']} features" if preview.get("features") is not None else ""
    yield f"{'fitted' if preview['fitted'] else 'not fitted'}{features}{parameters(preview)}"
    for step in preview.get("steps", []):
        yield f"  {step['name']}: {step['type']}{parameters(step)}"


def parameters(model: "dict[str, Any]") -> str:
    """`, C=0.5, penalty=l1`: those unlike the defaults."""
    return "".join(f", {name}={leaf(value)}" for name, value in model.get("parameters", []))


def _text(preview: "dict[str, Any]") -> Iterator[str]:
    yield from preview.get("head", [])
    lines = preview.get("lines")
    if lines is None or lines > preview["shown"]:
        yield f"first {preview['shown']} of {'many' if lines is None else grouped(lines)} lines"


def _json(preview: "dict[str, Any]") -> Iterator[str]:
    if "tree" in preview:
        yield from _branches(preview["tree"], "  ")


def _branches(node: "dict[str, Any]", indent: str) -> Iterator[str]:
    items = node["items"]
    more = node["length"] - len(items)
    rest = [f"… {grouped(more)} more"] if more else []
    if items and not any(isinstance(item, (dict, list)) for item in items):
        yield indent + ", ".join([*map(leaf, items), *rest])
        return
    for item in items:
        key, child = item if isinstance(item, list) else ("-", item)  # a pair of key and node; a node itself is never a list
        yield f"{indent}{key}{':' if isinstance(item, list) else ''} {leaf(child)}"
        if isinstance(child, dict) and child.get("items"):
            yield from _branches(child, indent + "  ")
    yield from (indent + text for text in rest)


def leaf(node: Any) -> str:
    """One node of a tree without its items."""
    if not isinstance(node, dict):
        return str(node)
    size = node.get("text") or node.get("shape") or (f"of {grouped(node['length'])}" if "length" in node else None)
    return node["type"] if size is None else f"{node['type']} {size}"


def _bytes(preview: "dict[str, Any]") -> Iterator[str]:
    yield preview.get("head", "")


def _function(preview: "dict[str, Any]") -> Iterator[str]:
    yield f"{preview['name']}{preview.get('signature', '')}"
    if preview.get("doc"):
        yield preview["doc"]


def _class(preview: "dict[str, Any]") -> Iterator[str]:
    yield f"{preview['name']}({', '.join(preview['bases'])})"
    yield from [preview["doc"]] if preview.get("doc") else []
    if preview.get("members"):
        yield f"{', '.join(preview['members'])}{', …' if preview['total'] > preview['shown'] else ''}"


def _module(preview: "dict[str, Any]") -> Iterator[str]:
    yield f"{preview['name']} {preview.get('version') or ''}".strip()


def _other(preview: "dict[str, Any]") -> Iterator[str]:
    if preview.get("failed"):
        yield f"no preview: {preview['failed']}"
    for name, value in preview.get("attributes", []):
        yield f"  {name}: {leaf(value)}"


_DRAWERS = {
    "value": _value, "frame": _frame, "series": _array, "array": _array, "figure": _figure, "model": _model, "text": _text, "json": _json,
    "bytes": _bytes, "function": _function, "class": _class, "module": _module,
}
