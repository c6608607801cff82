"""Every fault a SOP file can have names the place, a code, and how to mend it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from ckanext.satudata.sop import faults as faults_module
from ckanext.satudata.sop.faults import SENTENCES, Fault
from ckanext.satudata.sop.source import MAX_BYTES

FaultsOf = Callable[[bytes | str], list[Fault]]

# code, what is broken, text of 000 that is replaced, what replaces it, where the fault must be:
# the last line of the replacement in which «» marks line and column.
BROKEN_SHEETS = [
    ("yaml", "a character no value starts with", "nomor: null", "nomor: «»%null"),
    (
        "tanda-yaml",
        "an anchor",
        "empat_mata: true\n    dokumen:\n      - jenis: lembar_verifikasi",
        "empat_mata: «»&ya true\n    dokumen:\n      - jenis: lembar_verifikasi",
    ),
    ("tanda-yaml", "a tag", "nama: SOP Manajemen Data", "nama: «»!!str SOP Manajemen Data"),
    (
        "kunci-ganda",
        "a key twice",
        "  subjek: manajemen-data",
        "  subjek: x\n  «»subjek: manajemen-data",
    ),
    ("jebakan-yaml", "no", "nama: SOP Manajemen Data", "nama: «»no"),
    ("jebakan-yaml", "on", "nama: SOP Manajemen Data", "nama: «»on"),
    ("jebakan-yaml", "y", "nama: SOP Manajemen Data", "nama: «»y"),
    ("jebakan-yaml", "a time of day", "jam_per_hari: null", "jam_per_hari: «»12:30"),
    ("jebakan-yaml", "a bare date", 'pengesahan: "2025-01-20"', "pengesahan: «»2025-01-20"),
    ("jebakan-yaml", "a leading zero", "nomor: null", "nomor: «»007"),
    ("jebakan-yaml", "a YAML 1.2 octal", "nomor: null", "nomor: «»0o17"),
    ("jebakan-yaml", "a YAML 1.2 exponent", "nomor: null", "nomor: «»1e3"),
    ("jebakan-yaml", "an infinity", "nomor: null", "nomor: «».inf"),
    ("jebakan-yaml", "an underscored number", "nomor: null", "nomor: «»1_000"),
    ("jebakan-yaml", "a number no machine word holds", "nomor: null", "nomor: «»" + "9" * 5000),
    ("jebakan-yaml", "a key that is a yes", "  verifikator:\n    nama", "  «»on:\n    nama"),
    ("jebakan-yaml", "a key that is a number", "  verifikator:\n    nama", "  «»1:\n    nama"),
    ("jebakan-yaml", "a merge key", "  subjek: manajemen-data", "  «»<<: manajemen-data"),
    ("kunci-asing", "a key nobody knows", "kalender:\n", "kalender:\n  «»libur:\n    - a\n"),
    (
        "kunci-hilang",
        "a forgotten key",
        "kalender:\n  zona_waktu: Asia/Jakarta\n  jam",
        "kalender:\n  «»jam",
    ),
    ("isi-salah", "a number for text", "nama: SOP Manajemen Data", "nama: «»5"),
    ("isi-salah", "an empty text", "nama: SOP Manajemen Data", 'nama: «»""'),
    (
        "isi-salah",
        "an actor's key with a capital",
        "  verifikator:\n    nama",
        "  «»Verifikator:\n    nama",
    ),
    ("isi-salah", "a day not in the calendar", '"2025-01-20"', '«»"2025-02-30"'),
    ("isi-salah", "a word for a time unit", "satuan: sesuai_kebutuhan", "satuan: «»kapan-kapan"),
    ("format-asing", "a format that is not out yet", "format: 2", "format: «»3"),
    ("format-hilang", "no format", "  format: 2\n  subjek", "  «»subjek"),
    ("urutan-langkah", "a step out of order", "- langkah: 9\n", "- langkah: «»8\n"),
    (
        "tujuan-asing",
        "a target beyond the sheet",
        "- hasil: valid\n        label: Valid\n        ke: 5",
        "- hasil: valid\n        label: Valid\n        ke: «»55",
    ),
    (
        "arah-salah",
        "a decision that goes back",
        "- hasil: valid\n        label: Valid\n        ke: 5",
        "- «»hasil: valid\n        label: Valid\n        ke: 2",
    ),
    (
        "arah-salah",
        "a return that goes on",
        "- hasil: tidak_valid\n        label: Kembalikan\n        ke: 3",
        "- «»hasil: tidak_valid\n        label: Kembalikan\n        ke: 5",
    ),
    ("hasil-ganda", "one outcome twice", "- hasil: tidak_valid", "- hasil: «»valid"),
    (
        "pelaksana-asing",
        "an actor nobody declared",
        "pelaksana: [verifikator]",
        "pelaksana: [«»verifikatr]",
    ),
    (
        "pelaksana-asing",
        "a writer nobody declared",
        "- pelaksana: analis_data",
        "- pelaksana: «»analis",
    ),
    (
        "pelaksana-asing",
        "somebody undeclared who steers a case",
        "pengendali: [pengelola_data, pimpinan_tim_data]",
        "pengendali: [pengelola_data, «»pimpinan]",
    ),
    (
        "pelaksana-asing",
        "somebody undeclared who approves",
        "persetujuan: null\n    status: diverifikasi",
        "persetujuan: «»kepala_opd\n    status: diverifikasi",
    ),
    (
        "pelaksana-asing",
        "somebody undeclared who ends a visit with others",
        "ke: 4\n        status: null\n        bersama: []",
        "ke: 4\n        status: null\n        bersama: [verifikator, «»penilai]",
    ),
    (
        "pelaksana-asing",
        "somebody undeclared with whom a returned step is done",
        "status: perlu_perbaikan\n        bersama: []",
        "status: perlu_perbaikan\n        bersama: [«»penilai]",
    ),
    (
        "lajur-kosong",
        "a lane without a step",
        "  produsen_data:\n    nama: Produsen Data\n    lajur: false",
        "  produsen_data:\n    nama: Produsen Data\n    lajur: «»true",
    ),
    (
        "sambungan-tanpa-langkah",
        "a delivery to no step",
        "efek: [cadangkan]\n    sambungan: null",
        "efek: [cadangkan]\n    sambungan: {subjek: lain, cara: serahkan, langkah: «»null}",
    ),
    (
        "sambungan-berlangkah",
        "a case that is opened at a step",
        "efek: [cadangkan]\n    sambungan: null",
        "efek: [cadangkan]\n    sambungan: {subjek: lain, cara: buka, langkah: «»1}",
    ),
    (
        "waktu-terbalik",
        "at least more than at most",
        'teks: "1 Hari"\n        minimum: 1',
        'teks: "1 Hari"\n        minimum: «»2',
    ),
    (
        "waktu-terbalik",
        "a total time the wrong way round",
        "waktu_total: null",
        "waktu_total: {teks: x, minimum: «»3, maksimum: 2, satuan: hari, bersama: []}",
    ),
    (
        "waktu-total-bersama",
        "a total time that a row shares",
        "waktu_total: null",
        "waktu_total: {teks: x, minimum: 1, maksimum: 2, satuan: hari, bersama: «»[1]}",
    ),
    ("waktu-bersama-asing", "a row beyond the sheet", "bersama: [4]", "bersama: [4, «»55]"),
    ("waktu-bersama-asing", "a row without a time", "bersama: [4]", "bersama: [4, «»1]"),
    ("waktu-bersama-asing", "the row itself", "bersama: [4]", "bersama: [4, «»3]"),
    (
        "waktu-bersama-sepihak",
        "a row that does not point back",
        'teks: "1 Hari"\n        minimum: 1\n        maksimum: 1\n        satuan: hari\n'
        "        bersama: []",
        'teks: "1 Hari"\n        minimum: 1\n        maksimum: 1\n        satuan: hari\n'
        "        bersama: [«»3]",
    ),
    (
        "koreksi-bidang-asing",
        "a correction of what the data are",
        "bidang: [maintainer,",
        "bidang: [«»title,",
    ),
    (
        "pelaksana-asing",
        "a correction by nobody of the sheet",
        "koreksi:\n  pelaksana: [pengelola_data]",
        "koreksi:\n  pelaksana: [«»siapa_saja]",
    ),
    (
        "keyakinan-asing",
        "a mark on no cell of the corrections",
        "    bidang:\n      tingkat",
        "    «»isian:\n      tingkat",
    ),
    ("zona-asing", "a zone abroad", "zona_waktu: Asia/Jakarta", "zona_waktu: «»Asia/Tokyo"),
    (
        "keyakinan-asing",
        "a mark on no cell of the head",
        "    instansi:\n      tingkat",
        "    «»kantor:\n      tingkat",
    ),
    (
        "keyakinan-asing",
        "a mark on no cell of the calendar",
        "keyakinan:\n    zona_waktu:",
        "keyakinan:\n    «»zona:",
    ),
    (
        "keyakinan-asing",
        "a mark on no cell of an actor",
        "nama:\n        tingkat: tinggi\n        sebab: Langkah 1",
        "«»jabatan:\n        tingkat: tinggi\n        sebab: Langkah 1",
    ),
    (
        "keyakinan-asing",
        "a mark on no cell of a row",
        "      efek:\n        tingkat: tinggi\n        sebab: Data",
        "      «»akibat:\n        tingkat: tinggi\n        sebab: Data",
    ),
    ("terbit-sebelum-setuju", "no approval", "efek: [setujui, terbitkan]", "efek: «»[terbitkan]"),
]


@pytest.mark.parametrize(
    ("code", "text", "broken"),
    [(code, text, broken) for code, _, text, broken in BROKEN_SHEETS],
    ids=[f"{code}: {what}" for code, what, _, _ in BROKEN_SHEETS],
)
def test_a_broken_sheet_shows_file_line_column_and_code(
    text_000: str, faults_of: FaultsOf, code: str, text: str, broken: str
) -> None:
    assert text_000.count(text) == 1, "the sheet changed: mend this row of the test"
    marked = text_000.replace(text, broken)
    before = marked[: marked.index("«»")]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    lines = [str(fault) for fault in faults_of(marked.replace("«»", ""))]
    assert any(one.startswith(f"sop.yaml:{line}:{column}: {code} ") for one in lines), lines


def test_a_file_that_is_no_text_is_told_so(faults_of: FaultsOf) -> None:
    assert [str(f)[:25] for f in faults_of(b"\xff\xfe")] == ["sop.yaml:1:1: bukan-teks "]


def test_a_letter_of_another_encoding_is_told_at_its_place(faults_of: FaultsOf) -> None:
    (fault,) = faults_of("sop:\n  é".encode() + b"\xe9")
    assert (fault.line, fault.column, fault.code) == (2, 4, "bukan-teks")


def test_a_file_larger_than_any_sop_is_told_so(faults_of: FaultsOf) -> None:
    lines = [str(f) for f in faults_of(b"#" * (MAX_BYTES + 1))]
    assert len(lines) == 1
    assert lines[0].startswith("sop.yaml:1:1: terlalu-besar ")


def test_a_step_that_only_returns_is_a_dead_end(sheet: dict, codes_of: Callable) -> None:
    sheet["langkah"][2]["keputusan"] = []
    assert codes_of(sheet) == ["jalan-buntu"]


def test_a_step_no_outcome_leads_to_is_unreachable(sheet: dict, codes_of: Callable) -> None:
    sheet["langkah"][2]["keputusan"][0]["ke"] = 5
    assert codes_of(sheet) == ["tak-terjangkau"]


def test_a_last_step_that_only_repeats_itself_is_a_dead_end(
    sheet: dict, codes_of: Callable
) -> None:
    sheet["langkah"][8]["kembali"] = [dict(sheet["langkah"][3]["kembali"][0], ke=9)]
    assert codes_of(sheet) == ["jalan-buntu"]


def test_a_decision_that_may_be_repeated_is_no_fault(sheet: dict, codes_of: Callable) -> None:
    sheet["langkah"][2]["berulang"] = True
    assert codes_of(sheet) == []


@pytest.mark.parametrize("cell", ["persetujuan", "bersama"])
def test_a_lane_is_not_empty_whose_actor_only_approves_or_helps_to_end(
    sheet: dict, codes_of: Callable, cell: str
) -> None:
    sheet["pelaksana"]["produsen_data"]["lajur"] = True
    step = sheet["langkah"][2]
    if cell == "persetujuan":
        step["persetujuan"] = "produsen_data"
    else:
        step["kembali"][0]["bersama"] = ["admin_data", "produsen_data"]
    assert codes_of(sheet) == []


def test_a_lane_is_empty_whose_actor_only_steers_cases(sheet: dict, codes_of: Callable) -> None:
    sheet["pelaksana"]["produsen_data"]["lajur"] = True
    sheet["sop"]["pengendali"] = ["produsen_data"]
    assert codes_of(sheet) == ["lajur-kosong"]


@pytest.mark.parametrize(("way", "target"), [("serahkan", 8), ("buka", None)])
def test_a_connector_that_says_what_its_way_needs_is_no_fault(
    sheet: dict, codes_of: Callable, way: str, target: int | None
) -> None:
    sheet["langkah"][6]["sambungan"] = {"subjek": "lain", "cara": way, "langkah": target}
    assert codes_of(sheet) == []


def test_three_rows_that_share_a_time_must_each_name_the_two_others(
    sheet: dict, codes_of: Callable
) -> None:
    norms = [sheet["langkah"][at]["mutu_baku"]["waktu"] for at in (2, 3, 4)]
    for norm, others in zip(norms, ([4, 5], [3, 5], [3]), strict=True):
        norm["bersama"] = others
    assert codes_of(sheet) == ["waktu-bersama-sepihak"] * 3
    norms[2]["bersama"] = [3, 4]
    assert codes_of(sheet) == []


@pytest.mark.parametrize("zone", [None, "Asia/Makassar", "Asia/Jayapura"])
def test_each_zone_of_indonesia_or_none_is_no_fault(
    sheet: dict, codes_of: Callable, zone: str | None
) -> None:
    sheet["kalender"]["zona_waktu"] = zone
    assert codes_of(sheet) == []


def test_a_mark_may_be_about_a_cell_of_a_mapping_that_has_no_marks(
    sheet: dict, codes_of: Callable
) -> None:
    mark = {"tingkat": "sedang", "sebab": "x", "alternatif": None}
    sheet["sop"]["keyakinan"]["pengesahan"] = mark
    sheet["langkah"][0]["keyakinan"]["kelengkapan"] = mark
    assert codes_of(sheet) == []


def test_a_sheet_may_say_nothing_of_corrections(sheet: dict, codes_of: Callable) -> None:
    del sheet["koreksi"]
    assert codes_of(sheet) == []


def test_a_wrong_time_does_not_hide_a_publication_without_approval(
    sheet: dict, codes_of: Callable
) -> None:
    sheet["langkah"][7]["efek"] = ["terbitkan"]
    sheet["kalender"]["zona_waktu"] = "Asia/Tokyo"
    assert sorted(codes_of(sheet)) == ["terbit-sebelum-setuju", "zona-asing"]


def test_approval_without_four_eyes_is_a_fault(sheet: dict, codes_of: Callable) -> None:
    sheet["langkah"][7]["empat_mata"] = False
    assert codes_of(sheet) == ["tanpa-empat-mata"]


def test_every_fault_of_one_reading_is_told_in_the_order_of_the_file(
    text_000: str, faults_of: FaultsOf
) -> None:
    broken = text_000.replace("nomor: null", "nomor: no").replace(
        "jam_per_hari: null", "jam_per_hari: 12:30"
    )
    found = faults_of(broken)
    assert [fault.code for fault in found] == ["jebakan-yaml", "jebakan-yaml"]
    assert found[0].line < found[1].line


def test_every_code_is_raised_somewhere_and_every_raised_code_has_a_sentence() -> None:
    raised: set[str] = set()
    for path in Path(faults_module.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name_called(node) in ("fault", "_at", "_fault"):
                raised.update(a.value for a in node.args if isinstance(a, ast.Constant))
    assert raised == set(SENTENCES)


def test_every_code_has_a_test_in_this_file() -> None:
    source = Path(__file__).read_text("utf-8")
    untested = [
        code for code in SENTENCES if f'"{code}"' not in source and f": {code} " not in source
    ]
    assert untested == []


def _name_called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))
