"""The rows of the table: what stands in their cells, and the mark of what is not printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ckanext.satudata.sop.definition import Keyakinan, Langkah, Sop
from ckanext.satudata.sop.drawing.shapes import Style

MARK = "\u00a0*)"
"""Stands after the text of a cell, and after the name of a lane, that the sheet does not print."""

CELL = Style(8, 9.6)
STRONG = Style(8, 9.6, bold=True)
PAD = 3.0

NUMBER, WORDING, NEEDS, TIME, OUTPUT, REMARK = (
    "no",
    "uraian",
    "kelengkapan",
    "waktu",
    "output",
    "keterangan",
)
STAGE = "tahapan"
TEXT_COLUMNS = (WORDING, NEEDS, TIME, OUTPUT, REMARK)


@dataclass(frozen=True)
class Row:
    """A row before it has a place: the text of each column, and the rows its time is shared with.

    `stage` stands above the wording, in bold, where the sheet has stages.
    """

    step: int
    stage: str
    texts: Mapping[str, str]
    shares_time: frozenset[int]


def rows_of(sop: Sop) -> tuple[Row, ...]:
    """Every row of a SOP, in order."""
    return tuple(_row(step) for step in sop.langkah)


def marked(text: str | None, cell: str, marks: Mapping[str, Keyakinan]) -> str:
    """The text, with the mark where this cell says what is not printed; nothing for nothing."""
    if not text:
        return ""
    return text + (MARK if cell in marks else "")


def _row(step: Langkah) -> Row:
    norm = step.mutu_baku
    values = {
        WORDING: step.uraian,
        NEEDS: "; ".join(norm.kelengkapan or ()),
        TIME: norm.waktu.teks if norm.waktu else None,
        OUTPUT: norm.output,
        REMARK: step.keterangan,
    }
    texts = {name: marked(text, name, step.keyakinan) for name, text in values.items()}
    shared = frozenset((step.langkah, *norm.waktu.bersama)) if norm.waktu else frozenset({0})
    return Row(step.langkah, marked(step.tahapan, STAGE, step.keyakinan), texts, shared)
