"""What no sheet prints and the portal runs on, written down by hand once more than in the files.

Rows are named by sheet and number: "002/8" is step 8 of 002.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ckanext.satudata.sop.definition import Langkah, Pelaksana
from tests.unit.sop.sheets.five import SHEETS, file_of, named
from tests.unit.sop.sheets.row import Sheet
from tests.unit.sop.sheets.sheet_001 import SHEET_001
from tests.unit.sop.sheets.sheet_003 import SHEET_003
from tests.unit.sop.sheets.sheet_004 import SHEET_004


def of_rows(read: Callable[[Langkah], Any]) -> dict[str, Any]:
    """What `read` finds at each row of the five files, where it finds something."""
    rows = {f"{named(one)}/{s.langkah}": read(s) for one in SHEETS for s in file_of(one).langkah}
    return filled(rows)


def of_actors(read: Callable[[Pelaksana], Any]) -> dict[str, Any]:
    files = {named(one): file_of(one).pelaksana for one in SHEETS}
    return filled(
        {f"{n} {key}": read(a) for n, actors in files.items() for key, a in actors.items()}
    )


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def effects(step: Langkah) -> set[str]:
    """The effects of a step: its own and those of its outcomes."""
    return {one.value for one in (*step.efek, *(e for way in step.keputusan for e in way.efek))}


def test_the_release_is_made_at_one_step_of_the_sops_that_publish() -> None:
    assert list(of_rows(lambda step: "setujui" in effects(step))) == ["000/8", "002/14", "004/6"]


def test_the_release_is_shown_at_one_step_of_the_sops_that_publish() -> None:
    assert list(of_rows(lambda step: "terbitkan" in effects(step))) == ["000/8", "002/15", "004/7"]


@pytest.mark.parametrize("sheet", [SHEET_001, SHEET_003], ids=named)
def test_the_server_sheets_keep_update_or_restore(sheet: Sheet) -> None:
    ways = file_of(sheet).step(4).keputusan
    assert {one.hasil: tuple(effect.value for effect in one.efek) for one in ways} == {
        "disimpan": ("arsipkan",),
        "diperbarui": ("perbarui",),
        "dipulihkan": ("pulihkan",),
    }


def test_each_other_effect_stands_where_the_sheet_has_the_activity() -> None:
    others = of_rows(lambda step: sorted(effects(step) - {"setujui", "terbitkan"}))
    assert others == {
        "000/1": ["terima"],
        "000/3": ["kunci"],
        "000/6": ["arsipkan"],
        "000/7": ["cadangkan"],
        "001/3": ["terima"],
        "001/4": ["arsipkan", "perbarui", "pulihkan"],
        "001/9": ["serahkan"],
        "002/5": ["kirim"],
        "002/7": ["kirim"],
        "002/8": ["terima"],
        "002/9": ["kunci"],
        "002/12": ["kirim"],
        "002/16": ["arsipkan"],
        "003/3": ["terima"],
        "003/4": ["arsipkan", "perbarui", "pulihkan"],
        "003/9": ["serahkan"],
        "004/7": ["cetak", "serahkan"],
        "004/8": ["arsipkan"],
    }


def test_who_may_write_while_which_step_is_open() -> None:
    writers = of_rows(lambda step: [(one.pelaksana, one.menulis.value) for one in step.penulis])
    assert writers == {
        "000/1": [("produsen_data", "semua"), ("admin_data", "semua")],
        "000/2": [("produsen_data", "semua"), ("admin_data", "semua")],
        "000/5": [("analis_data", "produk_baru")],
        "001/1": [("pejabat_administrator", "daftar")],
        "001/2": [("pejabat_pengawas", "daftar")],
        "001/3": [("pengelola_ti", "daftar"), ("pengelola_ti", "semua")],
        "002/4": [("staf", "daftar")],
        "002/8": [("produsen_data", "semua")],
        "002/10": [("staf", "produk_baru")],
        "003/1": [("pejabat_administrator", "daftar")],
        "003/2": [("pejabat_pengawas", "daftar")],
        "003/3": [("pengelola_ti", "daftar")],
        "004/1": [("staf", "semua")],
        "004/2": [("staf", "semua"), ("kasubag_program", "semua")],
        "004/3": [("staf", "semua")],
    }


def test_four_eyes_stand_where_data_is_verified_validated_or_approved() -> None:
    judged = ["000/3", "000/4", "000/8", "002/9", "002/11", "002/13", "002/14", "004/6"]
    assert list(of_rows(lambda step: step.empat_mata)) == judged


def test_what_is_checked_before_which_step_ends() -> None:
    assert of_rows(lambda step: [one.value for one in step.periksa]) == {
        "000/1": ["berkas_ada"],
        "000/2": ["berkas_ada", "metadata_lengkap"],
        "000/8": ["kelas_akses"],
        "001/3": ["kelas_akses"],
        "002/4": ["daftar_lengkap"],
        "002/5": ["daftar_lengkap"],
        "002/8": ["berkas_ada", "metadata_lengkap"],
        "002/14": ["akses_terbuka"],
        "004/5": ["berkas_ada", "metadata_lengkap"],
        "004/6": ["akses_terbuka"],
    }


def test_datasets_walk_these_steps_alone_and_the_others_as_a_list() -> None:
    alone = list(of_rows(lambda step: step.lingkup.value == "data"))
    of_000 = [f"000/{step}" for step in range(1, 10)]
    of_004 = [f"004/{step}" for step in range(1, 9)]
    assert alone == [*of_000, "001/4", "002/8", "002/9", "003/4", *of_004]


@pytest.mark.parametrize(
    ("number", "statuses"),
    [
        ("000", "dikumpulkan 2, diverifikasi, divalidasi, diolah, menunggu_persetujuan 3, terbit"),
        ("001", "direncanakan 2, dikumpulkan 2, disimpan 5"),
        (
            "002",
            "direncanakan 6, dikumpulkan 2, diverifikasi, diolah, divalidasi, dinilai_bps 2, "
            "menunggu_persetujuan, siap_terbit, terbit_layak_bps",
        ),
        ("003", "direncanakan 2, dikumpulkan 2, disimpan 5"),
        (
            "004",
            "dikumpulkan, diverifikasi, diolah 2, menunggu_persetujuan 2, siap_terbit, terbit",
        ),
    ],
)
def test_what_data_is_called_at_each_step_in_turn(number: str, statuses: str) -> None:
    (sheet,) = (one for one in SHEETS if named(one) == number)
    expected: list[str] = []
    for name, _, times in (part.partition(" ") for part in statuses.split(", ")):
        expected += [name] * int(times or 1)
    assert [step.status and step.status.value for step in file_of(sheet).langkah] == expected


def test_step_4_of_004_is_an_internal_preview_and_says_so() -> None:
    step = file_of(SHEET_004).step(4)
    assert (step.efek, "pratinjau internal" in step.keyakinan["uraian"].sebab) == ((), True)


def test_a_step_may_be_repeated_where_the_sheet_remarks_it() -> None:
    remarked = [
        f"{named(sheet)}/{row.step}"
        for sheet in SHEETS
        for row in sheet.rows
        if "bisa berulang" in (row.remark or "")
    ]
    assert list(of_rows(lambda step: step.berulang)) == remarked == ["004/1", "004/2", "004/6"]


def test_only_step_8_of_002_needs_a_named_approval() -> None:
    assert of_rows(lambda step: step.persetujuan) == {"002/8": "pimpinan_sumber_data"}


def test_two_rows_go_on_into_another_sop() -> None:
    joined = of_rows(lambda s: s.sambungan and tuple(s.sambungan.model_dump(mode="json").values()))
    assert joined == {
        "002/16": ("pengelolaan-data-elektronik", "buka", None),
        "004/7": ("pengelolaan-data", "serahkan", 8),
    }


def test_each_sop_that_a_row_goes_on_into_is_shipped() -> None:
    shipped = {file_of(sheet).sop.subjek for sheet in SHEETS}
    assert set(of_rows(lambda step: step.sambungan and step.sambungan.subjek).values()) <= shipped


def test_only_the_server_administrator_of_003_needs_a_letter_of_assignment() -> None:
    assert list(of_actors(lambda actor: actor.surat_tugas)) == ["003 administrator_server"]


def test_only_bps_works_outside_the_office() -> None:
    assert list(of_actors(lambda actor: actor.pihak_luar)) == ["002 bps"]


def test_who_steers_a_case() -> None:
    assert {named(sheet): file_of(sheet).sop.pengendali for sheet in SHEETS} == {
        "000": ("pengelola_data", "pimpinan_tim_data"),
        "001": ("pejabat_pengawas", "pejabat_administrator"),
        "002": ("kasi", "kabid"),
        "003": ("pejabat_pengawas", "pejabat_administrator"),
        "004": ("kasubag_program", "kepala_dinas"),
    }


def test_records_on_paper_are_allowed_where_the_sheet_speaks_of_them() -> None:
    allowed = {named(sheet): file_of(sheet).sop.catatan_manual for sheet in SHEETS}
    assert list(filled(allowed)) == ["002", "003", "004"]


def test_each_sheet_counts_in_the_zone_of_its_place() -> None:
    assert {named(sheet): file_of(sheet).kalender.zona_waktu for sheet in SHEETS} == {
        "000": "Asia/Jakarta",
        "001": "Asia/Jakarta",
        "002": "Asia/Jakarta",
        "003": "Asia/Makassar",
        "004": "Asia/Jakarta",
    }


def test_no_sheet_says_how_long_a_working_day_is() -> None:
    assert filled({named(sheet): file_of(sheet).kalender.jam_per_hari for sheet in SHEETS}) == {}


def test_these_papers_are_named_by_the_sheets_and_all_others_proposed() -> None:
    report = "Konsep laporan akhir penyelesaian pekerjaan"
    record = "Catatan program penyimpanan data, recovery, update data"
    papers = of_rows(
        lambda step: " + ".join(one.nama or "" for one in step.dokumen if one.tersurat)
    )
    assert papers == {
        "000/9": "Laporan Evaluasi",
        "001/1": "Nota Dinas",
        "001/2": "Surat Pendataan",
        "001/4": record,
        "001/5": "Laporan Pengelolaan Data",
        "001/6": "Perbaikan laporan pengelolaan data",
        "001/7": "Laporan Penyelesaian data",
        "001/8": report,
        "001/9": "Laporan akhir penyelesaian pekerjaan",
        "002/4": "Daftar data sektoral",
        "002/5": "Dokumen permintaan data sektoral kepada BPS",
        "002/7": "Dokumen permintaan data sektoral kepada Produsen data",
        "002/10": "Hasil analisis data statistik sektoral",
        "003/1": "Nota Dinas",
        "003/2": "Surat Pendataan",
        "003/4": record,
        "003/5": "Laporan Pengelolaan Data",
        "003/6": "Perbaikan Laporan Pengelolaan data",
        "003/7": "Laporan Penyelesaian data",
        "003/8": report,
        "003/9": "Laporan akhir Penyelesain Pekerjaan",
        "004/2": "Surat konfirmasi data",
        "004/5": "Draft data publikasi",
        "004/8": "Dokumentasi",
    }
