"""MS-Keg: once for each statistical activity, which may yield many datasets.

Many of its lines are known of the dataset (agency, contact, region, frequency, variables); the
others are kept with the activity. Eight blocks; the first without a number stands above them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ckanext.satudata.dictionary.forms import OPEN, FormField, text
from ckanext.satudata.dictionary.table import Dictionary

NAME, TITLE = "MS-Keg", "Metadata Statistik Kegiatan"
BLOCKS: Mapping[str, str] = {
    "0": "Kegiatan",
    "I": "Penyelenggara",
    "II": "Penanggung Jawab",
    "III": "Perencanaan dan Persiapan",
    "IV": "Desain Kegiatan",
    "V": "Desain Sampel",
    "VI": "Pengumpulan Data",
    "VII": "Pengolahan dan Analisis",
    "VIII": "Diseminasi Hasil",
}
YES_NO = ("Ya", "Tidak")


def _line(
    block: str, key: str, label: str, source: str = "", choices: tuple[str, ...] = ()
) -> FormField:
    return FormField(key, label, "", source, block, choices)


FIELDS: tuple[FormField, ...] = (
    _line("0", "title", "Judul kegiatan"),
    _line("0", "year", "Tahun"),
    _line("0", "code", "Kode kegiatan (diisi petugas BPS)"),
    _line(
        "0",
        "gathering",
        "Cara pengumpulan data",
        choices=(
            "Pencacahan lengkap",
            "Survei",
            "Kompilasi produk administrasi",
            "Cara lain sesuai perkembangan TI",
        ),
    ),
    _line("0", "sector", "Sektor kegiatan", "data: topic"),
    _line(
        "0",
        "activity_kind",
        "Jenis kegiatan statistik",
        choices=("Statistik dasar", "Statistik sektoral", "Statistik khusus"),
    ),
    _line("0", "recommendation", "Identitas rekomendasi statistik"),
    _line("I", "agency", "Instansi penyelenggara", "data: owner_org"),
    _line("I", "agency_address", "Alamat"),
    _line("I", "agency_phone", "Telepon"),
    _line("I", "agency_fax", "Faksimile"),
    _line("I", "agency_email", "Email"),
    _line("II", "unit_1", "Unit eselon 1"),
    _line("II", "unit_2", "Unit eselon 2"),
    _line("II", "unit_in_charge", "Penanggung jawab teknis: unit kerja", "data: maintainer"),
    _line("II", "post_in_charge", "Penanggung jawab teknis: jabatan"),
    _line("II", "address_in_charge", "Penanggung jawab teknis: alamat"),
    _line("II", "phone_in_charge", "Penanggung jawab teknis: telepon", "data: maintainer_phone"),
    _line("II", "fax_in_charge", "Penanggung jawab teknis: faksimile"),
    _line("II", "email_in_charge", "Penanggung jawab teknis: email", "data: maintainer_email"),
    _line("III", "background", "Latar belakang kegiatan"),
    _line("III", "purpose", "Tujuan kegiatan"),
    _line("III", "time_planning", "Rencana jadwal: perencanaan"),
    _line("III", "time_design", "Rencana jadwal: desain"),
    _line("III", "time_gathering", "Rencana jadwal: pengumpulan data"),
    _line("III", "time_processing", "Rencana jadwal: pengolahan data"),
    _line("III", "time_analysis", "Rencana jadwal: analisis"),
    _line("III", "time_release", "Rencana jadwal: diseminasi hasil", "data: release_schedule"),
    _line("III", "time_evaluation", "Rencana jadwal: evaluasi"),
    _line("III", "variables", "Variabel yang dikumpulkan", "kamus data"),
    _line(
        "IV", "repeated", "Kegiatan ini dilakukan", choices=("Hanya sekali", "Berulang"),
        source="data: update_frequency",
    ),
    _line("IV", "frequency", "Frekuensi penyelenggaraan", "data: update_frequency"),
    _line(
        "IV",
        "gathering_kind",
        "Tipe pengumpulan data",
        choices=("Longitudinal panel", "Longitudinal cross sectional", "Cross sectional"),
    ),
    _line("IV", "region", "Cakupan wilayah pengumpulan data", "data: region_codes"),
    _line(
        "IV",
        "method",
        "Metode pengumpulan data",
        choices=("Wawancara", "Mengisi kuesioner sendiri (swacacah)", "Pengamatan (observasi)",
                 "Pengumpulan data sekunder", "Lainnya"),
    ),
    _line(
        "IV",
        "means",
        "Sarana pengumpulan data",
        choices=("PAPI", "CAPI", "CATI", "CAWI", "Mail", "Lainnya"),
    ),
    _line(
        "IV",
        "unit_of_data",
        "Unit pengumpulan data",
        choices=("Individu", "Rumah tangga", "Usaha/perusahaan", "Lainnya"),
    ),
    _line(
        "V", "sample_design", "Jenis rancangan sampel",
        choices=("Single stage/phase", "Multi stage/phase"),
    ),
    _line(
        "V", "sample_selection", "Metode pemilihan sampel tahap terakhir",
        choices=("Sampel probabilitas", "Sampel nonprobabilitas"),
    ),
    _line("V", "sample_method", "Metode yang digunakan"),
    _line(
        "V", "sample_frame", "Kerangka sampel tahap terakhir",
        choices=("List frame", "Area frame"),
    ),
    _line("V", "sample_fraction", "Fraksi sampel keseluruhan"),
    _line("V", "sampling_error", "Nilai perkiraan sampling error variabel utama"),
    _line("V", "sample_unit", "Unit sampel"),
    _line("V", "observation_unit", "Unit observasi"),
    _line("VI", "trial", "Apakah melakukan uji coba (pilot survey)?", choices=YES_NO),
    _line(
        "VI",
        "quality_control",
        "Metode pemeriksaan kualitas pengumpulan data",
        choices=("Kunjungan kembali (revisit)", "Supervisi", "Task force", "Lainnya"),
    ),
    _line("VI", "nonresponse", "Apakah melakukan penyesuaian nonrespons?", choices=YES_NO),
    _line(
        "VI",
        "staff",
        "Petugas pengumpulan data",
        choices=("Staf instansi penyelenggara", "Mitra/tenaga kontrak", "Keduanya"),
    ),
    _line("VI", "staff_education", "Persyaratan pendidikan terendah petugas"),
    _line("VI", "supervisors", "Jumlah supervisor/penyelia/pengawas"),
    _line("VI", "enumerators", "Jumlah pengumpul data/enumerator"),
    _line("VI", "training", "Apakah melakukan pelatihan petugas?", choices=YES_NO),
    _line("VII", "editing", "Penyuntingan (editing)", choices=YES_NO),
    _line("VII", "coding", "Penyandian (coding)", choices=YES_NO),
    _line("VII", "entry", "Perekaman (data entry)", choices=YES_NO),
    _line("VII", "validation", "Validasi", choices=YES_NO),
    _line(
        "VII", "analysis", "Metode analisis",
        choices=("Deskriptif", "Inferensia", "Deskriptif dan inferensia"),
    ),
    _line("VII", "analysis_unit", "Unit analisis"),
    _line("VII", "level", "Tingkat penyajian hasil analisis", "data: presentation_level"),
    _line("VIII", "printed", "Produk tersedia untuk umum: tercetak", choices=YES_NO),
    _line("VIII", "printed_on", "Rencana rilis: tercetak"),
    _line("VIII", "digital", "Produk tersedia untuk umum: digital", "portal", YES_NO),
    _line("VIII", "digital_on", "Rencana rilis: digital", "data: release_schedule"),
    _line("VIII", "microdata", "Produk tersedia untuk umum: data mikro", choices=YES_NO),
    _line("VIII", "microdata_on", "Rencana rilis: data mikro"),
)  # fmt: skip
BY_KEY: Mapping[str, FormField] = {one.key: one for one in FIELDS}
_FROM_DATASET = {
    "sector": "topic",
    "agency": "agency",
    "unit_in_charge": "maintainer",
    "phone_in_charge": "maintainer_phone",
    "email_in_charge": "maintainer_email",
    "time_release": "release_schedule",
    "frequency": "update_frequency",
    "region": "region_codes",
    "level": "presentation_level",
    "digital_on": "release_schedule",
}
VARIABLE_COLUMNS = ("Nama", "Konsep", "Definisi", "Referensi waktu")
"""Of the list of variables in block III."""
_ONCE = "sekali"


def filled(activity: Mapping[str, str], dataset: Mapping[str, object]) -> dict[str, str]:
    """Each line of FIELDS with its value, "" where nobody knows it.

    `activity`: what is kept with the activity, by key; it stands before what the dataset says.
    `dataset`: its fields as people read them, except `access_class`, which is the stored value;
    `agency` is the title of its organization, and
    `update_frequency_value` the stored value of `update_frequency`.
    """
    known = {key: text(dataset, name) for key, name in _FROM_DATASET.items()}
    frequency = text(dataset, "update_frequency_value")
    if frequency:
        known["repeated"] = "Hanya sekali" if frequency == _ONCE else "Berulang"
    access = text(dataset, "access_class")
    if access:
        known["digital"] = "Ya" if access == OPEN else "Tidak"
    return {one.key: activity.get(one.key, "").strip() or known.get(one.key, "") for one in FIELDS}


def variables(dictionaries: Iterable[Dictionary]) -> list[tuple[str, str, str, str]]:
    """The list of variables in block III, a row for each column of the kamus data."""
    return [
        (one.label, one.text("concept"), one.text("definition"), one.text("time_reference"))
        for table in dictionaries
        for one in table.columns
    ]
