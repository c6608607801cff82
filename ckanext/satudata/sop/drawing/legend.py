"""The legend: the five symbols, and what dashes mean."""

from __future__ import annotations

from ckanext.satudata.sop.drawing.head import LEGEND_MARK
from ckanext.satudata.sop.drawing.metrics import width
from ckanext.satudata.sop.drawing.shapes import Canvas, Figure, Frame, Kind, Style, Text, Way

_STYLE = Style(7, 9)
LEGEND_HEIGHT = 30.0
_ITEMS = (
    (Kind.CAPSULE, "Mulai/selesai"),
    (Kind.BOX, "Kegiatan"),
    (Kind.DIAMOND, "Keputusan"),
    (None, "Arah alur"),
    (Kind.CONNECTOR, "Sambungan ke halaman atau SOP lain"),
)


def draw_legend(canvas: Canvas, top: float, *, inferred: bool) -> float:
    """Draw it from `top` on; where it ends."""
    x, middle = 0.0, top + 7
    for kind, words in _ITEMS:
        wide = 9.0 if kind is Kind.CONNECTOR else 22.0
        if kind is None:
            canvas.ways.append(Way(((x, middle), (x + wide, middle)), 0, 0))
        else:
            high = 12.0 if kind is Kind.DIAMOND else 10.0
            frame = Frame(x, middle - high / 2, wide, high)
            canvas.figures.append(Figure(kind, frame, 0, 0))
        canvas.loose.append(Text(x + wide + 4, middle + 2.5, words, _STYLE))
        x += wide + 4 + width(words, _STYLE.size) + 16
    if inferred:
        canvas.loose.append(Text(0, top + 24, LEGEND_MARK, _STYLE))
    return top + LEGEND_HEIGHT
