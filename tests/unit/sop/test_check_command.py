"""`python -m ckanext.satudata.sop check FILE…` as an official calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ckanext.satudata.sop.__main__ import main
from ckanext.satudata.sop.schema import json_schema

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


@pytest.mark.parametrize("arguments", [[], ["check"], ["periksa", "x.yaml"], ["schema", "x"]])
def test_wrong_use_says_how_to_use_it(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert "check BERKAS" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "why"), [("tidak-ada.yaml", "berkas tidak ada"), (".", "ini folder, bukan berkas")]
)
def test_a_file_that_cannot_be_read_is_wrong_use(
    name: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / name)]) == 2
    assert capsys.readouterr().err == f"{tmp_path / name}: {why}\n"


def test_a_file_that_one_may_not_read_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Not by its mode: a test may run as somebody who may read everything.
    monkeypatch.setattr(Path, "open", refuse)
    assert main(["check", "rahasia.yaml"]) == 2
    assert capsys.readouterr().err == "rahasia.yaml: tidak boleh dibaca\n"


def test_a_file_that_cannot_be_read_does_not_hide_the_faults_of_the_next(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path), str(broken)]) == 2
    assert "jebakan-yaml" in capsys.readouterr().out


def test_a_file_without_an_end_is_not_read_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "/dev/zero"]) == 1
    assert "terlalu-besar" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["asing.yaml", "as\udcffing.yaml"])
def test_a_terminal_without_unicode_gets_the_fault_and_no_traceback(
    tmp_path: Path, text_000: str, name: str
) -> None:
    path = tmp_path / name
    path.write_text(text_000.replace("kalender:\n", "kalender:\n  libur: null\n"), "utf-8")
    run = run_room("check", str(path), env={"PYTHONIOENCODING": "ascii:strict"})
    assert (run.returncode, run.stderr) == (1, b"")
    assert b"kunci-asing Kunci \\u201clibur\\u201d" in run.stdout


def test_a_sheet_from_standard_input_is_checked(text_000: str) -> None:
    broken = text_000.replace("nomor: null", "nomor: no").encode()
    run = run_room("check", "/dev/stdin", input=broken)
    assert run.returncode == 1
    assert run.stdout.startswith(b"/dev/stdin:9:10: jebakan-yaml ")


def test_a_reader_that_has_seen_enough_gets_no_traceback(tmp_path: Path) -> None:
    # More faults than a pipe holds, so that the room still writes when nobody reads.
    path = tmp_path / "panjang.yaml"
    path.write_text("- no\n" * 3000, "utf-8")
    run = subprocess.Popen(
        room_command("check", str(path)), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert run.stdout is not None
    run.stdout.readline()
    run.stdout.close()
    assert run.stderr is not None
    said = run.stderr.read()
    run.stderr.close()
    assert (run.wait(), said) == (1, b"")


def test_the_schema_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema()


def room_command(*arguments: str) -> list[str]:
    """The command, told where this checkout's room is, so that no installed copy answers."""
    program = (
        "import runpy, sys, types; room = types.ModuleType('ckanext');"
        "room.__path__ = [sys.argv.pop(1)]; sys.modules['ckanext'] = room;"
        "runpy.run_module('ckanext.satudata.sop', run_name='__main__', alter_sys=True)"
    )
    room = str(Path(__file__).parents[3] / "ckanext")
    return [sys.executable, "-c", program, room, *arguments]


def run_room(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(room_command(*arguments), capture_output=True, check=False, **options)
