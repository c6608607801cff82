"""SOP Pengelolaan Data (Kalimantan Timur), written down from the printed sheet.

Its section B names the actors in prose. Step 7 says only "Administrator", and so does the joint
check of step 6: both are a reading.
"""

from __future__ import annotations

from tests.unit.sop.sheets.row import END, Row, Sheet, Time, Way, done

HEAD: dict[str, object] = {
    "nomor": None,
    "nama": "SOP Pengelolaan Data Kalimantan Timur",
    "instansi": "Pemerintah Provinsi Kalimantan Timur, Bidang Teknologi Informasi dan Komunikasi",
    "tanggal": (None, None, None),
    "disahkan_oleh": None,
    "pengertian": None,
    "tujuan": None,
    "ruang_lingkup": None,
    "pengantar": (
        "Pengelolaan Data di Lingkungan Pemerintah Provinsi Kalimantan Timur merupakan kegiatan "
        "yang dilaksanakan Bidang Teknologi Informasi dan Komunikasi yang bertujuan mengelola data "
        "sektoral untuk disimpan sebagai data elektronik dan manual. Jika tidak sesuai dengan "
        "standar Operasional, maka akan terjadi kerusakan data atau informasi."
    ),
    "dasar_hukum": (
        "Undang-undang Nomor 14 tahun 2008 tentang Keterbukaan Informasi Publik",
        "Undang-undang Nomor 25 Tahun 2009 tentang pelayanan Publik",
        "Peraturan Pemerintah Nomor 82 Tahun 2012 tentang Penyelenggaraan Sistem dan Transaksi "
        "Elektronik",
        "Peraturan Menteri Komunikasi dan Informatika Nomor 7 Tahun 2013 tentang Pedoman Penerapan "
        "Interoperabilitas Dokumen Perkantoran",
        "Peraturan Menteri Komunikasi dan Informatika Nomor 14 tahun 2016 tentang Pedoman "
        "Nomenklatur Perangkat Daerah Bidang Komunikasi dan Informatika Nomenkaltur",
    ),
    "keterkaitan": ("SOP – PENGELOLAAN DATABASE", "SOP – BACKUP DAN RESTORE DATABASE"),
    "peringatan": None,
    "kualifikasi": (
        "Administrator mendapat Surat Tugas dari Pimpinan;",
        "Memiliki Pengetahuan yang memadai dalam mengoperasikan Aplikasi, dan Jaringan;",
        "Bertanggung jawab terhadap kerahasiaan, pengamanan terhadap data dan informasi yang "
        "dikelola",
    ),
    "peralatan": (
        "Surat Permohonan, Disposisi",
        "PC, notebook, flashdisk, server, UPS, dll",
        "ATK, Media Komunikasi, Formulir- formulir ATK",
        "Media Komunikasi",
    ),
    "pencatatan": ("Disimpan sebagai data elektronik dan manual",),
    "ketentuan_umum": None,
    "penanggung_jawab": (
        "Penanggung Jawab dari kegiatan ini adalah Bidang Teknologi Informasi dan Komunikasi "
        "dibawah seksi Pengelolaan data dan Integrasi Sistem Informasi berdasarkan Permenkominfo "
        "Nomor 14 Tahun 2006."
    ),
    "waktu_total": Time("3 (tiga) hari kerja", 3, 3, "hari"),
    "penutup": None,
}

ADMINISTRATOR = "Pejabat Administrator"
PENGAWAS = "Pejabat Pengawas/Kasi Pengelolaan Data dan Integrasi"
PENGELOLA = "Pengelola Teknologi Informasi"
SERVER = "Administrator server"

ROWS = (
    Row(1, "menyampaikan untuk melakukan pendataan yang berkaitan dengan data sektoral",
        ADMINISTRATOR, None, done(2),
        needs=("Nota Dinas",), time=Time("30 menit", 30, 30, "menit"), output="Nota Dinas"),
    Row(2, "membuat surat untuk melakukan pendataan atau menerima untuk pengelolaan data",
        PENGAWAS, None, done(3),
        needs=("Nota Dinas",), time=Time("1 Jam", 1, 1, "jam"), output="Surat Pendataan"),
    Row(3, "Menerima data untuk dikelola disimpan atau di update",
        PENGELOLA, None, done(4),
        needs=("Surat Pendataan dan Data",), time=Time("1 hari", 1, 1, "hari"),
        output="Data Sektoral"),
    Row(4, "Menindaklanjuti untuk pengeloaan data harus disimpan atau dilakukan recovery data",
        SERVER, None,
        {"disimpan": Way(5, "sedang"), "diperbarui": Way(5, "sedang"),
         "dipulihkan": Way(5, "sedang")},
        needs=("Data Sektoral",), time=Time("1 hari", 1, 1, "hari"),
        output="Catatan program penyimpanan data, recovery, update data"),
    Row(5, "membuat laporan penyelesaian pengelolaan data",
        PENGELOLA, None, done(6),
        needs=("Catatan program penyimpanan data, recovery, update data",),
        time=Time("1-2 Jam", 1, 2, "jam"), output="Laporan Pengelolaan Data"),
    Row(6, "melakukan pengecekan pengelolaan data telah selesai atau belum selesai",
        PENGAWAS, None,
        {"selesai": Way(7), "belum_selesai": Way(6, "sedang", together=(PENGAWAS, SERVER))},
        needs=("Laporan Pengelolaan Data",), time=Time("1 jam", 1, 1, "jam"),
        output="Perbaikan Laporan Pengelolaan data"),
    Row(7, "melakukan pengecekan pengeleloaan data jika telah selesai maka membuat laporan jika "
           "belum maka dikembalikan kepada pengawas untuk pengecekan",
        ADMINISTRATOR, "sedang", {"selesai": Way(8), "belum_selesai": Way(6)},
        instead="administrator_server",
        needs=("Laporan penyelesaian data",), time=Time("1 jam", 1, 1, "jam"),
        output="Laporan Penyelesaian data"),
    Row(8, "menyelesaikan laporan pengelolaan data akhir",
        PENGAWAS, None, done(9),
        needs=("laporan penyelesaian data",), time=Time("1 Jam", 1, 1, "jam"),
        output="Konsep laporan akhir penyelesaian pekerjaan"),
    Row(9, "menyampaikan kepada walidata",
        PENGELOLA, None, done(END),
        needs=("konsep laporan akhir penyelesaian Pekerjaan",), time=Time("1 Jam", 1, 1, "jam"),
        output="Laporan akhir Penyelesain Pekerjaan"),
)  # fmt: skip

SHEET_003 = Sheet(
    file="003-pengelolaan-data-elektronik.yaml",
    head=HEAD,
    doubted=frozenset(
        {
            "nama",
            "instansi",
            "tanggal",
            "dasar_hukum",
            "peringatan",
            "peralatan",
            "penanggung_jawab",
            "pengendali",
            "catatan_manual",
        }
    ),
    laneless=(),
    rows=ROWS,
)
