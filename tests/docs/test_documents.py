"""The documents say what the code does, all of it, and nothing that belongs elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from ckanext.satudata.sop import definition
from ckanext.satudata.sop.faults import SENTENCES
from ckanext.satudata.sop.notices import Told
from ckanext.satudata.sop.source import MAX_BYTES, MAX_DEPTH
from ckanext.satudata.sop.statuses import STATUS_TEXTS, Status

ROOT = Path(__file__).parents[2]
SOP_FILE = (ROOT / "docs/reference/sop-file.md").read_text("utf-8")
DOCUMENTS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changes/*.md")})
MAPPINGS = [
    model
    for model in vars(definition).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model.model_fields
]


def section(name: str) -> str:
    """The part of the page below the heading that names `name`."""
    start = SOP_FILE.index(f"(`{name}`)\n")
    return SOP_FILE[start:].split("\n## ")[0]


def rows(text: str) -> dict[str, str]:
    """First cell, without its backticks, to the rest of the row, of each row of a table."""
    return dict(re.findall(r"^\| `([^`]+)` \| (.*) \|$", text, re.MULTILINE))


@pytest.mark.parametrize("model", MAPPINGS, ids=[model.__name__ for model in MAPPINGS])
def test_each_mapping_of_the_sop_file_is_documented_key_by_key(model: type[BaseModel]) -> None:
    assert list(rows(section(model.__name__))) == list(model.model_fields)


def choices() -> list[tuple[str, str, str]]:
    """Mapping, key and value, for each value that a key of the SOP file may be chosen from."""
    found = []
    for model in MAPPINGS:
        for key, cell in model.model_fields.items():
            annotation = cell.annotation
            if isinstance(annotation, type) and issubclass(annotation, Enum):
                found += [(model.__name__, key, one.value) for one in annotation]
            else:
                found += [
                    (model.__name__, key, v) for v in get_args(annotation) if isinstance(v, str)
                ]
    return found


def test_some_keys_are_chosen_from_a_list() -> None:
    assert {key for _, key, _ in choices()} >= {"lingkup", "tingkat", "menulis", "satuan", "peran"}


@pytest.mark.parametrize(("model", "key", "value"), choices())
def test_each_value_a_key_may_have_is_documented(model: str, key: str, value: str) -> None:
    assert f"`{value}`" in rows(section(model))[key]


@pytest.mark.parametrize("values", [definition.Efek, Status], ids=["Efek", "Status"])
def test_effects_and_statuses_are_documented_one_by_one(values: type[Enum]) -> None:
    assert list(rows(section(values.__name__))) == [one.value for one in values]


def test_a_status_is_called_in_the_documents_what_the_portal_calls_it() -> None:
    assert rows(section("Status")) == {one.value: STATUS_TEXTS[one].label for one in Status}


def test_the_limits_of_a_file_are_documented_as_they_are() -> None:
    assert f"at most {MAX_BYTES // 1024} KiB, nested at most {MAX_DEPTH} deep" in SOP_FILE


def test_each_fault_of_a_sop_file_is_documented() -> None:
    page = (ROOT / "docs/reference/errors.md").read_text("utf-8")
    assert set(SENTENCES) - set(rows(page)) == set()


def test_the_page_of_codes_is_made_from_the_tables_as_they_are() -> None:
    script = [sys.executable, str(ROOT / "docs/generate_errors.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def headings(text: str) -> list[str]:
    """The level of each heading, in order."""
    return re.findall(r"^(#+) ", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)


def commands(text: str) -> list[str]:
    return re.findall(r"```\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("part", [headings, commands])
def test_the_two_readmes_are_twins(part) -> None:
    english, indonesian = (
        part((ROOT / name).read_text("utf-8")) for name in ("README.md", "README.id.md")
    )
    assert english == indonesian != []


@pytest.mark.parametrize("name", ["README.md", "README.id.md", "CONTRIBUTING.md"])
def test_each_command_that_a_document_tells_is_one_that_there_is(name: str) -> None:
    told = set(re.findall(r"\./portal ([a-z]+)", (ROOT / name).read_text("utf-8")))
    main = (ROOT / "deploy/portal/main.sh").read_text("utf-8")
    known = set(re.findall(r"^\./portal ([a-z]+)", main, re.MULTILINE)) | {"help"}
    assert told - known == set()


def links(document: Path) -> list[Path]:
    found = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    return [(document.parent / link).resolve() for link in found if "://" not in link]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_link_leads_to_a_file_that_there_is(document: Path) -> None:
    assert [link for link in links(document) if not link.exists()] == []


def test_each_page_can_be_reached_from_the_start_page() -> None:
    reached, frontier = set(), {(ROOT / "docs/index.md").resolve()}
    while frontier:
        reached |= frontier
        frontier = {
            one for page in frontier for one in links(page) if one.suffix == ".md"
        } - reached
    pages = {path.resolve() for path in ROOT.glob("docs/**/*.md")}
    assert pages - reached == set()


def terms() -> list[list[str]]:
    text = (ROOT / "docs/glossary.md").read_text("utf-8")
    cells = [
        [cell.strip() for cell in row.split("|")[1:-1]] for row in text.splitlines() if "|" in row
    ]
    return [row for row in cells if row[0] != "Term" and not row[0].startswith("---")]


def test_each_term_stands_in_the_glossary_once() -> None:
    counts = Counter(row[0].lower() for row in terms())
    assert {term: count for term, count in counts.items() if count > 1} == {}


def test_each_term_has_its_other_language_its_meaning_and_its_source() -> None:
    assert [row[0] for row in terms() if len(row) != 4 or not all(row)] == []


FRAGMENT = re.compile(r"\d+\.(?P<kind>[a-z]+)(\.\d+)?\.md")


def test_each_change_is_of_a_kind_that_the_readme_of_changes_lists() -> None:
    kinds = set(rows((ROOT / "changes/README.md").read_text("utf-8")))
    names = [path.name for path in ROOT.glob("changes/*") if path.name != "README.md"]
    matched = {name: FRAGMENT.fullmatch(name) for name in names}
    assert [
        name for name, match in matched.items() if not match or match["kind"] not in kinds
    ] == []


def test_each_decision_fits_in_ten_lines() -> None:
    entries = (ROOT / "docs/decisions.md").read_text("utf-8").split("\n## ")[1:]
    assert [e.splitlines()[0] for e in entries if len(e.strip().splitlines()) > 12] == []


def test_every_kind_of_notice_stands_in_the_guide_on_telling_people() -> None:
    guide = (ROOT / "docs/how-to/tell-people.md").read_text("utf-8")
    cells = " ".join(line.split(" | ")[0] for line in guide.splitlines() if line.startswith("| `"))

    assert [one.value for one in Told if f"`{one.value}`" not in cells] == []
