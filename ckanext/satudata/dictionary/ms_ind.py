"""MS-Ind: one row for each indicator.

An indicator is a column that is marked as one. Where none is, the dataset is the indicator: its
title, concept and unit are the Standar Data of one figure. What a column does not say, the dataset
says for it, its title and definition excepted, which would then be those of something else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ckanext.satudata.dictionary.forms import (
    CODES,
    NO_CODE,
    OPEN,
    YES_CODE,
    Filled,
    FormField,
    Head,
    text,
)
from ckanext.satudata.dictionary.table import Column, Dictionary

NAME, TITLE = "MS-Ind", "Metadata Statistik Indikator"
FIELDS = (
    FormField("number", "No.", "(1)"),
    FormField("name", "Nama Indikator", "(2)", "title"),
    FormField("concept", "Konsep", "(3)", "concept"),
    FormField("definition", "Definisi", "(4)", "definition"),
    FormField("interpretation", "Interpretasi", "(5)", "interpretation"),
    FormField("formula", "Metode/Rumus Penghitungan", "(6)", "formula"),
    FormField("measure", "Ukuran", "(7)", "measure"),
    FormField("unit", "Satuan", "(8)", "unit"),
    FormField("presentation", "Klasifikasi Penyajian", "(9)", "presentation; data: classification"),
    FormField(
        "composite", "Apakah Kolom (2) Indikator Komposit? (Ya -1, Tidak -2)", "(10)", "composite"
    ),
    FormField(
        "built_from_publication",
        "Indikator Pembangun: Publikasi Ketersediaan",
        "(11)",
        "built_from_publication",
    ),
    FormField(
        "built_from_indicators", "Indikator Pembangun: Nama", "(12)", "built_from_indicators"
    ),
    FormField(
        "built_from_activity",
        "Variabel Pembangun: Kegiatan Penghasil",
        "(13)",
        "built_from_activity; kegiatan: judul",
    ),
    FormField(
        "built_from_activity_code",
        "Variabel Pembangun: Kode Keg. (diisi petugas)",
        "(14)",
        "built_from_activity_code; kegiatan: kode",
    ),
    FormField("built_from_variables", "Variabel Pembangun: Nama", "(15)", "built_from_variables"),
    FormField(
        "estimation_level",
        "Level Estimasi",
        "(16)",
        "estimation_level; data: presentation_level",
    ),
    FormField(
        "accessible",
        "Apakah Kolom (2) Dapat Diakses Umum? (Ya -1, Tidak -2)",
        "(17)",
        "accessible; data: access_class",
    ),
)
_OWN = (
    "interpretation", "formula", "built_from_publication", "built_from_indicators",
    "built_from_activity", "built_from_activity_code", "built_from_variables",
)  # fmt: skip


def filled(dictionaries: Sequence[Dictionary], dataset: Mapping[str, object], head: Head) -> Filled:
    """The form for a dataset: `dictionaries` of its tables, `dataset` its fields as people read
    them, except `access_class`, which is the stored value."""
    columns = [one for table in dictionaries for one in table.columns if one.is_indicator]
    rows = [_of_column(one, dataset) for one in columns] or [_of_dataset(dataset)]
    numbered = [
        {"number": str(number), **_by_kind(row, head)} for number, row in enumerate(rows, 1)
    ]
    return Filled(NAME, TITLE, FIELDS, numbered, head)


def _of_column(column: Column, dataset: Mapping[str, object]) -> dict[str, str]:
    row = {name: column.text(name) for name in ("concept", "definition", "measure", "unit", *_OWN)}
    for name in ("concept", "measure", "unit"):
        row[name] = row[name] or text(dataset, name)
    row["name"] = column.label
    row["presentation"] = column.text("presentation") or text(dataset, "classification")
    row["estimation_level"] = column.text("estimation_level") or text(dataset, "presentation_level")
    row["composite"] = CODES.get(column.text("composite"), "")
    row["accessible"] = CODES.get(column.text("accessible")) or _access(dataset)
    return row


def _of_dataset(dataset: Mapping[str, object]) -> dict[str, str]:
    row = {name: text(dataset, name) for name in ("concept", "definition", "measure", "unit")}
    row |= dict.fromkeys(_OWN, "")
    row["name"] = text(dataset, "title")
    row["presentation"] = text(dataset, "classification")
    row["estimation_level"] = text(dataset, "presentation_level")
    row["composite"] = ""
    row["accessible"] = _access(dataset)
    return row


def _access(dataset: Mapping[str, object]) -> str:
    access = text(dataset, "access_class")
    return "" if not access else YES_CODE if access == OPEN else NO_CODE


def _by_kind(row: dict[str, str], head: Head) -> dict[str, str]:
    """The form asks for one half of the parts, by what kind of indicator it is."""
    if row["composite"] == YES_CODE:
        parts = ("built_from_activity", "built_from_activity_code", "built_from_variables")
        return row | dict.fromkeys(parts, "-")
    if row["composite"] == NO_CODE:
        row |= dict.fromkeys(("built_from_publication", "built_from_indicators"), "-")
    row["built_from_activity"] = row["built_from_activity"] or head.activity
    row["built_from_activity_code"] = row["built_from_activity_code"] or head.activity_code
    return row
