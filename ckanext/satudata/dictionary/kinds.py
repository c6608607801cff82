"""The types of Table Schema, and what each of them takes (specs.frictionlessdata.io)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ckanext.satudata.msgid import N_

ANY = frozenset({"required", "unique", "enum"})
_BOUNDS = frozenset({"minimum", "maximum"})
_LENGTHS = frozenset({"minLength", "maxLength"})
_NUMBER = frozenset({"decimalChar", "groupChar", "bareNumber"})
_YES_NO = frozenset({"trueValues", "falseValues"})
DAYS = frozenset({"date", "datetime", "time"})
"""Types whose format is a pattern of strptime."""
NUMERIC = frozenset({"integer", "number"})


@dataclass(frozen=True)
class Kind:
    """A type: its word, its word in the forms of BPS, and what a column of it may say."""

    label: str
    printed: str
    constraints: frozenset[str] = ANY
    options: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()


KINDS: Mapping[str, Kind] = {
    "string": Kind(
        N_("Text"),
        "Teks (string)",
        ANY | _LENGTHS | {"pattern"},
        formats=frozenset({"email", "uri", "binary", "uuid"}),
    ),
    "integer": Kind(
        N_("Whole number"),
        "Bilangan bulat (integer)",
        ANY | _BOUNDS,
        frozenset({"bareNumber"}),
    ),
    "number": Kind(N_("Number with decimals"), "Bilangan desimal (number)", ANY | _BOUNDS, _NUMBER),
    "date": Kind(N_("Day"), "Tanggal (date)", ANY | _BOUNDS),
    "datetime": Kind(N_("Day and time"), "Tanggal dan waktu (datetime)", ANY | _BOUNDS),
    "time": Kind(N_("Time of day"), "Waktu (time)", ANY | _BOUNDS),
    "year": Kind(N_("Year"), "Tahun (year)", ANY | _BOUNDS),
    "yearmonth": Kind(N_("Year and month"), "Tahun dan bulan (yearmonth)", ANY | _BOUNDS),
    "duration": Kind(N_("Duration"), "Lama waktu (duration)"),
    "boolean": Kind(N_("Yes or no"), "Ya atau tidak (boolean)", ANY, _YES_NO),
    "geopoint": Kind(
        N_("Point on the map"),
        "Titik koordinat (geopoint)",
        formats=frozenset({"array", "object"}),
    ),
    "geojson": Kind(N_("GeoJSON"), "GeoJSON", formats=frozenset({"topojson"})),
    "object": Kind(N_("Object (JSON)"), "Objek (object)", ANY | _LENGTHS),
    "array": Kind(N_("List (JSON)"), "Daftar (array)", ANY | _LENGTHS),
    "any": Kind(N_("Not said"), "Tidak ditentukan (any)"),
}
OPTIONS = frozenset(one for kind in KINDS.values() for one in kind.options)
"""Every option that some type takes."""
