"""Rows of the list that CKAN's own settings and form close, held here so that they stay closed."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.logic.files import store
from tests.integration.bypass.public import SECRET, Public
from tests.integration.hostile import bytes_of, first_file, refusal
from tests.integration.office import CSV, call, resource_values, submit, upload, walk

NAME = "jumlah-penduduk"


def _private() -> bool:
    model.Session.expire_all()
    package = model.Package.get(NAME)
    assert package is not None
    return package.private


def test_row_03_an_update_that_changes_nothing_hides_and_shows_nothing(office):
    walk(office, submit(office), until=9)
    shown = call(office["sysadmin"], "package_show", id=NAME)

    context = {"user": office["sysadmin"], "ignore_auth": True}
    helpers.call_action("package_update", context, **shown)

    assert call(office["sysadmin"], "package_show", id=NAME) == shown


@pytest.fixture
def rows(office):
    """The file of a dataset in review; its bytes and its rows hold a secret."""
    submit(office)
    file = resource_values(NAME, name="Rahasia", upload=upload(SECRET.encode()))
    made = call(office["produsen_data"], "resource_create", **file)
    values = {"resource_id": made["id"], "force": True, "records": [{"kata": SECRET}]}
    call(office["produsen_data"], "datastore_create", **values)
    return made["id"]


@pytest.mark.parametrize("person", [None, "outsider"])
def test_row_13_rows_of_unreleased_data_are_read_nowhere(app, office, rows, person):
    reader = Public(app, office.people[person]["token"] if person else None)
    asked = {"datastore_search": {"resource_id": rows}, "datastore_info": {"id": rows}}
    asked |= {"datastore_search_sql": {"sql": f'SELECT * FROM "{rows}"'}}

    read = [reader.reads(action, **values) for action, values in asked.items()]
    read.append(reader.get(f"/datastore/dump/{rows}").get_data(as_text=True))
    # Both columns of the answer: the rows themselves, and the names of their columns.
    assert [one for one in read if SECRET in one or '"kata"' in one] == []


def test_row_14_the_list_of_tables_is_nobodys(public, rows):
    assert rows not in public.reads("datastore_search", resource_id="_table_metadata")


@pytest.mark.parametrize("action", ["organization_create", "group_create"])
def test_row_16_nobody_becomes_the_head_of_an_agency_by_making_one(office, action):
    refusal(office["produsen_data"], action, name="dinas-sendiri", title="Dinas sendiri")


@pytest.mark.parametrize("person", ["outsider", "produsen_data", "sysadmin"])
def test_row_17_nobody_is_made_a_collaborator(office, person):
    submit(office)
    values = {"id": NAME, "user_id": office["outsider"], "capacity": "editor"}

    refusal(office[person], "package_collaborator_create", **values)


def test_row_22_a_search_tells_the_public_of_a_dataset_what_its_page_does(office, public):
    walk(office, submit(office), until=9)

    found = public.ask("package_search").json["result"]["results"][0]
    assert found == public.ask("package_show", id=NAME).json["result"]


def test_row_23_a_dataset_is_shown_to_everybody_alike(office, public):
    walk(office, submit(office), until=9)
    shown = call(office["sysadmin"], "package_show", id=NAME)
    shown.pop("plugin_data", None)

    assert public.ask("package_show", id=NAME).json["result"] == shown


@pytest.mark.parametrize("person", [None, "outsider", "produsen_data"])
def test_row_29_nobody_makes_a_file_of_his_own_of_the_bytes_of_a_dataset(app, office, rows, person):
    token = office.people[person]["token"] if person else None

    answer = Public(app, token).ask("file_register", location=f"resources/{rows}")

    assert answer.status_code == 403


def test_row_29_bytes_that_a_release_names_are_not_registered_to_be_deleted(office):
    walk(office, submit(office), until=9)
    file = first_file(office)
    lies = {"location": store.location_of(file["hash"]), "storage": "resources"}

    try:
        made = call(office["sysadmin"], "file_register", **lies)
        call(office["sysadmin"], "file_delete", id=made["id"])
    except tk.NotAuthorized:
        model.Session.rollback()

    assert bytes_of(file) == CSV


@pytest.mark.parametrize("person", [None, "outsider"])
def test_row_30_a_file_of_unreleased_data_is_not_downloaded(app, office, rows, person):
    token = office.people[person]["token"] if person else None

    answer = Public(app, token).get(f"/dataset/{NAME}/resource/{rows}/download/penduduk.csv")

    assert SECRET not in answer.get_data(as_text=True)


@pytest.mark.parametrize("person", ["produsen_data", "sysadmin"])
def test_row_33_no_button_of_core_publishes(app, office, person):
    submit(office)
    file, dataset = first_file(office), model.Package.get(NAME).id
    posts = {
        f"/organization/bulk_process/{office.agency['name']}": {
            "bulk_action.public": "1",
            f"dataset_{dataset}": "on",
        },
        f"/dataset/{NAME}/resource/{file['id']}/edit": {"save": "go-metadata-publish"},
        f"/dataset/edit/{NAME}": {"save": "go-metadata-publish", "private": "False"},
    }
    headers = {"Authorization": office.people[person]["token"]}

    for path, form in posts.items():
        app.test_client().post(path, data=form, headers=headers)
    assert _private()


@pytest.mark.parametrize("person", ["produsen_data", "sysadmin"])
def test_row_33_no_button_of_core_takes_back_what_is_published(app, office, person):
    walk(office, submit(office), until=9)
    headers = {"Authorization": office.people[person]["token"]}
    form = {"save": "go-metadata-unpublish", "title": "Diam-diam"}

    app.test_client().post(f"/dataset/edit/{NAME}", data=form, headers=headers)

    assert (_private(), model.Package.get(NAME).state) == (False, "active")


def test_row_37_nobody_registers_himself(public):
    values = {"name": "baru", "email": "baru@contoh.example", "password": "Rekaan-1234"}

    assert public.ask("user_create", **values).status_code == 403
    assert public.get("/user/register").status_code in (302, 403, 404)
