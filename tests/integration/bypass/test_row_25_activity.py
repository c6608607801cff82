"""Rows 25 and 26: the activity stream keeps each version, also of what is not public."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckanext.activity.model import Activity

from tests.integration.bypass.public import SECRET, Public
from tests.integration.hostile import refusal
from tests.integration.office import call, submit, walk

NAME = "jumlah-penduduk"
LISTS: dict[str, dict[str, Any]] = {
    "recently_changed_packages_activity_list": {},
    "dashboard_activity_list": {},
    "user_activity_list": {"id": "{producer}"},
    "package_activity_list": {"id": NAME},
    "organization_activity_list": {"id": "{agency}"},
}


@pytest.fixture
def activities(office) -> list[str]:
    """Ids of the versions, oldest first, of a dataset that was public and is not any more: the
    labels of its versions still say that everybody reads them."""
    walk(office, submit(office, notes=SECRET), until=9)
    package = model.Package.get(NAME)
    assert package is not None
    rows = model.Session.query(Activity).filter_by(object_id=package.id)
    found = rows.order_by(Activity.timestamp).all()
    for one in found:
        one.permission_labels = ["public"]
    package.private = True
    model.Session.commit()
    return [one.id for one in found]


@pytest.fixture
def still_public(office) -> list[str]:
    """The same while the dataset is public; its earlier versions never were."""
    walk(office, submit(office, notes=SECRET), until=9)
    package = model.Package.get(NAME)
    rows = model.Session.query(Activity).filter_by(object_id=package.id)
    return [one.id for one in rows.order_by(Activity.timestamp).all()]


def _values(office, given: dict[str, Any]) -> dict[str, Any]:
    known = {"producer": office["produsen_data"], "agency": office.agency["id"]}
    return {key: value.format(**known) for key, value in given.items()}


def test_the_versions_are_kept_at_all(activities):
    assert len(activities) > 1


@pytest.mark.parametrize("person", [None, "outsider"])
@pytest.mark.parametrize("action", LISTS)
def test_row_25_no_list_shows_what_was_taken_back(app, office, activities, action, person):
    token = office.people[person]["token"] if person else None
    read = Public(app, token).reads(action, **_values(office, LISTS[action]))

    assert [one for one in (SECRET, *activities) if one in read] == []


@pytest.mark.parametrize("person", [None, "outsider"])
@pytest.mark.parametrize("action", ["activity_show", "activity_data_show", "activity_diff"])
def test_row_26_no_version_is_shown_to_others(app, office, still_public, action, person):
    token = office.people[person]["token"] if person else None
    reader = Public(app, token)
    asked = {"include_data": True, "object_type": "package"}

    read = {reader.ask(action, id=one, **asked).status_code for one in still_public}
    assert read == {403}


@pytest.mark.parametrize(
    "path",
    [
        "/dataset/activity/{name}",
        "/dataset/changes/{activity}",
        "/dataset/changes_multiple?new_id={activity}&old_id={activity}",
        "/dataset/{name}/history/{activity}",
        "/user/activity/{user}",
        "/organization/activity/{agency}",
    ],
)
@pytest.mark.parametrize("person", [None, "outsider"])
def test_row_26_no_page_shows_an_earlier_version(app, office, still_public, path, person):
    token = office.people[person]["token"] if person else None
    known = {"name": NAME, "activity": still_public[-1], "user": office["produsen_data"]}
    known |= {"agency": office.agency["name"]}

    answer = Public(app, token).get(path.format(**known))

    assert (answer.status_code, SECRET in answer.get_data(as_text=True)) != (200, True)


@pytest.mark.parametrize("person", [None, "outsider"])
def test_row_26_the_page_of_an_old_file_asks_for_permission(app, office, still_public, person):
    token = office.people[person]["token"] if person else None
    resource = model.Package.get(NAME).resources[0].id
    path = f"/dataset/{NAME}/resources/{resource}/history/{still_public[-1]}"

    assert Public(app, token).get(path).status_code in (302, 403, 404)


def test_row_25_who_edits_the_data_reads_its_stream(office):
    submit(office)

    listed = call(office["produsen_data"], "package_activity_list", id=NAME)

    assert "new package" in {one["activity_type"] for one in listed}


def test_row_25_what_somebody_did_is_told_to_himself_alone(office):
    refusal(office["verifikator"], "user_activity_list", id=office["produsen_data"])

    assert call(office["produsen_data"], "user_activity_list", id=office["produsen_data"])
