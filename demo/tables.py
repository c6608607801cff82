"""The invented figures, in the shapes in which agencies send them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demo.cast import REGENCY
from demo.workbook import Cell, Sheet, workbook

DISTRICTS = tuple(f"Kecamatan Contoh {number}" for number in range(1, 7))
LEVELS = ("SD", "SMP", "SMA/SMK")
Table = Mapping[str, Sequence[int]]

PUPILS: Table = dict(
    zip(
        DISTRICTS,
        (
            (4120, 1980, 1510),
            (3675, 1744, 1322),
            (5208, 2467, 1903),
            (2946, 1342, 1018),
            (1873, 905, 644),
            (3390, 1611, 1207),
        ),
        strict=True,
    )
)
WRONG_DISTRICT, WRONG_LEVEL = DISTRICTS[3], LEVELS[1]
"""Where the first file that the agency sends has two digits the wrong way round."""

TEACHERS: Table = dict(
    zip(
        DISTRICTS,
        (
            (262, 141, 118),
            (231, 126, 97),
            (327, 174, 139),
            (188, 98, 76),
            (121, 67, 49),
            (214, 117, 90),
        ),
        strict=True,
    )
)

MONTHS = ("2025-01", "2025-02", "2025-03")
FORGOTTEN = ("2025-03", DISTRICTS[5])
"""What the agency forgot to count."""


def pupils_sheet(*, with_slip: bool) -> bytes:
    """Pupils by district and school level; with the agency's slip, or as it was meant."""
    shown = dict(PUPILS)
    if with_slip:
        primary, _junior, senior = PUPILS[WRONG_DISTRICT]
        shown[WRONG_DISTRICT] = (primary, 1432, senior)
    title = "JUMLAH PESERTA DIDIK MENURUT KECAMATAN DAN JENJANG"
    return _agency_sheet("Peserta Didik", title, shown, totals_of=PUPILS)


def teachers_sheet() -> bytes:
    """Teachers by district and school level."""
    title = "JUMLAH GURU MENURUT KECAMATAN DAN JENJANG"
    return _agency_sheet("Guru", title, TEACHERS, totals_of=TEACHERS)


def pupils_csv() -> bytes:
    """The pupils as the analyst tidies them: one figure a row."""
    rows = [
        f"{district},{level},2025,{figure}"
        for district, figures in PUPILS.items()
        for level, figure in zip(LEVELS, figures, strict=True)
    ]
    return _csv("kecamatan,jenjang,tahun,jumlah_peserta_didik", rows)


def visits_csv() -> bytes:
    """Visits to community health centres by month and district, without the forgotten row."""
    rows = [
        f"{month},{district},{917 + 37 * later + 111 * further}"
        for later, month in enumerate(MONTHS)
        for further, district in enumerate(DISTRICTS)
        if (month, district) != FORGOTTEN
    ]
    return _csv("bulan,kecamatan,kunjungan", rows)


def _agency_sheet(name: str, title: str, shown: Table, totals_of: Table) -> bytes:
    """Title rows, a header over two merged rows, totals typed as text with thousands points."""
    totals = [sum(column) for column in zip(*totals_of.values(), strict=True)]
    rows: list[Sequence[Cell]] = [
        (title,),
        (f"{REGENCY.upper()}, TAHUN 2025",),
        (),
        ("No", "Kecamatan", "Jenjang", None, None, "Jumlah"),
        (None, None, *LEVELS, None),
    ]
    for number, (district, figures) in enumerate(shown.items(), 1):
        rows.append((number, district, *figures, _with_points(sum(totals_of[district]))))
    rows.append(("Jumlah", None, *map(_with_points, totals), _with_points(sum(totals))))
    last = len(rows)
    rows += [(), (f"Sumber: laporan satuan kerja, {REGENCY}. Semua angka rekaan.",)]
    merged = ("A1:F1", "A2:F2", "A4:A5", "B4:B5", "C4:E4", "F4:F5", f"A{last}:B{last}")
    return workbook(Sheet(name, rows, merged, frozenset({0, 1, 3, 4, last - 1})))


def _with_points(figure: int) -> str:
    return f"{figure:,}".replace(",", ".")


def _csv(head: str, rows: Sequence[str]) -> bytes:
    return ("\n".join((head, *rows)) + "\n").encode("utf-8")
