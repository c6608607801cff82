"""`python -m ckanext.satudata.sop draw FILE` as an official calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.satudata.sop.__main__ import main

FILE = str(Path(__file__).parents[3] / "schemas/sop/000-manajemen-data.yaml")


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF-"), ("svg", b"<?xml"), ("bpmn", b"<?xml")]
)
def test_a_sheet_is_written_in_the_form_that_is_asked(
    form: str, begins: bytes, tmp_path: Path
) -> None:
    place = tmp_path / f"lembar.{form}"
    assert main(["draw", FILE, f"--{form}", str(place)]) == 0
    assert place.read_bytes().startswith(begins)


def test_several_forms_are_written_at_once(tmp_path: Path) -> None:
    places = [str(tmp_path / name) for name in ("satu.svg", "dua.bpmn")]
    assert main(["draw", FILE, "--svg", places[0], "--bpmn", places[1]]) == 0
    assert [Path(place).exists() for place in places] == [True, True]


def test_a_file_with_faults_is_not_drawn(
    tmp_path: Path, text_000: str, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, place = tmp_path / "rusak.yaml", tmp_path / "lembar.svg"
    broken.write_text(text_000.replace("nomor: null", "nomor: no"), "utf-8")
    assert main(["draw", str(broken), "--svg", str(place)]) == 1
    assert (place.exists(), "jebakan-yaml" in capsys.readouterr().out) == (False, True)


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "tidak-ada" / "lembar.svg"
    assert main(["draw", FILE, "--svg", str(place)]) == 2
    assert capsys.readouterr().err.startswith(f"{place}: ")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [FILE],
        [FILE, "--svg"],
        [FILE, "--png", "x"],
        [FILE, "svg", "x"],
        [FILE, "--svg", "x", "--svg", "y"],
        ["--svg", "x", FILE],
    ],
)
def test_wrong_use_says_how_to_use_it(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draw", *arguments]) == 2
    assert "draw BERKAS" in capsys.readouterr().err
