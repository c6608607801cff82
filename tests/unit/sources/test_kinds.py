from __future__ import annotations

import re
from pathlib import Path

import pytest

from ckanext.satudata.sources.kinds import KINDS

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "sources.md").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_each_key_of_a_declaration_is_documented(kind: str) -> None:
    start = PAGE.index(f"(`{kind}`)\n")
    section = PAGE[start:].split("\n## ")[0]
    documented = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
    assert sorted(documented) == sorted(KINDS[kind].form.model_fields)


@pytest.mark.parametrize("kind", [name for name, one in KINDS.items() if not one.proven])
def test_a_source_without_a_recorded_answer_is_said_to_be_unproven(kind: str) -> None:
    start = PAGE.index(f"(`{kind}`)\n")
    assert "**Unproven**" in PAGE[start:].split("\n## ")[0]
