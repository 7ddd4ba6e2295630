"""Paper sizes and how a thing is fitted into a rectangle, in PDF points (1/72 inch, origin bottom left)."""

from dataclasses import dataclass
from typing import Literal

Paper = Literal["a4", "letter"]
PAPER: dict[Paper, tuple[float, float]] = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Width and height of upright paper, in points (ISO 216, ANSI)."""

POINTS = 72
"""Points in an inch."""

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f as in ISO 32000-2, 8.3.3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A rectangle in points; ``x`` and ``y`` are its lower left corner."""

    x: float
    y: float
    width: float
    height: float


def whole_of(part: tuple[float, float, float, float], window: Rectangle) -> Rectangle:
    """Where the whole lies when its ``part`` (x0, y0, x1, y1 from 0 to 1, top left) fills ``window``."""
    x0, y0, x1, y1 = part
    width, height = window.width / (x1 - x0), window.height / (y1 - y0)
    return Rectangle(x=window.x - x0 * width, y=window.y - (1 - y1) * height, width=width, height=height)


def fitted(width: float, height: float, area: Rectangle, largest_scale: float) -> Rectangle:
    """The largest rectangle of these proportions inside ``area``, centred across and set to its top.

    Never enlarged beyond ``largest_scale`` points per unit, so that a small picture does not pretend to hold more.
    """
    scale = min(area.width / width, area.height / height, largest_scale)
    w, h = width * scale, height * scale
    return Rectangle(x=area.x + (area.width - w) / 2, y=area.y + area.height - h, width=w, height=h)


def upright_matrix(orientation: int, place: Rectangle) -> Matrix:
    """The matrix that paints the unit square of a picture with this EXIF orientation upright into ``place``.

    Source: Exif 2.32, tag 274; the unit square of an image XObject has its origin at the bottom left.
    """
    x, y, w, h = place.x, place.y, place.width, place.height
    return {
        1: (w, 0, 0, h, x, y),
        2: (-w, 0, 0, h, x + w, y),
        3: (-w, 0, 0, -h, x + w, y + h),
        4: (w, 0, 0, -h, x, y + h),
        5: (0, -h, -w, 0, x + w, y + h),
        6: (0, -h, w, 0, x, y + h),
        7: (0, h, w, 0, x, y),
        8: (0, h, -w, 0, x + w, y),
    }[orientation]


def numbers(*values: float) -> str:
    """Numbers as PDF writes them: at most four decimals, no exponent, always the same."""
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") if value else "0" for value in values)
