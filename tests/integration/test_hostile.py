"""Somebody who means harm tries the doors of the data: each sentence is an attack that fails."""

from __future__ import annotations

from functools import partial

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from tests.integration.at_once import both_at_once
from tests.integration.hostile import (
    NAME,
    bytes_of,
    editor_of,
    first_file,
    forced,
    refusal,
    stranger,
)
from tests.integration.office import (
    CSV,
    act,
    call,
    dataset_values,
    resource_values,
    submit,
    upload,
    walk,
)

OTHER = b"tahun,jumlah\n2024,9999\n"
REPLACED = {"change_nature": "koreksi_angka", "change_note": "Diam-diam"}


class TestAFileWhoseReplacementIsRefused:
    """The old bytes stay: a refusal that leaves the new ones behind is none."""

    def test_keeps_its_bytes_when_the_analyst_replaces_what_was_validated(self, office):
        walk(office, submit(office), until=5)
        file = first_file(office)
        new = {"id": file["id"], "upload": upload(OTHER), **REPLACED}

        refusal(office["analis_data"], "resource_patch", **new)

        assert bytes_of(file) == CSV

    def test_keeps_its_bytes_when_the_analyst_swaps_it_for_a_link(self, office):
        walk(office, submit(office), until=5)
        file = first_file(office)
        new = {"id": file["id"], "url": "http://contoh.example/x.csv", "clear_upload": "true"}

        refusal(office["analis_data"], "resource_patch", **new, **REPLACED)

        assert bytes_of(file) == CSV

    @pytest.mark.parametrize("step", [3, 9])
    def test_keeps_its_bytes_where_no_permission_is_asked(self, office, step):
        walk(office, submit(office), until=step)
        file = first_file(office)

        forced(office, "resource_patch", id=file["id"], upload=upload(OTHER), **REPLACED)

        assert bytes_of(file) == CSV

    @pytest.mark.parametrize("step", [3, 9])
    def test_is_not_removed_where_no_permission_is_asked(self, office, step):
        walk(office, submit(office), until=step)
        file = first_file(office)

        link = {"url": "http://contoh.example/x.csv", "clear_upload": "true"}
        forced(office, "resource_patch", id=file["id"], **link, **REPLACED)

        assert bytes_of(file) == CSV


class TestTheIdOfAFile:
    """A resource id leads to bytes, so nobody chooses one."""

    @pytest.mark.parametrize("times", [1, 2])
    def test_of_another_agency_cannot_be_taken_after_it_was_deleted(self, office, times):
        submit(office)
        file = first_file(office)
        for _ in range(times):  # the second deletion removes the row of the first for good
            newest = call(office["sysadmin"], "package_show", id=NAME)["resources"][0]
            call(office["produsen_data"], "resource_delete", id=newest["id"])
            call(office["produsen_data"], "resource_create", **resource_values(NAME))
        dataset = stranger(office)
        theft = resource_values(dataset["id"], id=file["id"], url_type="upload")
        del theft["upload"]

        refusal(office["outsider"], "resource_create", **theft)

    def test_cannot_be_chosen_when_a_dataset_is_made(self, office):
        submit(office)
        file = first_file(office)
        call(office["produsen_data"], "resource_delete", id=file["id"])
        values = dataset_values(office, "data-lain", owner_org=office.other_agency["id"])
        resource = {"id": file["id"], "url": "penduduk.csv", "url_type": "upload"}

        refusal(office["outsider"], "package_create", **values, resources=[resource])

    def test_of_a_file_under_review_cannot_be_written_from_another_dataset(self, office):
        walk(office, submit(office), until=3)
        file, dataset = first_file(office), stranger(office)

        resources = [{**file, "package_id": dataset["id"], "name": "Curian"}]
        refusal(office["outsider"], "package_patch", id=dataset["id"], resources=resources)

        assert first_file(office) == file

    def test_does_not_move_by_the_dataset_that_a_resource_names(self, office):
        walk(office, submit(office), until=3)
        dataset = stranger(office)
        victim = model.Package.get(NAME).id

        resource = {"url": "http://contoh.example/x", "name": "Sisipan", "package_id": victim}
        try:
            call(office["outsider"], "package_patch", id=dataset["id"], resources=[resource])
        except tk.ValidationError:
            model.Session.rollback()

        assert len(call(office["sysadmin"], "package_show", id=NAME)["resources"]) == 1

    def test_that_was_deleted_leads_nowhere_after_publication(self, app, office):
        case = submit(office)
        file = first_file(office)
        call(office["produsen_data"], "resource_create", **resource_values(NAME, name="Baru"))
        call(office["produsen_data"], "resource_delete", id=file["id"])
        case = call(office["admin_data"], "satudata_case_show", id=case["id"])
        walk(office, case, until=9)

        address = f"/dataset/{NAME}/resource/{file['id']}/download/penduduk.csv"
        assert app.get(address, follow_redirects=False).status_code == 404


class TestFourEyes:
    """Who brought or changed data does not judge it, also when he did so before its case."""

    def test_hold_for_one_who_made_the_dataset_before_its_case(self, office):
        editor_of(office, "verifikator")
        call(office["verifikator"], "package_create", **dataset_values(office))
        call(office["produsen_data"], "resource_create", **resource_values(NAME))
        case = walk(office, call(office["admin_data"], "satudata_case_show", id=NAME), until=3)

        with pytest.raises(tk.NotAuthorized, match="four_eyes"):
            act(office, case, "verifikator", "sesuai")
        model.Session.rollback()

    def test_hold_for_one_who_edited_the_dataset_before_its_case(self, office):
        editor_of(office, "verifikator")
        call(office["produsen_data"], "package_create", **dataset_values(office))
        call(office["verifikator"], "package_patch", id=NAME, unit="Jiwa")
        call(office["produsen_data"], "resource_create", **resource_values(NAME))
        case = walk(office, call(office["admin_data"], "satudata_case_show", id=NAME), until=3)

        with pytest.raises(tk.NotAuthorized, match="four_eyes"):
            act(office, case, "verifikator", "sesuai")
        model.Session.rollback()

    def test_hold_for_one_who_uploaded_what_somebody_else_opened_a_case_for(self, office):
        editor_of(office, "verifikator")
        call(office["verifikator"], "package_create", **dataset_values(office))
        call(office["verifikator"], "resource_create", **resource_values(NAME))
        case = call(office["admin_data"], "satudata_case_open", dataset_id=NAME)
        case = walk(office, case, until=3)

        with pytest.raises(tk.NotAuthorized, match="four_eyes"):
            act(office, case, "verifikator", "sesuai")
        model.Session.rollback()


class TestTheAnalyst:
    """At step 5 new products come in; what was validated stays, in every field and every row."""

    @pytest.fixture
    def file(self, office):
        walk(office, submit(office), until=5)
        return first_file(office)

    @pytest.mark.parametrize(
        "change", [{"cache_url": "http://contoh.example"}, {"mimetype": "text/x"}]
    )
    def test_changes_no_lesser_field_of_a_file(self, office, file, change):
        assert "only_new_products" in refusal(
            office["analis_data"], "resource_patch", id=file["id"], **change
        )

    def test_puts_no_rows_into_a_validated_file(self, office, file):
        rows = {"resource_id": file["id"], "force": True, "records": [{"a": 1}]}

        for action in ("datastore_create", "datastore_upsert", "datastore_delete"):
            said = refusal(office["analis_data"], action, **rows)
            assert "only_new_products" in said, action

    def test_does_not_reorder_files(self, office, file):
        call(office["analis_data"], "resource_create", **resource_values(NAME, name="Rekap"))
        ids = [one["id"] for one in call(office["sysadmin"], "package_show", id=NAME)["resources"]]

        assert "only_new_products" in refusal(
            office["analis_data"], "package_resource_reorder", id=NAME, order=ids[::-1]
        )


@pytest.mark.parametrize("until", [3, 9])
@pytest.mark.parametrize("person", ["outsider", "sysadmin"])
def test_nobody_ties_data_that_is_not_his_to_a_group_or_another_agency(office, until, person):
    walk(office, submit(office), until=until)
    other = office.other_agency["id"]
    tie = {"object": NAME, "object_type": "package", "capacity": "public"}

    refusal(office[person], "member_create", id=other, **tie)


@pytest.mark.parametrize("until", [3, 9])
def test_a_group_takes_no_data_that_its_case_holds(office, until):
    walk(office, submit(office), until=until)
    call(office["sysadmin"], "group_create", name="kelompok")

    packages = [{"id": model.Package.get(NAME).id}]
    refusal(office["sysadmin"], "group_patch", id="kelompok", packages=packages)

    assert call(office["sysadmin"], "package_show", id=NAME)["groups"] == []


@pytest.mark.parametrize("person", ["outsider", "sysadmin"])
def test_nobody_relates_published_data_to_other_data(office, person):
    walk(office, submit(office), until=9)
    dataset = stranger(office)
    relation = {"subject": dataset["id"], "object": NAME, "type": "child_of"}

    refusal(office[person], "package_relationship_create", **relation)


@pytest.mark.parametrize("action", ["organization_delete", "organization_purge"])
def test_an_agency_with_published_data_is_not_removed(office, action):
    walk(office, submit(office), until=9)

    refusal(office["sysadmin"], action, id=office.agency["id"])

    assert model.Package.get(NAME).owner_org == office.agency["id"]


@pytest.mark.parametrize("state", ["draft", "deleted"])
def test_no_case_is_opened_over_data_that_is_not_active(office, state):
    producer = office["produsen_data"]
    call(producer, "package_create", **dataset_values(office))
    call(producer, "package_patch", id=NAME, state=state)

    refusal(office["admin_data"], "satudata_case_open", dataset_id=NAME)


def test_two_who_open_a_case_at_once_open_one(office):
    editor_of(office, "verifikator")
    call(office["verifikator"], "package_create", **dataset_values(office))
    ask = partial(call, office["admin_data"], "satudata_case_open", dataset_id=NAME)

    assert both_at_once(ask) == ["case_exists", "won"]


def test_an_outsider_asking_for_a_case_learns_nothing_of_private_data(office):
    submit(office)

    said = refusal(office["outsider"], "satudata_case_open", dataset_id=NAME)
    assert said == refusal(office["outsider"], "satudata_case_open", dataset_id="tidak-ada")


@pytest.mark.parametrize("action", ["package_update", "package_patch", "package_delete"])
def test_an_outsider_who_tries_to_write_does_not_hear_who_has_the_data(office, action):
    walk(office, submit(office), until=3)

    said = refusal(office["outsider"], action, id=NAME, title="Diam-diam")
    assert "Verifikator" not in said
    assert "locked" not in said
    assert "has_case" not in said


def test_of_two_files_none_is_replaced_when_one_is_too_big(office, ckan_config, monkeypatch):
    submit(office)
    call(office["produsen_data"], "resource_create", **resource_values(NAME, name="Kedua"))
    files = call(office["admin_data"], "package_show", id=NAME)["resources"]
    monkeypatch.setitem(ckan_config, "ckan.max_resource_size", 0.0001)
    new = [
        {**one, "upload": upload(content), **REPLACED}
        for one, content in zip(files, (OTHER, b"1" * 1000), strict=True)
    ]

    refusal(office["admin_data"], "package_patch", id=NAME, resources=new)

    assert bytes_of(files[0]) == CSV
