"""GeoJSON: the properties of its features are judged as a table, its geometries by checks of ours.

frictionless knows no GeoJSON. What the geometries must be is RFC 7946, and what a position in
Indonesia is: longitude first, 95 to 141; latitude second, -11 to 6.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frictionless import Schema
from frictionless.resources import TableResource

from ckanext.satudata.quality.judge import slow
from ckanext.satudata.quality.judge.asked import Asked
from ckanext.satudata.quality.judge.report import SLOW, Report, counted, not_judged, told
from ckanext.satudata.quality.judge.troubles import Trouble

ENGLISH: dict[str, str] = {
    "geo_no_collection": "This is no GeoJSON FeatureCollection; export it as one.",
    "geo_no_features": "There are no features in it.",
    "geo_other_system": "The positions are told in another system than longitude and latitude "
    "({system}); export them as WGS 84.",
    "geo_no_geometry": "Feature {feature} has no geometry; give it one or delete it.",
    "geo_kind_unknown": "Feature {feature} has a geometry of the kind {kind}, which is none.",
    "geo_position": "Feature {feature} has a position that is no pair of numbers ({example}).",
    "geo_out_of_range": "Feature {feature} lies outside of the earth ({example}): these are no "
    "degrees.",
    "geo_swapped": "Feature {feature} seems to tell latitude before longitude ({example}); "
    "exchange them.",
    "geo_ring": "Feature {feature} has a ring that does not end where it begins.",
}
INDONESIAN: dict[str, str] = {
    "geo_no_collection": "Ini bukan GeoJSON FeatureCollection; ekspor ulang sebagai itu.",
    "geo_no_features": "Tidak ada fitur di dalamnya.",
    "geo_other_system": "Posisi memakai sistem selain bujur dan lintang ({system}); ekspor ulang "
    "sebagai WGS 84.",
    "geo_no_geometry": "Fitur {feature} tidak bergeometri; lengkapi atau hapus.",
    "geo_kind_unknown": "Fitur {feature} bergeometri jenis {kind}, yang tidak dikenal.",
    "geo_position": "Fitur {feature} memuat posisi yang bukan pasangan angka ({example}).",
    "geo_out_of_range": "Fitur {feature} terletak di luar bumi ({example}): ini bukan derajat.",
    "geo_swapped": "Fitur {feature} tampaknya menulis lintang sebelum bujur ({example}); tukar.",
    "geo_ring": "Fitur {feature} memuat cincin yang tidak berakhir di awalnya.",
}
_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
MOST_FINDINGS = 200


@dataclass(frozen=True)
class Finding:
    """What is wrong with a file or a feature. `feature`: its number, from 1; 0 is the file."""

    code: str
    feature: int = 0
    example: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "feature": self.feature, "example": self.example} | {
            "sentence": self.sentence(INDONESIAN),
            "sentence_en": self.sentence(ENGLISH),
        }

    def sentence(self, words: Mapping[str, str]) -> str:
        facts = {"kind": self.example, "system": self.example, "example": self.example}
        return words[self.code].format(feature=self.feature, **facts)


def judged(asked: Asked) -> Report:
    """The report on a GeoJSON file; what is found in its geometries is `satudata.findings`."""
    start = time.perf_counter()
    try:
        held = json.loads(Path(asked.path).read_bytes())
    except (ValueError, RecursionError):
        return not_judged(Trouble("broken"), seconds=round(time.perf_counter() - start, 3))
    features = _features(held)
    findings = list(_found(held, features))
    report = _table(asked, features)
    report.ours["findings"] = [one.as_dict() for one in findings[:MOST_FINDINGS]]
    report.ours["more_findings"] = max(0, len(findings) - MOST_FINDINGS)
    report.descriptor["valid"] = report.valid and not findings
    return report


def _features(held: Any) -> list[Any]:
    found = held.get("features") if isinstance(held, dict) else None
    return found if isinstance(found, list) else []


def _table(asked: Asked, features: list[Any]) -> Report:
    rows = [_part(one, "properties") for one in features if isinstance(one, dict)]
    labels = list(dict.fromkeys(name for row in rows for name in row))
    if not labels:
        stats = {"tasks": 0, "errors": 0, "warnings": 0, "seconds": 0.0}
        empty: dict[str, Any] = {"valid": True, "stats": stats, "warnings": [], "errors": []}
        return told(empty | {"tasks": []}, SLOW, counted([], complete=True))
    data = [labels, *([row.get(name) for name in labels] for row in rows)]

    def table() -> TableResource:
        options: dict[str, Any] = {}
        if asked.schema is not None:
            options["schema"] = Schema.from_descriptor(dict(asked.schema))
        return TableResource(name="fitur", data=data, **options)

    return slow.judged(asked, table=table)


def _part(held: Any, name: str) -> dict[str, Any]:
    """An object within an object; an empty one where there is none."""
    found = held.get(name) if isinstance(held, dict) else None
    return found if isinstance(found, dict) else {}


def _found(held: Any, features: list[Any]) -> Iterator[Finding]:
    if not isinstance(held, dict) or held.get("type") != "FeatureCollection":
        yield Finding("geo_no_collection")
        return
    if not features:
        yield Finding("geo_no_features")
    system = _system(held)
    if system and not system.endswith(("CRS84", ":4326")):
        yield Finding("geo_other_system", example=system[:80])
    for number, feature in enumerate(features, 1):
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        yield from _geometry(number, geometry)


def _system(held: dict[str, Any]) -> str:
    """What the file says its positions are told in; some programs write the bare name."""
    told_as = held.get("crs")
    name = (
        told_as if isinstance(told_as, str) else _part(_part(held, "crs"), "properties").get("name")
    )
    return name if isinstance(name, str) else ""


def _geometry(number: int, geometry: Any) -> Iterator[Finding]:
    if not isinstance(geometry, dict):
        yield Finding("geo_no_geometry", number)
        return
    kind, within = geometry.get("type"), geometry.get("geometries")
    if kind == "GeometryCollection" and isinstance(within, list):
        for one in within:
            yield from _geometry(number, one)
        return
    if not isinstance(kind, str) or kind not in _DEPTHS:
        yield Finding("geo_kind_unknown", number, str(kind)[:40])
        return
    lines = list(_lines(geometry.get("coordinates"), _DEPTHS[kind]))
    yield from _first(_positions(number, lines))
    if kind in ("Polygon", "MultiPolygon") and any(
        len(line) < 4 or line[0] != line[-1] for line in lines
    ):
        yield Finding("geo_ring", number)


def _first(findings: Iterator[Finding]) -> Iterator[Finding]:
    """One is enough for a feature of ten thousand positions."""
    for one in findings:
        yield one
        return


def _lines(held: Any, depth: int) -> Iterator[list[Any]]:
    """The positions of a geometry, ring by ring."""
    if depth == 0:
        yield [held]
    elif not isinstance(held, list):
        yield [None]
    elif depth == 1:
        yield held
    else:
        for one in held:
            yield from _lines(one, depth - 1)


def _positions(number: int, lines: list[list[Any]]) -> Iterator[Finding]:
    for position in (position for line in lines for position in line):
        example = json.dumps(position)[:60]
        if not isinstance(position, list) or len(position) < 2 or not all(map(_number, position)):
            yield Finding("geo_position", number, example)
        elif abs(position[0]) > 180 or abs(position[1]) > 90:
            is_swapped = abs(position[1]) <= 180 and -11 <= position[0] <= 6
            yield Finding("geo_swapped" if is_swapped else "geo_out_of_range", number, example)


def _number(value: Any) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and value == value  # NaN is none, and Python reads it
