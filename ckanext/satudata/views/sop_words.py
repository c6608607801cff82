"""What the cells and codes of a SOP are called on a page, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from ckan.plugins import toolkit as tk

from ckanext.satudata.msgid import N_

CELLS: Mapping[str, str] = {
    "nomor": N_("Number of the SOP"),
    "nama": N_("Name of the SOP"),
    "instansi": N_("Office"),
    "tanggal": N_("Dates"),
    "tanggal.pembuatan": N_("Date drawn up"),
    "tanggal.revisi": N_("Date revised"),
    "tanggal.pengesahan": N_("Date signed"),
    "disahkan_oleh": N_("Signed by"),
    "pengertian": N_("Definition"),
    "tujuan": N_("Purposes"),
    "ruang_lingkup": N_("Scope"),
    "pengantar": N_("Introduction"),
    "dasar_hukum": N_("Legal basis"),
    "keterkaitan": N_("Related SOPs"),
    "peringatan": N_("Warnings"),
    "kualifikasi": N_("Qualifications"),
    "peralatan": N_("Equipment"),
    "pencatatan": N_("Records"),
    "ketentuan_umum": N_("General rules"),
    "penanggung_jawab": N_("Answerable"),
    "waktu_total": N_("Total time"),
    "penutup": N_("Closing words"),
    "pengendali": N_("Who steers a case"),
    "bidang": N_("Fields that may be corrected"),
    "catatan_manual": N_("Records on paper"),
    "zona_waktu": N_("Time zone"),
    "jam_per_hari": N_("Working hours per day"),
    "perintah": N_("Words on the button"),
    "tahapan": N_("Stage"),
    "uraian": N_("Activity"),
    "lingkup": N_("Whole list or each dataset"),
    "pelaksana": N_("Actors"),
    "mutu_baku": N_("Quality norm"),
    "kelengkapan": N_("Completeness"),
    "waktu": N_("Time"),
    "output": N_("Output"),
    "keputusan": N_("Decisions"),
    "kembali": N_("Returns"),
    "berulang": N_("Done again without a return"),
    "massal": N_("Several cases in one sending"),
    "persetujuan": N_("Named approval"),
    "status": N_("Validation status"),
    "penulis": N_("Who may change the data"),
    "empat_mata": N_("Four eyes"),
    "dokumen": N_("Documents"),
    "periksa": N_("Checks"),
    "efek": N_("What ending the step does"),
    "sambungan": N_("Leads into another SOP"),
    "keterangan": N_("Remarks"),
    "peran": N_("Role in Satu Data"),
    "pihak_luar": N_("Outside party"),
    "surat_tugas": N_("Letter of assignment"),
    "lajur": N_("Lane"),
    "tugas": N_("Duty"),
}
"""What a cell of the file is called; its key where it has no name here."""

EFFECTS: Mapping[str, str] = {
    "terima": N_("receives the data"),
    "kunci": N_("locks the data"),
    "setujui": N_("approves the data"),
    "terbitkan": N_("publishes the data"),
    "arsipkan": N_("archives the data"),
    "cadangkan": N_("backs the data up"),
    "pulihkan": N_("restores the data"),
    "perbarui": N_("updates the data"),
    "cetak": N_("prints the data"),
    "kirim": N_("sends the papers"),
    "serahkan": N_("hands the data over"),
}

LEVELS: Mapping[str, str] = {
    "tinggi": N_("inferred, quite sure"),
    "sedang": N_("inferred, fairly sure"),
    "rendah": N_("inferred, unsure"),
}

KINDS: Mapping[str, str] = {
    "prioritas": N_("Priority data"),
    "bukan-prioritas": N_("Other data"),
}


FIELDS: Mapping[str, str] = {
    "organization": N_("Office"),
    "serves": N_("For whom"),
    "bound": N_("Where it leads"),
    "decree_number": N_("Number of the decree"),
    "decree_date": N_("Date of the decree"),
    "decree_attachment": N_("Decree or signed sheet"),
    "upload": N_("File"),
    "text": N_("Text of the SOP file"),
    "subject": N_("SOP"),
    "kind": N_("Kind of data"),
    "reason": N_("Reason"),
    "sop": N_("SOP"),
}
"""Labels of the forms about SOPs."""


def field(name: str) -> str:
    """The label of a form field."""
    return tk._(FIELDS[name]) if name in FIELDS else ""


def cell(name: str) -> str:
    """The name of a cell."""
    return tk._(CELLS[name]) if name in CELLS else name


PLACES: Mapping[str, str] = {
    "sop": N_("Head of the sheet"),
    "kalender": N_("Calendar"),
    "koreksi": N_("Small corrections without a run"),
    "pelaksana": N_("Actor {name}"),
    "langkah": N_("Step {name}"),
}
"""Parts of a SOP file, where two texts are set against each other."""


def place(part: str, name: str) -> str:
    """A part of a SOP file; `name` says which actor or step."""
    return tk._(PLACES[part]).format(name=name)


def effects(names: list[str]) -> str:
    """What ending a step does, as part of a sentence."""
    return ", ".join(tk._(EFFECTS[name]) for name in names)


def level(name: str) -> str:
    """How sure a reading is."""
    return tk._(LEVELS[name])


def kind(name: str | None) -> str:
    """The kind of dataset that a route is for."""
    return tk._(KINDS[name]) if name else tk._("All data")
