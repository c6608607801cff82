"""The kamus data of a table: who writes it, what the public reads of it, and what is kept of it."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.model import dictionaries
from tests.integration.office import (
    call,
    dataset_values,
    resource_values,
    submit,
    upload,
    walk,
)
from tests.integration.release_scene import NAME, apply, open_copy

YEAR = {"name": "tahun", "type": "year", "title": "Tahun"}
COUNT = {"name": "jumlah", "type": "integer", "title": "Penduduk", "unit": "orang"}
KAMUS = {"fields": [YEAR, COUNT]}


def resource_id(person="sysadmin", dataset=NAME, *, office):
    return call(office[person], "package_show", id=dataset)["resources"][0]["id"]


def save(office, resource, schema=KAMUS, person="produsen_data", **more):
    return call(office[person], "satudata_dictionary_save", id=resource, schema=schema, **more)


def public(action, **values):
    return helpers.call_action(action, {"user": "", "ignore_auth": False}, **values)


@pytest.fixture
def table(office):
    """The one table of a dataset that its produsen has just brought."""
    submit(office)
    return resource_id(office=office)


def test_what_is_saved_is_shown(office, table):
    shown = save(office, table)
    assert shown["schema"] == KAMUS
    assert [one["part"] for one in shown["gaps"] if one["column"] == 2] == ["definition", "concept"]


def test_it_stands_in_the_resource_as_a_table_schema(office, table):
    save(office, table)
    resource = call(office["produsen_data"], "resource_show", id=table)
    assert resource["schema"] == KAMUS


def test_a_fault_is_told_with_its_place_and_nothing_is_saved(office, table):
    faulty = {"fields": [YEAR, {**COUNT, "type": "angka"}]}
    with pytest.raises(tk.ValidationError) as refused:
        save(office, table, faulty)
    faults = refused.value.error_dict["faults"]
    assert [(one["code"], one["column"], one["name"], one["part"]) for one in faults] == [
        ("type_unknown", 2, "jumlah", "type")
    ]
    assert call(office["produsen_data"], "satudata_dictionary_show", id=table)["schema"] is None


def test_the_resource_takes_no_faulty_one_either(office, table):
    with pytest.raises(tk.ValidationError, match="type_unknown"):
        call(
            office["produsen_data"],
            "resource_patch",
            id=table,
            schema=json.dumps({"fields": [{"name": "a", "type": "angka"}]}),
        )


def test_a_replaced_file_leaves_it_there(office, table):
    save(office, table)
    values = {**call(office["produsen_data"], "resource_show", id=table)}
    del values["schema"]
    more = {"upload": upload(b"tahun,jumlah\n2026,1\n"), "change_nature": "periode_baru"}
    call(office["produsen_data"], "resource_update", **{**values, **more})
    shown = call(office["produsen_data"], "satudata_dictionary_show", id=table)
    assert shown["schema"] == KAMUS


def test_an_empty_one_deletes_it(office, table):
    save(office, table)
    call(office["produsen_data"], "resource_patch", id=table, schema="")
    assert call(office["produsen_data"], "satudata_dictionary_show", id=table)["schema"] is None


def test_a_version_that_somebody_saved_meanwhile_is_not_written_over(office, table):
    seen = save(office, table)["sha256"]
    save(office, table, {"fields": [YEAR]})
    with pytest.raises(tk.ValidationError, match="dictionary_changed"):
        save(office, table, based_on=seen)
    assert [one["name"] for one in public_or(office, table)["fields"]] == ["tahun"]


def public_or(office, table):
    return call(office["produsen_data"], "satudata_dictionary_show", id=table)["schema"]


def test_the_first_is_not_written_over_either(office, table):
    save(office, table)
    with pytest.raises(tk.ValidationError, match="dictionary_changed"):
        save(office, table, {"fields": [YEAR]}, based_on="")


def test_who_does_not_write_the_data_does_not_write_it(office, table):
    with pytest.raises((tk.NotAuthorized, tk.ObjectNotFound)):
        save(office, table, person="outsider")


def test_it_is_locked_while_others_review_the_data(office, table):
    save(office, table)
    walk(office, call(office["produsen_data"], "satudata_case_show", id=NAME), until=3)
    with pytest.raises(tk.NotAuthorized, match="locked_in_review"):
        save(office, table, {"fields": [YEAR]})


def test_an_outsider_learns_nothing_of_data_that_is_not_released(office, table):
    save(office, table)
    for action in ("satudata_dictionary_show", "satudata_dictionary_forms"):
        with pytest.raises((tk.ObjectNotFound, tk.NotAuthorized)):
            public(action, id=table if action.endswith("show") else NAME)


@pytest.fixture
def published(office, table):
    """A public table with a kamus data."""
    save(office, table)
    walk(office, call(office["produsen_data"], "satudata_case_show", id=NAME), until=10)
    return table


def test_the_public_reads_what_was_approved(office, published):
    assert public("satudata_dictionary_show", id=published)["schema"] == KAMUS


def test_what_is_public_is_not_edited_in_place(office, published):
    with pytest.raises(tk.NotAuthorized, match="locked_published"):
        save(office, published, {"fields": [YEAR]})


def test_the_working_copy_begins_with_it(office, published):
    copy = open_copy(office)
    table = resource_id("produsen_data", copy["id"], office=office)
    shown = call(office["produsen_data"], "satudata_dictionary_show", id=table)
    assert (shown["schema"], shown["may_write"]) == (KAMUS, True)


def test_a_change_is_public_only_with_the_next_release(office, published):
    copy = open_copy(office)
    table = resource_id("produsen_data", copy["id"], office=office)
    changed = {"fields": [YEAR, {**COUNT, "unit": "jiwa"}]}
    save(office, table, changed)
    assert public("satudata_dictionary_show", id=published)["schema"] == KAMUS
    apply(office, copy)
    assert public("satudata_dictionary_show", id=published)["schema"] == changed


def test_the_versions_of_the_copies_are_those_of_the_public_table(office, published):
    copy = open_copy(office)
    table = resource_id("produsen_data", copy["id"], office=office)
    save(office, table, {"fields": [YEAR, {**COUNT, "unit": "jiwa"}]})
    apply(office, copy)
    versions = call(office["produsen_data"], "satudata_dictionary_version_list", id=published)
    assert [one["version"] for one in versions] == [1, 2]
    assert versions[1]["changes"] == [
        {"column": "jumlah", "part": "unit", "before": "orang", "after": "jiwa"}
    ]


def test_an_earlier_version_is_shown(office, table):
    save(office, table)
    save(office, table, {"fields": [YEAR]})
    shown = call(office["produsen_data"], "satudata_dictionary_show", id=table, version=1)
    assert shown["schema"] == KAMUS
    with pytest.raises(tk.ValidationError, match="dictionary_version"):
        call(office["produsen_data"], "satudata_dictionary_show", id=table, version=3)


def test_the_same_again_is_no_version(office, table):
    save(office, table)
    save(office, table)
    call(office["produsen_data"], "resource_patch", id=table, description="Lain")
    assert len(dictionaries.versions_of(table)) == 1


def test_what_came_by_another_way_is_a_version_too(office, table):
    call(office["produsen_data"], "resource_patch", id=table, schema=json.dumps(KAMUS))
    assert len(dictionaries.versions_of(table)) == 1


def test_versions_are_not_for_the_public(office, published):
    with pytest.raises((tk.NotAuthorized, tk.ObjectNotFound)):
        public("satudata_dictionary_version_list", id=published)
    with pytest.raises((tk.NotAuthorized, tk.ObjectNotFound)):
        call(office["outsider"], "satudata_dictionary_version_list", id=published)


def test_a_version_is_written_once(office, table):
    save(office, table)
    for sql in ("UPDATE {} SET body = ''", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(Exception, match="written once"):  # noqa: B017, PT011
            model.Session.execute(sa.text(sql.format("satudata_dictionary_version")))
        model.Session.rollback()


def test_columns_are_proposed_from_the_file(office, table):
    found = call(office["produsen_data"], "satudata_dictionary_propose", id=table)
    assert [(one["name"], one["type"]) for one in found["schema"]["fields"]] == [
        ("tahun", "year"),
        ("jumlah", "integer"),
    ]
    assert found["new"] == ["tahun", "jumlah"]
    assert [one["code"] for one in found["doubts"]] == ["few", "few"]


def test_a_proposal_keeps_what_is_saved_and_tells_what_came_and_went(office, table):
    save(office, table, {"fields": [COUNT, {"name": "lama", "type": "string"}]})
    found = call(office["produsen_data"], "satudata_dictionary_propose", id=table)
    assert found["schema"]["fields"][1] == COUNT
    assert (found["new"], found["vanished"]) == (["tahun"], ["lama"])


def test_columns_of_a_workbook_are_proposed(office):
    book = openpyxl.Workbook()
    for row in (["Kode", "Luas (ha)"], ["001", 1.5], ["002", 2.25], ["003", 3]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    producer = office["produsen_data"]
    dataset = call(producer, "package_create", **dataset_values(office))
    values = resource_values(dataset["id"], format="XLSX", url="luas.xlsx")
    values["upload"] = upload(out.getvalue(), "luas.xlsx")
    resource = call(producer, "resource_create", **values)
    fields = call(producer, "satudata_dictionary_propose", id=resource["id"])["schema"]["fields"]
    assert [one["type"] for one in fields] == ["string", "number"]
    assert fields[1]["unit"] == "hektare"


@pytest.mark.parametrize(
    ("content", "code"), [(b"<html></html>", "dictionary_unread"), (b"\n", "dictionary_unread")]
)
def test_a_file_that_is_no_table_is_told(office, content, code):
    producer = office["produsen_data"]
    dataset = call(producer, "package_create", **dataset_values(office))
    values = {**resource_values(dataset["id"]), "upload": upload(content)}
    resource = call(producer, "resource_create", **values)
    with pytest.raises(tk.ValidationError, match=code):
        call(producer, "satudata_dictionary_propose", id=resource["id"])


def test_a_link_has_no_file_to_read(office):
    producer = office["produsen_data"]
    dataset = call(producer, "package_create", **dataset_values(office))
    values = {**resource_values(dataset["id"]), "url": "http://contoh.example/a.csv"}
    del values["upload"]
    resource = call(producer, "resource_create", **values)
    with pytest.raises(tk.ValidationError, match="dictionary_no_file"):
        call(producer, "satudata_dictionary_propose", id=resource["id"])


def test_another_table_fills_what_is_empty(office, published):
    submit(office, "penduduk-lain")
    other = resource_id("produsen_data", "penduduk-lain", office=office)
    typed = {"fields": [{"name": "jumlah", "type": "integer", "title": "Ditulis"}]}
    found = call(
        office["produsen_data"],
        "satudata_dictionary_take_over",
        id=other,
        source=published,
        schema=typed,
        keep=True,
    )
    assert found["schema"]["fields"][0] == {**COUNT, "title": "Ditulis"}
    assert found["vanished"] == ["tahun"]


def test_nothing_is_taken_from_a_table_that_one_may_not_read(office, table):
    save(office, table)
    outsider = office["outsider"]
    values = dataset_values(office, "data-lain", owner_org=office.other_agency["id"])
    dataset = call(outsider, "package_create", **values)
    own = call(outsider, "resource_create", **resource_values(dataset["id"]))["id"]
    with pytest.raises(tk.ObjectNotFound):
        call(outsider, "satudata_dictionary_take_over", id=own, source=table)


def test_the_forms_are_filled(office, published):
    filled = public("satudata_dictionary_forms", id=NAME)
    assert [row["name"] for row in filled["ms_var"][0]["rows"]] == ["Tahun", "Penduduk"]
    assert [row["name"] for row in filled["ms_ind"]["rows"]] == [
        "Jumlah penduduk menurut kecamatan"
    ]
    lines = [one for block in filled["ms_keg"]["blocks"] for one in block["lines"]]
    values = {one["key"]: one["value"] for one in lines}
    assert (values["frequency"], values["repeated"]) == ("Tahunan", "Berulang")
    assert values["agency"] == office.agency["title"]


def test_an_old_field_that_is_no_table_schema_is_no_kamus_data(office, table):
    resource = model.Resource.get(table)
    resource.extras = {**resource.extras, "schema": "http://contoh.example/skema.json"}
    model.Session.commit()
    shown = call(office["produsen_data"], "satudata_dictionary_show", id=table)
    assert shown["schema"] is None


def test_data_without_one_asks_nothing_more_of_the_database(office, table):
    """A write of a dataset without kamus data reads no version."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if "satudata_dictionary_version" in statement:
            seen.append(statement)

    engine = model.Session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        call(office["produsen_data"], "package_patch", id=NAME, notes="Lain (rekaan).")
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert seen == []
