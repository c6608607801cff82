"""Nothing is public that its case did not publish, by whichever door it is written."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

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

NAME = "jumlah-penduduk"


def is_private(name: str = NAME) -> bool:
    model.Session.expire_all()
    return model.Package.get(name).private


def refusal(person: str, action: str, **values) -> str:
    """What the refusal of an action says; fails when it is allowed."""
    with pytest.raises((tk.NotAuthorized, tk.ValidationError)) as caught:
        call(person, action, **values)
    model.Session.rollback()
    return str(caught.value)


@pytest.fixture
def in_review(office):
    """A dataset whose case stands at step 3."""
    return walk(office, submit(office), until=3)


@pytest.fixture
def published(office):
    """A dataset that its case has published."""
    return walk(office, submit(office), until=9)


@pytest.mark.parametrize("person", ["produsen_data", "sysadmin"])
def test_a_dataset_is_born_private_whatever_its_maker_asks(office, person):
    values = dataset_values(office, private=False)

    assert call(office[person], "package_create", **values)["private"] is True


def test_a_dataset_is_born_private_even_where_nobody_asks_for_permission(office):
    context = {"user": office["sysadmin"], "ignore_auth": True}
    made = helpers.call_action("package_create", context, **dataset_values(office, private=False))

    assert made["private"] is True


def test_the_flag_cannot_be_switched_by_a_patch(office):
    dataset = call(office["produsen_data"], "package_create", **dataset_values(office))

    for public in (False, "false", "False", 0, "", None, []):
        said = refusal(office["sysadmin"], "package_patch", id=dataset["id"], private=public)
        assert "needs_release" in said, public
    assert is_private()


def test_the_flag_cannot_be_switched_by_an_update(office):
    producer = office["produsen_data"]
    dataset = call(producer, "package_create", **dataset_values(office))

    assert "needs_release" in refusal(producer, "package_update", **{**dataset, "private": False})
    assert is_private()


def test_an_update_that_leaves_the_flag_out_does_not_publish(office):
    producer = office["produsen_data"]
    dataset = call(producer, "package_create", **dataset_values(office))
    dataset.pop("private")

    call(producer, "package_update", **{**dataset, "title": "Judul baru"})

    assert is_private()


def test_the_flag_cannot_be_switched_by_a_revision(office):
    dataset = call(office["produsen_data"], "package_create", **dataset_values(office))

    assert "needs_release" in refusal(
        office["sysadmin"],
        "package_revise",
        match={"id": dataset["id"]},
        update={"private": False},
    )


@pytest.mark.parametrize("person", ["sysadmin", "produsen_data"])
def test_nobody_publishes_in_bulk(office, person):
    dataset = call(office["produsen_data"], "package_create", **dataset_values(office))

    assert "needs_release" in refusal(
        office[person],
        "bulk_update_public",
        datasets=[dataset["id"]],
        org_id=office.agency["id"],
    )
    assert is_private()


def test_a_bulk_action_without_permission_check_publishes_nothing(office):
    dataset = call(office["produsen_data"], "package_create", **dataset_values(office))
    context = {"user": office["sysadmin"], "ignore_auth": True}

    with pytest.raises(tk.ValidationError):
        helpers.call_action(
            "bulk_update_public", context, datasets=[dataset["id"]], org_id=office.agency["id"]
        )
    model.Session.rollback()
    assert is_private()


def test_a_type_that_nobody_knows_is_refused(office):
    values = dataset_values(office, type="foo")

    assert "type_unknown" in refusal(office["sysadmin"], "package_create", **values)


WRITES = {
    "package_patch": lambda d: {"id": d["id"], "title": "Diam-diam"},
    "resource_create": lambda d: resource_values(d["id"]),
    "resource_patch": lambda d: {"id": d["resources"][0]["id"], "name": "Diam-diam"},
    "resource_delete": lambda d: {"id": d["resources"][0]["id"]},
    "package_delete": lambda d: {"id": d["id"]},
    "dataset_purge": lambda d: {"id": d["id"]},
    "package_owner_org_update": lambda d: {"id": d["id"], "organization_id": "dinas-lain-contoh"},
    "bulk_update_private": lambda d: {"datasets": [d["id"]], "org_id": d["owner_org"]},
    "bulk_update_delete": lambda d: {"datasets": [d["id"]], "org_id": d["owner_org"]},
    "datastore_create": lambda d: {
        "resource_id": d["resources"][0]["id"],
        "force": True,
        "records": [{"a": 1}],
    },
    "datastore_upsert": lambda d: {
        "resource_id": d["resources"][0]["id"],
        "force": True,
        "records": [{"a": 1}],
    },
    "datastore_delete": lambda d: {"resource_id": d["resources"][0]["id"], "force": True},
}


@pytest.mark.parametrize("person", ["sysadmin", "produsen_data", "admin_data"])
def test_a_published_dataset_is_changed_by_nobody(office, published, person):
    dataset = call(office["sysadmin"], "package_show", id=NAME)

    for action, payload in WRITES.items():
        said = refusal(office[person], action, **payload(dataset))
        assert "locked_published" in said or "has_case" in said, action
    assert call(office["sysadmin"], "package_show", id=NAME) == dataset


def test_a_published_dataset_is_not_changed_past_the_permissions_either(office, published):
    for change in ({"title": "Diam-diam"}, {"private": True}, {"resources": []}):
        context = {"user": office["sysadmin"], "ignore_auth": True}
        with pytest.raises(tk.ValidationError):
            helpers.call_action("package_patch", context, id=NAME, **change)
        model.Session.rollback()
    assert is_private() is False


def test_nobody_writes_while_the_verifier_has_it(office, in_review):
    for person in ("sysadmin", "produsen_data", "verifikator"):
        said = refusal(office[person], "package_patch", id=NAME, title="Diam-diam")
        assert "locked_in_review" in said, person


def test_a_write_past_the_permissions_meets_the_lock_of_the_case(office, in_review):
    context = {"user": office["sysadmin"], "ignore_auth": True}

    with pytest.raises(tk.NotAuthorized, match="locked_in_review"):
        helpers.call_action("package_patch", context, id=NAME, title="Diam-diam")
    model.Session.rollback()
    assert model.Package.get(NAME).title != "Diam-diam"


@pytest.mark.parametrize("person", ["produsen_data", "admin_data"])
def test_after_a_return_agency_and_admin_data_can_both_repair(office, in_review, person):
    act(
        office,
        in_review,
        "verifikator",
        "tidak_sesuai",
        reason="Satuan belum ditulis.",
        points=[{"kind": "column", "where": "jumlah", "note": "satuan"}],
    )

    assert call(office[person], "package_patch", id=NAME, unit="Jiwa")["unit"] == "Jiwa"


def test_the_analyst_may_add_a_product(office):
    walk(office, submit(office), until=5)
    values = resource_values(NAME, name="Rekap", resource_type="visualisasi")

    call(office["analis_data"], "resource_create", **values)

    assert len(model.Package.get(NAME).resources) == 2


def test_the_analyst_may_not_change_what_was_validated(office):
    walk(office, submit(office), until=5)
    dataset = call(office["analis_data"], "package_show", id=NAME)
    changed = {"id": dataset["resources"][0]["id"], "name": "Lain"}

    assert "only_new_products" in refusal(office["analis_data"], "resource_patch", **changed)


def test_the_producing_agency_of_a_case_is_fixed(office):
    submit(office)
    other = office.other_agency["id"]

    said = refusal(office["sysadmin"], "package_owner_org_update", id=NAME, organization_id=other)
    assert "has_case" in said


def test_the_producing_agency_of_a_case_is_fixed_for_updates_too(office):
    submit(office)
    context = {"user": office["sysadmin"], "ignore_auth": True}

    with pytest.raises(tk.ValidationError, match="owner_frozen"):
        helpers.call_action("package_patch", context, id=NAME, owner_org="dinas-lain-contoh")
    model.Session.rollback()


def test_a_dataset_with_a_case_is_not_deleted_by_a_patch(office):
    submit(office)

    assert "state_frozen" in refusal(
        office["produsen_data"], "package_patch", id=NAME, state="deleted"
    )


def test_patching_what_package_show_returned_stores_none_of_the_computed_fields(office):
    submit(office)
    shown = call(office["produsen_data"], "package_show", id=NAME)

    call(office["produsen_data"], "package_patch", **{**shown, "title": "Judul baru"})

    stored = model.Package.get(NAME).extras
    assert not {"validation_status", "sop_name", "sop_number", "walidata"} & set(stored)


def test_a_validation_status_cannot_be_written(office):
    submit(office)
    call(office["produsen_data"], "package_patch", id=NAME, validation_status="terbit", unit="Jiwa")

    shown = call(office["produsen_data"], "package_show", id=NAME)
    assert shown["validation_status"] == "dikumpulkan"


def test_a_validation_status_cannot_be_written_as_an_extra(office):
    extras = [{"key": "validation_status", "value": "terbit"}]
    values = dataset_values(office, extras=extras)

    assert "computed_field" in refusal(office["produsen_data"], "package_create", **values)


def test_restricted_data_without_a_consequence_test_is_refused_at_the_publishing_step(office):
    case = submit(office, access_class="terbatas", legal_basis="Pasal 17 UU 14/2008 (contoh)")
    case = walk(office, case, until=8)

    with pytest.raises(tk.ValidationError, match="kelas_akses"):
        act(office, case, "pengelola_data", "selesai")
    model.Session.rollback()
    assert is_private()


def test_the_release_names_the_sha256_of_each_file(office, published):
    import hashlib

    made = next(e for e in published["events"] if e["kind"] == "release_made")

    assert list(made["body"]["files"].values()) == [hashlib.sha256(CSV).hexdigest()]


def test_a_file_that_is_gone_cannot_be_approved(office):
    case = walk(office, submit(office), until=8)
    dataset = call(office["sysadmin"], "package_show", id=NAME)
    _remove_file(dataset["resources"][0])

    with pytest.raises(tk.ValidationError, match="file_missing"):
        act(office, case, "pengelola_data", "selesai")
    model.Session.rollback()
    assert is_private()


def _remove_file(resource) -> None:
    from ckan.lib import files, uploader

    stored = uploader.get_resource_uploader(resource)
    stored.storage.remove(files.FileData(stored.get_path(resource["id"])))


class TestTheAnonymousCaller:
    """What the public learns of a dataset that was not approved: nothing."""

    @pytest.fixture
    def dataset(self, office):
        submit(office)
        return call(office["produsen_data"], "package_show", id=NAME)

    def test_finds_nothing(self, app, dataset):
        found = app.get("/api/3/action/package_search?q=penduduk").json["result"]
        assert found["count"] == 0

    def test_is_refused(self, app, dataset):
        for path in (
            "/api/3/action/package_show?id={name}",
            "/api/3/action/resource_show?id={resource}",
            "/api/3/action/satudata_case_show?id={name}",
            "/api/3/action/satudata_case_list",
            "/dataset/{name}",
            "/dataset/{name}/resource/{resource}",
            "/dataset/{name}/resource/{resource}/download/penduduk.csv",
        ):
            address = path.format(name=NAME, resource=dataset["resources"][0]["id"])
            answer = app.get(address, follow_redirects=False)
            assert answer.status_code in (302, 403, 404), path
            assert "Jumlah penduduk" not in answer.body

    def test_sees_it_in_no_list(self, app, dataset):
        assert app.get("/api/3/action/package_list").json["result"] == []

    def test_downloads_a_published_file_byte_for_byte(self, app, office):
        walk(office, submit(office, "data-terbit"), until=9)
        shown = app.get("/api/3/action/package_show?id=data-terbit").json["result"]
        assert app.get(shown["resources"][0]["url"]).data == CSV


def test_replacing_a_file_asks_for_the_nature_of_the_change(office):
    submit(office)
    resource = call(office["produsen_data"], "package_show", id=NAME)["resources"][0]
    new = upload(b"tahun,jumlah\n2024,1300\n", "penduduk.csv")

    assert "change_nature_required" in refusal(
        office["produsen_data"], "resource_patch", id=resource["id"], upload=new
    )
