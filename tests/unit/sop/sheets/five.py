"""The five sheets, and the SOP files that stand for them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.load import load
from tests.unit.sop.sheets.row import Sheet
from tests.unit.sop.sheets.sheet_000 import SHEET_000
from tests.unit.sop.sheets.sheet_001 import SHEET_001
from tests.unit.sop.sheets.sheet_002 import SHEET_002
from tests.unit.sop.sheets.sheet_003 import SHEET_003
from tests.unit.sop.sheets.sheet_004 import SHEET_004

FOLDER = Path(__file__).parents[4] / "schemas/sop"
SHEETS = (SHEET_000, SHEET_001, SHEET_002, SHEET_003, SHEET_004)


def named(sheet: Sheet) -> str:
    """The number that its file begins with."""
    return sheet.file[:3]


@cache
def text_of(sheet: Sheet) -> str:
    return (FOLDER / sheet.file).read_text("utf-8")


@cache
def file_of(sheet: Sheet) -> Sop:
    return load(text_of(sheet).encode(), sheet.file).sop
