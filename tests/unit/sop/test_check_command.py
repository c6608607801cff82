"""`python -m ckanext.satudata.sop check FILE…` as an official calls it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ckanext.satudata.sop.__main__ import main

SHIPPED = sorted((Path(__file__).parents[3] / "schemas/sop").glob("*.yaml"))


@pytest.fixture
def broken(tmp_path: Path, text_000: str) -> Path:
    path = tmp_path / "rusak.yaml"
    path.write_text(text_000.replace("nomor: null", "nomor: no"), "utf-8")
    return path


@pytest.mark.parametrize("path", SHIPPED, ids=[path.name for path in SHIPPED])
def test_a_shipped_sop_has_no_fault(path: Path) -> None:
    assert main(["check", str(path)]) == 0


def test_each_fault_is_one_line_and_the_exit_code_is_one(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(broken), *map(str, SHIPPED)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{broken}:9:10: jebakan-yaml ")


@pytest.mark.parametrize("arguments", [[], ["check"], ["periksa", "x.yaml"]])
def test_wrong_use_says_how_to_use_it(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert "check BERKAS" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["tidak-ada.yaml", "."])
def test_a_file_that_cannot_be_read_is_wrong_use(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / name)]) == 2
    assert str(tmp_path / name) in capsys.readouterr().err


def test_a_file_without_an_end_is_not_read_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "/dev/zero"]) == 1
    assert "terlalu-besar" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["asing.yaml", "as\udcffing.yaml"])
def test_a_terminal_without_unicode_gets_the_fault_and_no_traceback(
    tmp_path: Path, text_000: str, name: str
) -> None:
    path = tmp_path / name
    path.write_text(text_000.replace("kalender:\n", "kalender:\n  libur: null\n"), "utf-8")
    # Told where this checkout's room is, so that no installed copy answers in its place.
    program = (
        "import runpy, sys, types; room = types.ModuleType('ckanext');"
        "room.__path__ = [sys.argv.pop(1)]; sys.modules['ckanext'] = room;"
        "runpy.run_module('ckanext.satudata.sop', run_name='__main__', alter_sys=True)"
    )
    room = str(Path(__file__).parents[3] / "ckanext")
    run = subprocess.run(
        [sys.executable, "-c", program, room, "check", str(path)],
        env={"PYTHONIOENCODING": "ascii:strict"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (1, "")
    assert "kunci-asing Kunci \\u201clibur\\u201d" in run.stdout
