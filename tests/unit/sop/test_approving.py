"""Whose word puts data before the public."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ckanext.satudata.sop.approving import approvers
from ckanext.satudata.sop.load import load

SOPS = Path(__file__).parents[3] / "schemas" / "sop"
EXPECTED = {
    "000-manajemen-data": {"pengelola_data"},
    "001-pengelolaan-pengamanan-data": set(),
    "002-pengelolaan-data": {"kasi", "pimpinan_sumber_data", "staf"},
    "003-pengelolaan-data-elektronik": set(),
    "004-pengelolaan-data-informasi": {"kepala_dinas", "staf"},
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_approvers_of_the_five_files_are_known(name):
    content = (SOPS / f"{name}.yaml").read_bytes()

    assert approvers(load(content, name).sop) == EXPECTED[name]


def test_a_step_whose_outcome_alone_publishes_counts(
    sheet: dict[str, Any], written: Callable[[Any], bytes]
):
    step = next(one for one in sheet["langkah"] if one["keputusan"])
    step["keputusan"][0]["efek"] = ["setujui"]

    text = yaml.safe_dump(sheet, allow_unicode=True).encode()
    assert set(step["pelaksana"]) <= approvers(load(text, "uji").sop)
