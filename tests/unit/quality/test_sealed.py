"""Whatever a file is, judging it ends in a report, and whoever asked lives on."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ckanext.satudata.quality.judge import child, sealed
from ckanext.satudata.quality.judge.asked import Asked
from ckanext.satudata.quality.judge.report import Report
from ckanext.satudata.quality.judge.sealed import Seal, judged

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PASSWORD = OLD + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
QUICK = Seal(seconds=60, processor=20)


def workbook(sheet: str | None = None, more: dict[str, bytes] | None = None) -> bytes:
    """A workbook of two columns; `sheet` is put in the place of its only sheet."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["kode", "jumlah"])
    page.append(["11.01", 1])
    plain = io.BytesIO()
    book.save(plain)
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            is_ours = one == SHEET and sheet is not None
            new.writestr(one, sheet if is_ours and sheet else old.read(one))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return made.getvalue()


def page(inside: str, before: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{inside}</sheetData></worksheet>'


def text(cell: str, content: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{content}</t></is></c>'


def far_cell() -> bytes:
    rows = f'<row r="1">{text("A1", "a")}</row><row r="1048576">{text("XFD1048576", "b")}</row>'
    return workbook(page(rows))


def false_dimension() -> bytes:
    before = '<dimension ref="A1:XFD1048576"/>'
    return workbook(page(f'<row r="1">{text("A1", "a")}</row>', before))


def merged() -> bytes:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 20_001))
    sheet = page(f'<row r="1">{text("A1", "a")}</row>')
    end = f'<mergeCells count="20000">{merges}</mergeCells></worksheet>'
    return workbook(sheet.replace("</worksheet>", end))


def xml_bomb() -> bytes:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    return workbook(f"<!DOCTYPE x [{entities}]>" + page(f'<row r="1">{text("A1", "&j;")}</row>'))


def zip_bomb() -> bytes:
    return workbook(page(" " * 60_000_000))


def long_cell() -> bytes:
    # What does not pack well is given away by its length alone.
    content = random.Random(7).randbytes(4_000_000).hex()
    return workbook(page(f'<row r="1">{text("A1", content)}</row>'))


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("a.xlsx", zip_bomb, "too_full"),
    "XML bomb": ("a.xlsx", xml_bomb, "broken"),
    "false dimension": ("a.xlsx", false_dimension, "stray_cell"),
    "cell at the far end": ("a.xlsx", far_cell, "stray_cell"),
    "20,000 merged ranges": ("a.xlsx", merged, ""),
    "password": ("a.xlsx", lambda: PASSWORD, "encrypted"),
    "macros": ("a.xlsm", lambda: workbook(more={"xl/vbaProject.bin": b"x"}), ""),
    "a workbook called .csv": ("a.csv", workbook, ""),
    "a table called .xlsx": ("a.xlsx", lambda: b"kode,jumlah\n1,2\n", ""),
    "login page": ("a.csv", lambda: b"<!DOCTYPE html><html><body>Masuk</body></html>", "web_page"),
    "truncated": ("a.xlsx", lambda: workbook()[:-200], "broken"),
    "truncated old workbook": ("a.xls", lambda: OLD + b"\0" * 300, ""),
    "empty": ("a.csv", lambda: b"", ""),
    "heading only": ("a.csv", lambda: b"kode,jumlah\n", ""),
    "binary": ("a.csv", lambda: bytes(range(256)) * 40, ""),
    "programme": ("a.csv", lambda: b"MZ" + b"\0" * 500, "kind_unknown"),
    "a quote that is never closed": ("a.csv", lambda: b'a,b\n"' + b"x\n" * 20_000, ""),
    "a cell of eight megabytes": ("a.xlsx", long_cell, "too_wide"),
}
"""Name to file, content, and why it cannot be judged; empty where it can be."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_report(name: str, tmp_path: Path):
    file, content, code = HOSTILE[name]
    path = tmp_path / file
    path.write_bytes(content())
    assert judged(Asked(str(path)), seal=QUICK).code == code


def test_whoever_asks_opens_nothing_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook())
    monkeypatch.delattr(zipfile, "ZipFile")
    assert judged(Asked(str(path)), seal=QUICK).valid


def test_a_file_that_is_not_there_is_no_report(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        judged(Asked(str(tmp_path / "a.xlsx")), seal=QUICK)


@pytest.mark.parametrize("seal", [Seal(seconds=0.05), Seal(processor=1)])
def test_each_limit_of_time_ends_in_a_report(seal: Seal, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"2024-01-31,2\n" * 400_000)
    asked = Asked(str(path), {"fields": [{"name": "a", "type": "date"}, {"name": "b"}]})
    assert judged(asked, engine="frictionless", seal=seal).code == "time_over"


@pytest.fixture
def misbehaving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Report]:
    """The report where the process does, in the place of judging, what is named so."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    monkeypatch.setattr(sealed, "CHILD", "tests.unit.quality.misbehaving")
    return lambda way: judged(Asked(str(path)), engine=way, seal=QUICK)  # type: ignore[arg-type]


def test_a_process_without_memory_is_told_so(misbehaving: Callable[[str], Report]):
    assert misbehaving("hungry").code == "memory_over"


def test_a_process_that_another_killed_is_not_said_to_have_been_slow(
    misbehaving: Callable[[str], Report],
):
    found = misbehaving("killed")
    assert (found.code, found.ours["facts"]) == ("process_died", {"what": "SIGKILL"})


def test_why_a_process_ended_is_told_in_its_last_words(misbehaving: Callable[[str], Report]):
    assert misbehaving("wrong").ours["facts"] == {"what": "exit code 1: ValueError: rekaan"}


def test_nothing_that_a_process_started_outlives_it(
    misbehaving: Callable[[str], Report], tmp_path: Path
):
    misbehaving("leaving")
    sleeper = Path("/proc") / (tmp_path / "a.csv").read_text()
    until = time.monotonic() + 5
    while _lives(sleeper) and time.monotonic() < until:
        time.sleep(0.01)  # a killed process ends when it is next run
    assert not _lives(sleeper)


def _lives(process: Path) -> bool:
    """Killed and not yet fetched by its parent is no life."""
    try:
        return "\nState:\tZ" not in (process / "status").read_text()
    except OSError:
        return False


def test_a_module_that_lies_where_the_portal_was_started_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert judged(Asked("a.csv"), seal=QUICK).valid


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("rights", "NoNewPrivs:\t1"),
        ("files", "Max open files            256"),
    ],
)
def test_the_process_may_do_little_else(
    way: str, told: str, misbehaving: Callable[[str], Report], tmp_path: Path
):
    misbehaving(way)
    assert told in (tmp_path / "a.csv").read_text()


def test_the_process_has_a_net_of_its_own(misbehaving: Callable[[str], Report], tmp_path: Path):
    misbehaving("net")
    shared = (tmp_path / "a.csv").read_text() == os.readlink("/proc/self/ns/net")
    assert shared is not _gives_nets()


def _gives_nets() -> bool:
    """Whether the kernel gives a process of this user a net of its own."""
    asked = f"import {child.__name__} as child; raise SystemExit(not child.leave_the_net())"
    return not subprocess.run([sys.executable, "-c", asked], check=False).returncode  # noqa: S603


def test_the_memory_of_the_process_is_limited(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    found = judged(Asked(str(path)), seal=Seal(memory=100 << 20))
    # What cannot load a library for want of memory may not be able to say so.
    assert found.code in ("memory_over", "process_died")


def test_half_a_letter_in_a_file_does_not_keep_the_answer_back(tmp_path: Path):
    path = tmp_path / "a.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"geometry": {"type": "\\ud800"}}]}'
    )
    [found] = judged(Asked(str(path)), seal=QUICK).ours["findings"]
    assert (found["code"], found["example"]) == ("geo_kind_unknown", "?")


@pytest.fixture
def wide(tmp_path: Path) -> Asked:
    """A table of one row in which every one of 300 long cells is wrong."""
    path = tmp_path / "a.csv"
    names = [f"k{number}" for number in range(300)]
    path.write_text(",".join(names) + "\n" + ",".join(["x" * 1000] * 300) + "\n")
    return Asked(str(path), {"fields": [{"name": one, "type": "integer"} for one in names]})


def test_an_answer_that_repeats_long_rows_again_and_again_is_cut(wide: Asked):
    report = judged(wide, seal=QUICK)
    assert (len(report.errors), report.ours["shortened"]) == (300, True)
    assert len(json.dumps(report.descriptor)) < 5_000_000


def test_an_answer_of_usual_length_is_frictionless_own(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "x" * 3000 + ",1\n")
    asked = Asked(str(path), {"fields": [{"name": "a", "type": "integer"}, {"name": "b"}]})
    [error] = judged(asked, seal=QUICK).errors
    assert error["cells"] == ["x" * 3000, "1"]


def test_an_answer_longer_than_it_may_be_is_told_so(wide: Asked):
    assert judged(wide, seal=dataclasses.replace(QUICK, answer=1 << 20)).code == "answer_over"


def test_macros_are_told_and_no_reason_to_refuse(tmp_path: Path):
    path = tmp_path / "a.xlsm"
    path.write_bytes(workbook(more={"xl/vbaProject.bin": b"x"}))
    found = judged(Asked(str(path)), seal=QUICK)
    assert (found.valid, found.ours["notes"]) == (True, ["macros"])


def test_a_sealed_report_tells_what_it_used(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    assert judged(Asked(str(path)), seal=QUICK).ours["used"]["memory"] > 1_000_000


def test_a_sealed_process_knows_nothing_of_the_portals_surroundings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CKAN_SQLALCHEMY_URL", "postgresql://rahasia")
    assert "CKAN_SQLALCHEMY_URL" not in sealed._surroundings(str(tmp_path))
