"""The head block of the sheet, its other parts, the signature, and the notes on what is inferred.

The words are those of the printed sheets and of PermenPAN-RB 35/2012; a sheet is an Indonesian
document in whatever language the portal is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.satudata.sop import sheet
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing.blocks import (
    BODY,
    PAD,
    Block,
    Column,
    Line,
    numbered,
    paragraph,
)
from ckanext.satudata.sop.drawing.rows import MARK, marked
from ckanext.satudata.sop.drawing.shapes import Style

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
_IDENTITY = Style(9, 15)
_OFFICE = 0.42
_LABELS = 112.0
_PAIRS = (
    (("dasar_hukum", "Dasar Hukum"), ("kualifikasi", "Kualifikasi Pelaksana")),
    (("keterkaitan", "Keterkaitan"), ("peralatan", "Peralatan/Perlengkapan")),
    (("peringatan", "Peringatan"), ("pencatatan", "Pencatatan dan Pendataan")),
)
_BEFORE = (
    ("pengertian", "Pengertian"),
    ("tujuan", "Tujuan"),
    ("ruang_lingkup", "Ruang Lingkup"),
    ("pengantar", "Pengantar"),
)
_AFTER = (
    ("ketentuan_umum", "Ketentuan Umum"),
    ("penanggung_jawab", "Penanggung Jawab"),
    ("waktu_total", "Waktu Pelaksanaan"),
    ("penutup", "Penutup"),
)
_DRAWN = {
    "nama": "Nama",
    "lajur": "Lajur",
    "pelaksana": "Pelaksana",
    "tahapan": "Tahapan",
    "uraian": "Uraian",
    "kelengkapan": "Kelengkapan",
    "waktu": "Waktu",
    "output": "Output",
    "keterangan": "Keterangan",
    "persetujuan": "Persetujuan",
    "sambungan": "Sambungan",
    "nomor": "Nomor SOP",
    "tanggal": "Tanggal",
    "instansi": "Instansi",
    "disahkan_oleh": "Disahkan Oleh",
    **dict([pair for row in _PAIRS for pair in row]),
    **dict(_BEFORE),
    **dict(_AFTER),
}
"""The cells that the drawing shows, by what the sheet calls them; marks of others concern the
program."""


def head_blocks(sop: Sop, wide: float) -> list[Block]:
    """Who, which number, which dates; the six parts every sheet has; what else it begins with."""
    blocks = [_identity(sop, wide)]
    blocks += [_pair(sop, left, right, wide) for left, right in _PAIRS]
    return [*blocks, *_others(sop, _BEFORE, wide)]


def closing_blocks(sop: Sop, wide: float) -> list[Block]:
    """What a sheet says after its table."""
    return list(_others(sop, _AFTER, wide))


def printed_date(text: str) -> str:
    """`2025-01-20` as 20 Januari 2025, `2025-01` as Januari 2025."""
    year, month, *day = text.split("-")
    return " ".join([*(str(int(one)) for one in day), MONTHS[int(month) - 1], year])


def _identity(sop: Sop, wide: float) -> Block:
    head, marks = sop.sop, sop.sop.keyakinan
    dates = {
        name: marked(printed_date(value) if value else None, "tanggal", marks)
        for name, value in head.tanggal.model_dump().items()
    }
    pairs = (
        ("Nomor SOP", marked(head.nomor, "nomor", marks)),
        ("Tanggal Pembuatan", dates["pembuatan"]),
        ("Tanggal Revisi", dates["revisi"]),
        ("Tanggal Pengesahan", dates["pengesahan"]),
        ("Disahkan Oleh", marked(head.disahkan_oleh, "disahkan_oleh", marks)),
        ("Nama SOP", marked(head.nama, "nama", marks)),
    )
    office = wide * _OFFICE
    values = wide - office - _LABELS
    labels: list[Line] = []
    texts: list[Line] = []
    for label, value in pairs:
        bold = label == "Nama SOP"
        lines = paragraph(value, values - 2 * PAD, bold=bold, style=_IDENTITY) or (Line(""),)
        texts += [Line(one.text, bold, opens=at == 0) for at, one in enumerate(lines)]
        labels += [Line(label if at == 0 else "", opens=at == 0) for at in range(len(lines))]
    name = paragraph(
        marked(head.instansi, "instansi", marks), office - 2 * PAD, bold=True, style=_IDENTITY
    )
    above = (Line(""),) * max((len(texts) - len(name)) // 2, 0)
    columns = (
        Column("instansi", 0, office, (*above, *name), centred=True),
        Column("kepala", office, _LABELS, tuple(labels)),
        Column("kepala", office + _LABELS, values, tuple(texts)),
    )
    return Block(columns, _IDENTITY, whole=True)


def _pair(sop: Sop, left: tuple[str, str], right: tuple[str, str], wide: float) -> Block:
    half = wide / 2
    return Block((_part(sop, *left, 0, half), _part(sop, *right, half, half)))


def _part(sop: Sop, cell: str, label: str, x: float, wide: float) -> Column:
    room = wide - 2 * PAD
    return Column(cell, x, wide, (Line(label, bold=True), *_content(sop, cell, room)))


def _content(sop: Sop, cell: str, room: float) -> tuple[Line, ...]:
    value, marks = getattr(sop.sop, cell), sop.sop.keyakinan
    if value is None:
        return (Line("–"),)
    if isinstance(value, tuple):
        items = [*value[:-1], marked(value[-1], cell, marks)] if value else []
        return numbered(items, room)
    text = value if isinstance(value, str) else value.teks
    return paragraph(marked(text, cell, marks), room)


def _others(sop: Sop, cells: tuple[tuple[str, str], ...], wide: float) -> Iterator[Block]:
    for cell, label in cells:
        if getattr(sop.sop, cell):
            yield Block((_part(sop, cell, label, 0, wide),))


def signature_block(sop: Sop, wide: float) -> Block:
    """Place and date, the post, room for the signature, name and NIP: written in by hand."""
    w = 260.0
    dots = "." * 44
    post = paragraph(sop.sop.disahkan_oleh or dots, w - 2 * PAD, bold=True)
    lines = (
        Line("......................................, ...................................."),
        Line("Disahkan oleh"),
        *post,
        *(Line(""),) * 4,
        Line(dots),
        Line("NIP. ......................................"),
    )
    return Block((Column("pengesahan", wide - w, w, lines, centred=True),), ruled=False, whole=True)


def note_blocks(sop: Sop, wide: float) -> list[Block]:
    """Why each drawn thing is inferred; none where nothing is."""
    found = [mark for mark in sheet.marks(sop) if mark.label or mark.cell in _DRAWN]
    found = [mark for mark in found if mark.place not in _UNDRAWN and not _of_buttons(mark)]
    if not found:
        return []
    title = "Catatan: yang disimpulkan dan tidak tercetak di lembar asal"
    head = Block((Column("catatan", 0, wide, (Line(title, bold=True),)),), ruled=False, whole=True)
    return [head, *(_note(sop, mark, wide) for mark in found)]


def _of_buttons(mark: sheet.Mark) -> bool:
    """The short name of a step, which the drawing does not show."""
    return mark.step is not None and mark.cell == "nama"


def _note(sop: Sop, mark: sheet.Mark, wide: float) -> Block:
    place = "Kepala lembar"
    if mark.step is not None:
        place = f"Langkah {mark.step}"
    elif mark.place.startswith("pelaksana."):
        place = sop.pelaksana[mark.place.partition(".")[2]].nama
    what = f"jalan “{mark.label}”" if mark.label else _DRAWN[mark.cell].lower()
    other = f" Bacaan lain: {_named(sop, mark.alternative)}." if mark.alternative else ""
    text = f"{mark.reason}{other} (keyakinan {mark.level})"
    left = 190.0
    columns = (
        Column("catatan", 0, left, paragraph(f"{place}: {what}", left - 2 * PAD)),
        Column("catatan", left, wide - left, paragraph(text, wide - left - 2 * PAD)),
    )
    return Block(columns, BODY)


def _named(sop: Sop, alternative: str) -> str:
    """The other reading; where it lists actors by their keys, by their names."""
    words = [sop.pelaksana[w].nama if w in sop.pelaksana else w for w in alternative.split(", ")]
    return ", ".join(words).rstrip(".")


_UNDRAWN = ("kalender", "koreksi")

LEGEND_MARK = f"{MARK.strip()} dan garis putus-putus: disimpulkan, tidak tercetak di lembar asal."
