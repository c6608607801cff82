"""The demo's files are what their story says, and the same bytes on every machine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from demo import tables
from demo.datasets import DATASETS, PUBLISHED, PUPILS_REPAIRED, PUPILS_SENT, RETURNED, Act
from demo.workbook import STAMP

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORKBOOKS = {
    file.upload.filename: file.upload.content
    for dataset in DATASETS
    for file in (dataset.first_file, *dataset.way_files())
    if file.upload.filename.endswith(".xlsx")
}


def cells(content: bytes) -> dict[str, str]:
    """Place to text of every cell that holds something."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    texts = {cell.get("r", ""): "".join(cell.itertext()) for cell in sheet.iter(f"{MAIN}c")}
    return {place: text for place, text in texts.items() if text}


def sums(content: bytes) -> Iterator[tuple[int, int]]:
    """Each total as typed, with what its row or column adds up to."""
    sheet = cells(content)
    rows = range(6, 6 + len(tables.DISTRICTS))
    for row in rows:
        yield typed(sheet[f"F{row}"]), sum(int(sheet[f"{column}{row}"]) for column in "CDE")
    for column in "CDE":
        total = typed(sheet[f"{column}{rows.stop}"])
        yield total, sum(int(sheet[f"{column}{row}"]) for row in rows)


def typed(text: str) -> int:
    return int(text.replace(".", ""))


@pytest.mark.parametrize("content", WORKBOOKS.values(), ids=WORKBOOKS)
def test_no_part_of_a_workbook_knows_when_it_was_made(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {STAMP}


@pytest.mark.parametrize("content", WORKBOOKS.values(), ids=WORKBOOKS)
def test_no_part_of_a_workbook_depends_on_a_compressor(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_the_repair_changes_the_one_cell_that_was_wrong() -> None:
    sent, repaired = cells(PUPILS_SENT.upload.content), cells(PUPILS_REPAIRED.upload.content)
    assert {place for place in sent if sent[place] != repaired[place]} == {"D9"}


def test_the_repaired_sheet_adds_up() -> None:
    assert [pair for pair in sums(PUPILS_REPAIRED.upload.content) if pair[0] != pair[1]] == []


def test_the_return_names_the_difference_that_the_sent_sheet_shows() -> None:
    off = [added - total for total, added in sums(PUPILS_SENT.upload.content) if added != total]
    points = next(m.points for m in PUBLISHED.way if isinstance(m, Act) and m.points)
    told = [int(number) for one in points for number in re.findall(r"lebih (\d+)", one["note"])]
    assert told == off != []


def test_the_row_that_the_other_return_asks_for_is_missing() -> None:
    rows = RETURNED.first_file.upload.content.decode("utf-8").splitlines()[1:]
    there = {tuple(row.split(",")[:2]) for row in rows}
    meant = {(month, district) for month in tables.MONTHS for district in tables.DISTRICTS}
    assert meant - there == {tables.FORGOTTEN}


def test_the_analyst_s_file_holds_the_repaired_figures() -> None:
    rows = [row.split(",") for row in tables.pupils_csv().decode("utf-8").splitlines()[1:]]
    sheet = cells(PUPILS_REPAIRED.upload.content)
    figures = [int(sheet[f"{column}{row}"]) for row in range(6, 12) for column in "CDE"]
    assert [int(row[3]) for row in rows] == figures
