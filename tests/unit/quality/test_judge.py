"""`check` and its command: frictionless' own report, one key more, and a code for each failure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import Resource, Schema, system

from ckanext.satudata.quality.__main__ import main
from ckanext.satudata.quality.check import check
from ckanext.satudata.quality.judge.troubles import ENGLISH, INDONESIAN, sentence

SCHEMA: dict[str, Any] = {
    "fields": [
        {"name": "kode", "type": "string", "constraints": {"pattern": r"\d{2}\.\d{2}"}},
        {"name": "jumlah", "type": "integer"},
    ],
    "foreignKeys": [{"fields": ["kode"], "reference": {"resource": "wilayah", "fields": ["kode"]}}],
}
ALONE = {"fields": SCHEMA["fields"]}
RAISING = {"fields": [{"name": "a", "type": "string", "constraints": {"pattern": "(?i)x"}}]}
"""A pattern that frictionless makes Python refuse."""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "wilayah.csv").write_text("kode,nama\n11.01,Satu\n11.10,Sepuluh\n")
    (tmp_path / "benar.csv").write_text("kode,jumlah\n11.10,1\n")
    (tmp_path / "salah.csv").write_text("kode,jumlah\n11.1,1\n11.10,dua\n")
    (tmp_path / "skema.json").write_text(json.dumps(SCHEMA))
    return tmp_path


def run(files: Path, name: str, *more: str) -> int:
    reference = f"wilayah={files / 'wilayah.csv'}"
    schema = str(files / "skema.json")
    return main([str(files / name), "--schema", schema, "--reference", reference, *more])


@pytest.mark.parametrize(("name", "code"), [("benar.csv", 0), ("salah.csv", 1)])
def test_the_exit_code_tells_whether_a_file_is_valid(files: Path, name: str, code: int):
    assert run(files, name) == code


def test_a_judge_that_raises_could_not_judge(files: Path):
    report = check(files / "benar.csv", RAISING)
    assert (report.exit_code, report.code, report.ours["engine"]) == (2, "judge_raised", "")


def test_a_line_tells_each_error_and_its_kind(files: Path, capsys: pytest.CaptureFixture[str]):
    run(files, "salah.csv")
    kinds = [line.rpartition(" [")[2] for line in capsys.readouterr().out.splitlines()]
    assert kinds == ["constraint-error]", "foreign-key]", "type-error]"]


def test_json_is_the_judges_descriptor_with_one_key_more(files: Path):
    out = files / "laporan.json"
    main([str(files / "salah.csv"), "--json", str(out), "--engine", "frictionless"])
    told = json.loads(out.read_text())
    del told["satudata"]
    with system.use_context(trusted=True):
        expected = Resource(path=str(files / "salah.csv")).validate().to_descriptor()
    for one in (told["stats"], told["tasks"][0]["stats"]):
        del one["seconds"]
    for one in (expected["stats"], expected["tasks"][0]["stats"]):
        del one["seconds"]
    assert told == expected


def test_a_schema_that_cannot_be_used_is_told_by_the_judge(files: Path):
    report = check(files / "benar.csv", {"fields": [{"name": "a", "type": "tidakada"}]})
    assert (report.judged, report.valid) == (True, False)


def test_every_error_is_counted_by_kind_and_column(files: Path):
    counts = check(files / "salah.csv", ALONE).ours["counts"]
    assert (counts["by_type"], counts["by_column"]) == (
        {"constraint-error": 1, "type-error": 1},
        [
            {"number": 1, "name": "kode", "types": {"constraint-error": 1}},
            {"number": 2, "name": "jumlah", "types": {"type-error": 1}},
        ],
    )


def test_a_code_of_a_reference_stays_text(files: Path):
    (files / "kode.csv").write_text("kode,jumlah\n11.10,1\n")
    report = check(files / "kode.csv", SCHEMA, references={"wilayah": str(files / "wilayah.csv")})
    assert report.valid


def test_a_judge_that_raises_leaves_no_trust_behind(files: Path):
    check(files / "benar.csv", RAISING)
    assert system.trusted is False


@pytest.mark.parametrize("more", [["--reference", "wilayah"], ["--schema", "tidak-ada.json"]])
def test_wrong_use_is_told_as_such(files: Path, more: list[str]):
    assert main([str(files / "benar.csv"), *more]) == 2


def test_every_code_has_a_sentence_in_both_languages():
    assert ENGLISH.keys() == INDONESIAN.keys()


def test_a_sentence_names_its_facts():
    assert "90" in sentence("time_over", {"seconds": 90})


def test_the_schema_given_is_not_changed(files: Path):
    before = json.dumps(SCHEMA)
    check(files / "salah.csv", SCHEMA, references={"wilayah": str(files / "wilayah.csv")})
    assert json.dumps(SCHEMA) == before
    assert Schema.from_descriptor(SCHEMA).foreign_keys


def test_an_engine_that_is_none_is_refused(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("a\n1\n")
    with pytest.raises(ValueError, match="slow"):
        check(path, engine="slow")  # type: ignore[arg-type]
