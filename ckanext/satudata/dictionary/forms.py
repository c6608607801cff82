"""What the forms of Peraturan BPS 5/2020 (metadata statistik) have in common.

The words of a form are Indonesian, as printed: it is an official form, and BPS reads it. The fields
and their numbers follow the form files that offices have filled in and the guides that print the
annex; the annex itself was not at hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

REGULATION = "Peraturan BPS Nomor 5 Tahun 2020 tentang Petunjuk Teknis Metadata Statistik"
YES_CODE, NO_CODE = "1", "2"
"""How the forms write Ya and Tidak."""
OPEN = "terbuka"
"""Access class of data for everybody."""
CODES = {"ya": YES_CODE, "tidak": NO_CODE}


@dataclass(frozen=True)
class FormField:
    """A column of MS-Var or MS-Ind, or a line of MS-Keg.

    `number`: as printed, "(4)"; "" where the form has none. `source`: which property of the kamus
    data or field of the dataset fills it; "" where it is written by hand or kept with the activity.
    """

    key: str
    label: str
    number: str = ""
    source: str = ""
    block: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Head:
    """The part "Keterangan Kegiatan Statistik" above MS-Var and MS-Ind."""

    activity: str = ""
    activity_code: str = ""
    agency: str = ""
    unit_1: str = ""
    unit_2: str = ""
    unit_3: str = ""

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Label and value, in the order of the form."""
        return (
            ("Nama Kegiatan", self.activity),
            ("Kode Kegiatan (diisi oleh petugas)", self.activity_code),
            ("Instansi", self.agency),
            ("Unit Kerja Eselon I", self.unit_1),
            ("Unit Kerja Eselon II", self.unit_2),
            ("Unit Kerja Eselon III", self.unit_3),
        )


@dataclass(frozen=True)
class Filled:
    """A form with its rows; a value that nobody knows is ""."""

    name: str
    title: str
    fields: Sequence[FormField]
    rows: Sequence[Mapping[str, str]]
    head: Head = field(default_factory=Head)

    def missing(self) -> list[tuple[int, FormField]]:
        """Row (from 0) and field of each value that is not filled in."""
        return [
            (at, one) for at, row in enumerate(self.rows) for one in self.fields if not row[one.key]
        ]


def text(values: Mapping[str, object], name: str) -> str:
    """A value of a dataset as text; lists are joined."""
    found = values.get(name)
    if isinstance(found, (list, tuple)):
        return ", ".join(str(one) for one in found if one)
    return str(found).strip() if found is not None else ""
