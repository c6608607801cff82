"""Beside the rows: an agency and a group are one table to core, whose actions take both kinds."""

from __future__ import annotations

import pytest
from ckan import model

from tests.integration.bypass.harvested import forced as allowed
from tests.integration.hostile import forced, refusal, stranger
from tests.integration.office import call, dataset_values, resource_values, submit, walk

NAME = "jumlah-penduduk"
GROUP = "kelompok"


@pytest.fixture
def published(office):
    """An agency whose dataset is public, and whose administrator is the stranger of the tests."""
    admin = {"id": office.agency["id"], "username": office["outsider"], "role": "admin"}
    call(office["sysadmin"], "organization_member_create", **admin)
    return walk(office, submit(office), until=9)


@pytest.fixture
def group(office):
    """A group that the stranger leads."""
    users = [{"name": office["outsider"], "capacity": "admin"}]
    return call(office["sysadmin"], "group_create", name=GROUP, title="Kelompok", users=users)


def known(reference: str) -> model.Group:
    group = model.Group.get(reference)
    assert group is not None
    return group


def agency_of(office) -> model.Group:
    return known(office.agency["id"])


@pytest.mark.parametrize("person", ["outsider", "sysadmin"])
@pytest.mark.parametrize("state", ["deleted", "draft"])
def test_an_agency_is_not_removed_by_its_state(office, published, person, state):
    said = refusal(office[person], "organization_patch", id=office.agency["id"], state=state)

    assert "group_state" in said
    assert agency_of(office).state == "active"


def test_an_agency_is_not_removed_by_its_state_where_no_permission_is_asked(office, published):
    said = forced(office, "organization_patch", id=office.agency["id"], state="deleted")

    assert "group_state" in said


@pytest.mark.parametrize("person", ["outsider", "sysadmin"])
def test_an_agency_is_not_made_a_group(office, published, person):
    call(office[person], "organization_patch", id=office.agency["id"], is_organization=False)

    assert agency_of(office).is_organization


@pytest.mark.parametrize("action", ["group_delete", "group_purge", "group_update"])
def test_no_action_for_groups_takes_an_agency(office, published, action):
    values = {"id": office.agency["id"], "name": "lain", "title": "Lain"}

    refusal(office["sysadmin"], action, **values)

    assert (agency_of(office).state, agency_of(office).name) == ("active", office.agency["name"])


@pytest.mark.parametrize(
    "action", ["organization_delete", "organization_purge", "organization_update"]
)
def test_no_action_for_agencies_takes_a_group(office, group, action):
    refusal(office["sysadmin"], action, id=GROUP, name="lain", title="Lain", packages=[])

    assert known(GROUP).state == "active"


def test_a_group_is_not_removed_by_its_state_either(office, group):
    assert "group_state" in refusal(office["outsider"], "group_patch", id=GROUP, state="deleted")


@pytest.mark.parametrize("action", ["group_delete", "group_purge", "group_update"])
def test_a_group_lets_go_of_no_published_data_where_no_permission_is_asked(office, group, action):
    made = call(office["produsen_data"], "package_create", **dataset_values(office))
    call(office["sysadmin"], "group_patch", id=GROUP, packages=[{"id": made["id"]}])
    call(office["produsen_data"], "resource_create", **resource_values(NAME))
    walk(office, call(office["admin_data"], "satudata_case_show", id=NAME), until=9)

    said = forced(office, action, id=GROUP, name=GROUP, packages=[])

    assert "locked_published" in said


def test_an_agency_that_was_removed_without_data_is_brought_back(office):
    agency = office.other_agency["id"]
    call(office["sysadmin"], "organization_delete", id=agency)

    allowed(office, "organization_patch", id=agency, state="active")

    assert known(agency).state == "active"


@pytest.mark.parametrize("kind", ["package", "Package", "PACKAGE", "pac\u212aage"])
def test_published_data_is_tied_to_no_group_however_its_kind_is_spelt(
    office, published, group, kind
):
    tie = {"object": NAME, "object_type": kind, "capacity": "public"}

    refusal(office["outsider"], "member_create", id=GROUP, **tie)

    assert call(office["sysadmin"], "package_show", id=NAME)["groups"] == []


def test_data_of_others_is_tied_to_no_group_however_its_kind_is_spelt(office, group):
    users = {"id": GROUP, "username": office["verifikator"], "role": "admin"}
    call(office["sysadmin"], "group_member_create", **users)
    tie = {"object": stranger(office)["id"], "object_type": "Package", "capacity": "public"}

    refusal(office["verifikator"], "member_create", id=GROUP, **tie)
    assert "locked_published" not in refusal(
        office["verifikator"], "member_delete", id=GROUP, **tie
    )
