"""The table of a PDF, read from the text that it holds and where that text stands."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing.layout import A4, MARGIN, sheets_for_signature
from ckanext.satudata.sop.drawing.pdf import pdf
from ckanext.satudata.sop.drawing.rows import MARK
from ckanext.satudata.sop.drawing.shapes import Cell

Fragment = tuple[int, float, float, str]
"""Page, x and y from the page's upper left corner in points, and the text there."""


def compact(text: str) -> str:
    """A text without blanks and without the mark of what is inferred."""
    return "".join(text.split()).replace("".join(MARK.split()), "")


def fragments(content: bytes) -> list[Fragment]:
    """Every text of a PDF with its place, in the order in which it is set."""
    found: list[Fragment] = []
    for number, page in enumerate(PdfReader(BytesIO(content)).pages):

        def note(text: str, cm: Any, tm: Any, *_: Any, number: int = number) -> None:
            if text.strip():
                x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                found.append((number, x, A4[1] - y, text))

        page.extract_text(visitor_text=note)
    return found


def table_of(sop: Sop) -> dict[tuple[int, str], str]:
    """Step and column to the text that the PDF has there, from all its pages."""
    sheets = sheets_for_signature(sop)
    table: dict[tuple[int, str], str] = {}
    for number, x, y, text in fragments(pdf(sop)):
        place = (x - MARGIN) / sheets.scale, (y - MARGIN) / sheets.scale
        for cell in _around(sheets.pages[number].cells, *place):
            key = (cell.row, cell.name)
            table[key] = table.get(key, "") + text
    return {key: compact(text) for key, text in table.items()}


def _around(cells: tuple[Cell, ...], x: float, y: float) -> Iterator[Cell]:
    for cell in cells:
        f = cell.frame
        if cell.row and f.x <= x <= f.right and f.y <= y <= f.bottom:
            yield cell
