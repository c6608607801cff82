"""Tables that offices published hold figures: whatever of them can be read stays silent.

The files are others' and no part of the project; without them there is nothing to test.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.satudata.quality.limits import Limits
from ckanext.satudata.quality.personal_data import check_file

DATA = Path(__file__).parents[4] / "shared" / "data"
FILES = sorted(path for path in DATA.glob("*") if path.suffix in (".csv", ".xlsx"))

pytestmark = pytest.mark.skipif(not FILES, reason="the files of other offices are not here")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_published_table_of_figures_raises_no_question(path: Path):
    found = check_file(path, limits=Limits(seconds=300))
    assert [one.sentence("en") for one in found.findings] == []


@pytest.mark.parametrize("path", sorted(DATA.glob("*.xls")), ids=lambda path: path.name)
def test_a_workbook_of_the_old_kind_is_left_to_a_person(path: Path):
    assert [one.code for one in check_file(path).findings] == ["cannot_be_read"]
