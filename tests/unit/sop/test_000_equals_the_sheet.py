"""SOP 000 by hand, from the printed sheet: the file says this and holds no row more."""

from __future__ import annotations

import pytest

from ckanext.satudata.sop.definition import Sop

# step, tahapan, uraian, actor, waktu, output, outcomes with their targets (0: the end).
# "Analisis Data" is what the sheet prints for the actor of step 5; the file writes "Analis Data"
# and marks it. Times stand on the sheet for stages: 3 and 4 share one, so do 6 and 7.
# The sheet lost its drawing: outcomes and returns are the project's reading, marked in the file.
BY_HAND = [
    (1, "Permintaan/Input Data", "Menerima data dari OPD/unit kerja/sumber data",
     "Admin Data", None, "Data Awal", {"selesai": 2}),
    (2, "Pengumpulan Data", "Menghimpun data sesuai format dan periode",
     "Admin Data", "1–3 Hari", "Data Terkumpul", {"selesai": 3}),
    (3, "Verifikasi Data", "Verifikasi Data",
     "Verifikator", "1–2 Hari", "Data terverifikasi", {"sesuai": 4, "tidak_sesuai": 2}),
    (4, "Validasi Data", "Memastikan kebenaran dan konsistensi data",
     "Validator", "1–2 Hari", "Data Valid", {"valid": 5, "tidak_valid": 3}),
    (5, "Pengolahan Data", "Pengolahan dan penyusun Data menjadi informasi",
     "Analis Data", "1 Hari", "Informasi/Data Olahan", {"selesai": 6}),
    (6, "Penyimpanan Data", "Menyimpan Data dalam database server/media penyimpanan",
     "Admin Sistem", "Harian", "Arsip Data", {"selesai": 7}),
    (7, "Backup & Keamanan Data", "Melakukan Backup & Pengamanan akses Data",
     "Admin Sistem", "Harian", "Backup Data", {"selesai": 8}),
    (8, "Distribusi/Publikasi Data", "Menyampaikan data kepada pengguna/internal publik",
     "Pengelola Data", "Sesuai kebutuhan", "Data terpublikasi", {"selesai": 9}),
    (9, "Monitoring dan Evaluasi", "Melakukan evaluasi kualitas dan pemanfaatan data",
     "Pimpinan/Tim Data", "Bulanan/Triwulan", "Laporan Evaluasi", {"selesai": 0}),
]  # fmt: skip

HEAD = {
    "nomor": None,
    "nama": "SOP Manajemen Data",
    "disahkan_oleh": "Kepala Dinas",
    "tujuan": (
        "Menjamin kualitas data yang dikelola.",
        "Menyeragamkan proses pengelolaan data.",
        "Meningkatkan efektivitas dan efisiensi pengelolaan data.",
        "Menjamin keamanan dan kerahasiaan data.",
        "Mendukung pengambilan keputusan berbasis data.",
    ),
    "ruang_lingkup": (
        "Pengumpulan data",
        "Verifikasi dan validasi data",
        "Pengolahan data",
        "Penyimpanan data",
        "Pemutakhiran data",
        "Distribusi data",
        "Pengamanan dan backup data",
    ),
    "ketentuan_umum": (
        "Data yang dikelola harus berasal dari sumber resmi.",
        "Setiap perubahan data wajib terdokumentasi.",
        "Backup data dilakukan secara berkala.",
        "Hak akses data diberikan sesuai kewenangan.",
        "Data rahasia wajib dilindungi sesuai ketentuan peraturan",
    ),
    "dasar_hukum": None,
    "keterkaitan": None,
    "peringatan": None,
    "kualifikasi": None,
    "peralatan": None,
    "pencatatan": None,
    "penanggung_jawab": None,
    "waktu_total": None,
}


def as_rows(sop: Sop) -> list[tuple]:
    rows = []
    for step in sop.langkah:
        names = " & ".join(sop.pelaksana[key].nama for key in step.pelaksana)
        norm = step.mutu_baku.waktu
        following = step.langkah + 1 if step.langkah < len(sop.langkah) else 0
        ways = {one.hasil: one.ke for one in (*step.keputusan, *step.kembali)}
        rows.append(
            (
                step.langkah,
                step.tahapan,
                step.uraian,
                names,
                norm and norm.teks,
                step.mutu_baku.output,
                ways or {"selesai": following},
            )
        )
    return rows


def test_the_rows_of_the_file_are_the_rows_of_the_sheet(sop_000: Sop) -> None:
    assert as_rows(sop_000) == BY_HAND


@pytest.mark.parametrize("cell", HEAD)
def test_a_cell_of_the_head_says_what_the_sheet_prints(sop_000: Sop, cell: str) -> None:
    assert getattr(sop_000.sop, cell) == HEAD[cell]


def test_the_sheet_was_signed_on_this_day_and_tells_no_other(sop_000: Sop) -> None:
    dates = sop_000.sop.tanggal
    assert (dates.pembuatan, dates.revisi, dates.pengesahan) == (None, None, "2025-01-20")


def test_the_sheet_lists_no_completeness_documents(sop_000: Sop) -> None:
    assert {step.mutu_baku.kelengkapan for step in sop_000.langkah} == {None}


def test_times_that_the_sheet_gives_once_for_two_steps_name_each_other(sop_000: Sop) -> None:
    shared = {s.langkah: s.mutu_baku.waktu.bersama for s in sop_000.langkah if s.mutu_baku.waktu}
    assert {step: with_ for step, with_ in shared.items() if with_} == {
        3: (4,), 4: (3,), 6: (7,), 7: (6,)
    }  # fmt: skip


def test_only_the_producer_has_no_lane(sop_000: Sop) -> None:
    assert [key for key, actor in sop_000.pelaksana.items() if not actor.lajur] == ["produsen_data"]


@pytest.mark.parametrize("step", [3, 4])
def test_each_outcome_the_lost_drawing_does_not_show_is_marked(sop_000: Sop, step: int) -> None:
    row = sop_000.step(step)
    assert [one.hasil for one in (*row.keputusan, *row.kembali) if one.keyakinan is None] == []


def test_each_mark_names_a_cell_of_its_own_mapping(sop_000: Sop) -> None:
    cells = {"waktu", "kelengkapan", "output"}
    stray = [
        (step.langkah, name)
        for step in sop_000.langkah
        for name in step.keyakinan
        if name not in cells | set(type(step).model_fields)
    ]
    assert stray == []


def test_no_official_is_named_in_the_file(text_000: str) -> None:
    # The sheet prints a name, a rank and a NIP below the signature.
    printed = [word for word in ("NIP.", "Pembina Tk", "S.Kom", "M.Si") if word in text_000]
    assert printed == []
