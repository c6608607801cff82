"""Row 34: a group lets go of data only with those who edit the data."""

from __future__ import annotations

import pytest

from tests.integration.hostile import refusal
from tests.integration.office import call, dataset_values, resource_values, walk

NAME = "jumlah-penduduk"
GROUP = "kelompok"


@pytest.fixture
def tied(office):
    """A group of the stranger that holds data of the agency."""
    users = [{"name": office["outsider"], "capacity": "admin"}]
    dataset = call(office["produsen_data"], "package_create", **dataset_values(office))
    call(
        office["sysadmin"],
        "group_create",
        name=GROUP,
        users=users,
        packages=[{"id": dataset["id"]}],
    )


def held(office):
    return [one["name"] for one in call(office["sysadmin"], "package_show", id=NAME)["groups"]]


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("group_update", {"name": GROUP, "packages": []}),
        ("group_patch", {"packages": []}),
        ("member_delete", {"object": NAME, "object_type": "package"}),
    ],
)
def test_row_34_who_leads_a_group_alone_drops_no_data_from_it(office, tied, action, values):
    refusal(office["outsider"], action, id=GROUP, **values)

    assert held(office) == [GROUP]


@pytest.mark.parametrize("action", ["group_delete", "group_purge"])
def test_row_34_a_group_that_holds_published_data_is_not_removed(office, tied, action):
    call(office["produsen_data"], "resource_create", **resource_values(NAME))
    walk(office, call(office["admin_data"], "satudata_case_show", id=NAME), until=9)

    refusal(office["sysadmin"], action, id=GROUP)

    assert held(office) == [GROUP]


def test_row_34_who_leads_a_group_still_names_it(office, tied):
    call(office["outsider"], "group_patch", id=GROUP, title="Judul baru")

    assert held(office) == [GROUP]
