"""GeoJSON: its properties are judged as a table, its geometries by checks of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ckanext.satudata.quality.check import check
from ckanext.satudata.quality.judge.geo import ENGLISH, INDONESIAN

SQUARE = [[106.0, -6.0], [107.0, -6.0], [107.0, -7.0], [106.0, -6.0]]


def told(tmp_path: Path, geometry: Any, schema: dict[str, Any] | None = None, **more: Any):
    feature = {"type": "Feature", "properties": {"kode": "11.01"}, "geometry": geometry}
    path = tmp_path / "peta.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]} | more))
    return check(path, schema)


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        ({"type": "Point", "coordinates": [106.8, -6.2]}, None),
        ({"type": "Polygon", "coordinates": [SQUARE]}, None),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}, None),
        ({"type": "GeometryCollection", "geometries": []}, None),
        (None, "geo_no_geometry"),
        ({"type": "Circle", "coordinates": [1, 2]}, "geo_kind_unknown"),
        ({"type": "Point", "coordinates": ["106,8", "-6,2"]}, "geo_position"),
        ({"type": "Point", "coordinates": 5}, "geo_position"),
        ({"type": "LineString", "coordinates": 5}, "geo_position"),
        ({"type": "Point", "coordinates": [700000, 9300000]}, "geo_out_of_range"),
        ({"type": "Point", "coordinates": [-6.2, 106.8]}, "geo_swapped"),
        ({"type": "Polygon", "coordinates": [SQUARE[:3]]}, "geo_ring"),
        ({"type": ["Point"], "coordinates": [1, 2]}, "geo_kind_unknown"),
        ({"type": "GeometryCollection", "geometries": 5}, "geo_kind_unknown"),
        ({"type": "Point", "coordinates": [float("nan"), 1]}, "geo_position"),
    ],
)
def test_a_geometry_is_told_by_its_code(geometry: Any, code: str | None, tmp_path: Path):
    report = told(tmp_path, geometry)
    codes = [one["code"] for one in report.ours["findings"]]
    assert (codes, report.valid) == ([code] if code else [], code is None)


@pytest.mark.parametrize(
    "system",
    [{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32748"}}, "EPSG:32748"],
)
def test_another_system_of_positions_is_told(system: Any, tmp_path: Path):
    report = told(tmp_path, {"type": "Point", "coordinates": [106.8, -6.2]}, crs=system)
    assert [one["code"] for one in report.ours["findings"]] == ["geo_other_system"]


@pytest.mark.parametrize("system", [["x"], {"properties": "x"}, "EPSG:4326"])
def test_a_system_that_is_not_told_as_geojson_does_is_read_over(system: Any, tmp_path: Path):
    report = told(tmp_path, {"type": "Point", "coordinates": [106.8, -6.2]}, crs=system)
    assert report.valid


def test_an_unusable_schema_is_told_as_for_any_other_table(tmp_path: Path):
    report = told(tmp_path, {"type": "Point", "coordinates": [1, 2]}, {"fields": [{"name": 1}]})
    assert [error["type"] for error in report.errors] == ["field-error"]


def test_the_properties_are_judged_by_the_schema(tmp_path: Path):
    schema = {"fields": [{"name": "kode", "type": "string", "constraints": {"pattern": "x"}}]}
    report = told(tmp_path, {"type": "Point", "coordinates": [106.8, -6.2]}, schema)
    assert [error["type"] for error in report.errors] == ["constraint-error"]


def test_what_is_no_collection_is_told(tmp_path: Path):
    path = tmp_path / "peta.geojson"
    path.write_text("[1, 2]")
    assert check(path).ours["findings"][0]["code"] == "geo_no_collection"


def test_what_is_no_json_cannot_be_judged(tmp_path: Path):
    path = tmp_path / "peta.geojson"
    path.write_text('{"type": "FeatureCollection", "features": [')
    assert check(path).code == "broken"


def test_every_code_of_a_geometry_has_both_sentences():
    assert ENGLISH.keys() == INDONESIAN.keys()
