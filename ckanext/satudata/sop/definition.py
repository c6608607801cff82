"""What a SOP file holds, in the words of the SOP-AP sheet (PermenPAN-RB 35/2012).

Every class is one mapping of the file and forbids unknown keys. A cell that the printed SOP
leaves out is written as null; a key that is not there at all is a fault, because silence and
forgetting must not look alike. `keyakinan` says, cell by cell, where the file reads more into
the sheet than is printed on it.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from ckanext.satudata.sop.statuses import Status


def _in_the_calendar(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise PydanticCustomError("tanggal", "not a day of the calendar") from error
    return text


Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Subject = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
Date = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    AfterValidator(_in_the_calendar),
]
StepNumber = Annotated[int, Field(ge=1, le=99)]


class _Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Tingkat(str, Enum):
    """How sure a reading is; what is printed in the SOP carries no mark at all."""

    TINGGI = "tinggi"
    SEDANG = "sedang"
    RENDAH = "rendah"


class Keyakinan(_Sheet):
    """Why a cell says what the printed sheet does not."""

    tingkat: Annotated[Tingkat, Field(strict=False)]
    sebab: Text
    alternatif: Text | None


class Lingkup(str, Enum):
    """Whether a step is walked once for the whole list or by each dataset alone."""

    DAFTAR = "daftar"
    DATA = "data"


class Efek(str, Enum):
    """What ending a step does to the catalogue."""

    TERIMA = "terima"
    KUNCI = "kunci"
    SETUJUI = "setujui"
    TERBITKAN = "terbitkan"
    ARSIPKAN = "arsipkan"
    CADANGKAN = "cadangkan"
    PULIHKAN = "pulihkan"
    PERBARUI = "perbarui"
    SERAHKAN = "serahkan"


class Menulis(str, Enum):
    """What somebody who may write a dataset at a step may do to it."""

    SEMUA = "semua"
    PRODUK_BARU = "produk_baru"


class Tanggal(_Sheet):
    pembuatan: Date | None
    revisi: Date | None
    pengesahan: Date | None


class Kepala(_Sheet):
    """The head block of the sheet. Names and NIP of officials never stand here."""

    subjek: Subject
    nomor: Text | None
    nama: Text
    instansi: Text
    tanggal: Tanggal
    disahkan_oleh: Text | None
    pengertian: Text | None
    tujuan: tuple[Text, ...] | None
    ruang_lingkup: tuple[Text, ...] | None
    dasar_hukum: tuple[Text, ...] | None
    keterkaitan: tuple[Text, ...] | None
    peringatan: tuple[Text, ...] | None
    kualifikasi: tuple[Text, ...] | None
    peralatan: tuple[Text, ...] | None
    pencatatan: tuple[Text, ...] | None
    ketentuan_umum: tuple[Text, ...] | None
    penanggung_jawab: Text | None
    waktu_total: Text | None
    penutup: Text | None
    keyakinan: dict[Key, Keyakinan]


class Pelaksana(_Sheet):
    """One actor. `lajur` is false for an actor whom the sheet mentions but gives no lane."""

    nama: Text
    lajur: bool
    peran: Literal["produsen", "walidata", "pembina"]
    tugas: Text | None
    keyakinan: dict[Key, Keyakinan]


class Kalender(_Sheet):
    """Working time as this SOP counts it; the office's own calendar fills what is null."""

    zona_waktu: Text | None
    jam_per_hari: Text | None
    keyakinan: dict[Key, Keyakinan]


class Waktu(_Sheet):
    """A time norm: the printed words, and how they are read. `bersama`: rows with one norm."""

    teks: Text
    minimum: Annotated[int, Field(ge=0)] | None
    maksimum: Annotated[int, Field(ge=0)] | None
    satuan: Literal["menit", "jam", "hari", "harian", "bulanan", "triwulan", "sesuai_kebutuhan"]
    bersama: tuple[StepNumber, ...]


class MutuBaku(_Sheet):
    kelengkapan: tuple[Text, ...] | None
    waktu: Waktu | None
    output: Text | None


class Hasil(_Sheet):
    """One outcome of a step: where it leads and what it says of the data."""

    hasil: Key
    label: Text
    ke: StepNumber
    status: Annotated[Status, Field(strict=False)] | None
    keyakinan: Keyakinan | None


class Keputusan(Hasil):
    """An outcome that goes on; its own effects come after those of its step."""

    efek: tuple[Annotated[Efek, Field(strict=False)], ...]


class Penulis(_Sheet):
    """Somebody who may write the dataset while the step is open, and how far."""

    pelaksana: Key
    menulis: Annotated[Menulis, Field(strict=False)]


class Langkah(_Sheet):
    """One row of the sheet.

    `keputusan` holds the outcomes that go on, `kembali` those that go back. A row with neither
    has the one outcome `selesai`, to the next row (the last row: to the end).
    """

    langkah: StepNumber
    nama: Text
    perintah: Text
    tahapan: Text | None
    uraian: Text
    lingkup: Annotated[Lingkup, Field(strict=False)]
    pelaksana: Annotated[tuple[Key, ...], Field(min_length=1)]
    mutu_baku: MutuBaku
    keputusan: tuple[Keputusan, ...]
    kembali: tuple[Hasil, ...]
    status: Annotated[Status, Field(strict=False)] | None
    penulis: tuple[Penulis, ...]
    empat_mata: bool
    dokumen: tuple[Text, ...]
    periksa: tuple[Key, ...]
    efek: tuple[Annotated[Efek, Field(strict=False)], ...]
    sambungan: Subject | None
    keterangan: Text | None
    keyakinan: dict[Key, Keyakinan]


class Sop(_Sheet):
    """One revision of one SOP file."""

    sop: Kepala
    pelaksana: dict[Key, Pelaksana]
    kalender: Kalender
    langkah: Annotated[tuple[Langkah, ...], Field(min_length=1)]

    def step(self, number: int) -> Langkah:
        """The row with this number; KeyError when there is none."""
        if 1 <= number <= len(self.langkah):
            return self.langkah[number - 1]
        raise KeyError(number)
