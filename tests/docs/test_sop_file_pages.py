"""The page, the schema and the example of the SOP file are what the code makes of them today."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ckanext.satudata.errors import InvalidSop
from ckanext.satudata.sop.load import load
from ckanext.satudata.sop.schema import json_schema

ROOT = Path(__file__).parents[2]
SHEETS = sorted(ROOT.glob("schemas/sop/*.yaml"))


def test_the_page_of_the_sop_file_is_made_from_the_definition_as_it_is() -> None:
    script = [sys.executable, str(ROOT / "docs/generate_sop_file.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_schema_in_the_tree_is_the_one_that_is_printed() -> None:
    kept = (ROOT / "schemas/sop.schema.json").read_text("utf-8")
    assert kept == json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("sheet", SHEETS, ids=[sheet.name for sheet in SHEETS])
def test_the_first_line_of_a_sheet_leads_an_editor_to_the_schema(sheet: Path) -> None:
    first = sheet.read_text("utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named
    assert (sheet.parent / named[1]).resolve() == ROOT / "schemas/sop.schema.json"


def test_the_row_that_officials_are_shown_is_one_that_loads() -> None:
    page = (ROOT / "docs/how-to/menulis-berkas-sop.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    sheet = (ROOT / "schemas/sop/000-manajemen-data.yaml").read_text("utf-8")
    lines = sheet.splitlines(keepends=True)
    start, end = (lines.index(f"  - langkah: {number}\n") for number in (3, 4))
    indented = "".join(f"    {line}\n" for line in example.splitlines())
    text = "".join([*lines[:start], "  - " + indented[4:], *lines[end:]])
    assert yaml.safe_load(text)["langkah"][2] == yaml.safe_load(example)
    try:
        load(text.encode(), "contoh.yaml")
    except InvalidSop as error:
        pytest.fail(str(error))
