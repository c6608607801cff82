"""Made-up items in the shapes of recorded ones: the same keys in the same order, the same types."""

from __future__ import annotations

from typing import Any

SITE = "https://buatan.bps.example.id"
TEXT = "&lt;b&gt;A. Contoh&lt;/b&gt;&lt;div&gt;Isi &amp;amp; angka buatan.&lt;/div&gt;"


def _variable(number: int, subject: int) -> dict[str, Any]:
    titles = {
        31: "Jumlah Penduduk (buatan)",
        218: "2- Inflasi Tahun Kalender (buatan)",
        9: "Peserta Didik (buatan)",
    }
    return {
        "var_id": number,
        "title": titles.get(number, f"Variabel {number} (buatan)"),
        "sub_id": subject,
        "sub_name": "Kependudukan",
        "subcsa_id": 519,
        "subcsa_name": "Kependudukan dan Migrasi",
        "def": "",
        "notes": TEXT,
        "vertical": 1,
        "unit": "Jiwa",
        "graph_id": 1,
        "graph_name": "bar",
        "turth": 6,
        "turvar": 85,
        "jenis": 1,
    }


def _publication(n: int) -> dict[str, Any]:
    return {
        "pub_id": f"{n:024x}",
        "title": f"Kabupaten Buatan Dalam Angka {2010 + n}",
        "abstract": "Publikasi buatan untuk uji.",
        "issn": "000-000-0000-00-0",
        "sch_date": f"{2010 + n}-02-28",
        "rl_date": f"{2010 + n}-02-28",
        "updt_date": None,
        "cover": f"{SITE}/publication/getImageCover.html?url=buatan",
        "pdf": f"{SITE}/publication/downloadapi.html?data=buatan{n}",
        "size": "13.46 MB",
    }


ITEMS: dict[str, Any] = {
    "domain": [
        {"domain_id": "0000", "domain_name": "Pusat", "domain_url": SITE},
        {"domain_id": "1500", "domain_name": "Provinsi Buatan", "domain_url": SITE},
        {"domain_id": "1507", "domain_name": "Kabupaten Buatan", "domain_url": SITE},
    ],
    "subject": [
        {"sub_id": 12, "title": "Kependudukan", "subcat_id": 1,
         "subcat": "Sosial dan Kependudukan", "ntabel": None},
        {"sub_id": 40, "title": "Gender", "subcat_id": 1, "subcat": "Sosial dan Kependudukan",
         "ntabel": 3},
    ],
    "var": [_variable(n, 12) for n in (31, 218, 9)] + [_variable(n, 40) for n in range(600, 620)],
    "statictable": [
        {"table_id": 16, "title": "Luas Daerah (buatan)", "subj_id": 153, "subj": "Geografi",
         "updt_date": "2020-08-05", "size": "0.03 MB",
         "excel": f"{SITE}/statictable/downloadapi.html?data=buatan"},
    ],
    "pressrelease": [
        {"brs_id": 1969, "subj_id": 8, "subj": "Ekspor-Impor",
         "title": "Ekspor bulan buatan mencapai angka buatan", "abstract": TEXT,
         "rl_date": "2023-09-15", "updt_date": None,
         "pdf": f"{SITE}/pressrelease/downloadapi.html?data=buatan", "size": "6.04 MB",
         "slide": f"{SITE}/website/materi_ind/buatan.pdf",
         "thumbnail": f"{SITE}/website/images/buatan.jpeg"},
    ],
    "publication": [_publication(n) for n in range(1, 13)],
    "news": [
        {"news_id": 54, "newscat_id": "Statistik Lain", "newscat_name": "KEGIATAN LAINNYA",
         "title": "Pelatihan petugas buatan", "news": "Kota --- Bertempat di aula buatan.",
         "rl_date": "2023-08-08", "picture": f"{SITE}/backend/galeri/default.png"},
    ],
    "indicators": [
        {"var": 29, "indicator_id": n, "subject_csa": 535, "title": f"Ekspor {n} (buatan)",
         "name": "Ekspor di provinsi buatan, Januari 2021", "data_source": "Berita Resmi Statistik",
         "value": 600.25 + n, "unit": "Juta US$", "category": 2, "hash_id": "MjkjMg==",
         "periode": "Januari 2021"}
        for n in range(1, 13)
    ],
    "sensus37": [{"id": "sp2020", "kegiatan": "Sensus Penduduk 2020", "tahun_kegiatan": 2020}],
    "sensus39": [{"id": 91622, "kode_mfd": "0", "nama": "INDONESIA", "slug": "1667"}],
    "sensus40": [
        {"id": 1, "id_topik": 9, "topik": "Jumlah dan Distribusi Penduduk", "id_kegiatan": 1,
         "nama": "Jumlah Penduduk (buatan)", "deskripsi": None},
    ],
    "sensus41": {
        "timestamp": "2026-02-01 08:00:00",
        "status": 200,
        "data_count": 2,
        "data": [
            {"id_wilayah": "1667", "kode_wilayah": "0", "nama_wilayah": "INDONESIA",
             "level_wilayah": None, "id_indikator": 1, "nama_indikator": "Penduduk (buatan)",
             "id_kategori_1": 3, "nama_kategori_1": "Jenis Kelamin",
             "id_item_kategori_1": item, "kode_item_kategori_1": str(item),
             "nama_item__kategori_1": name, "id_kategori_2": None, "nama_kategori_2": None,
             "id_item_kategori_2": None, "kode_item_kategori_2": None,
             "nama_item__kategori_2": None, "period": "2022", "nilai": value}
            for item, name, value in ((1, "Laki-laki", 1001), (2, "Perempuan", 1002))
        ],
    },
}  # fmt: skip

_TABLE = (
    "&lt;table class=&quot;excel&quot; cellpadding=0&gt;"
    "&lt;tr&gt;&lt;td rowspan=2&gt;Kecamatan&lt;/td&gt;"
    "&lt;td colspan=2&gt;Luas (buatan)&lt;/td&gt;&lt;/tr&gt;"
    "&lt;tr&gt;&lt;td&gt;km&lt;sup&gt;2&lt;/sup&gt;&lt;/td&gt;&lt;td&gt;%&lt;/td&gt;&lt;/tr&gt;"
    "&lt;tr&gt;&lt;td&gt;Satu&lt;/td&gt;&lt;td&gt;1.234,5&lt;/td&gt;&lt;td&gt;-&lt;/td&gt;"
    "&lt;/tr&gt;&lt;/table&gt;"
)
VIEWS: dict[tuple[str, str], dict[str, Any]] = {
    ("statictable", "16"): {
        "table_id": 16, "sub_id": 153, "title": "Luas Daerah (buatan)", "table": _TABLE,
        "cr_date": "2015-09-27", "updt_date": "2020-08-05",
        "excel": f"{SITE}/statictable/downloadapi.html?data=buatan", "size": "0.03 MB",
    },
    ("pressrelease", "1969"): ITEMS["pressrelease"][0],
    ("news", "54"): ITEMS["news"][0],
    **{
        ("publication", one["pub_id"]): {
            "pub_id": one["pub_id"], "title": one["title"], "kat_no": "1102001.1507",
            "pub_no": "15070.0001",
            **{key: one[key] for key in ("abstract", "issn", "sch_date", "rl_date", "updt_date",
                                         "cover", "pdf", "size")},
            "related": [{"pub_id": f"{99:024x}", "title": "Publikasi lain (buatan)",
                         "rl_date": "2020-01-01", "url": SITE, "cover": SITE}],
        }
        for one in ITEMS["publication"]
    },
}  # fmt: skip
