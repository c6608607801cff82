"""The sheets of the workbook and their columns. The headings are Indonesian: officials fill it in.

One table says what the template offers, what the reader takes and what the page explains.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """How a cell is read."""

    TEXT = "text"
    NAME = "name"
    EMAIL = "email"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    """One column. `unique`: no two rows of the sheet say the same there."""

    key: str
    heading: str
    kind: Kind
    hint: str
    required: bool = False
    unique: bool = False
    choices: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Sheet:
    """One sheet and its columns, in the order of the template."""

    name: str
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """A column by its key; KeyError when there is none."""
        return next(one for one in self.columns if one.key == key)


ROLES = {"produsen": "produsen", "walidata": "walidata", "pembina": "pembina"}
CAPACITIES = {"anggota": "member", "editor": "editor", "admin": "admin"}
"""What a person may do with an agency's data in CKAN; produsen need `editor` to upload."""
ACTING = {"plt": "plt", "plh": "plh", "plt.": "plt", "plh.": "plh"}

AGENCIES = Sheet(
    "Instansi",
    (
        Column(
            "name",
            "Nama",
            Kind.NAME,
            "Nama pendek untuk alamat halaman, huruf kecil tanpa spasi: dinas-pendidikan.",
            required=True,
            unique=True,
        ),
        Column("title", "Judul", Kind.TEXT, "Nama resmi lengkap instansi.", required=True),
        Column(
            "role",
            "Peran",
            Kind.CHOICE,
            "produsen, walidata, atau pembina. Kosong berarti produsen.",
            choices=ROLES,
        ),
    ),
)
PEOPLE = Sheet(
    "Petugas",
    (
        Column(
            "name",
            "Nama pengguna",
            Kind.NAME,
            "Nama untuk masuk, huruf kecil tanpa spasi. Tidak dapat diubah kemudian.",
            required=True,
            unique=True,
        ),
        Column("fullname", "Nama lengkap", Kind.TEXT, "Tanpa NIP atau NIK."),
        Column(
            "email",
            "Surel",
            Kind.EMAIL,
            "Wajib untuk akun baru; satu alamat untuk satu orang.",
            unique=True,
        ),
        Column(
            "organization", "Instansi", Kind.TEXT, "Nama atau judul instansi tempat ia bekerja."
        ),
        Column(
            "capacity",
            "Kewenangan di instansi",
            Kind.CHOICE,
            "anggota (membaca), editor (mengunggah data), atau admin. Kosong berarti editor.",
            choices=CAPACITIES,
        ),
    ),
)
ASSIGNMENTS = Sheet(
    "Penugasan",
    (
        Column(
            "user",
            "Pengguna",
            Kind.NAME,
            "Nama pengguna, seperti di lembar Petugas.",
            required=True,
        ),
        Column("sop", "SOP", Kind.TEXT, "Subjek SOP; lihat lembar Daftar.", required=True),
        Column(
            "actor",
            "Pelaksana",
            Kind.TEXT,
            "Pelaksana dalam SOP; lihat lembar Daftar.",
            required=True,
        ),
        Column(
            "organization",
            "Instansi",
            Kind.TEXT,
            "Instansi yang dilayani. Kosong berarti semua instansi.",
        ),
        Column("valid_from", "Mulai", Kind.DAY, "Hari pertama. Kosong berarti hari ini."),
        Column("valid_until", "Sampai", Kind.DAY, "Hari terakhir. Kosong berarti sampai dicabut."),
        Column("decree_number", "Nomor surat", Kind.TEXT, "Surat tugas atau keputusan."),
        Column("decree_date", "Tanggal surat", Kind.DAY, "Tanggal surat itu."),
        Column(
            "decree_file",
            "Berkas surat",
            Kind.TEXT,
            "Nama berkas surat yang ikut diunggah, misalnya SK-7.pdf.",
        ),
        Column(
            "acting",
            "Plt/Plh",
            Kind.CHOICE,
            "plt bila jabatan kosong, plh bila pemegangnya berhalangan. Kosong berarti definitif.",
            choices=ACTING,
        ),
        Column("for_user", "Untuk", Kind.NAME, "Nama pengguna yang digantikan; wajib untuk plh."),
    ),
)
SHEETS = (AGENCIES, PEOPLE, ASSIGNMENTS)
HELP_SHEETS = ("Petunjuk", "Daftar")
"""Sheets of the template that hold words only."""
