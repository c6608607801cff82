"""What is said of a failure or a notice: stable code to sentence, with what mends it.

A failure stops a listing or a record; a notice comes with a record. Some of what is said can be
either (`keys_unexplained`), so which it is, is said by who raises or adds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ENGLISH: dict[str, str] = {
    # The address
    "url_invalid": "The address {url} is not one that is fetched. Write it with a name, without "
    "a password, in letters of ASCII.",
    "url_scheme": "The address {url} begins with neither http nor https.",
    "address_refused": "{host} lies inside the network or at a reserved address. If it is meant, "
    "the operator allows it by name.",
    "port_refused": "The port of {host} is not one of the web.",
    "redirect_unsealed": "{host} led from https to http. Ask its keeper to mend that.",
    "too_many_redirects": "{host} leads on again and again.",
    # The line
    "host_unknown": "The name {host} was not found. It is tried again at the next run.",
    "connect_failed": "{host} takes no connection. It is tried again at the next run.",
    "connect_timeout": "{host} did not take the connection in time. It is tried again.",
    "connection_lost": "{host} broke the connection. It is tried again at the next run.",
    "read_timeout": "{host} sent nothing for too long. It is tried again at the next run.",
    "deadline_passed": "The answer was not complete within {seconds} seconds.",
    "tls_failed": "The certificate of {host} cannot be trusted. Ask its keeper to renew it.",
    # The answer
    "http_status": "{host} answered with status {status}.",
    "not_allowed": "{host} refuses access (status {status}). Look at the key.",
    "rate_limited": "{host} asks for patience, {pause} seconds. The next run goes on.",
    "too_large": "The answer is larger than {size} bytes.",
    "body_truncated": "The answer of {host} ended before its end.",
    "body_broken": "The answer of {host} could not be unpacked.",
    "empty_body": "The answer of {host} is empty.",
    "firewall_page": "The firewall of {host} refused the question with a page. Ask its keeper to "
    "let this portal in.",
    "html_instead": "{host} sent a page instead of data. It may be under repair.",
    "kind_unexpected": "{host} sent {found} where {expected} was expected.",
    "kind_unknown": "{host} sent a file of a kind that is not read here, where {expected} was "
    "expected.",
    "json_broken": "The answer of {host} is no valid JSON.",
    "json_too_full": "The answer of {host} holds {count} values; {most} are taken. Ask for less "
    "at once.",
    # What the source says
    "key_rejected": "The source does not take the key. Enter a valid one.",
    "key_missing": "The source misses its key. Enter one.",
    "periods_too_many": "The source gives {most} periods at once; {given} were asked for.",
    "not_found": "The source does not have: {what}.",
    "nothing_available": "The source has no data for {what}.",
    "source_error": "The source says: {message}",
    # What is not as described
    "shape_unexpected": "The answer is not built as described, at {where}. The source may have "
    "changed; tell the makers of this portal.",
    "value_unexpected": "The value {value} of {key} is no number.",
    "keys_unexplained": "{count} values belong to no row of the table ({keys}).",
    "table_too_large": "The table has too many cells ({count}).",
    "too_many_tags": "The dataset has {count} tags; {most} are taken.",
    "too_many_resources": "The dataset has {count} files; {most} are taken.",
    "table_unreadable": "The table could not be read: {why}.",
    "workbook_locked": "The workbook has a password. Ask its keeper to publish it without one.",
    "workbook_too_full": "The workbook holds far more than its table, or a text beyond all "
    "measure. Ask its keeper to save it anew.",
    "sheet_missing": "The workbook has no sheet {sheet}.",
    "reading_too_long": "Reading the table took longer than {seconds} seconds.",
    "table_empty": "The table has no row.",
    "listing_incomplete": "The listing holds {seen} datasets where the source names {told}. "
    "Nothing is deleted.",
    "links_missing": "The page of {host} links to no CSV, XLSX or ODS.",
    "listing_changed": "The listing changed while it was read ({before}, then {after}). Nothing "
    "is deleted; the next run reads it anew.",
    "declared_missing": "The declaration of the source lacks {where}.",
    "declared_unknown": "The declaration of the source holds {where}, which a source of this kind "
    "does not know.",
    "declared_one_of": "The declaration of the source has to hold exactly one of: {keys}.",
    "declared_value": "What the declaration of the source holds at {where} is not taken; look at "
    "what stands for this key in the reference of sources.",
    "declared_key": "The declaration of the source holds a key at {where}. Store it apart, and "
    "write {{key}} in its place.",
    # What comes with a record
    "keys_ambiguous": "{count} values were left out, for it is not told which of two rows each "
    "belongs to ({keys}).",
    "numbers_unreadable": "{count} values are no numbers and were left empty, such as “{example}”.",
    "number_style_undeclared": "Which sign divides decimals is not declared, so the columns "
    "{columns} stay text.",
    "columns_untitled": "Columns without a title: {columns}.",
    "columns_renamed": "Headings that were empty or twofold got names: {columns}.",
    "links_dropped": "{count} links that do not lead to the web were left out.",
    "rows_uneven": "{count} rows were longer or shorter than the headings.",
    "static_table_as_shown": "The table is given as its page shows it; its headings are rows.",
    "static_table_unread": "The page of the table held no table; use the file that is linked.",
    "shape_unproven": "How the source answers here ({what}) was never seen recorded; compare a "
    "few figures with the source.",
}
INDONESIAN: dict[str, str] = {
    "url_invalid": "Alamat {url} tidak dapat diambil. Tulis dengan nama, tanpa kata sandi, dengan "
    "huruf ASCII.",
    "url_scheme": "Alamat {url} tidak diawali http atau https.",
    "address_refused": "{host} berada di dalam jaringan atau di alamat khusus. Bila memang itu "
    "maksudnya, pengelola sistem mengizinkannya menurut nama.",
    "port_refused": "Porta {host} bukan porta web.",
    "redirect_unsealed": "{host} mengalihkan dari https ke http. Minta pengelolanya memperbaiki.",
    "too_many_redirects": "{host} mengalihkan terus-menerus.",
    "host_unknown": "Nama {host} tidak ditemukan. Dicoba lagi pada putaran berikutnya.",
    "connect_failed": "{host} tidak menerima sambungan. Dicoba lagi pada putaran berikutnya.",
    "connect_timeout": "{host} terlalu lama menerima sambungan. Dicoba lagi.",
    "connection_lost": "{host} memutus sambungan. Dicoba lagi pada putaran berikutnya.",
    "read_timeout": "{host} terlalu lama diam. Dicoba lagi pada putaran berikutnya.",
    "deadline_passed": "Jawaban tidak lengkap dalam {seconds} detik.",
    "tls_failed": "Sertifikat {host} tidak dapat dipercaya. Minta pengelolanya memperbarui.",
    "http_status": "{host} menjawab dengan status {status}.",
    "not_allowed": "{host} menolak akses (status {status}). Periksa kuncinya.",
    "rate_limited": "{host} minta jeda {pause} detik. Dilanjutkan pada putaran berikutnya.",
    "too_large": "Jawaban lebih besar daripada {size} bita.",
    "body_truncated": "Jawaban {host} terputus sebelum selesai.",
    "body_broken": "Jawaban {host} tidak dapat dibuka dari pemampatannya.",
    "empty_body": "Jawaban {host} kosong.",
    "firewall_page": "Permintaan ditolak firewall {host} dengan sebuah halaman. Minta pengelolanya "
    "mengizinkan portal ini.",
    "html_instead": "{host} mengirim halaman web, bukan data. Mungkin sedang dipelihara.",
    "kind_unexpected": "{host} mengirim {found}, padahal yang diminta {expected}.",
    "kind_unknown": "{host} mengirim berkas yang jenisnya tidak dibaca di sini, padahal yang "
    "diminta {expected}.",
    "json_broken": "Jawaban {host} bukan JSON yang sah.",
    "json_too_full": "Jawaban {host} memuat {count} nilai; paling banyak {most}. Minta lebih "
    "sedikit sekaligus.",
    "key_rejected": "Sumber tidak menerima kuncinya. Isi dengan kunci yang berlaku.",
    "key_missing": "Sumber tidak menerima kunci apa pun. Isi kuncinya.",
    "periods_too_many": "Sumber memberi {most} periode sekali minta; yang diminta {given}.",
    "not_found": "Tidak ada di sumber: {what}.",
    "nothing_available": "Sumber tidak punya data untuk {what}.",
    "source_error": "Kata sumber: {message}",
    "shape_unexpected": "Susunan jawaban lain daripada yang dikenal, di {where}. Mungkin sumbernya "
    "berubah; beri tahu pembuat portal ini.",
    "value_unexpected": "Nilai {value} pada {key} bukan angka.",
    "keys_unexplained": "{count} nilai tidak termasuk baris mana pun ({keys}).",
    "table_too_large": "Tabel punya terlalu banyak sel ({count}).",
    "too_many_tags": "Data ini punya {count} kata kunci; paling banyak {most}.",
    "too_many_resources": "Data ini punya {count} berkas; paling banyak {most}.",
    "table_unreadable": "Tabel tidak terbaca: {why}.",
    "workbook_locked": "Buku kerja berkata sandi. Minta pengelolanya menerbitkan tanpa sandi.",
    "workbook_too_full": "Isi buku kerja jauh melebihi tabelnya, atau memuat teks di luar batas. "
    "Minta pengelolanya menyimpan ulang.",
    "sheet_missing": "Buku kerja tidak punya lembar {sheet}.",
    "reading_too_long": "Tabel dibaca lebih dari {seconds} detik.",
    "table_empty": "Tabel tidak punya baris.",
    "listing_incomplete": "Daftar memuat {seen} data, padahal sumber menyebut {told}. Tidak ada "
    "yang dihapus.",
    "links_missing": "Halaman {host} tidak menautkan CSV, XLSX, atau ODS.",
    "listing_changed": "Daftar berubah selagi dibaca ({before}, lalu {after}). Tidak ada yang "
    "dihapus; putaran berikutnya membaca ulang.",
    "declared_missing": "Keterangan sumber belum memuat {where}.",
    "declared_unknown": "Keterangan sumber memuat {where}, yang tidak dikenal jenis sumber ini.",
    "declared_one_of": "Keterangan sumber harus memuat tepat satu dari: {keys}.",
    "declared_value": "Isi keterangan sumber di {where} tidak dapat dipakai; lihat kunci ini di "
    "rujukan sumber.",
    "declared_key": "Keterangan sumber memuat kunci rahasia di {where}. Simpan terpisah, dan tulis "
    "{{key}} di tempatnya.",
    "keys_ambiguous": "{count} nilai ditinggalkan karena tidak pasti milik baris yang mana dari "
    "dua ({keys}).",
    "numbers_unreadable": "{count} nilai bukan angka dan dikosongkan, misalnya “{example}”.",
    "number_style_undeclared": "Tanda desimalnya tidak disebut, maka kolom {columns} tetap teks.",
    "columns_untitled": "Kolom tanpa judul: {columns}.",
    "columns_renamed": "Judul kolom yang kosong atau kembar diberi nama: {columns}.",
    "links_dropped": "{count} tautan yang tidak menuju web ditinggalkan.",
    "rows_uneven": "{count} baris lebih panjang atau lebih pendek daripada judul kolom.",
    "static_table_as_shown": "Tabel diberikan seperti di halamannya; judul kolomnya berupa baris.",
    "static_table_unread": "Halaman tabel tidak memuat tabel; pakai berkas yang ditautkan.",
    "shape_unproven": "Bentuk jawaban sumber di sini ({what}) belum pernah terlihat terekam; "
    "bandingkan beberapa angka dengan sumbernya.",
}


def sentence(code: str, facts: Mapping[str, Any], language: str = "id") -> str:
    """The sentence of a failure or a notice; `language` is id, or else English."""
    return (INDONESIAN if language == "id" else ENGLISH)[code].format(**facts)
