"""Row 6: core takes any word as the state of a dataset, from every editor."""

from __future__ import annotations

import pytest
from ckan import model

from tests.integration.hostile import refusal
from tests.integration.office import call, dataset_values

NAME = "jumlah-penduduk"


@pytest.fixture
def dataset(office):
    return call(office["produsen_data"], "package_create", **dataset_values(office))


@pytest.mark.parametrize("person", ["produsen_data", "sysadmin"])
@pytest.mark.parametrize("state", ["foo", "to_delete", "", "pending"])
def test_row_06_a_state_that_nobody_knows_is_refused(office, dataset, person, state):
    said = refusal(office[person], "package_patch", id=NAME, state=state)

    assert "state_unknown" in said


def test_row_06_no_dataset_is_born_deleted(office):
    values = dataset_values(office, state="deleted")

    assert "state_unknown" in refusal(office["sysadmin"], "package_create", **values)


def test_row_06_who_deleted_data_does_not_bring_it_back_by_a_patch(office, dataset):
    call(office["produsen_data"], "package_delete", id=NAME)

    said = refusal(office["produsen_data"], "package_patch", id=NAME, state="active")
    assert "state_deleted" in said


def test_row_06_the_administrator_brings_back_what_was_deleted_by_mistake(office, dataset):
    call(office["produsen_data"], "package_delete", id=NAME)

    call(office["sysadmin"], "package_patch", id=NAME, state="active")

    assert (model.Package.get(NAME).state, model.Package.get(NAME).private) == ("active", True)
