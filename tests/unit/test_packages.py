"""A package that lists its modules names each of them, in lines that are set in alike."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "ckanext" / "satudata"
LINE = re.compile(r"^ *([a-z_]+)(?:, [a-z_]+)*  +\S", re.MULTILINE)
FEWEST = 3
"""Lines of a list; fewer are something else."""
LISTS = {
    str(path.parent.relative_to(ROOT)): told
    for path in sorted(ROOT.rglob("__init__.py"))
    if (told := ast.get_docstring(ast.parse(path.read_text("utf-8")), clean=False))
    and len(LINE.findall(told)) >= FEWEST
}
"""Package to what it says of itself."""


@pytest.mark.parametrize("package", LISTS)
def test_a_package_that_lists_its_modules_names_each_of_them(package: str):
    words = set(re.findall(r"[a-z_]+", LISTS[package]))
    own = {one.stem for one in (ROOT / package).glob("*.py") if not one.stem.startswith("__")}
    assert own - words == set()


@pytest.mark.parametrize("package", LISTS)
def test_the_lines_of_a_list_are_set_in_alike(package: str):
    depths = {len(line[0]) - len(line[0].lstrip()) for line in LINE.finditer(LISTS[package])}
    assert len(depths) == 1


@pytest.mark.parametrize("package", ["quality", "quality/fast", "quality/judge", "sources", "sop"])
def test_these_packages_list_their_modules(package: str):
    assert package in LISTS
