"""SOP Pengelolaan Data (Tanjung Jabung Barat, 2023), written down from the printed sheet.

The cells of its six lanes are empty, and it gives no completeness document, time or output.
"""

from __future__ import annotations

from tests.unit.sop.sheets.row import END, Row, Sheet, Way, done

HEAD: dict[str, object] = {
    "nomor": "DISKOMINFO 2.7",
    "nama": "SOP Pengelolaan Data",
    "instansi": "Dinas Komunikasi dan Informatika Kabupaten Tanjung Jabung Barat",
    "tanggal": ("2023-04-29", "2023-04-30", "2023-05-02"),
    "disahkan_oleh": "Kepala Dinas Komunikasi dan Informatika Kab. Tanjab Barat",
    "pengertian": None,
    "tujuan": None,
    "ruang_lingkup": None,
    "pengantar": None,
    "dasar_hukum": (
        "Undang-Undang Nomor 16 Tahun 1997 tentang Statistik;",
        "UU Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik.",
        "UU Nomor 25 Tahun 2009 tentang Pelayanan Perda Kabupaten Tanjung Jabung Barat Nomor 6 "
        "Tahun 2016 tentang Pembentukan dan Susunan Perangkat Daerah.",
        "Peraturan Bupati Tanjung Jabung Barat Nomor 51 Tahun 2016 tentang Susunan Organisasi dan "
        "Tata Kerja Dinas Komunikasi dan Informatika.",
    ),
    "keterkaitan": ("Internal dan Eksternal",),
    "peringatan": (
        "Data yang tidak lengkap menyebabkan hasil analisa yang tidak akurat",
        "Apabila pengumpulan datanya terlambat maka data yang disampaikan tidak akan masuk basis "
        "data sistem dan menghambat periode publikasi data",
    ),
    "kualifikasi": (
        "Kepala Dinas Komunikasi dan Informatika",
        "Sekretaris Dinas",
        "Kepala Bidang Teknologi Informasi Komunikasi dan Persandian",
        "Kepala Seksi Pengelolaan Data Statistik dan Integrasi Sistem Informasi",
        "Jabatan Fungsional Umum",
        "Produsen Data",
    ),
    "peralatan": (
        "Server",
        "Perangkat Komputer",
        "Jaringan Internet",
        "Perangkat Percetakan",
        "Email Dinas",
        "ATK",
        "Aplikasi",
    ),
    "pencatatan": (
        "Pencatatan dan pendataan dilakukan dengan menggunakan aplikasi yang tersedia (portal satu "
        "data, excel) dan/atau menggunakan pencatatan manual",
    ),
    "ketentuan_umum": None,
    "penanggung_jawab": None,
    "waktu_total": None,
    "penutup": None,
}

ROWS = (
    Row(1, "Menugaskan Kabid untuk melaksanakan pengelolaan data statistik sektoral",
        "Kadis", "tinggi", done(2)),
    Row(2, "Mengarahkan dan menugaskan Kasi untuk melaksanakan pengelolaan data statistik "
           "sektoral Kabupaten Tanjung Jabung Barat",
        "Kabid", "tinggi", done(3)),
    Row(3, "Mengarahkan dan menugaskan staf untuk menyusun daftar data sektoral yang akan dihimpun",
        "Kasi", "tinggi", done(4)),
    Row(4, "Menyusun daftar data sektoral yang akan dihimpun", "Staf", "tinggi", done(5)),
    Row(5, "Mengoreksi hasil pelaksanaan tugas staf statistik daerah. Jika sesuai mengirim dokumen "
           "permintaan data sektoral kepada BPS. Jika tidak sesuai dikembalikan kepada staf untuk "
           "diperbaiki",
        "Kasi", "tinggi", {"sesuai": Way(6), "tidak_sesuai": Way(4)}),
    Row(6, "Memeriksa dokumen permintaan data", "BPS", "tinggi",
        {"sesuai": Way(7, "rendah"), "perlu_perbaikan": Way(5, "rendah")}),
    Row(7, "Mengirim dokumen permintaan data sektoral kepada Produsen data",
        "Kasi", "sedang", done(8), instead="bps, kabid"),
    Row(8, "Menyampaikan data sesuai permintaan dan telah divalidasi oleh pimpinan sumber data",
        "Produsen Data", "tinggi", done(9)),
    Row(9, "Melakukan verifikasi data dari produsen data. Data yang belum lengkap dikembalikan "
           "kepada produsen data untuk dilengkapi. Sedangkan data yang sudah lengkap diteruskan ke "
           "staf.",
        "Kasi", "sedang", {"lengkap": Way(10), "belum_lengkap": Way(8)}, instead="kabid"),
    Row(10, "Menghimpun, mengolah, menganalisa data yang sudah lengkap.",
        "Staf", "tinggi", done(11)),
    Row(11, "Memeriksa hasil analisis data statistik sektoral.", "Kasi", "sedang",
        {"sesuai": Way(12, "sedang"), "tidak_sesuai": Way(10, "sedang")}, instead="kabid"),
    Row(12, "Mengirim hasil analisis data statistik sektoral ke BPS.",
        "Kabid", "rendah", done(13), instead="kasi, kepala_dinas"),
    Row(13, "Memverifikasi kelayakan data untuk diseminasi dan publikasi.", "BPS", "tinggi",
        {"layak": Way(14, "sedang"), "tidak_layak": Way(10, "rendah")}),
    Row(14, "Memerintahkan staf untuk melakukan diseminasi dan publikasi data pada Satu Data "
            "Kabupaten Tanjung Jabung Barat",
        "Kasi", "sedang", done(15), instead="kabid"),
    Row(15, "Melakukan diseminasi dan publikasi data statistik sektoral pada portal Satu Data "
            "Kabupaten Tanjung Jabung Barat",
        "Staf", "tinggi", done(16)),
    Row(16, "Mengarsipkan file hasil analisis data statistik sektoral.",
        "Staf", "tinggi", done(END)),
)  # fmt: skip

SHEET_002 = Sheet(
    file="002-pengelolaan-data.yaml",
    head=HEAD,
    doubted=frozenset({"tanggal", "dasar_hukum", "kualifikasi", "pengendali"}),
    laneless=("Pimpinan sumber data",),
    rows=ROWS,
)
