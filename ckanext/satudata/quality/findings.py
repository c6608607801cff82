"""What is told about a file: stable codes, places, masked examples, sentences in two languages.

A finding never repeats what it found. Everything here is plain data: `as_dict` and `from_dict`
carry it through JSON, between processes, and into a table.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

MAX_PLACES = 5
"""Places that a finding names; `count` counts all."""

_MEND = (
    " Delete what is of a person, or give counts instead; where each person's data are needed, "
    "choose an access class that is not open."
)
_BENAHI = (
    " Hapus yang milik orang, atau ganti dengan jumlah; bila data per orang memang diperlukan, "
    "pilih kelas akses selain terbuka."
)
ENGLISH: dict[str, str] = {
    "personal_nik": "{where}: {count} values with the form of a NIK, first in {cell} ({example}).",
    "personal_kk": "{where}: {count} numbers of family cards, first in {cell} ({example}).",
    "personal_nip": "{where}: {count} values with the form of a NIP, first in {cell} ({example}).",
    "personal_npwp": "{where}: {count} values with the form of an NPWP, first in {cell} "
    "({example}).",
    "personal_phone": "{where}: {count} telephone numbers, first in {cell} ({example}). "
    "Those of an office may stay.",
    "personal_email": "{where}: {count} e-mail addresses, first in {cell} ({example}). "
    "Those of an office may stay.",
    "personal_header": "{where}: the heading in {cell} asks for {kind}. Look whether these are "
    "data of persons; if so, delete the column, or choose an access class that is not open.",
    "cannot_be_read": "Whether this file holds data of persons was not found out to its end: "
    "{reason} Open the file and look for NIK, names, addresses and telephone numbers yourself.",
}
"""Code to sentence. All but the last two are followed by _MEND."""
INDONESIAN: dict[str, str] = {
    "personal_nik": "{where}: {count} nilai berbentuk NIK, pertama di {cell} ({example}).",
    "personal_kk": "{where}: {count} nomor kartu keluarga, pertama di {cell} ({example}).",
    "personal_nip": "{where}: {count} nilai berbentuk NIP, pertama di {cell} ({example}).",
    "personal_npwp": "{where}: {count} nilai berbentuk NPWP, pertama di {cell} ({example}).",
    "personal_phone": "{where}: {count} nomor telepon, pertama di {cell} ({example}). "
    "Nomor kantor boleh tetap ada.",
    "personal_email": "{where}: {count} alamat surel, pertama di {cell} ({example}). "
    "Alamat kantor boleh tetap ada.",
    "personal_header": "{where}: judul kolom di {cell} menanyakan {kind}. Periksa apakah isinya "
    "data orang; bila ya, hapus kolom itu atau pilih kelas akses selain terbuka.",
    "cannot_be_read": "Ada tidaknya data pribadi di berkas ini tidak terperiksa sampai tuntas: "
    "{reason} Buka berkasnya dan periksa sendiri NIK, nama, alamat, dan nomor telepon.",
}
"""The same codes as in ENGLISH, with the same facts."""

REASONS: dict[str, str] = {
    "kind_unknown": "it is neither a CSV nor an XLSX table; save it as one of them if you can.",
    "old_workbook": "it is a workbook of the old kind XLS; save it as XLSX.",
    "encrypted": "it has a password; save it without one.",
    "web_page": "it holds a web page or XML, no table; save it as CSV or XLSX.",
    "binary": "what it holds is no text.",
    "broken": "it is broken; open it in a spreadsheet program and save it again.",
    "too_large": "it is too large; split it.",
    "too_full": "what it holds is far larger than the file; save it again without formats and "
    "sheets that are not needed.",
    "too_many_rows": "it has too many rows; split it.",
    "too_wide": "one of its rows or cells is too long.",
    "too_slow": "reading it took too long; split it.",
    "empty": "nothing stands in it; upload a file with a row of headings.",
    "too_many_findings": "there are more findings than are listed.",
}
"""Why a file was not read to its end."""
ALASAN: dict[str, str] = {
    "kind_unknown": "berkas ini bukan tabel CSV atau XLSX; simpan sebagai salah satunya bila bisa.",
    "old_workbook": "ini buku kerja XLS lama; simpan ulang sebagai XLSX.",
    "encrypted": "berkas ini berkata sandi; simpan tanpa kata sandi.",
    "web_page": "isinya halaman web atau XML, bukan tabel; simpan ulang sebagai CSV atau XLSX.",
    "binary": "isinya bukan teks.",
    "broken": "berkas ini rusak; buka dan simpan ulang dengan aplikasi lembar kerja.",
    "too_large": "berkas ini terlalu besar; bagi berkasnya.",
    "too_full": "isi berkas ini jauh lebih besar daripada ukurannya; simpan ulang tanpa format dan "
    "lembar yang tidak perlu.",
    "too_many_rows": "barisnya terlalu banyak; bagi berkasnya.",
    "too_wide": "sebuah baris atau selnya terlalu panjang.",
    "too_slow": "pembacaannya terlalu lama; bagi berkasnya.",
    "empty": "tidak ada isinya; unggah berkas dengan baris judul kolom.",
    "too_many_findings": "temuannya lebih banyak daripada yang didaftar.",
}
"""REASONS in Indonesian."""
KINDS: dict[str, tuple[str, str]] = {
    "nik": ("NIK", "a NIK"),
    "kk": ("nomor kartu keluarga", "the number of a family card"),
    "nip": ("NIP", "a NIP"),
    "npwp": ("NPWP", "an NPWP"),
    "phone": ("nomor telepon", "a telephone number"),
    "email": ("alamat surel", "an e-mail address"),
    "name": ("nama", "a name"),
    "address": ("alamat", "an address"),
    "birth": ("tempat atau tanggal lahir", "place or day of birth"),
}
"""What a heading can ask for: Indonesian, English."""


@dataclasses.dataclass(frozen=True)
class Place:
    """A cell, as a spreadsheet shows it: row and column count from 1, `sheet` is "" in a CSV."""

    sheet: str
    row: int
    column: int

    @property
    def letter(self) -> str:
        """The letters of the column: C."""
        letters, left = "", self.column
        while left:
            left, one = divmod(left - 1, 26)
            letters = chr(65 + one) + letters
        return letters

    @property
    def cell(self) -> str:
        """The address of the cell: C5."""
        return f"{self.letter}{self.row}"


@dataclasses.dataclass(frozen=True)
class Finding:
    """One thing found in one column, or, for `cannot_be_read`, about the whole file.

    `certain`: the values say it; else it is a question. `heading` is that of the column, None where
    it has none. `places` are the first MAX_PLACES of `count`. `example` is masked. `kind` is a
    key of KINDS with `personal_header`, `reason` one of REASONS with `cannot_be_read`, else "".
    """

    code: str
    certain: bool
    count: int = 0
    places: tuple[Place, ...] = ()
    heading: str | None = None
    example: str = ""
    kind: str = ""
    reason: str = ""

    def sentence(self, language: str = "id") -> str:
        """What was found, where, and how to mend it; `language` is id, or else English."""
        indonesian = language == "id"
        facts = {"count": self.count, "example": self.example, **self._words(indonesian)}
        said = (INDONESIAN if indonesian else ENGLISH)[self.code].format(**facts)
        if self.code in ("personal_header", "cannot_be_read"):
            return said
        return said + (_BENAHI if indonesian else _MEND)

    def _words(self, indonesian: bool) -> dict[str, str]:
        at = 0 if indonesian else 1
        words = {
            "kind": KINDS[self.kind][at] if self.kind else "",
            "reason": (ALASAN if indonesian else REASONS).get(self.reason, ""),
            "where": "",
            "cell": "",
        }
        if self.places:
            first = self.places[0]
            where = f"Kolom {first.letter}" if indonesian else f"Column {first.letter}"
            where += f" “{self.heading}”" if self.heading else ""
            sheet = "di lembar" if indonesian else "of the sheet"
            words["where"] = where + (f" {sheet} “{first.sheet}”" if first.sheet else "")
            words["cell"] = first.cell
        return words

    def as_dict(self) -> dict[str, Any]:
        """Everything as JSON can hold it, the sentences and addresses included."""
        return {
            **dataclasses.asdict(self),
            "places": [{**dataclasses.asdict(one), "cell": one.cell} for one in self.places],
            "message": {"id": self.sentence("id"), "en": self.sentence("en")},
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Finding:
        """Read back what `as_dict` gave."""
        kept: dict[str, Any] = {
            one.name: stored[one.name] for one in dataclasses.fields(cls) if one.name != "places"
        }
        places = (Place(one["sheet"], one["row"], one["column"]) for one in stored["places"])
        return cls(**kept, places=tuple(places))


@dataclasses.dataclass(frozen=True)
class Findings:
    """What a check says of one file.

    `format` is csv or xlsx, or "" where the file was not opened; `sheets` and `rows` were read.
    `more` counts findings beyond those listed. `version` changes with what the check finds, so
    that a stored answer is known to be old.
    """

    name: str
    format: str
    sheets: int
    rows: int
    findings: tuple[Finding, ...]
    version: int
    more: int = 0

    @property
    def read(self) -> bool:
        """Whether the file was read to its end."""
        return all(one.code != "cannot_be_read" for one in self.findings)

    @property
    def clean(self) -> bool:
        """Read to its end, and nothing found: nobody has to be asked."""
        return not self.findings

    def as_dict(self) -> dict[str, Any]:
        """Everything as JSON can hold it."""
        return {
            **dataclasses.asdict(self),
            "findings": [one.as_dict() for one in self.findings],
            "read": self.read,
            "clean": self.clean,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Findings:
        """Read back what `as_dict` gave."""
        kept: dict[str, Any] = {
            one.name: stored[one.name] for one in dataclasses.fields(cls) if one.name != "findings"
        }
        return cls(**kept, findings=tuple(Finding.from_dict(one) for one in stored["findings"]))


def masked(value: str) -> str:
    """The shape of a value, with nothing left by which it could be known.

    Of a number its first two digits stay; of an address the first letter and its last part.
    """
    if "@" in value:
        return f"{value[0]}•••@•••.{value.rpartition('.')[2]}"
    hidden = re.sub(r"[0-9]", "•", value)
    kept = [one.start() for one in re.finditer(r"[0-9]", value)][:2]
    return "".join(value[at] if at in kept else one for at, one in enumerate(hidden))
