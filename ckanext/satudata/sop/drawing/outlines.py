"""The outlines that both writers draw: corners of symbols, heads of arrows."""

from __future__ import annotations

from ckanext.satudata.sop.drawing.shapes import Figure, Kind, Point

_HEAD, _SPREAD = 5.0, 2.2


def corners(one: Figure) -> tuple[Point, ...]:
    """The corners of a diamond, or of a connector (a box with a point below)."""
    f = one.frame
    x, y = f.middle
    if one.kind is Kind.DIAMOND:
        return ((x, f.y), (f.right, y), (x, f.bottom), (f.x, y))
    shoulder = f.y + f.h * 0.68
    return ((f.x, f.y), (f.right, f.y), (f.right, shoulder), (x, f.bottom), (f.x, shoulder))


def arrow_head(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The triangle at the end of a line."""
    (from_x, from_y), (x, y) = points[-2], points[-1]
    dx = (x > from_x) - (x < from_x)
    dy = (y > from_y) - (y < from_y)
    if dx and dy:
        dx = 0
    back_x, back_y = x - dx * _HEAD, y - dy * _HEAD
    side_x, side_y = dy * _SPREAD, dx * _SPREAD
    return ((x, y), (back_x + side_x, back_y + side_y), (back_x - side_x, back_y - side_y))
