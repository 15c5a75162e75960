"""Small PNGs from arrays, with nothing but zlib."""

import base64
import struct
import sys
import zlib
from typing import Any

IMAGE_SIDES = (96, 64, 48, 32)
"""Pixels of the longer side, tried in turn until the picture is small enough: noise does not compress."""

MATRIX_SIDES = (48, 32)
"""A matrix of other numbers than bytes is hardly a photograph: its pattern is enough."""

SAMPLED_SIDE = 3
"""Thin lines survive when nine pixels of each block count."""

MOST_BYTES = 9_000
"""Of a PNG: base64 makes 12 KB of it, which leaves room for the rest of a preview."""


def draw_grey(array: Any) -> str:
    """A matrix from its darkest to its brightest value, as base64. What is no number is black."""
    numpy = sys.modules["numpy"]

    def shade(part: Any) -> Any:
        values = part.astype("float64")
        finite = numpy.isfinite(values)
        low, high = (values[finite].min(), values[finite].max()) if finite.any() else (0.0, 0.0)
        scaled = numpy.where(finite, values - low, 0) * (255 / (high - low) if high > low else 0)
        return scaled.astype("uint8")

    return _fit(array, shade, IMAGE_SIDES if array.dtype == "uint8" else MATRIX_SIDES)


def draw_colours(array: Any) -> str:
    """An image of bytes, or of numbers from 0 to 1, as base64; transparency on white."""
    numpy = sys.modules["numpy"]

    def paint(part: Any) -> Any:
        scale = 1.0 if part.dtype.kind in "ui" else 255.0
        values = numpy.clip(numpy.nan_to_num(part.astype("float64")) * scale, 0, 255)
        return on_white(values).astype("uint8")

    return _fit(array, paint, IMAGE_SIDES)


def on_white(pixels: Any) -> Any:
    """Three channels from three or four."""
    if pixels.shape[2] == 3:
        return pixels
    alpha = pixels[:, :, 3:] / 255.0
    return pixels[:, :, :3] * alpha + 255.0 * (1 - alpha)


def shrink(pixels: Any, width: int) -> Any:
    """A picture of four channels on white, `width` pixels wide at most; each is the mean of some of those it stands for.

    Sixteen shades a channel: soft edges then compress to half, and nobody sees it at this size.
    """
    step = max(1, -(-pixels.shape[1] // width))
    rows, columns = pixels.shape[0] // step, pixels.shape[1] // step
    if not rows or not columns:
        return _posterise(on_white(pixels[::step, ::step].astype("float32")))
    offsets = range(0, step, max(1, step // SAMPLED_SIDE))
    total = sum(pixels[i::step, j::step][:rows, :columns].astype("float32") for i in offsets for j in offsets)
    return _posterise(on_white(total / len(offsets) ** 2))


def _posterise(pixels: Any) -> Any:
    return ((pixels + 8) // 17 * 17).astype("uint8")


def _fit(array: Any, colour: Any, sides: "tuple[int, ...]") -> str:
    png = b""
    for side in sides:
        step = max(1, -(-max(array.shape[:2]) // side))
        png = encode(colour(array[::step, ::step]))
        if len(png) <= MOST_BYTES:
            break
    return base64.b64encode(png).decode()


def encode(pixels: Any) -> bytes:
    """A PNG of a (height, width) or (height, width, 3) array of bytes."""
    numpy = sys.modules["numpy"]
    height, width = pixels.shape[:2]
    colour_type = 0 if pixels.ndim == 2 else 2
    rows = numpy.zeros((height, 1 + width * (1 if colour_type == 0 else 3)), "uint8")  # each begins with its filter: none
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
