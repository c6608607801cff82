"""The three datasets, each with its file and the way its case goes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from demo import tables
from demo.cast import EDUCATION, HEALTH, HOLDER, INVENTED, PRODUCER, REGENCY, REGION
from demo.upload import Upload


@dataclass(frozen=True)
class File:
    """A resource. Its id is the demo's own, so that a file cannot arrive twice."""

    key: str
    upload: Upload
    values: dict[str, str]

    @property
    def id(self) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"ckanext-satudata/demo/{self.key}"))


@dataclass(frozen=True)
class Act:
    """A person ends the visit (`step`, `visit`) with an outcome."""

    step: int
    actor: str
    outcome: str
    visit: int = 1
    reason: str = ""
    points: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class Bring:
    """While the visit (`step`, `visit`) is open, a person brings a file, new or in place of one."""

    step: int
    person: str
    file: File
    visit: int = 1


@dataclass(frozen=True)
class Dataset:
    """A dataset as its produsen fills it in, the file it comes with, and the way of its case."""

    name: str
    agency: str
    first_file: File
    way: tuple[Act | Bring, ...]
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def producer(self) -> str:
        return PRODUCER[self.agency]

    def way_files(self) -> list[File]:
        """The files that come on the way, after the first."""
        return [move.file for move in self.way if isinstance(move, Bring)]

    def files(self) -> list[File]:
        """The files that lie there at the end of the way, each id once."""
        return list({one.id: one for one in (self.first_file, *self.way_files())}.values())


def _values(title: str, topic: str, **more: Any) -> dict[str, Any]:
    return {
        "title": f"{title} di Kabupaten Contoh, 2025 (rekaan)",
        "notes": INVENTED,
        "topic": topic,
        "official_source": f"Laporan satuan kerja, {REGENCY}",
        "classification": "Kecamatan",
        "measure": "Jumlah",
        "region_codes": [REGION],
        "period_start": "2025",
        "presentation_level": "kecamatan",
        "release_schedule": "2027-03",
        "update_frequency": "tahunan",
        "priority_data": "tidak",
        "access_class": "terbuka",
        "license_id": "cc-by",
        "maintainer": "Bagian Data (rekaan)",
        "maintainer_email": "data@contoh.example",
        **more,
    }


def _file(key: str, filename: str, content: bytes, **values: str) -> File:
    kind = filename.rsplit(".", 1)[-1].upper()
    return File(key, Upload(filename, content), {"resource_type": "data", "format": kind, **values})


_PUPILS_TEXT = {
    "name": "Rekap peserta didik 2025",
    "description": "Lembar kerja seperti yang dikirim dinas. Semua angka rekaan.",
}
PUPILS_SENT = _file(
    "pupils",
    "rekap-peserta-didik-2025.xlsx",
    tables.pupils_sheet(with_slip=True),
    **_PUPILS_TEXT,
)
PUPILS_REPAIRED = _file(
    "pupils",
    "rekap-peserta-didik-2025-perbaikan.xlsx",
    tables.pupils_sheet(with_slip=False),
    **_PUPILS_TEXT,
    change_nature="koreksi_angka",
    change_note=(
        f"{tables.WRONG_LEVEL} di {tables.WRONG_DISTRICT} tertukar angkanya: "
        "1.432 seharusnya 1.342."
    ),
)
PUPILS_TIDY = _file(
    "pupils-tidy",
    "peserta-didik-2025.csv",
    tables.pupils_csv(),
    name="Peserta didik 2025, satu angka per baris",
    description="Isi yang sama dengan rekap, disusun Analis Data untuk diolah mesin. Angka rekaan.",
)

PUBLISHED = Dataset(
    "jumlah-peserta-didik-contoh-2025",
    EDUCATION,
    PUPILS_SENT,
    (
        Act(1, "admin_data", "selesai"),
        Act(2, "admin_data", "selesai"),
        Act(
            3,
            "verifikator",
            "tidak_sesuai",
            reason=(
                "Jumlah di satu baris tidak sama dengan rinciannya. "
                "Mohon angka diperiksa dan berkas diganti."
            ),
            points=(
                {
                    "kind": "row",
                    "where": tables.WRONG_DISTRICT,
                    "note": "Rincian menurut jenjang lebih 90 dari kolom Jumlah.",
                },
                {
                    "kind": "column",
                    "where": tables.WRONG_LEVEL,
                    "note": "Jumlah kolom ini juga lebih 90 dari baris Jumlah.",
                },
            ),
        ),
        Bring(2, PRODUCER[EDUCATION], PUPILS_REPAIRED, visit=2),
        Act(2, "admin_data", "selesai", visit=2),
        Act(3, "verifikator", "sesuai", visit=2),
        Act(4, "validator", "valid"),
        Bring(5, HOLDER["analis_data"], PUPILS_TIDY),
        Act(5, "analis_data", "selesai"),
        Act(6, "admin_sistem", "selesai"),
        Act(7, "admin_sistem", "selesai"),
        Act(8, "pengelola_data", "selesai"),
        Act(9, "pimpinan_tim_data", "selesai"),
    ),
    _values(
        "Jumlah Peserta Didik menurut Kecamatan dan Jenjang",
        "pendidikan",
        concept="Peserta didik",
        definition="Orang yang terdaftar di satuan pendidikan pada akhir tahun (rekaan).",
        classification="Kecamatan dan jenjang pendidikan",
        unit="Orang",
        tag_string="siswa, murid, sekolah",
    ),
)

UNAPPROVED = Dataset(
    "jumlah-guru-contoh-2025",
    EDUCATION,
    _file(
        "teachers",
        "rekap-guru-2025.xlsx",
        tables.teachers_sheet(),
        name="Rekap guru 2025",
        description="Lembar kerja seperti yang dikirim dinas. Semua angka rekaan.",
    ),
    (
        Act(1, "admin_data", "selesai"),
        Act(2, "admin_data", "selesai"),
        Act(3, "verifikator", "sesuai"),
    ),
    _values(
        "Jumlah Guru menurut Kecamatan dan Jenjang",
        "pendidikan",
        concept="Guru",
        definition="Orang yang mengajar tetap di satuan pendidikan pada akhir tahun (rekaan).",
        unit="Orang",
        tag_string="pengajar, sekolah",
    ),
)
"""Waits at step 4, in the validator's inbox."""

RETURNED = Dataset(
    "kunjungan-puskesmas-contoh-2025",
    HEALTH,
    _file(
        "visits",
        "kunjungan-puskesmas-2025.csv",
        tables.visits_csv(),
        name="Kunjungan puskesmas, Januari-Maret 2025",
        description="Satu baris per bulan dan kecamatan. Semua angka rekaan.",
    ),
    (
        Act(1, "admin_data", "selesai"),
        Act(2, "admin_data", "selesai"),
        Act(
            3,
            "verifikator",
            "tidak_sesuai",
            reason="Satu kecamatan belum ada angkanya untuk bulan terakhir. Mohon dilengkapi.",
            points=(
                {
                    "kind": "row",
                    "where": ", ".join(tables.FORGOTTEN),
                    "note": "Barisnya belum ada.",
                },
            ),
        ),
    ),
    _values(
        "Jumlah Kunjungan Puskesmas menurut Kecamatan",
        "kesehatan",
        concept="Kunjungan puskesmas",
        definition="Tiap kedatangan pasien ke puskesmas, kunjungan ulang ikut dihitung (rekaan).",
        unit="Kunjungan",
        period_start="2025-01",
        period_end="2025-03",
        release_schedule="2027-04",
        update_frequency="triwulanan",
        tag_string="pasien, layanan",
    ),
)
"""Waits at step 2 for its agency's repair, in the inbox of Admin Data."""

DATASETS = (PUBLISHED, UNAPPROVED, RETURNED)
