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

_DAY = len("2025-01-20")


def _in_the_calendar(text: str) -> str:
    try:
        date.fromisoformat(text if len(text) == _DAY else f"{text}-01")
    except ValueError as error:
        raise PydanticCustomError("tanggal", "not a day of the calendar") from error
    return text


Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Subject = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
# A sheet that names only a month is not given a day.
Date = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"),
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
    CETAK = "cetak"
    KIRIM = "kirim"
    SERAHKAN = "serahkan"


class Menulis(str, Enum):
    """What somebody who may write at a step may do.

    `semua`: change the dataset. `produk_baru`: add to it, at a step over a list add a dataset to
    the list, and change nothing that was there. `daftar`: make up the list itself.
    """

    SEMUA = "semua"
    PRODUK_BARU = "produk_baru"
    DAFTAR = "daftar"


class Periksa(str, Enum):
    """What is checked before a step can be ended; `logic/checks.py` holds one function for each."""

    BERKAS_ADA = "berkas_ada"
    METADATA_LENGKAP = "metadata_lengkap"
    AKSES_TERBUKA = "akses_terbuka"
    KELAS_AKSES = "kelas_akses"
    DAFTAR_LENGKAP = "daftar_lengkap"


class Cara(str, Enum):
    """How a row goes on into another SOP.

    `serahkan`: delivers dataset and approval to an open step of a case there, which publishes in
    its stead. `buka`: opens a case there over the same datasets and waits for nothing.
    """

    SERAHKAN = "serahkan"
    BUKA = "buka"


class Tanggal(_Sheet):
    pembuatan: Date | None
    revisi: Date | None
    pengesahan: Date | None


class Waktu(_Sheet):
    """A time norm: the printed words, and how they are read. `bersama`: rows with one norm."""

    teks: Text
    minimum: Annotated[int, Field(ge=0)] | None
    maksimum: Annotated[int, Field(ge=0)] | None
    satuan: Literal["menit", "jam", "hari", "harian", "bulanan", "triwulan", "sesuai_kebutuhan"]
    bersama: tuple[StepNumber, ...]


class Kepala(_Sheet):
    """The head block of the sheet. Names and NIP of officials never stand here.

    `format` counts the changes of the file format (see `formats`). `pengendali` are the actors
    who steer a case as a whole: cancel it, drop a dataset, set its closing date, enter what was
    done by a party without an account. `catatan_manual`: the sheet allows records on paper.
    """

    format: Literal[1]
    subjek: Subject
    nomor: Text | None
    nama: Text
    instansi: Text
    tanggal: Tanggal
    disahkan_oleh: Text | None
    pengertian: Text | None
    tujuan: tuple[Text, ...] | None
    ruang_lingkup: tuple[Text, ...] | None
    pengantar: Text | None
    dasar_hukum: tuple[Text, ...] | None
    keterkaitan: tuple[Text, ...] | None
    peringatan: tuple[Text, ...] | None
    kualifikasi: tuple[Text, ...] | None
    peralatan: tuple[Text, ...] | None
    pencatatan: tuple[Text, ...] | None
    ketentuan_umum: tuple[Text, ...] | None
    penanggung_jawab: Text | None
    waktu_total: Waktu | None
    penutup: Text | None
    pengendali: Annotated[tuple[Key, ...], Field(min_length=1)]
    catatan_manual: bool
    keyakinan: dict[Key, Keyakinan]


class Pelaksana(_Sheet):
    """One actor.

    `lajur` is false for an actor whom the sheet mentions but gives no lane. `pihak_luar`: works
    outside the office, so his time is not the office's and a link may stand for an account.
    `surat_tugas`: nobody holds this actor without a letter of assignment.
    """

    nama: Text
    lajur: bool
    peran: Literal["produsen", "walidata", "pembina"]
    pihak_luar: bool
    surat_tugas: bool
    tugas: Text | None
    keyakinan: dict[Key, Keyakinan]


class Kalender(_Sheet):
    """Working time as this SOP counts it; the office's own calendar fills what is null."""

    zona_waktu: Text | None
    jam_per_hari: Text | None
    keyakinan: dict[Key, Keyakinan]


class MutuBaku(_Sheet):
    kelengkapan: tuple[Text, ...] | None
    waktu: Waktu | None
    output: Text | None


class Hasil(_Sheet):
    """One outcome of a step: where it leads and what it says of the data.

    `bersama`: the visit that this outcome opens is ended by all of these actors together; empty
    where the actors of the step it leads to end it as usual.
    """

    hasil: Key
    label: Text
    ke: StepNumber
    status: Annotated[Status, Field(strict=False)] | None
    bersama: tuple[Key, ...]
    keyakinan: Keyakinan | None


class Keputusan(Hasil):
    """An outcome that goes on; its own effects come after those of its step."""

    efek: tuple[Annotated[Efek, Field(strict=False)], ...]


class Penulis(_Sheet):
    """Somebody who may write the dataset while the step is open, and how far."""

    pelaksana: Key
    menulis: Annotated[Menulis, Field(strict=False)]


class Dokumen(_Sheet):
    """A paper that a step makes. `tersurat`: the sheet itself names it; else it is proposed."""

    jenis: Key
    nama: Text | None
    tersurat: bool


class Sambungan(_Sheet):
    """Where a row goes on into another SOP, named by its subject.

    Adoption binds it to one of the office's SOPs in force, or to none. `langkah` is the step
    there that takes the delivery (`cara: serahkan`); null where a case is opened.
    """

    subjek: Subject
    cara: Annotated[Cara, Field(strict=False)]
    langkah: StepNumber | None


class Langkah(_Sheet):
    """One row of the sheet.

    `keputusan` holds the outcomes that go on, `kembali` those that go back. A row with neither
    has the one outcome `selesai`, to the next row (the last row: to the end). `berulang`: its
    actor may do the step again without a return. `persetujuan`: the actor whose approval must be
    on record, with name and date, before the step ends. `empat_mata`: whether somebody who brought
    or changed the data is kept from it; a text says why this office cannot.
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
    berulang: bool
    persetujuan: Key | None
    status: Annotated[Status, Field(strict=False)] | None
    penulis: tuple[Penulis, ...]
    empat_mata: bool | Text
    dokumen: tuple[Dokumen, ...]
    periksa: tuple[Annotated[Periksa, Field(strict=False)], ...]
    efek: tuple[Annotated[Efek, Field(strict=False)], ...]
    sambungan: Sambungan | None
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
