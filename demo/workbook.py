"""A small XLSX writer whose bytes depend on the cells alone.

The demo compares files byte for byte, over runs and machines; so nothing here knows the time, and
the parts are stored as they are (what deflate makes of them differs between versions of zlib).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

Cell = str | int | None

STAMP = (2026, 1, 5, 8, 0, 0)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TEXT, NUMBER, HEADER = 0, 1, 2
"""Cell formats of `_STYLES`: as it is, `#,##0` (built-in format 3), bold and centred."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells, merged ranges (`A1:F1`), and which rows are headers (from 0)."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[str] = ()
    header_rows: frozenset[int] = frozenset()


def workbook(sheet: Sheet) -> bytes:
    """The XLSX file that holds `sheet`. Numbers are shown with thousands separators."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in _parts(sheet):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_STORED
            info.create_system = 3  # else it tells which system the demo ran on
            archive.writestr(info, DECLARATION + text)
    return out.getvalue()


def _parts(sheet: Sheet) -> list[tuple[str, str]]:
    name = escape(sheet.name, {'"': "&quot;"})
    return [
        ("[Content_Types].xml", _CONTENT_TYPES),
        ("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
        ),
        ("xl/styles.xml", _STYLES),
        ("xl/worksheets/sheet1.xml", _sheet_xml(sheet)),
    ]


def _sheet_xml(sheet: Sheet) -> str:
    rows = "".join(
        _row_xml(number, row, number in sheet.header_rows) for number, row in enumerate(sheet.rows)
    )
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in sheet.merged)
    merged = f'<mergeCells count="{len(sheet.merged)}">{ranges}</mergeCells>' if ranges else ""
    columns = '<cols><col min="1" max="1" width="6"/><col min="2" max="2" width="34"/></cols>'
    return f'<worksheet xmlns="{MAIN}">{columns}<sheetData>{rows}</sheetData>{merged}</worksheet>'


def _row_xml(number: int, row: Sequence[Cell], header: bool) -> str:
    cells = "".join(_cell_xml(number, column, cell, header) for column, cell in enumerate(row))
    return f'<row r="{number + 1}">{cells}</row>'


def _cell_xml(row: int, column: int, cell: Cell, header: bool) -> str:
    place = f'r="{chr(ord("A") + column)}{row + 1}"'
    if cell is None:
        return f'<c {place} s="{HEADER if header else TEXT}"/>'
    if isinstance(cell, int):
        return f'<c {place} s="{HEADER if header else NUMBER}"><v>{cell}</v></c>'
    text = f'<is><t xml:space="preserve">{escape(cell)}</t></is>'
    return f'<c {place} s="{HEADER if header else TEXT}" t="inlineStr">{text}</c>'


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


_CONTENT_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/></Types>'
)
_STYLES = (
    f'<styleSheet xmlns="{MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"'
    ' applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
