"""`python -m ckanext.satudata.quality personal FILE` answers with its exit code and its lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ckanext.satudata.quality.__main__ import main


@pytest.mark.parametrize(
    ("content", "code"), [(b"a,b\n1,2\n", 0), (b"a,b\nr@contoh.example,2\n", 1), (b"%PDF", 2)]
)
def test_the_exit_code_tells_the_answer(tmp_path: Path, content: bytes, code: int):
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    assert main(["personal", str(path)]) == code


def test_a_line_tells_each_finding_and_its_code(tmp_path: Path, capsys):
    path = tmp_path / "data.csv"
    path.write_bytes(b"a,b\nr@contoh.example,2\n")
    main(["personal", str(path)])
    (line,) = capsys.readouterr().out.splitlines()
    assert (line[:10], line[-16:]) == ("Kolom A “a", "[personal_email]")


def test_json_holds_everything(tmp_path: Path, capsys):
    path = tmp_path / "data.csv"
    path.write_bytes(b"a,b\nr@contoh.example,2\n")
    main(["personal", str(path), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["findings"][0]["places"][0]["cell"]) == (True, "A2")


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path, capsys):
    code = main(["personal", str(tmp_path / "tidak-ada.csv")])
    assert (code, "tidak-ada.csv" in capsys.readouterr().err) == (2, True)
