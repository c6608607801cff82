"""The JSON Schema takes what the checker takes, and refuses what an editor can show in time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

import pytest
from jsonschema import Draft7Validator
from pydantic import BaseModel

from ckanext.satudata.sop import definition
from ckanext.satudata.sop.hints import HINTS
from ckanext.satudata.sop.schema import json_schema

Change = Callable[[dict[str, Any]], None]


def put(*path: Any) -> Change:
    """Write the last of `path` at the cell that the rest of it leads to."""

    def change(sheet: dict[str, Any]) -> None:
        *way, key, value = path
        holder: Any = sheet
        for part in way:
            holder = holder[part]
        holder[key] = value

    return change


def drop(*path: Any) -> Change:
    def change(sheet: dict[str, Any]) -> None:
        holder: Any = sheet
        for part in path[:-1]:
            holder = holder[part]
        del holder[path[-1]]

    return change


WAKTU = {"teks": "x", "minimum": 1, "maksimum": 2, "satuan": "hari", "bersama": []}
STEP = ("langkah", 2)
BROKEN: dict[str, Change] = {
    "an unknown key of the file": put("lampiran", None),
    "an unknown key of the head": put("sop", "kota", "x"),
    "an unknown key of a row": put(*STEP, "catatan", None),
    "an unknown key of an outcome": put(*STEP, "kembali", 0, "efek", []),
    "a forgotten part": drop("kalender"),
    "a forgotten cell that may be null": drop("sop", "dasar_hukum"),
    "a forgotten effect of an outcome": drop(*STEP, "keputusan", 0, "efek"),
    "no format": drop("sop", "format"),
    "another format": put("sop", "format", 3),
    "a yes for a format": put("sop", "format", True),
    "a number for a text": put("sop", "nama", 5),
    "an empty text": put("sop", "nama", ""),
    "a blank text": put("sop", "nama", "  \n"),
    "null where something must stand": put("sop", "instansi", None),
    "a text for a list": put("sop", "tujuan", "x"),
    "an empty item of a list": put("sop", "tujuan", [""]),
    "a subject with an underscore": put("sop", "subjek", "manajemen_data"),
    "a date in words": put("sop", "tanggal", "revisi", "20 Januari 2025"),
    "a date with a letter too many": put("sop", "tanggal", "revisi", "2025-01-20Z"),
    "nobody who steers a case": put("sop", "pengendali", []),
    "an actor's key with a capital": put("pelaksana", "Kepala", {}),
    "an actor without a name": put("pelaksana", "kepala", {"lajur": False}),
    "a role of no decree": put("pelaksana", "validator", "peran", "operator"),
    "a text for yes": put("pelaksana", "validator", "lajur", "true"),
    "no steps": put("langkah", []),
    "steps that are no list": put("langkah", {}),
    "step 0": put(*STEP, "langkah", 0),
    "step 100": put(*STEP, "keputusan", 0, "ke", 100),
    "half a step": put(*STEP, "langkah", 3.5),
    "a step that nobody does": put(*STEP, "pelaksana", []),
    "a scope there is not": put(*STEP, "lingkup", "semua"),
    "an effect there is not": put(*STEP, "efek", ["hapus"]),
    "a check there is not": put(*STEP, "periksa", ["virus"]),
    "a status there is not": put(*STEP, "status", "hilang"),
    "a way to write there is not": put("langkah", 0, "penulis", 0, "menulis", "hapus"),
    "an outcome with a blank": put(*STEP, "kembali", 0, "hasil", "tidak sesuai"),
    "a time below nothing": put("sop", "waktu_total", {**WAKTU, "minimum": -1}),
    "a unit there is not": put("sop", "waktu_total", {**WAKTU, "satuan": "abad"}),
    "a connector that is a word": put(*STEP, "sambungan", "pengelolaan-data"),
    "a connector of no known way": put(
        *STEP, "sambungan", {"subjek": "a", "cara": "lempar", "langkah": None}
    ),
    "a document that is a word": put(*STEP, "dokumen", ["laporan"]),
    "a mark without a reason": put("kalender", "keyakinan", "zona_waktu", {"tingkat": "tinggi"}),
}
SOUND: dict[str, Change] = {
    "000 as it is": lambda _: None,
    "a long text with a line break": put("sop", "penutup", "x" * 4000 + "\n"),
    "a date without a day": put("sop", "tanggal", "revisi", "2025-01"),
    "an empty list": put("sop", "tujuan", []),
    "a total time": put("sop", "waktu_total", WAKTU),
    "an approval": put(*STEP, "persetujuan", "validator"),
    "a delivery": put(*STEP, "sambungan", {"subjek": "a", "cara": "serahkan", "langkah": 8}),
    "a document": put(*STEP, "dokumen", [{"jenis": "a", "nama": None, "tersurat": False}]),
}


@pytest.fixture(scope="session")
def validator() -> Draft7Validator:
    return Draft7Validator(json_schema())


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(json_schema())


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_refused_by_the_schema(
    sheet: dict, validator: Draft7Validator, change: Change
) -> None:
    change(sheet)
    assert not validator.is_valid(sheet)


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_refused_by_the_checker(
    sheet: dict, codes_of: Callable, change: Change
) -> None:
    change(sheet)
    assert codes_of(sheet)


@pytest.mark.parametrize("change", SOUND.values(), ids=SOUND)
def test_what_the_checker_takes_the_schema_takes(
    sheet: dict, codes_of: Callable, validator: Draft7Validator, change: Change
) -> None:
    change(sheet)
    assert codes_of(sheet) == []
    assert [error.message for error in validator.iter_errors(sheet)] == []


def mappings(node: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a schema, itself included."""
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node:
        if isinstance(inner, dict | list):
            yield from mappings(inner)


def test_no_mapping_of_the_file_takes_unknown_keys() -> None:
    objects = [one for one in mappings(json_schema()) if one.get("type") == "object"]
    assert [one for one in objects if one["additionalProperties"] is not False] == []


def test_a_pattern_means_the_same_to_every_reader() -> None:
    """Only what Rust, Python and ECMA 262 read alike: no group, no named class, no \\A or \\Z."""
    found = {
        one["pattern"] for one in mappings(json_schema()) if isinstance(one.get("pattern"), str)
    }
    found |= {key for one in mappings(json_schema()) for key in one.get("patternProperties", ())}
    assert [one for one in found if re.search(r"\(\?|\\[^S]|\[\[|&&", one)] == []


def test_no_constraint_stands_beside_a_reference() -> None:
    """Readers of this draft ignore whatever does."""
    references = [one for one in mappings(json_schema()) if "$ref" in one]
    assert [one for one in references if set(one) - {"$ref", "description"}] == []


def named() -> set[str]:
    """Each mapping, key and value that the definition has; a key by the mapping it is first in."""
    found: set[str] = set()
    for one in vars(definition).values():
        if not isinstance(one, type):
            continue
        if issubclass(one, Enum) and one is not Enum:
            found |= {one.__name__, *(f"{one.__name__}.{value.value}" for value in one)}
        if issubclass(one, BaseModel) and one.model_fields:
            own = [key for key in one.model_fields if key in one.__annotations__]
            found |= {one.__name__, *(f"{one.__name__}.{key}" for key in own)}
    return found


def test_an_editor_has_a_hint_for_each_mapping_key_and_value_and_for_no_other() -> None:
    assert set(HINTS) == named()


def test_no_word_of_the_code_is_shown_to_an_official() -> None:
    said = {one["description"] for one in mappings(json_schema()) if "description" in one}
    assert said - set(HINTS.values()) == set()
