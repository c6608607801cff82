"""SOP Pelaksanaan Pengelolaan Data dan Informasi (Tebing Tinggi, 2024), from the printed sheet.

Only the boxes of steps 7 and 8 survive, both in the lane of the staff. Line ends inside the cells
of completeness are lost: the items here, joined by blanks, are the cell as printed. A dash in the
column of remarks is no remark.
"""

from __future__ import annotations

from tests.unit.sop.sheets.row import END, Row, Sheet, Time, Way, done

HEAD: dict[str, object] = {
    "nomor": None,
    "nama": "Pelaksanaan Pengelolaan Data Dan Informasi",
    "instansi": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kota Tebing Tinggi",
    "tanggal": ("2024-03", "2024-03", "2024-03"),
    "disahkan_oleh": "Plt. Kepala Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "pengertian": None,
    "tujuan": None,
    "ruang_lingkup": None,
    "pengantar": None,
    "dasar_hukum": (
        "Undang-Undang Nomor 14 Tahun 2008 tentang keterbukaan informasi publik (lembaran Negara "
        "RI Tahun 2008 Nomor 61, Tambahan lembaran Negara RI Nomor 4846);",
        "Peraturan Menteri Dalam Negeri Nomor 52 Tahun 2011 tentang Standar Operasional Prosedur "
        "Di Lingkungan Pemerintah Provinsi dan Kabupaten/Kota;",
        "Peraturan Daerah Kota Tebing Tinggi Nomor 3 Tahun 2016 tentang Pembentukan Perangkat "
        "Daerah Kota Tebing Tinggi sebagaimana diubah dengan Peraturan Daerah Kota Tebing Tinggi "
        "Nomor 2 Tahun 2021 tentang Perubahan Atas Peraturan Daerah Nomor 3 Tahun 2016 tentang "
        "Pembentukan Perangkat Daerah Kota Tebing Tinggi;",
    ),
    "keterkaitan": ("SOP Pengelolaan Data",),
    "peringatan": (
        "Apabila Pelaksanaan pengelolaan data dan informasi tidak berjalan dengan baik maka "
        "keterlambatan informasi, validasi dan akurasi data mempengaruhi kecepatan pekerjaan "
        "sehingga berimplikasi terhadap kinerja dan kemudian terhadap TPP",
    ),
    "kualifikasi": (
        "Mengetahui tugas dan fungsi pengolah data dan informasi",
        "Mengetahui tugas dan fungsi Jabatan",
        "Mengetahui tata cara pelaksanaan pengelolaan data dan informasi",
        "Mengetahui jaringan internet serta penggunaan aplikasi",
    ),
    "peralatan": ("Lembaran Kerja", "Aplikasi Informasi, Komputer, Jaringan internet", "ATK"),
    "pencatatan": (
        "Aktivitas Pelaksanaan pengelola data dan informasi dicatat dan didata sebagai dokumen "
        "atau bahan laporan pengolah data dan informasi",
    ),
    "ketentuan_umum": None,
    "penanggung_jawab": None,
    "waktu_total": None,
    "penutup": None,
}

STAF = "Staf/Jabatan Fungsional Umum"

ROWS = (
    Row(1, "Menyiapkan data dan informasi, program dan kegiatan unit",
        STAF, "sedang", done(2), instead="kasubag_program",
        needs=("Agenda kerja", "Data dan informasi"), time=Time("10 Menit", 10, 10, "menit"),
        output="Data dan informasi", remark="Pelaksanaannya bisa berulang"),
    Row(2, "Melakukan koordinasi atau konfirmasi atas data yang ada terkait akurasi dan "
           "validasinya",
        "Kasubag Program", "sedang", done(3), instead="staf",
        needs=("Data dan informasi", "Alat komunikasi, surat", "ATK"),
        time=Time("10 Menit", 10, 10, "menit"),
        output="Data dan informasi", remark="Pelaksanaan bisa berulang"),
    Row(3, "Pengolah dan mengentry data melalui rekapitulasi, komplikasi dan tabulasi serta grafik "
           "sesuai kelompoknya",
        STAF, "tinggi", done(4),
        needs=("Data dan informasi", "ATK, Komputer"), time=Time("10 Hari", 10, 10, "hari"),
        output="Data dan informasi, Papan informasi, buku, gambar"),
    Row(4, "Menyajikan data secara cepat, mudah diakses dan valid kepada semua pengguna serta "
           "nomor telp, faximile",
        STAF, "sedang", done(5), instead="kasubag_program",
        needs=("Data dan informasi", "Telp, Fax, Internet", "Komputer"),
        time=Time("5 Menit", 5, 5, "menit"), output="Data dan informasi"),
    Row(5, "Mengajukan dan meminta persetujuan kepada kepala terkait data yang akan dipublish",
        "Sekretaris", "rendah", done(6), instead="kasubag_program",
        needs=("Data dan informasi", "Draft data publikasi"), time=Time("3 Menit", 3, 3, "menit"),
        output="Data dan informasi"),
    Row(6, "Mencermati dan menganalisa data. Jika data publikasi melalui brosur, bookleat dan "
           "internet sudah benar akan diberikan persetujuan, dan jika belum akan dikembalikan "
           "untuk diperbaiki",
        "Kepala Dinas", "tinggi", {"disetujui": Way(7), "dikembalikan": Way(3, "sedang")},
        needs=("Data dan informasi", "Draft data publikasi"),
        time=Time("10 Menit", 10, 10, "menit"),
        output="Data dan informasi", remark="Pelaksanaannya bisa berulang"),
    Row(7, "Menyediakan dan menyajikan barang publikasi lewat cetakan dan internet",
        STAF, None, done(8),
        needs=("Data dan informasi", "barang publikasi"), time=Time("5 Menit", 5, 5, "menit"),
        output="Data dan informasi"),
    Row(8, "Menyimpan semua file sebagai data soft dan untuk kepentingan internal",
        STAF, None, done(END),
        needs=("Flash disk, Hardisk",), time=Time("2 Menit", 2, 2, "menit"),
        output="Dokumentasi", remark="SOP Pengelolaan Data"),
)  # fmt: skip

SHEET_004 = Sheet(
    file="004-pengelolaan-data-informasi.yaml",
    head=HEAD,
    doubted=frozenset({"nomor", "tanggal", "pengendali", "catatan_manual"}),
    laneless=(),
    rows=ROWS,
)
