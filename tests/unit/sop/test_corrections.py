"""What a sheet may let people correct without a run: fields of a dataset that only describe it."""

from __future__ import annotations

from pathlib import Path

import yaml

from ckanext.satudata.sop.cells import CORRECTABLE
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.sheet import marks

ROOT = Path(__file__).parents[3]


def test_what_can_be_corrected_is_a_field_of_our_datasets() -> None:
    schema = yaml.safe_load((ROOT / "schemas/dataset.yaml").read_text("utf-8"))
    fields = {one["field_name"] for one in schema["dataset_fields"]}
    assert set(CORRECTABLE) <= fields


def test_what_the_example_lets_be_corrected_is_marked_as_read_into_the_sheet(sop_000: Sop) -> None:
    marked = {mark.cell for mark in marks(sop_000) if mark.place == "koreksi"}
    assert marked == {"pelaksana", "bidang"}
