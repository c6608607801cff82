"""Which headings of columns tell of a person, in the ways that offices write them."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
"""Characters; a longer text is a sentence and no heading."""

_PERSON = (
    "pegawai|asn|pns|pppk|karyawan|guru|dosen|siswa|murid|mahasiswa|peserta|peserta didik|pasien|"
    "penerima|penerima manfaat|penerima bantuan|pemilik|pengurus|pemohon|pendaftar|pelapor|korban|"
    "responden|warga|penduduk|anggota|anggota keluarga|kepala keluarga|kk|ibu|ibu kandung|ayah|"
    "ayah kandung|orang tua|wali|anak|bayi|balita|istri|suami|petani|nelayan|pedagang|petugas|"
    "dokter|bidan|perawat|kader|kontak|pic|pejabat|penanggung jawab|pimpinan|ketua|direktur|"
    "kepala sekolah|kepala desa|kepala puskesmas|kepala dinas|lurah|camat|kades|pendamping|"
    "pelaku usaha|narahubung|contact|wajib pajak|wp|pengguna|user|pelanggan|nasabah"
)
_NUMBER = r"(?:no|nomor|nomer|nmr|num|kode) ?"
_STATISTIC = re.compile(
    r"\b(?:jumlah|jml|banyaknya?|total|persen|persentase|rata|rasio|cakupan|kepemilikan|pelanggan "
    r"telepon|status|jenis|kategori|tanpa|belum|memiliki|ber|indeks|laju|rumah tangga)\b|%"
)
KINDS: dict[str, re.Pattern[str]] = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "nik": rf"(?:{_NUMBER})?(?:nik|nomor induk kependudukan|no induk kependudukan|e ?ktp|ktp|"
        rf"nik ktp|no ktp|nik no ktp)(?: (?:{_PERSON}))?",
        "kk": rf"{_NUMBER}(?:kk|kartu keluarga)|kartu keluarga",
        "nip": rf"(?:{_NUMBER})?(?:nip|nip lama|nip baru|nip nik|nip nrp|nip pegawai|nipppk|"
        rf"ni pppk|induk pegawai)(?: (?:{_PERSON}))?",
        "npwp": rf"(?:{_NUMBER})?npwp(?: ?(?:15|16)(?: digit)?)?(?: (?:{_PERSON}))?",
        "phone": rf"(?:{_NUMBER})?(?:hp|hape|handphone|hand phone|ponsel|telp|tlp|tlpn|telpon|"
        rf"telepon|telephone|telp hp|hp telp|telepon hp|hp wa|wa|wa hp|whatsapp|phone|phone number|"
        rf"mobile|mobile phone|seluler)(?: (?:{_PERSON}|rumah|pribadi|aktif))?"
        rf"|{_NUMBER}kontak|kontak person|contact person",
        "email": rf"(?:alamat )?(?:e ?mail|surel|surat elektronik)(?: address)?"
        rf"(?: (?:{_PERSON}|pribadi|aktif))?",
        "name": rf"nama|nama (?:lengkap|lgkp|panggilan|terang|{_PERSON})|namalengkap|full ?name",
        "address": rf"alamat(?: (?:lengkap|rumah|domisili|ktp|tinggal|tempat tinggal|sesuai ktp|"
        rf"surat|{_PERSON}))?|tempat tinggal|home address",
        "birth": r"(?:tanggal|tgl) ?(?:lahir|lhr)|(?:tempat|tmpt|tmp) ?(?:lahir|lhr)|"
        r"tempat dan tanggal lahir|(?:tempat|tmpt|tmp) (?:lahir )?(?:tanggal|tgl) lahir|"
        r"tempat lahir tanggal lahir|"
        r"date of birth|birth ?date|dob",
    }.items()
}
"""Kind of personal data to the headings that ask for it; of a heading as `plain` makes it."""

_ONLY_WITH_VALUES = {"kk": re.compile(r"kk")}
"""Headings that mean something else as a rule (KK: a number of families), unless the values fit."""
_PLACE = re.compile(
    r"(?:provinsi|prov|kabupaten|kab|kota|kotamadya|kecamatan|kec|kelurahan|kel|desa|distrik|nagari|"
    r"gampong|pulau|sungai|gunung|danau|waduk|embung|jalan|jl|jembatan|ruas|pasar|terminal|bandara|"
    r"pelabuhan|dinas|badan|kantor|sekretariat|inspektorat|bagian|bidang|upt|uptd|uptb|rs|rsu|rsud|"
    r"rumah sakit|puskesmas|pustu|posyandu|klinik|apotek|sd|sdn|mi|min|smp|smpn|mts|mtsn|sma|sman|"
    r"smk|smkn|ma|man|tk|paud|sekolah|universitas|pt|cv|ud|koperasi|bumdes|bank|hotel|masjid|gereja|"
    r"pura|vihara|museum|taman|lapangan|gedung|balai|stasiun|irigasi|bendung)\b"
)


def plain(text: str) -> str:
    """A heading as it is compared: small letters and digits, one blank between words."""
    folded = unicodedata.normalize("NFKC", text)
    folded = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", folded).casefold()
    return " ".join(re.sub(r"\([^)]*\)|[^a-z0-9%]", " ", folded).split())


def kind_of(text: str) -> str | None:
    """Which kind of personal data a heading asks for; None for any other text."""
    if not 2 <= len(text) <= LONGEST:
        return None
    heading = plain(text)
    if not heading or _STATISTIC.search(heading):
        return None
    return next((kind for kind, form in KINDS.items() if form.fullmatch(heading)), None)


def value_kind_of(text: str) -> str | None:
    """As `kind_of`, with the headings that count only where the values below fit them."""
    heading = plain(text) if len(text) <= LONGEST else ""
    found = (kind for kind, form in _ONLY_WITH_VALUES.items() if form.fullmatch(heading))
    return next(found, None) or kind_of(text)


def names_a_place(text: str) -> bool:
    """Whether a name is that of a region, an office, a school or another body, not a person."""
    return _PLACE.match(plain(text)) is not None
