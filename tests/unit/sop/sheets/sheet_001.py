"""SOP Pengelolaan dan Pengamanan Data (Pringsewu, 2024), written down from the printed sheet.

The cells of its three lanes are empty: the actors are those that the sister sheet of Kalimantan
Timur names for the same words.
"""

from __future__ import annotations

from tests.unit.sop.sheets.row import END, Row, Sheet, Time, Way, done

HEAD: dict[str, object] = {
    "nomor": "075/ 151 /D.12/2024",
    "nama": "Pengelolaan dan Pengamanan Data",
    "instansi": "Dinas Komunikasi dan Informatika Kabupaten Pringsewu",
    "tanggal": ("2024-07-23", None, None),
    "disahkan_oleh": "Penjabat Wali Kota Pringsewu",
    "pengertian": None,
    "tujuan": None,
    "ruang_lingkup": None,
    "pengantar": None,
    "dasar_hukum": (
        "Undang-Undang Nomor 16 Tahun 1997 Tentang Statistik",
        "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan daerah",
        "Peraturan Pemerintah Nomor 51 Tahun 1999 tentang Penyelenggaraan Statistik",
        "Peraturan Presiden Nomor 39 Tahun 2019 Tentang Satu Data Indonesia",
        "Peraturan BPS Nomor 4 Tahun 2019 tentang NSPK Statistik Sektoral (Normal Standar), "
        "Prosedur dan Kriteria Penyelenggaraan Statistik Sektoral oleh Pemerintah Daerah",
        "Peraturan Bupati Pringsewu Nomor 20 Tahun 2021 tentang Satu Data Indonesia Tingkat "
        "Kabupaten Pringsewu",
    ),
    "keterkaitan": (
        "SOP ini wajib diterapkan untuk seluruh kegiatan statistik pada semua perangkat daerah di "
        "lingkup Pemerintah Daerah Kabupaten Pringsewu",
    ),
    "peringatan": (
        "Jika SOP ini tidak dijalankan maka data tidak dapat dipergunakan secara maksimal oleh "
        "pengguna data karena data menjadi tidak akurat bahkan kehilangan data.",
    ),
    "kualifikasi": (
        "Pelaksana memiliki keterampilan komputer",
        "Pelaksana memiliki pengetahuan yang memadai dalam mengoperasikan aplikasi dan jaringan",
        "Pelaksana bertanggung jawab terhadap kerahasiaan, pengamanan terhadap data dan informasi "
        "yang dikelola",
        "Pelaksana mengetahui tugas dan mekanisme pembuatan laporan",
    ),
    "peralatan": ("ATK", "Komputer / Laptop", "Jaringan Internet", "Software pengolahan data"),
    "pencatatan": None,
    "ketentuan_umum": None,
    "penanggung_jawab": None,
    "waktu_total": None,
    "penutup": None,
}

ADMINISTRATOR = "Pejabat Administrator"
PENGAWAS = "Pejabat pengawas/Kasi pengelolaan data dan integrasi"
PENGELOLA = "Pengelola teknologi informasi"
SERVER = "Administrator server"

ROWS = (
    Row(1, "Menyampaikan untuk melakukan pendataan yang berkaitan dengan data sektoral",
        ADMINISTRATOR, "rendah", done(2), instead="pejabat_pengawas",
        needs=("nota dinas",), time=Time("1 jam", 1, 1, "jam"), output="Nota Dinas"),
    Row(2, "Membuat surat untuk melakukan pendataan atau menerima untuk pengolahan data",
        PENGAWAS, "tinggi", done(3),
        needs=("nota dinaas",), time=Time("1 jam", 1, 1, "jam"), output="Surat Pendataan"),
    Row(3, "Menerima data untuk dikelola disimpan atau di update dan menjaga kerahasiaan data "
           "untuk data - data yang dikecualikan",
        PENGELOLA, "tinggi", done(4),
        needs=("surat pendataan dan data",), time=Time("1 hari", 1, 1, "hari"),
        output="Data sektoral"),
    Row(4, "Menindaklanjuti untuk pengelolaan data harus disimpan atau dilakukan recovery data",
        SERVER, "tinggi",
        {"disimpan": Way(5, "sedang"), "diperbarui": Way(5, "sedang"),
         "dipulihkan": Way(5, "sedang")},
        needs=("data sektoral",), time=Time("1 hari", 1, 1, "hari"),
        output="Catatan program penyimpanan data, recovery, update data"),
    Row(5, "membuat laporan penyelesaian pengelolaan data",
        PENGELOLA, "tinggi", done(6),
        needs=None, time=Time("1 hari", 1, 1, "hari"), output="Laporan Pengelolaan Data"),
    Row(6, "melakukan penggecekan pengelolaan data telah selesai atau belum selesai",
        PENGAWAS, "tinggi", {"selesai": Way(7), "belum_selesai": Way(5, "sedang")},
        needs=("laporan pengelolaan data",), time=Time("1 jam", 1, 1, "jam"),
        output="Perbaikan laporan pengelolaan data"),
    Row(7, "melakukan penggecekan pengelolaan data, jika telah selesai maka membuat laporan, jika "
           "belum maka dikembalikan kepada pengawas untuk pengecekan",
        ADMINISTRATOR, "rendah", {"selesai": Way(8), "belum_selesai": Way(6)},
        instead="administrator_server",
        needs=("laporan penyelesaian data",), time=Time("1 jam", 1, 1, "jam"),
        output="Laporan Penyelesaian data"),
    Row(8, "Menyelesaikan laporan pengelolaan data akhir",
        PENGAWAS, "tinggi", done(9),
        needs=("laporan penyelesaian data",), time=Time("3 hari", 3, 3, "hari"),
        output="Konsep laporan akhir penyelesaian pekerjaan"),
    Row(9, "Menyampaikan kepada wali data",
        PENGELOLA, "tinggi", done(END),
        needs=("konsep laporan akhir penyelesaian pekerjaan",), time=Time("1 jam", 1, 1, "jam"),
        output="Laporan akhir penyelesaian pekerjaan"),
)  # fmt: skip

SHEET_001 = Sheet(
    file="001-pengelolaan-pengamanan-data.yaml",
    head=HEAD,
    doubted=frozenset({"tanggal", "disahkan_oleh", "pengendali", "catatan_manual"}),
    laneless=(ADMINISTRATOR,),
    rows=ROWS,
)
