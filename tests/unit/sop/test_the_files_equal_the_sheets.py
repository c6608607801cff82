"""The five SOP files say what the printed sheets say, mark what they read into them, and no more.

The sheets stand in `sheets/`, written down by hand and not read from the files.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from ckanext.satudata.sop.definition import Kepala, Keyakinan, Langkah, MutuBaku, Sop, Waktu
from tests.unit.sop.sheets.five import FOLDER, SHEETS, file_of, named, text_of
from tests.unit.sop.sheets.row import END, Row, Sheet, Time, Way

# What a program needs and no sheet prints: marked on each row, or wherever it is filled.
NEVER_PRINTED = {"nama", "perintah", "lingkup", "status"}
MARKED_WHERE_FILLED = {"penulis", "periksa", "empat_mata", "persetujuan", "sambungan"}
# Cells of the head that are the portal's own and not the sheet's.
OF_THE_PORTAL = {"format", "subjek", "pengendali", "catatan_manual", "keyakinan"}


each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=named)


def as_time(norm: Waktu | None) -> Time | None:
    if norm is None:
        return None
    return Time(norm.teks, norm.minimum, norm.maksimum, norm.satuan, norm.bersama)


def level(mark: Keyakinan | None) -> str | None:
    return mark.tingkat.value if mark else None


def as_ways(sop: Sop, step: Langkah) -> dict[str, Way]:
    ways = {
        one.hasil: Way(
            one.ke, level(one.keyakinan), tuple(sop.pelaksana[key].nama for key in one.bersama)
        )
        for one in (*step.keputusan, *step.kembali)
    }
    following = step.langkah + 1 if step.langkah < len(sop.langkah) else END
    return ways or {"selesai": Way(following)}


def as_row(sop: Sop, step: Langkah) -> Row:
    mark = step.keyakinan.get("pelaksana")
    return Row(
        step=step.langkah,
        wording=step.uraian,
        actor=" & ".join(sop.pelaksana[key].nama for key in step.pelaksana),
        mark=level(mark),
        ways=as_ways(sop, step),
        instead=mark.alternatif if mark else None,
        stage=step.tahapan,
        needs=step.mutu_baku.kelengkapan,
        time=as_time(step.mutu_baku.waktu),
        output=step.mutu_baku.output,
        remark=step.keterangan,
    )


def as_cell(head: Kepala, cell: str) -> object:
    value: Any = getattr(head, cell)
    if cell == "tanggal":
        return (value.pembuatan, value.revisi, value.pengesahan)
    return as_time(value) if cell == "waktu_total" else value


def test_each_shipped_file_has_its_sheet_here() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.yaml")) == [one.file for one in SHEETS]


@pytest.mark.parametrize(
    ("sheet", "row"),
    [(sheet, row) for sheet in SHEETS for row in sheet.rows],
    ids=[f"{named(sheet)}/{row.step}" for sheet in SHEETS for row in sheet.rows],
)
def test_a_row_of_the_file_is_the_row_of_the_sheet(sheet: Sheet, row: Row) -> None:
    sop = file_of(sheet)
    assert as_row(sop, sop.step(row.step)) == row


@each_sheet
def test_the_file_holds_no_row_more(sheet: Sheet) -> None:
    assert [step.langkah for step in file_of(sheet).langkah] == [row.step for row in sheet.rows]


def test_the_sheets_have_51_rows() -> None:
    assert sum(len(sheet.rows) for sheet in SHEETS) == 51


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [(sheet, cell) for sheet in SHEETS for cell in sheet.head],
    ids=[f"{named(sheet)} {cell}" for sheet in SHEETS for cell in sheet.head],
)
def test_a_cell_of_the_head_says_what_the_sheet_prints(sheet: Sheet, cell: str) -> None:
    assert as_cell(file_of(sheet).sop, cell) == sheet.head[cell]


@each_sheet
def test_no_cell_of_the_head_is_left_uncompared(sheet: Sheet) -> None:
    assert set(sheet.head) == set(Kepala.model_fields) - OF_THE_PORTAL


@each_sheet
def test_the_head_marks_what_it_reads_into_the_sheet(sheet: Sheet) -> None:
    assert set(file_of(sheet).sop.keyakinan) == sheet.doubted


@each_sheet
def test_the_actors_without_a_lane_are_those_the_sheet_gives_none(sheet: Sheet) -> None:
    actors = file_of(sheet).pelaksana.values()
    assert tuple(actor.nama for actor in actors if not actor.lajur) == sheet.laneless


@each_sheet
def test_each_actor_without_a_lane_is_marked(sheet: Sheet) -> None:
    actors = file_of(sheet).pelaksana
    assert [k for k, a in actors.items() if not a.lajur and "lajur" not in a.keyakinan] == []


@each_sheet
def test_each_cell_that_no_sheet_prints_is_marked(sheet: Sheet) -> None:
    unmarked = [
        (step.langkah, cell)
        for step in file_of(sheet).langkah
        for cell in NEVER_PRINTED | {c for c in MARKED_WHERE_FILLED if getattr(step, c)}
        if cell not in step.keyakinan
    ]
    assert unmarked == []


@each_sheet
def test_each_mark_names_a_cell_of_its_own_mapping(sheet: Sheet) -> None:
    sop = file_of(sheet)
    places: list[tuple[Any, set[str]]] = [
        (sop.sop, set(Kepala.model_fields)),
        (sop.kalender, set(type(sop.kalender).model_fields)),
        *((actor, set(type(actor).model_fields)) for actor in sop.pelaksana.values()),
        *((s, set(Langkah.model_fields) | set(MutuBaku.model_fields)) for s in sop.langkah),
    ]
    assert [cell for place, cells in places for cell in place.keyakinan if cell not in cells] == []


@each_sheet
@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a NIP", r"\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}"),
        ("the word before a NIP", r"NIP[.:]"),
        ("a rank", r"Pembina T[kK]|Penata T[kK]"),
        ("a degree", r"\b(S|M)\.(Kom|Si|Sos|T|E|H|AP|M|P)\b"),
        ("a masked name", r"\[nama pejabat\]|\[disamarkan\]"),
    ],
)
def test_no_official_is_named_in_a_file(sheet: Sheet, what: str, pattern: str) -> None:
    assert re.findall(pattern, text_of(sheet)) == [], what
