"""SOP Manajemen Data (Kuala Tungkal, 2025), written down from the printed sheet.

"Analisis Data" is what it prints for the actor of step 5; the file writes "Analis Data" and marks
it. Times stand there for stages: 3 and 4 share one, so do 6 and 7. Its drawing is lost: outcomes
and returns are a reading.
"""

from __future__ import annotations

from tests.unit.sop.sheets.row import END, Row, Sheet, Time, Way, done

HEAD: dict[str, object] = {
    "nomor": None,
    "nama": "SOP Manajemen Data",
    "instansi": "Dinas Komunikasi dan Informatika Kabupaten Tanjung Jabung Barat",
    "tanggal": (None, None, "2025-01-20"),
    "disahkan_oleh": "Kepala Dinas",
    "pengertian": (
        "SOP Manajemen Data adalah prosedur standar yang digunakan untuk mengatur proses "
        "pengumpulan, pengolahan, penyimpanan, validasi, pemutakhiran, distribusi, dan pengamanan "
        "data agar data yang dihasilkan akurat, valid, mutakhir, terpadu, dan dapat "
        "dipertanggungjawabkan."
    ),
    "tujuan": (
        "Menjamin kualitas data yang dikelola.",
        "Menyeragamkan proses pengelolaan data.",
        "Meningkatkan efektivitas dan efisiensi pengelolaan data.",
        "Menjamin keamanan dan kerahasiaan data.",
        "Mendukung pengambilan keputusan berbasis data.",
    ),
    "ruang_lingkup": (
        "Pengumpulan data",
        "Verifikasi dan validasi data",
        "Pengolahan data",
        "Penyimpanan data",
        "Pemutakhiran data",
        "Distribusi data",
        "Pengamanan dan backup data",
    ),
    "pengantar": None,
    "dasar_hukum": None,
    "keterkaitan": None,
    "peringatan": None,
    "kualifikasi": None,
    "peralatan": None,
    "pencatatan": None,
    "ketentuan_umum": (
        "Data yang dikelola harus berasal dari sumber resmi.",
        "Setiap perubahan data wajib terdokumentasi.",
        "Backup data dilakukan secara berkala.",
        "Hak akses data diberikan sesuai kewenangan.",
        "Data rahasia wajib dilindungi sesuai ketentuan peraturan",
    ),
    "penanggung_jawab": None,
    "waktu_total": None,
    "penutup": (
        "SOP Manajemen Data ini digunakan sebagai pedoman dalam pelaksanaan pengelolaan data pada "
        "perangkat daerah/instansi agar tercipta tata kelola data yang efektif, efisien, dan "
        "akuntabel."
    ),
}

ROWS = (
    Row(1, "Menerima data dari OPD/unit kerja/sumber data", "Admin Data", None, done(2),
        stage="Permintaan/Input Data", output="Data Awal"),
    Row(2, "Menghimpun data sesuai format dan periode", "Admin Data", None, done(3),
        stage="Pengumpulan Data", time=Time("1–3 Hari", 1, 3, "hari"), output="Data Terkumpul"),
    Row(3, "Verifikasi Data", "Verifikator", None,
        {"sesuai": Way(4, "sedang"), "tidak_sesuai": Way(2, "tinggi")},
        stage="Verifikasi Data", time=Time("1–2 Hari", 1, 2, "hari", (4,)),
        output="Data terverifikasi"),
    Row(4, "Memastikan kebenaran dan konsistensi data", "Validator", None,
        {"valid": Way(5, "sedang"), "tidak_valid": Way(3, "sedang")},
        stage="Validasi Data", time=Time("1–2 Hari", 1, 2, "hari", (3,)), output="Data Valid"),
    Row(5, "Pengolahan dan penyusun Data menjadi informasi", "Analis Data", None, done(6),
        stage="Pengolahan Data", time=Time("1 Hari", 1, 1, "hari"),
        output="Informasi/Data Olahan"),
    Row(6, "Menyimpan Data dalam database server/media penyimpanan", "Admin Sistem", None, done(7),
        stage="Penyimpanan Data", time=Time("Harian", None, None, "harian", (7,)),
        output="Arsip Data"),
    Row(7, "Melakukan Backup & Pengamanan akses Data", "Admin Sistem", None, done(8),
        stage="Backup & Keamanan Data", time=Time("Harian", None, None, "harian", (6,)),
        output="Backup Data"),
    Row(8, "Menyampaikan data kepada pengguna/internal publik", "Pengelola Data", None, done(9),
        stage="Distribusi/Publikasi Data",
        time=Time("Sesuai kebutuhan", None, None, "sesuai_kebutuhan"), output="Data terpublikasi"),
    Row(9, "Melakukan evaluasi kualitas dan pemanfaatan data", "Pimpinan/Tim Data", None, done(END),
        stage="Monitoring dan Evaluasi", time=Time("Bulanan/Triwulan", None, None, "bulanan"),
        output="Laporan Evaluasi"),
)  # fmt: skip

SHEET_000 = Sheet(
    file="000-manajemen-data.yaml",
    head=HEAD,
    doubted=frozenset({"instansi", "tanggal", "ruang_lingkup", "pengendali", "catatan_manual"}),
    laneless=("Produsen Data",),
    rows=ROWS,
)
