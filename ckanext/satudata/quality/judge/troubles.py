"""Why a file could not be judged: stable codes, and a sentence for each in two languages."""

from __future__ import annotations

ENGLISH: dict[str, str] = {
    "judge_raised": "The judge broke off over this file ({what}); tell those who run the portal.",
    "time_over": "Judging took longer than {seconds} seconds; split the file.",
    "memory_over": "Judging needed more memory than it may have; split the file.",
    "answer_over": "There is more wrong with this file than can be told at once; list fewer "
    "errors.",
    "process_died": "Judging ended without an answer ({what}); open the file in a spreadsheet "
    "program and save it again.",
    "too_large": "The file is too large; split it.",
    "too_full": "What the file holds is far larger than the file; save it again without formats "
    "and sheets that are not needed.",
    "too_wide": "One of its rows or cells is too long.",
    "stray_cell": "The sheet reaches to {cell}, far beyond its table; delete the rows and columns "
    "behind the table and save it again.",
    "encrypted": "The file has a password; save it without one.",
    "web_page": "The file holds a web page, no table; get the data themselves.",
    "kind_unknown": "The file is of no kind that is judged; save it as CSV or XLSX.",
    "broken": "The file is broken; open it in a spreadsheet program and save it again.",
}
INDONESIAN: dict[str, str] = {
    "judge_raised": "Pemeriksaan terhenti pada berkas ini ({what}); beri tahu pengelola portal.",
    "time_over": "Pemeriksaan melewati {seconds} detik; bagi berkasnya.",
    "memory_over": "Pemeriksaan memerlukan memori di atas batas; bagi berkasnya.",
    "answer_over": "Kesalahan berkas ini terlalu banyak untuk disampaikan sekaligus; minta lebih "
    "sedikit.",
    "process_died": "Pemeriksaan berakhir tanpa jawaban ({what}); buka dan simpan ulang berkasnya "
    "dengan aplikasi lembar kerja.",
    "too_large": "Berkas terlalu besar; bagi berkasnya.",
    "too_full": "Isi berkas jauh lebih besar daripada berkasnya; simpan ulang tanpa format dan "
    "lembar yang tidak perlu.",
    "too_wide": "Salah satu baris atau selnya terlalu panjang.",
    "stray_cell": "Lembar ini menjangkau sampai {cell}, jauh melewati tabelnya; hapus baris dan "
    "kolom di belakang tabel, lalu simpan ulang.",
    "encrypted": "Berkas berkata sandi; simpan tanpa kata sandi.",
    "web_page": "Isi berkas halaman web, bukan tabel; ambil datanya sendiri.",
    "kind_unknown": "Jenis berkas ini tidak diperiksa; simpan sebagai CSV atau XLSX.",
    "broken": "Berkas rusak; buka dan simpan ulang dengan aplikasi lembar kerja.",
}


class Trouble(Exception):
    """The file cannot be judged. `code` is a key of ENGLISH; `facts` fill its sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def sentence(code: str, facts: dict[str, object], *, english: bool = False) -> str:
    """The sentence for a code; Indonesian unless English is asked for."""
    return (ENGLISH if english else INDONESIAN)[code].format_map(facts)
