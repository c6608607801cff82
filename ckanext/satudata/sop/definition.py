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
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True
    )


class Tingkat(str, Enum):
    """How sure a reading is; what is printed in the SOP carries no mark at all."""

    TINGGI = "tinggi"
    SEDANG = "sedang"
    RENDAH = "rendah"


class Keyakinan(_Sheet):
    """Why a cell says what the printed sheet does not."""

    tingkat: Annotated[Tingkat, Field(strict=False)]
    """how sure"""
    sebab: Text
    """why it is read so"""
    alternatif: Text | None
    """how else it could be read"""


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
    """What is checked before a step can be ended; `logic/cases/checks.py` has one function each."""

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
    """The dates on the sheet; each null where the sheet has none."""

    pembuatan: Date | None
    """drawn up"""
    revisi: Date | None
    """revised"""
    pengesahan: Date | None
    """signed"""


class Waktu(_Sheet):
    """A time norm: the printed words, and how they are read."""

    teks: Text
    """as printed"""
    minimum: Annotated[int, Field(ge=0)] | None
    """at least so many; null where the words give no number"""
    maksimum: Annotated[int, Field(ge=0)] | None
    """at most so many, not less than `minimum`"""
    satuan: Literal["menit", "jam", "hari", "harian", "bulanan", "triwulan", "sesuai_kebutuhan"]
    """of what"""
    bersama: tuple[StepNumber, ...]
    """other rows that have this one norm together; each of them names the rest"""


class Kepala(_Sheet):
    """The head block of the sheet. Names and NIP of officials never stand here.

    `pengendali` also enter what was done by a party without an account.
    """

    format: Literal[2]
    """the file format; only another release of the program changes it"""
    subjek: Subject
    """what the SOP is about, in one word for programs; settings and other SOPs name it so"""
    nomor: Text | None
    """number of the SOP"""
    nama: Text
    """its name"""
    instansi: Text
    """the office it belongs to"""
    tanggal: Tanggal
    """its dates"""
    disahkan_oleh: Text | None
    """the post (not the person) that signed it"""
    pengertian: Text | None
    """definition"""
    tujuan: tuple[Text, ...] | None
    """purposes"""
    ruang_lingkup: tuple[Text, ...] | None
    """scope"""
    pengantar: Text | None
    """introduction, which some sheets have instead of a scope"""
    dasar_hukum: tuple[Text, ...] | None
    """legal basis"""
    keterkaitan: tuple[Text, ...] | None
    """other SOPs it is connected with"""
    peringatan: tuple[Text, ...] | None
    """warnings"""
    kualifikasi: tuple[Text, ...] | None
    """what those who do it must be able to do"""
    peralatan: tuple[Text, ...] | None
    """equipment"""
    pencatatan: tuple[Text, ...] | None
    """records to be kept"""
    ketentuan_umum: tuple[Text, ...] | None
    """general rules"""
    penanggung_jawab: Text | None
    """the post that answers for it"""
    waktu_total: Waktu | None
    """total time; its `bersama` is empty"""
    penutup: Text | None
    """closing words"""
    pengendali: Annotated[tuple[Key, ...], Field(min_length=1)]
    """actors who steer a case as a whole: cancel it, drop a dataset, set its closing date"""
    catatan_manual: bool
    """whether the sheet allows records on paper, to be entered afterwards"""
    keyakinan: dict[Key, Keyakinan]
    """cells of the head that say what is not printed"""


class Pelaksana(_Sheet):
    """One actor whom the sheet names, with a lane or only in its wording."""

    nama: Text
    """as the sheet calls it"""
    lajur: bool
    """whether the sheet gives it a lane; an actor with a lane has a duty in some row"""
    peran: Literal["produsen", "walidata", "pembina"]
    """role by Perpres 39/2019"""
    pihak_luar: bool
    """works outside the office: its time is not the office's, a link may stand for an account"""
    surat_tugas: bool
    """nobody holds this actor without a letter of assignment"""
    tugas: Text | None
    """its duty, where the sheet or the file says it"""
    keyakinan: dict[Key, Keyakinan]
    """cells that say what is not printed"""


class Kalender(_Sheet):
    """Working time as this SOP counts it; the office's own calendar fills what is null."""

    zona_waktu: Text | None
    """`Asia/Jakarta`, `Asia/Makassar` or `Asia/Jayapura`"""
    jam_per_hari: Text | None
    """working hours per day, in words"""
    keyakinan: dict[Key, Keyakinan]
    """cells that say what is not printed"""


class MutuBaku(_Sheet):
    """The quality norm of a row."""

    kelengkapan: tuple[Text, ...] | None
    """what must be there to begin"""
    waktu: Waktu | None
    """the time norm"""
    output: Text | None
    """what comes out"""


class Hasil(_Sheet):
    """One outcome of a step: where it leads and what it says of the data."""

    hasil: Key
    """its name for programs, once in a step"""
    label: Text
    """what people choose"""
    ke: StepNumber
    """the step it leads to"""
    status: Annotated[Status, Field(strict=False)] | None
    """what the data is called then; null: what the step it leads to says"""
    bersama: tuple[Key, ...]
    """actors who end the visit that this outcome opens together; `[]`: the step's own, as usual"""
    keyakinan: Keyakinan | None
    """the mark, where the sheet does not print this outcome"""


class Keputusan(Hasil):
    """An outcome that goes on; its own effects come after those of its step."""

    efek: tuple[Annotated[Efek, Field(strict=False)], ...]
    """what this outcome does besides what every way on from its step does"""


class Penulis(_Sheet):
    """Somebody who may write the dataset while the step is open, and how far."""

    pelaksana: Key
    """an actor"""
    menulis: Annotated[Menulis, Field(strict=False)]
    """everything; new products beside what is there; the list itself"""


class Dokumen(_Sheet):
    """A paper that a step makes."""

    jenis: Key
    """what kind of paper, in one word for programs"""
    nama: Text | None
    """what the sheet calls it"""
    tersurat: bool
    """whether the sheet itself names it; else it is proposed"""


class Sambungan(_Sheet):
    """Where a row goes on into another SOP, named by its subject.

    Adoption binds it to one of the office's SOPs in force, or to none.
    """

    subjek: Subject
    """`subjek` of the other SOP"""
    cara: Annotated[Cara, Field(strict=False)]
    """delivers to a step of a case there, or opens a case there"""
    langkah: StepNumber | None
    """the step there that takes the delivery; null where a case is opened"""


class Langkah(_Sheet):
    """One row of the sheet.

    `keputusan` holds the outcomes that go on, `kembali` those that go back. A row with neither
    has the one outcome `selesai`, to the next row (the last row: to the end).
    """

    langkah: StepNumber
    """its number: 1, 2, 3 without a gap"""
    nama: Text
    """short name, for screens"""
    perintah: Text
    """what the button says that ends it"""
    tahapan: Text | None
    """the stage it belongs to, as printed"""
    uraian: Text
    """its wording, as printed"""
    lingkup: Annotated[Lingkup, Field(strict=False)]
    """walked once for the whole list, or by each dataset alone"""
    pelaksana: Annotated[tuple[Key, ...], Field(min_length=1)]
    """the actors, each of whom may end it"""
    mutu_baku: MutuBaku
    """the quality norm"""
    keputusan: tuple[Keputusan, ...]
    """outcomes that go on, to a later step"""
    kembali: tuple[Hasil, ...]
    """outcomes that go back, to this or an earlier step; needs a `keputusan`"""
    berulang: bool
    """its actor may do it again without a return"""
    massal: bool
    """its holder may end it, or approve it, in several cases in one sending; never to return"""
    persetujuan: Key | None
    """the actor whose approval, with name and date, is on record before the step ends"""
    status: Annotated[Status, Field(strict=False)] | None
    """what the data is called from the moment it comes to this step"""
    penulis: tuple[Penulis, ...]
    """who may write the dataset while the step is open; `[]`: nobody; an actor may stand twice"""
    empat_mata: bool | Text
    """refused to whoever brought or changed the data; a text says why this office cannot"""
    dokumen: tuple[Dokumen, ...]
    """papers that it makes"""
    periksa: tuple[Annotated[Periksa, Field(strict=False)], ...]
    """checks that must pass before it goes on; a return needs none"""
    efek: tuple[Annotated[Efek, Field(strict=False)], ...]
    """what going on does to the catalogue; a return does nothing"""
    sambungan: Sambungan | None
    """how it goes on into another SOP"""
    keterangan: Text | None
    """remarks column"""
    keyakinan: dict[Key, Keyakinan]
    """cells of this row, those of `mutu_baku` included, that say what is not printed"""


class Koreksi(_Sheet):
    """Small corrections of published data that need no run of the SOP.

    One who holds an actor named here publishes them by himself; each is a release of its own and
    an event with its reason.
    """

    pelaksana: Annotated[tuple[Key, ...], Field(min_length=1)]
    """the actors who may correct"""
    bidang: Annotated[tuple[Key, ...], Field(min_length=1)]
    """the fields of a dataset that they may correct, by the names of the API"""
    keyakinan: dict[Key, Keyakinan]
    """cells that say what is not printed"""


class Sop(_Sheet):
    """One revision of one SOP file."""

    sop: Kepala
    """the head of the sheet"""
    pelaksana: dict[Key, Pelaksana]
    """the actors; steps name them by these keys"""
    kalender: Kalender
    """working time as this SOP counts it"""
    langkah: Annotated[tuple[Langkah, ...], Field(min_length=1)]
    """the steps, in the order of the sheet"""
    koreksi: Koreksi | None = None
    """small corrections of published data; a file without this key allows none"""

    def step(self, number: int) -> Langkah:
        """The row with this number; KeyError when there is none."""
        if 1 <= number <= len(self.langkah):
            return self.langkah[number - 1]
        raise KeyError(number)
