"""Rows that a release points at stay as they are, whoever writes and whatever he is allowed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers
from ckanext.datastore.backend.postgres import get_write_engine

from ckanext.satudata.model.releases import newest_release
from ckanext.satudata.model.resource_tables import (
    file_changed,
    is_released,
    orphan_tables,
    point_table,
    remember_released,
    still_released,
    table_of,
    tables_of,
)
from ckanext.satudata.model.tables import ReleaseFileRow, ReleaseRow
from tests.integration.office import act, call, submit, walk
from tests.integration.rows_scene import (
    NAME,
    NEW,
    OLD,
    copy_of,
    first_resource,
    forced,
    load,
    published_with_rows,
    read,
    refused,
    with_rows,
)

IN_PLACE = {
    "datastore_upsert": {"records": NEW, "method": "insert", "force": True},
    "datastore_delete": {"force": True},
    "datastore_records_delete": {"filters": {}, "force": True},
    "datastore_run_triggers": {},
}


@pytest.fixture
def copied(office):
    """A resource of private data that still has the rows of a release, and the released one."""
    released = published_with_rows(office)
    return copy_of(office, released), released


def release(office):
    dataset = call(office["sysadmin"], "package_show", id=NAME)
    return newest_release(dataset["id"])


@pytest.mark.parametrize("action", IN_PLACE)
def test_the_rows_of_a_release_are_not_changed_through_its_copy(office, copied, action):
    copy, released = copied

    assert "rows_released" in refused(office, action, resource_id=copy, **IN_PLACE[action])
    assert read(released) == [one["kecamatan"] for one in OLD]


def test_the_rows_of_a_past_release_are_not_changed_by_who_alone_has_them(office, copied, no_wall):
    copy, released = copied
    point_table(released, None)
    model.Session.commit()

    said = refused(office, "datastore_upsert", resource_id=copy, **IN_PLACE["datastore_upsert"])

    assert "rows_released" in said


@pytest.mark.parametrize("action", IN_PLACE)
def test_the_rows_of_a_release_are_not_changed_directly(office, action):
    released = published_with_rows(office)

    assert "rows_released" in refused(office, action, resource_id=released, **IN_PLACE[action])
    assert read(released) == [one["kecamatan"] for one in OLD]


def test_the_agency_hears_how_to_change_released_rows(office, copied):
    copy, _released = copied

    with pytest.raises(tk.ValidationError, match="datastore_create"):
        call(
            office["produsen_data"],
            "datastore_upsert",
            resource_id=copy,
            **IN_PLACE["datastore_upsert"],
        )


def test_a_published_dataset_gets_no_other_rows_past_its_case(office):
    released = published_with_rows(office)

    said = refused(office, "datastore_create", resource_id=released, records=NEW, force=True)

    assert "locked_published" in said
    assert read(released) == [one["kecamatan"] for one in OLD]


def test_a_published_dataset_without_rows_gets_none_past_its_case(office):
    walk(office, submit(office), until=10)
    resource = first_resource(office)

    said = refused(office, "datastore_create", resource_id=resource, records=NEW, force=True)

    assert "locked_published" in said
    assert table_of(resource) is None


def test_rows_loaded_into_a_copy_get_a_table_of_their_own(office, copied):
    copy, released = copied
    load(office["produsen_data"], copy, NEW)

    assert table_of(copy) != table_of(released)
    assert read(copy, office["produsen_data"]) == ["Contoh Baru"]
    assert read(released) == [one["kecamatan"] for one in OLD]


def test_the_table_of_a_copy_is_written_as_ckan_writes_it(office, copied):
    copy, _released = copied
    load(office["produsen_data"], copy, NEW)
    producer = office["produsen_data"]

    call(producer, "datastore_upsert", resource_id=copy, records=OLD, method="insert", force=True)
    call(
        producer,
        "datastore_records_delete",
        resource_id=copy,
        filters={"kecamatan": "Contoh Lama"},
        force=True,
    )

    assert read(copy, producer) == ["Contoh Baru", "Contoh Tua"]


def test_asking_for_nothing_does_not_empty_a_copy(office, copied):
    copy, released = copied

    with pytest.raises(tk.ValidationError, match="rows_released"):
        call(office["produsen_data"], "datastore_create", resource_id=copy, force=True)
    assert table_of(copy) == table_of(released)


def test_a_table_that_two_resources_have_is_written_by_neither(office):
    with_rows(office)
    resource = first_resource(office)
    copy = copy_of(office, resource)

    said = refused(office, "datastore_upsert", resource_id=copy, **IN_PLACE["datastore_upsert"])

    assert "rows_released" in said


def test_deleted_rows_of_a_draft_are_gone_for_readers(office):
    with_rows(office)
    resource = first_resource(office)
    call(office["produsen_data"], "datastore_delete", resource_id=resource, force=True)

    with pytest.raises(tk.ObjectNotFound):
        read(resource, office["produsen_data"])


def test_deleting_a_resource_keeps_the_table_that_a_release_needs(office, copied):
    copy, released = copied
    call(office["produsen_data"], "resource_patch", id=copy, datastore_active=True)

    call(office["produsen_data"], "resource_delete", id=copy)
    model.Session.expire_all()

    assert table_of(copy) is None
    assert read(released) == [one["kecamatan"] for one in OLD]


def test_a_table_that_nobody_needs_any_more_is_told(office):
    with_rows(office)
    resource = first_resource(office)
    table = table_of(resource)
    assert table not in orphan_tables()

    call(office["produsen_data"], "resource_delete", id=resource)

    assert table in orphan_tables()


def test_released_tables_are_no_orphans_though_no_resource_has_them(office):
    released = published_with_rows(office)
    table = table_of(released)
    point_table(released, None)

    assert table not in orphan_tables()


class TestARelease:
    def test_names_the_table_its_rows_and_columns(self, office):
        resource = published_with_rows(office)

        row = (
            model.Session.execute(sa.text("SELECT * FROM satudata_release_table")).mappings().one()
        )

        assert (row["resource_id"], row["table_name"]) == (resource, table_of(resource))
        assert row["rows"] == len(OLD)
        assert [one["id"] for one in row["columns"]] == ["kecamatan", "jumlah"]

    def test_names_what_the_data_dictionary_says(self, office):
        with_rows(office)
        about = {"label": "Kecamatan: nama"}
        call(
            office["produsen_data"],
            "datastore_create",
            resource_id=first_resource(office),
            fields=[{"id": "kecamatan", "type": "text", "info": about}],
            force=True,
        )
        walk(office, call(office["produsen_data"], "satudata_case_show", id=NAME), until=10)

        columns = model.Session.scalar(sa.text("SELECT columns FROM satudata_release_table"))
        assert columns[0] == {"id": "kecamatan", "type": "text", "info": about}

    def test_is_not_rewritten(self, office):
        published_with_rows(office)

        with pytest.raises(sa.exc.DBAPIError, match="satudata_release_table"):
            model.Session.execute(sa.text("UPDATE satudata_release_table SET rows = 0"))
        model.Session.rollback()

    def test_without_rows_points_at_no_table(self, office):
        walk(office, submit(office), until=10)

        assert tables_of(release(office).id) == {}

    def test_of_another_file_points_at_no_table_of_its_predecessor(self, office):
        resource = published_with_rows(office)
        second = successor(office, resource, sha256="0" * 64)

        assert tables_of(second.id) == {}
        assert table_of(resource) is None

    def test_of_the_same_file_points_at_the_same_table(self, office):
        resource = published_with_rows(office)
        files = model.Session.scalars(sa.select(ReleaseFileRow.sha256)).all()
        second = successor(office, resource, sha256=files[0])

        assert tables_of(second.id) == {resource: table_of(resource)}

    def test_is_not_made_of_rows_that_are_lost(self, office):
        case = walk(office, with_rows(office), until=8)
        with get_write_engine().begin() as connection:
            connection.execute(sa.text(f'DROP TABLE "{table_of(first_resource(office))}"'))

        with pytest.raises(tk.ValidationError, match="rows_lost"):
            act(office, case, "pengelola_data", "selesai")

    def test_tells_other_rows_from_those_that_were_approved(self, office):
        resource, made = published_with_rows(office), release(office)
        assert still_released(made.id, made.dataset_id, {resource: resource})

        point_table(resource, None)

        assert not still_released(made.id, made.dataset_id, {resource: resource})


def successor(office, resource: str, sha256: str) -> ReleaseRow:
    """A second release of the same data, whose file is that of `sha256`; it is not committed."""
    first = release(office)
    kept = ("dataset_id", "case_id", "event_sequence", "status", "content", "content_sha256")
    second = ReleaseRow(number=2, made_by="", made_at=first.made_at)
    for name in kept:
        setattr(second, name, getattr(first, name))
    model.Session.add(second)
    model.Session.flush()
    file = ReleaseFileRow(release_id=second.id, resource_id=resource, name="penduduk.csv")
    file.sha256, file.size = sha256, 1
    model.Session.add(file)
    model.Session.flush()
    remember_released(second.id, second.dataset_id, {resource: resource})
    return second


def test_the_dictionary_page_does_not_empty_a_copy(app, office, copied):
    copy, released = copied
    token = office.people["produsen_data"]["token"]

    answer = app.post(
        f"/dataset/jumlah-penduduk-salinan/dictionary/{copy}",
        data={"info__1__label": "Kecamatan"},
        headers={"Authorization": token},
        follow_redirects=False,
    )

    assert answer.status_code == 302
    assert table_of(copy) == table_of(released)


def test_nobody_makes_a_function_that_could_write_any_table(office):
    function = {
        "name": "diam_diam",
        "rettype": "trigger",
        "definition": "BEGIN RETURN NEW; END;",
        "or_replace": True,
    }

    assert "rows_functions" in refused(office, "datastore_function_create", **function)


def test_triggers_of_a_draft_run_over_its_own_table(office):
    with_rows(office)

    with pytest.raises(tk.NotAuthorized, match="locked_in_review"):
        forced(office, "datastore_run_triggers", resource_id=first_resource(office))
    context = {"user": office["produsen_data"], "ignore_auth": True}
    values = {"resource_id": first_resource(office)}
    assert helpers.call_action("datastore_run_triggers", context, **values) == len(OLD)


def test_a_table_of_a_resource_that_went_with_its_dataset_is_told(office):
    with_rows(office)
    resource = first_resource(office)
    model.Session.get(model.Resource, resource).state = "deleted"
    model.Session.commit()

    assert table_of(resource) in orphan_tables()


def test_a_table_being_made_is_no_orphan_yet(office):
    with_rows(office)
    table = table_of(first_resource(office))
    point_table(first_resource(office), None)
    now = datetime.now(timezone.utc)

    assert table not in orphan_tables(before=now - timedelta(hours=1))
    assert table in orphan_tables(before=now + timedelta(hours=1))


def test_another_file_on_a_copy_has_no_rows_yet(office, copied):
    copy, released = copied
    file_changed(copy)

    assert table_of(copy) is None
    assert is_released(table_of(released))


def test_the_site_user_writes_no_released_rows_either(office):
    released = published_with_rows(office)

    with pytest.raises(tk.ValidationError, match="rows_released"):
        helpers.call_action(
            "datastore_upsert", resource_id=released, records=NEW, method="insert", force=True
        )
