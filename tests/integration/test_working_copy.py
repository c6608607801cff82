"""What is public is edited in a copy: the public goes on reading the release until the next one."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.model import working_copies
from tests.integration.office import call, resource_values, submit, upload, walk

NAME = "jumlah-penduduk"
NEW = b"tahun,jumlah\n2024,1200\n2025,1250\n2026,1300\n"


@pytest.fixture
def published(office):
    """A dataset that its case has published."""
    return walk(office, submit(office), until=10)


def open_copy(office, person="produsen_data", **values):
    return call(office[person], "satudata_working_copy_create", id=NAME, **values)


def shown(name=NAME):
    """What an anonymous reader is answered."""
    return helpers.call_action("package_show", {"user": "", "ignore_auth": False}, id=name)


def change(office, copy, **values):
    """The produsen changes a working copy."""
    return call(office["produsen_data"], "package_patch", id=copy["id"], **values)


def apply(office, copy):
    """Walk the case of a working copy to its end."""
    case = call(office["produsen_data"], "satudata_case_show", id=copy["id"])
    return walk(office, case, until=10)


def test_a_working_copy_is_private_and_has_a_case_of_its_own(office, published):
    copy = open_copy(office)

    dataset = call(office["produsen_data"], "package_show", id=copy["id"])
    assert dataset["private"] is True
    assert copy["case"] not in (None, published["number"])


def test_an_edit_of_the_copy_leaves_what_the_public_reads_alone(office, published):
    before = shown()
    change(office, open_copy(office), title="Judul yang baru")

    assert shown() == before


def test_an_approved_copy_changes_the_dataset_under_its_own_address(office, published):
    before = shown()
    copy = open_copy(office)
    change(office, copy, title="Judul yang baru")
    apply(office, copy)

    after = shown()
    assert after["title"] == "Judul yang baru"
    assert [after["id"], after["name"]] == [before["id"], before["name"]]
    assert [one["id"] for one in after["resources"]] == [one["id"] for one in before["resources"]]
    assert [one["url"] for one in after["resources"]] == [one["url"] for one in before["resources"]]


def test_a_replaced_file_is_downloaded_under_the_same_address(office, published, app):
    url = shown()["resources"][0]["url"]
    copy = open_copy(office)
    resource = call(office["produsen_data"], "package_show", id=copy["id"])["resources"][0]
    values = {
        **resource,
        "upload": upload(NEW, "penduduk-2026.csv"),
        "change_nature": "periode_baru",
    }
    call(office["produsen_data"], "resource_update", **values)
    apply(office, copy)

    answer = app.get(url)
    assert answer.body.encode() == NEW
    assert "penduduk-2026.csv" in answer.headers["Content-Disposition"]


def test_a_resource_that_is_added_to_the_copy_appears_with_the_release(office, published):
    copy = open_copy(office)
    values = resource_values(copy["id"], name="Tabel kedua", upload=upload(NEW, "kedua.csv"))
    call(office["produsen_data"], "resource_create", **values)
    assert len(shown()["resources"]) == 1
    apply(office, copy)

    assert [one["name"] for one in shown()["resources"]] == ["Jumlah penduduk", "Tabel kedua"]


def test_an_applied_copy_is_gone(office, published):
    copy = open_copy(office)
    change(office, copy, notes="Diperbaiki.")
    apply(office, copy)

    assert model.Package.get(copy["id"]).state == "deleted"
    assert working_copies.working_copy(copy["id"]).ended == "applied"


def test_two_working_copies_of_one_dataset_are_refused(office, published):
    first = open_copy(office)

    with pytest.raises(tk.ValidationError, match=first["name"]):
        open_copy(office)


def test_an_outsider_opens_no_working_copy(office, published):
    with pytest.raises((tk.NotAuthorized, tk.ValidationError), match="not_reviser"):
        open_copy(office, "outsider")


def test_a_dataset_that_is_not_public_has_no_working_copy(office):
    submit(office)

    with pytest.raises(tk.ValidationError, match="not_published"):
        open_copy(office)


def test_the_releases_of_a_dataset_are_listed_for_everybody(office, published):
    copy = open_copy(office)
    change(office, copy, notes="Diperbaiki.")
    apply(office, copy)

    context = {"user": "", "ignore_auth": False}
    listed = helpers.call_action("satudata_release_list", context, id=NAME)
    assert [one["number"] for one in listed] == [2, 1]


def test_an_earlier_release_is_restored_as_a_working_copy(office, published):
    title = shown()["title"]
    copy = open_copy(office)
    change(office, copy, title="Judul yang keliru")
    apply(office, copy)
    apply(office, open_copy(office, release=1))

    assert shown()["title"] == title
    assert shown()["release_number"] == 3


def test_a_withdrawal_is_not_undone_by_a_copy_that_was_under_way(office, published):
    copy = open_copy(office)
    case = call(office["produsen_data"], "satudata_case_show", id=copy["id"])
    case = walk(office, case, until=8)
    call(office["pengelola_data"], "satudata_release_withdraw", id=NAME, reason="Keliru.")

    with pytest.raises(tk.ValidationError, match="base_withdrawn"):
        walk(office, case, until=10)
    model.Session.rollback()


def test_what_was_withdrawn_is_published_again_from_a_copy_that_was_opened_afterwards(
    office, published
):
    call(office["pengelola_data"], "satudata_release_withdraw", id=NAME, reason="Keliru.")
    copy = open_copy(office)

    apply(office, copy)

    assert shown()["release_number"] == 2
