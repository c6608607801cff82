"""The section of the report: every kind of file, references, releases, limits."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ckanext.satudata.quality.__main__ import main
from ckanext.satudata.quality.check import check
from ckanext.satudata.quality.checks.section import looked
from ckanext.satudata.quality.judge.asked import Asked
from ckanext.satudata.quality.judge.sealed import Seal, judged
from tests.unit.quality.test_sealed import page, workbook
from tests.unit.quality.test_sealed import text as cell

ROWS = [["kabupaten", "nilai"], ["Rekaan", "1.500"], ["Contoh", "2.750"], ["Misal", "13.000"]]


def text(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    return path


def book(path: Path, rows: Sequence[Sequence[object]], merge: str = "") -> Path:
    made = openpyxl.Workbook()
    sheet = made.create_sheet("Data", 0)
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    made.save(path)
    return path


def codes(section: dict[str, Any]) -> list[str]:
    return [one["code"] for one in section["findings"]]


@pytest.mark.parametrize("make", [text, book], ids=["csv", "xlsx"])
def test_a_file_is_told_its_findings(make: Any, tmp_path: Path):
    path = make(tmp_path / f"a.{'csv' if make is text else 'xlsx'}", ROWS)
    assert codes(looked(path)) == ["number_thousands_dot"]


@pytest.mark.parametrize("size", [10, 30_000], ids=["small", "large"])
def test_a_text_is_told_the_same_in_both_forms(size: int, tmp_path: Path):
    rows = [ROWS[0], *(ROWS[1 + at % 3] for at in range(size)), ["Jumlah", "1", "2"], ["Sumber: X"]]
    path = text(tmp_path / "a.csv", rows)
    by_columns, by_rows = looked(path), looked(path, by_rows=True)
    assert by_columns["findings"] == by_rows["findings"]


def test_a_large_text_is_told_its_findings(tmp_path: Path):
    rows = [
        ROWS[0],
        *(["Rekaan", f"{at % 800 + 1}.500"] for at in range(30_000)),
        ["Total", "1.500"],
    ]
    assert codes(looked(text(tmp_path / "a.csv", rows))) == ["number_thousands_dot", "total_rows"]


def test_joined_headings_are_told(tmp_path: Path):
    rows = [["Kab", "Tahun", ""], ["", "2022", "2023"], ["Rekaan", 1, 2], ["Contoh", 3, 4]]
    section = looked(book(tmp_path / "a.xlsx", rows, "B1:C1"))
    assert "heading_rows" in codes(section)


def test_a_joined_heading_holds_for_all_its_columns(tmp_path: Path):
    rows = [["Kab", "Tahun", ""], ["", "2022", "2023"], ["Rekaan", 1, 2], ["Contoh", 3, 4]]
    section = looked(book(tmp_path / "a.xlsx", rows, "B1:C1"))
    headings = [one["heading"] for one in section["sheets"][0]["columns"]]
    assert headings == ["Kab", "Tahun · 2022", "Tahun · 2023"]


def test_a_formula_that_failed_is_told_with_its_cell(tmp_path: Path):
    failed = '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    rows = "".join(
        f'<row r="{at}">{cell(f"A{at}", name)}{value}</row>'
        for at, name, value in (
            (1, "kab", cell("B1", "nilai")),
            (2, "Rekaan", '<c r="B2"><v>12</v></c>'),
            (3, "Contoh", failed),
        )
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(page(rows)))
    (found,) = looked(path)["findings"]
    assert (found["code"], found["places"][0]["cell"], found["example"]) == (
        "cell_fault",
        "B3",
        "#DIV/0!",
    )


SCHEMA = {
    "fields": [
        {"name": "kabupaten", "type": "string"},
        {"name": "nilai", "type": "number", "groupChar": ".", "decimalChar": ","},
    ]
}


def test_what_the_schema_declares_is_no_finding(tmp_path: Path):
    assert codes(looked(text(tmp_path / "a.csv", ROWS), SCHEMA)) == []


MARKED = [["kabupaten", "nilai"], ["Rekaan", "-"], ["Contoh", "…"], ["Misal", "13"], ["Lain", "1"]]


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (["", "-", "…"], ["missing_marks_merged"]),
        ([{"value": "-", "label": "nihil"}, {"value": "…", "label": "tidak tersedia"}], []),
        ([""], ["missing_marks"]),
    ],
    ids=["merged", "labelled", "undeclared"],
)
def test_the_meaning_of_marks_is_kept(missing: list[Any], expected: list[str], tmp_path: Path):
    schema = SCHEMA | {"missingValues": missing}
    assert codes(looked(text(tmp_path / "a.csv", MARKED), schema)) == expected


@pytest.fixture
def regions(tmp_path: Path) -> dict[str, str]:
    ours = [["kode", "nama"], ["99.01", "Rekaan"], ["99.02", "Contoh"], ["99.10", "Misal"]]
    theirs = [["kode", "nama"], ["9901", "Contoh"], ["9902", "Rekaan"], ["9905", "Lain"]]
    return {
        "kemendagri": str(text(tmp_path / "kemendagri.csv", ours)),
        "bps": str(text(tmp_path / "bps.csv", theirs)),
    }


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Kode wilayah", ["99.01", "99.02", "99.1"], ["region_unknown"]),
        ("Kode wilayah", ["99.01", "99.02", "99.10"], []),
        ("Kode wilayah", ["9901", "9902"], ["region_system"]),
        ("Kode BPS", ["9901", "9902"], []),
        ("Kode BPS", ["99.01", "99.10"], ["region_unknown", "region_system"]),
        ("Kode wilayah", ["99.01", "99.02", "9910"], ["region_dots"]),
        ("Kode barang", ["12.34", "56.78"], []),
    ],
)
def test_codes_of_regions_are_held_against_both_lists(
    heading: str, cells: list[str], expected: list[str], regions: dict[str, str], tmp_path: Path
):
    path = text(tmp_path / "a.csv", [[heading, "uraian"], *([one, "Sawah"] for one in cells)])
    found = [one for one in codes(looked(path, references=regions)) if "region" in one]
    assert found == expected


BEFORE = [["kab", "tahun", "nilai", "luas"], *([f"Kab {a}", "2022", 100 + a, 5] for a in range(20))]
TYPES = {"kab": "string", "tahun": "year", "nilai": "number", "luas": "number"}


def kamus(**units: str) -> dict[str, Any]:
    return {
        "fields": [
            {"name": name, "type": kind, "satuan": units.get(name, "")}
            for name, kind in TYPES.items()
        ]
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda rows: rows, []),
        (lambda rows: rows[:-2], ["release_rows_gone"]),
        (lambda rows: [row[:3] for row in rows], ["release_columns_gone"]),
        (lambda rows: [*rows[:5], [*rows[5][:2], 104_000, 5], *rows[6:]], ["release_jump"]),
        (
            lambda rows: [rows[0], *([a, b, c * 1000, d] for a, b, c, d in rows[1:])],
            ["release_jump"],
        ),
        (lambda rows: [rows[0], *([a, "2023", c + 3, d] for a, _, c, d in rows[1:])], []),
    ],
    ids=["same", "rows gone", "a column gone", "one value", "another unit", "another year"],
)
def test_a_release_is_compared_with_the_one_before(
    change: Any, expected: list[str], tmp_path: Path
):
    before = text(tmp_path / "lalu.csv", BEFORE)
    now = text(tmp_path / "kini.csv", change([list(row) for row in BEFORE]))
    assert codes(looked(now, previous=str(before))) == expected


def test_a_changed_definition_is_told(tmp_path: Path):
    path = text(tmp_path / "a.csv", BEFORE)
    now, then = kamus(nilai="orang"), kamus(nilai="ribu orang")
    section = looked(path, now, previous=str(path), previous_schema=then)
    assert "satuan “ribu orang” → “orang”" in section["findings"][0]["sentence"]


def test_data_of_persons_are_told_in_the_same_section(tmp_path: Path):
    rows = [["kab", "surel"], ["Rekaan", "rekaan@contoh.example"], ["Contoh", "-"]]
    assert "personal_email" in codes(looked(text(tmp_path / "a.csv", rows)))


def test_a_file_that_takes_too_long_is_told_to_be_unfinished(tmp_path: Path):
    section = looked(text(tmp_path / "a.csv", ROWS), seconds=0.0)
    assert (section["complete"], section["reason"]) == (False, "too_slow")


def test_galat_come_first(tmp_path: Path):
    rows = [["Judul", "", ""], *([*row, "12 kg"] for row in ROWS)]
    found = looked(text(tmp_path / "a.csv", rows))["findings"]
    ranks = ["galat", "peringatan", "catatan"]
    assert sorted(found, key=lambda one: ranks.index(one["severity"])) == found


def test_the_judges_own_part_is_the_same_with_our_checks(tmp_path: Path):
    path = text(tmp_path / "a.csv", ROWS)
    own, both = check(path).descriptor, check(path, checks=True).descriptor
    del own["satudata"], both["satudata"]
    own["stats"]["seconds"] = both["stats"]["seconds"] = 0
    own["tasks"][0]["stats"]["seconds"] = both["tasks"][0]["stats"]["seconds"] = 0
    assert own == both


def test_a_sealed_report_holds_our_checks(tmp_path: Path):
    report = judged(Asked(str(text(tmp_path / "a.csv", ROWS))), seal=Seal(seconds=60))
    assert [one["code"] for one in report.checks] == ["number_thousands_dot"]


@pytest.mark.parametrize(("more", "code"), [([], 1), (["--no-checks"], 0)])
def test_a_galat_ends_the_command_with_one(more: list[str], code: int, tmp_path: Path):
    assert main([str(text(tmp_path / "a.csv", ROWS)), *more]) == code


def test_the_command_lists_all_checks(capsys: pytest.CaptureFixture[str]):
    main(["checks", "--json"])
    told = {one["code"] for one in json.loads(capsys.readouterr().out)}
    assert {"number_thousands_dot", "total_wrong", "release_jump", "personal_nik"} <= told


def test_what_ends_the_process_in_our_checks_leaves_the_judges_answer(tmp_path: Path):
    # The look at the container reads a cell whose address comes first, and calamine aborts.
    far = '<row r="1048576"><c t="inlineStr" r="XFD1048576"><is><t>b</t></is></c></row>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(page(f'<row r="1">{cell("A1", "kode")}</row>{far}')))
    report = judged(Asked(str(path)), seal=Seal(seconds=60, processor=30))
    assert (report.judged, report.ours["checks"]["reason"]) == (True, "process_died")


def test_a_sheet_with_hundreds_of_thousands_of_joined_cells_ends_in_a_section(tmp_path: Path):
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 200_001))
    sheet = page(f'<row r="1">{cell("A1", "kode")}</row>')
    end = f'<mergeCells count="200000">{merges}</mergeCells></worksheet>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(sheet.replace("</worksheet>", end)))
    assert looked(path)["complete"]
