"""Faults of a SOP file: a stable code and one Indonesian sentence that says how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SENTENCES: dict[str, str] = {
    "yaml": "Berkas tidak dapat dibaca sebagai YAML: {detail}. Perbaiki penulisan di tempat ini.",
    "bukan-teks": "Berkas ini bukan teks UTF-8. Simpan ulang sebagai teks UTF-8.",
    "terlalu-besar": "Berkas lebih dari {batas} byte. Sebuah SOP tidak sepanjang itu.",
    "tanda-yaml": "{apa} tidak dipakai di berkas SOP. Tulis isinya lengkap di sini.",
    "kunci-ganda": "Kunci “{kunci}” tertulis dua kali. Hapus salah satunya.",
    "jebakan-yaml": (
        "Nilai {nilai} dibaca sebagai {sebagai} oleh pembaca YAML lain. "
        'Beri tanda petik: "{nilai}".'
    ),
    "kunci-asing": "Kunci “{kunci}” tidak dikenal. Hapus, atau pakai salah satu: {pilihan}.",
    "kunci-hilang": "Kunci “{kunci}” tidak ada. Tulis isinya{bila_kosong}.",
    "isi-salah": "Isi “{kunci}” tidak sesuai: {detail}.",
    "format-hilang": "Berkas tidak menyebut formatnya. Tulis “format: {format}” di “sop”.",
    "format-asing": (
        "Format {format} tidak dikenal; rilis ini memakai format {dipakai}. "
        "Tulis ulang menurut format {dipakai}, atau pakai rilis yang mengenal format {format}."
    ),
    "urutan-langkah": "Langkah {langkah} tidak pada urutannya. Nomor mulai 1 dan naik satu.",
    "tujuan-asing": "Tujuan langkah {ke} tidak ada. Pakai nomor langkah yang ada di lembar.",
    "arah-salah": "“{hasil}” menuju langkah {ke}, padahal ia {arah}. Pindahkan ke “{seharusnya}”.",
    "hasil-ganda": "Hasil “{hasil}” tertulis dua kali pada langkah {langkah}. Beri nama lain.",
    "jalan-buntu": (
        "Langkah {langkah} punya pengembalian tetapi tidak ada hasil untuk lanjut. "
        "Tambahkan di “keputusan”."
    ),
    "tak-terjangkau": "Langkah {langkah} tidak pernah dicapai. Arahkan sebuah hasil ke sana.",
    "pelaksana-asing": "Pelaksana “{pelaksana}” tidak ada di “pelaksana”. Tambahkan di sana.",
    "lajur-kosong": "Pelaksana “{pelaksana}” punya lajur tetapi tidak memegang langkah apa pun. "
    "Beri langkah, atau tulis lajur: false.",
    "sambungan-tanpa-langkah": (
        "Cara “serahkan” menyerahkan kepada satu langkah di SOP lain. Tulis nomornya di “langkah”."
    ),
    "sambungan-berlangkah": (
        "Cara “buka” membuka kasus baru dan tidak menuju langkah {langkah}. Tulis langkah: null."
    ),
    "waktu-terbalik": (
        "Waktu paling sedikit ({minimum}) lebih dari paling banyak ({maksimum}). "
        "Tukar atau perbaiki."
    ),
    "waktu-total-bersama": "Waktu total tidak berbagi dengan langkah. Tulis bersama: [].",
    "waktu-bersama-asing": (
        "Langkah {langkah} tidak dapat berbagi waktu: tidak ada, tidak punya waktu, atau langkah "
        "ini sendiri. Hapus nomornya."
    ),
    "waktu-bersama-sepihak": (
        "Langkah {langkah} berbagi waktu dengan langkah {lain}, tetapi kelompok yang ditulis "
        "langkah {lain} berbeda. Samakan “bersama” di setiap langkah kelompok itu."
    ),
    "koreksi-bidang-asing": (
        "Isian “{bidang}” tidak dapat dikoreksi tanpa menempuh SOP: ia menentukan data itu "
        "sendiri, atau tidak dikenal. Pakai salah satu: {pilihan}."
    ),
    "zona-asing": "Zona waktu “{zona}” bukan zona Indonesia. Pakai salah satu: {pilihan}.",
    "keyakinan-asing": (
        "Keyakinan “{kunci}” tidak menunjuk isi bagian ini. Pakai salah satu: {pilihan}."
    ),
    "terbit-sebelum-setuju": (
        "Langkah {langkah} menerbitkan data yang mungkin belum disetujui. "
        "Letakkan efek “setujui” pada setiap jalan ke langkah ini, "
        "sesudah langkah terakhir yang boleh menulis."
    ),
    "tanpa-empat-mata": (
        "Langkah {langkah} menyetujui data tanpa empat mata. Tulis empat_mata: true."
    ),
}


@dataclass(frozen=True, order=True)
class Fault:
    """One fault at a place in a SOP file; lines and columns count from 1."""

    file: str
    line: int
    column: int
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.sentence}"


def fault(file: str, place: tuple[int, int], code: str, **facts: Any) -> Fault:
    """Build the fault `code` at `place` (line, column); `facts` fill its sentence."""
    # A quoted key may hold a line break; a fault is one line.
    sentence = " ".join(SENTENCES[code].format(**facts).split())
    return Fault(file, place[0], place[1], code, sentence)
