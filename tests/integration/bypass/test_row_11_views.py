"""Row 11: a view stands on the public page of a dataset, and core asks little about it."""

from __future__ import annotations

import pytest
from ckan import model

from tests.integration.hostile import first_file, refusal
from tests.integration.office import submit, walk

NAME = "jumlah-penduduk"


@pytest.fixture
def view(office):
    """A view of a file of a published dataset."""
    walk(office, submit(office), until=9)
    resource = first_file(office)
    row = model.ResourceView(
        resource_id=resource["id"], view_type="text_view", title="Rekaan", order=0
    )
    model.Session.add(row)
    model.Session.commit()
    return {
        "id": row.id,
        "resource_id": resource["id"],
        "title": "Diam-diam",
        "view_type": "text_view",
    }


ASKED = {
    "resource_view_create": ("resource_id", "title", "view_type"),
    "resource_view_update": ("id", "resource_id", "title", "view_type"),
    "resource_view_delete": ("id",),
}


@pytest.mark.parametrize("person", ["produsen_data", "sysadmin"])
@pytest.mark.parametrize("action", ASKED)
def test_row_11_nobody_touches_the_views_of_published_data(office, view, action, person):
    values = {name: view[name] for name in ASKED[action]}

    said = refusal(office[person], action, **values)
    assert "locked_published" in said


def test_row_11_nobody_reorders_the_views_of_published_data(office, view):
    values = {"id": view["resource_id"], "order": [view["id"]]}

    assert "locked_published" in refusal(office["sysadmin"], "resource_view_reorder", **values)


def test_row_11_views_of_all_data_are_not_cleared_while_some_of_it_is_public(office, view):
    assert "locked_published" in refusal(office["sysadmin"], "resource_view_clear")


def test_row_11_default_views_are_made_for_no_file_of_another_dataset(office, view):
    package = {"id": "tidak-ada", "resources": [{"id": view["resource_id"]}]}

    action = "package_create_default_resource_views"
    assert "locked_published" in refusal(office["sysadmin"], action, package=package)
