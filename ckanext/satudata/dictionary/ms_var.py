"""MS-Var: one row for each column of the kamus data."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.dictionary.forms import CODES, Filled, FormField, Head
from ckanext.satudata.dictionary.kinds import KINDS
from ckanext.satudata.dictionary.table import Column, Dictionary

NAME, TITLE = "MS-Var", "Metadata Statistik Variabel"
FIELDS = (
    FormField("number", "No.", "(1)"),
    FormField("name", "Nama Variabel", "(2)", "title, name"),
    FormField("alias", "Alias", "(3)", "alias"),
    FormField("concept", "Konsep", "(4)", "concept"),
    FormField("definition", "Definisi", "(5)", "definition"),
    FormField("selection_reference", "Referensi Pemilihan", "(6)", "selection_reference"),
    FormField("time_reference", "Referensi Waktu", "(7)", "time_reference"),
    FormField("type", "Tipe Data", "(8)", "type"),
    FormField("classification", "Klasifikasi Isian", "(9)", "classification, reference_code, unit"),
    FormField("rule", "Aturan Validasi", "(10)", "validation_rule, constraints"),
    FormField("question", "Kalimat Pertanyaan", "(11)", "question"),
    FormField(
        "accessible",
        "Apakah Kolom (2) Dapat Diakses Umum? (Ya -1, Tidak -2)",
        "(12)",
        "accessible",
    ),
)
"""`source` names properties of the column; the form has no place of its own for the unit."""


def filled(dictionary: Dictionary, head: Head) -> Filled:
    """The form for a kamus data."""
    rows = [_row(number, one) for number, one in enumerate(dictionary.columns, 1)]
    return Filled(NAME, TITLE, FIELDS, rows, head)


def _row(number: int, column: Column) -> dict[str, str]:
    plain = ("alias", "concept", "definition", "selection_reference", "time_reference", "question")
    return {
        "number": str(number),
        "name": column.label,
        **{name: column.text(name) for name in plain},
        "type": KINDS[column.type].printed if column.type in KINDS else column.type,
        "classification": _classes(column),
        "rule": rule_of(column),
        "accessible": CODES.get(column.text("accessible"), ""),
    }


def _classes(column: Column) -> str:
    parts = [column.text("classification")]
    code, unit = column.text("reference_code"), column.text("unit")
    parts += [f"Kode referensi: {code}"] if code else []
    parts += [f"Satuan: {unit}"] if unit else []
    return ". ".join(part.rstrip(".") for part in parts if part)


def rule_of(column: Column) -> str:
    """What the values must be, in words: the constraints, and the rule that somebody wrote."""
    told = column.constraints
    parts = [
        "wajib diisi" if told.get("required") is True else "",
        "tidak boleh berulang" if told.get("unique") is True else "",
        _bound("paling kecil", told.get("minimum")),
        _bound("paling besar", told.get("maximum")),
        _bound("paling sedikit", told.get("minLength"), " karakter"),
        _bound("paling banyak", told.get("maxLength"), " karakter"),
        _listed(told.get("enum")),
        _bound("berpola", told.get("pattern")),
        column.text("validation_rule"),
    ]
    return "; ".join(part for part in parts if part)


def _bound(words: str, value: Any, after: str = "") -> str:
    return "" if value is None else f"{words} {value}{after}"


def _listed(values: Any) -> str:
    if not isinstance(values, list):
        return ""
    return "salah satu dari " + ", ".join(str(one) for one in values)
