"""Validation statuses: one short list for all SOPs, each with what the public and officials read.

A status says how far a dataset has been judged. Every step of a SOP gives one (`status`), and so
may an outcome on the way back. The public knows four words only (see `public`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ckanext.satudata.msgid import N_


class Status(str, Enum):
    """How far a dataset has been judged; the value is what is stored, indexed and in the API."""

    DIRENCANAKAN = "direncanakan"
    DIKUMPULKAN = "dikumpulkan"
    DIVERIFIKASI = "diverifikasi"
    PERLU_PERBAIKAN = "perlu_perbaikan"
    DIVALIDASI = "divalidasi"
    DIOLAH = "diolah"
    DINILAI_BPS = "dinilai_bps"
    MENUNGGU_PERSETUJUAN = "menunggu_persetujuan"
    SIAP_TERBIT = "siap_terbit"
    TERBIT = "terbit"
    TERBIT_LAYAK_BPS = "terbit_layak_bps"
    TERBIT_ANGKA_RESMI_BPS = "terbit_angka_resmi_bps"
    TERBIT_KHUSUS = "terbit_khusus"
    DITARIK = "ditarik"
    DISIMPAN = "disimpan"


@dataclass(frozen=True)
class StatusText:
    """How a status is drawn: its label, its shape (an SVG symbol) and its ink (a colour token)."""

    label: str
    shape: str
    ink: str
    public: str | None


# Labels are msgids (English), marked for the catalogue; templates translate them. `public` is
# None where the status is never shown to the public as such: it then reads "in preparation".
STATUS_TEXTS: dict[Status, StatusText] = {
    Status.DIRENCANAKAN: StatusText(N_("Planned"), "circle", "abu", N_("Planned")),
    Status.DIKUMPULKAN: StatusText(N_("Being collected"), "quarter", "biru", None),
    Status.DIVERIFIKASI: StatusText(N_("Being verified"), "half", "biru", None),
    Status.PERLU_PERBAIKAN: StatusText(N_("Needs repair"), "back", "kuning", None),
    Status.DIVALIDASI: StatusText(N_("Being validated"), "half", "biru", None),
    Status.DIOLAH: StatusText(N_("Being processed"), "half", "biru", None),
    Status.DINILAI_BPS: StatusText(N_("With BPS"), "half-pause", "biru", None),
    Status.MENUNGGU_PERSETUJUAN: StatusText(N_("Awaiting approval"), "three-quarter", "biru", None),
    Status.SIAP_TERBIT: StatusText(N_("Ready to publish"), "clock", "biru", None),
    Status.TERBIT: StatusText(N_("Published"), "tick", "hijau", N_("Approved by the walidata")),
    Status.TERBIT_LAYAK_BPS: StatusText(
        N_("Published, fit according to BPS"), "tick-b", "hijau", N_("Fit according to BPS")
    ),
    Status.TERBIT_ANGKA_RESMI_BPS: StatusText(
        N_("Published, official BPS figure"), "b", "hijau", N_("Official BPS figure")
    ),
    Status.TERBIT_KHUSUS: StatusText(
        N_("Published by exception"), "flag", "kuning", N_("Published by exception")
    ),
    Status.DITARIK: StatusText(N_("Withdrawn"), "cross", "merah", N_("Withdrawn")),
    Status.DISIMPAN: StatusText(N_("Stored"), "box", "abu", None),
}
