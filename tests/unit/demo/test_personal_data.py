"""The invented files of the demo hold nothing of persons, so that open data goes through."""

from __future__ import annotations

import io

import pytest

from ckanext.satudata.quality.personal_data import check_file
from demo.datasets import DATASETS

FILES = {one.upload.filename: one.upload for dataset in DATASETS for one in dataset.files()}


@pytest.mark.parametrize("name", FILES)
def test_no_file_of_the_demo_asks_for_an_answer(name):
    assert check_file(io.BytesIO(FILES[name].content), name).clean
