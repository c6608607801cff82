"""Rows of a resource are those of the table that its pointer names, by whichever door."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers
from ckanext.datastore.backend import DatastoreBackend, get_all_resources_ids_in_datastore
from ckanext.datastore.backend.postgres import get_write_engine

from ckanext.satudata.logic.datasets.pointed_tables import PointedBackend
from ckanext.satudata.model import datastore
from ckanext.satudata.model.resource_tables import orphan_tables, point_table, table_of
from tests.integration.office import call, submit
from tests.integration.rows_scene import (
    NAME,
    NEW,
    OLD,
    copy_of,
    first_resource,
    load,
    published_with_rows,
    read,
    share,
    table_count,
    with_rows,
)

ANONYMOUS = ""


@pytest.fixture
def switched(office, no_wall):
    """A published resource whose pointer names another table meanwhile."""
    resource = published_with_rows(office)
    copy = copy_of(office, resource)
    load(office["produsen_data"], copy, NEW)
    share(resource, copy)
    return resource


def test_the_backend_of_the_datastore_is_ours(with_plugins):
    assert isinstance(DatastoreBackend.get_active_backend(), PointedBackend)


def test_the_backend_is_still_ours_where_a_command_registers_them_anew(office):
    get_all_resources_ids_in_datastore()

    assert isinstance(DatastoreBackend.get_active_backend(), PointedBackend)


@pytest.mark.parametrize("person", [ANONYMOUS, "produsen_data"])
def test_a_switched_pointer_is_searched_at_once(office, switched, person):
    assert read(switched, office[person] if person else "") == ["Contoh Baru"]


def test_the_answer_of_a_search_names_the_resource_and_no_table(office, switched):
    found = helpers.call_action("datastore_search", {"user": ""}, resource_id=switched)

    assert found["resource_id"] == switched
    assert table_of(switched) not in repr(found)


def test_the_total_is_that_of_the_new_table(office, switched):
    found = helpers.call_action("datastore_search", {"user": ""}, resource_id=switched)

    assert found["total"] == len(NEW)


def test_info_is_that_of_the_new_table_under_the_id_of_the_resource(office, switched):
    info = helpers.call_action("datastore_info", {"user": ""}, id=switched)

    assert (info["meta"]["id"], info["meta"]["count"]) == (switched, len(NEW))


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_a_dump_is_that_of_the_new_table(app, switched, form):
    answer = app.get(f"/datastore/dump/{switched}?format={form}")

    assert "Contoh Baru" in answer.text
    assert "Contoh Lama" not in answer.text


def test_a_dump_reads_one_table_to_its_end_though_the_pointer_moves(
    app, office, monkeypatch, no_wall
):
    resource = published_with_rows(office)
    other = copy_of(office, resource)
    load(office["produsen_data"], other, NEW)
    monkeypatch.setattr("ckanext.datastore.blueprint.PAGINATE_BY", 1)
    real, calls = PointedBackend.search, []

    def search(self, context, data_dict):
        found = real(self, context, data_dict)
        if not calls:
            share(resource, other)
        calls.append(found)
        return found

    monkeypatch.setattr(PointedBackend, "search", search)
    answer = app.get(f"/datastore/dump/{resource}")

    lines = answer.text.splitlines()[1:]

    assert [line.split(",")[1] for line in lines] == [one["kecamatan"] for one in OLD]
    assert len(calls) > 1


def test_the_dictionary_page_shows_the_columns_of_the_new_table(app, office):
    submit(office)
    resource = first_resource(office)
    load(office["produsen_data"], resource, [{"nama_baru": "a"}])
    headers = {"Authorization": office.people["produsen_data"]["token"]}

    page = app.get(f"/dataset/{NAME}/dictionary/{resource}", headers=headers)

    assert "nama_baru" in page.text


def test_a_resource_without_a_pointer_has_no_rows_though_a_table_bears_its_id(office, no_wall):
    resource = published_with_rows(office)
    point_table(resource, None)
    model.Session.commit()
    with get_write_engine().begin() as connection:
        connection.execute(sa.text(f'CREATE TABLE "{resource}" (_id serial, a text)'))

    try:
        with pytest.raises(tk.ObjectNotFound):
            read(resource)
    finally:
        with get_write_engine().begin() as connection:
            connection.execute(sa.text(f'DROP TABLE "{resource}"'))


@pytest.mark.parametrize("door", ["datastore_search", "datastore_info"])
def test_nobody_reaches_rows_by_the_name_of_a_table(office, door):
    table = table_of(published_with_rows(office))

    for person in ("", office["sysadmin"]):
        with pytest.raises((tk.ObjectNotFound, tk.NotAuthorized)):
            helpers.call_action(door, {"user": person}, resource_id=table, id=table)


@pytest.mark.parametrize("setting", ["", "_table_metadata"])
def test_the_list_of_tables_shows_nothing_to_the_public(app, office, ckan_config, setting):
    """Row 14 of the bypass list: stock CKAN lists ids of private resources here."""
    with_rows(office)
    ckan_config["ckan.datastore.public_table_search"] = setting

    for path in (
        "/api/3/action/datastore_search?resource_id=_table_metadata",
        "/api/3/action/datastore_info?id=_table_metadata",
        "/datastore/dump/_table_metadata",
    ):
        assert app.get(path).status_code == 404, path


def test_rows_of_private_data_are_not_for_the_public(app, office):
    with_rows(office)
    resource = first_resource(office)

    search = app.get(f"/api/3/action/datastore_search?resource_id={resource}")
    info = app.get(f"/api/3/action/datastore_info?id={resource}")
    dump = app.get(f"/datastore/dump/{resource}")

    assert (search.status_code, info.status_code, dump.status_code) == (403, 403, 404)


def test_rows_of_a_resource_get_a_table_of_their_own_name(office):
    submit(office)
    resource = first_resource(office)
    load(office["produsen_data"], resource)

    assert table_of(resource) not in (None, resource)


def test_rows_loaded_twice_lie_in_the_same_table(office):
    with_rows(office)
    resource = first_resource(office)
    table = table_of(resource)

    load(office["produsen_data"], resource, NEW)

    assert table_of(resource) == table
    assert len(read(resource, office["produsen_data"])) == len(OLD) + len(NEW)


def test_a_new_resource_with_rows_is_made_in_one_call(office):
    submit(office)
    made = call(
        office["produsen_data"],
        "datastore_create",
        resource={"package_id": NAME, "name": "Dua", "resource_type": "data", "format": "CSV"},
        records=NEW,
    )

    assert read(made["resource_id"], office["produsen_data"]) == ["Contoh Baru"]


def test_a_pointer_that_is_not_committed_leaves_an_orphan_table(office, monkeypatch):
    submit(office)
    before = set(orphan_tables())

    def fail(*_arguments):
        raise RuntimeError

    monkeypatch.setattr("ckanext.satudata.logic.datasets.row_writes.record", fail)
    with pytest.raises(RuntimeError):
        load(office["produsen_data"], first_resource(office))

    assert table_of(first_resource(office)) is None
    assert len(set(orphan_tables()) - before) == 1


def test_an_alias_is_refused(office):
    submit(office)
    values = {"resource_id": first_resource(office), "records": OLD, "force": True}

    with pytest.raises(tk.ValidationError, match="rows_alias"):
        call(office["produsen_data"], "datastore_create", aliases=["penduduk"], **values)


def test_copying_a_pointer_copies_no_rows_of_a_large_table(office):
    with_rows(office)
    resource, copy = first_resource(office), copy_of(office, first_resource(office))
    with get_write_engine().begin() as connection:
        connection.execute(
            sa.text(
                f'INSERT INTO "{table_of(resource)}" (kecamatan, jumlah)'
                " SELECT 'Contoh', n FROM generate_series(1, 100000) n"
            )
        )
    point_table(copy, None)
    model.Session.commit()
    tables, begun = table_count(), time.perf_counter()

    share(copy, resource)

    assert time.perf_counter() - begun < 0.5
    assert table_count() == tables
    assert datastore.count_rows(table_of(copy)) == 100000 + len(OLD)
