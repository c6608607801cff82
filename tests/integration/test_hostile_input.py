"""Somebody who means harm tries what goes in and what is shown: each attack fails."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.logic.datasets.preview import table
from tests.integration.hostile import NAME, first_file, refusal
from tests.integration.office import (
    Office,
    act,
    call,
    dataset_values,
    resource_values,
    submit,
    upload,
    walk,
)

SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize("key", ["permission_labels", "capacity", "state", "owner_org", "private"])
def test_an_extra_field_does_not_make_data_findable(app, office, key):
    extras = [{"key": key, "value": "public"}]
    try:
        call(office["produsen_data"], "package_create", **dataset_values(office), extras=extras)
    except tk.ValidationError:
        model.Session.rollback()

    assert app.get("/api/3/action/package_search").json["result"]["count"] == 0


def test_no_field_of_the_caller_is_a_licence(office):
    values = dataset_values(office, private=False, plugin_data={"satudata": {"released": True}})
    made = call(office["sysadmin"], "package_create", **values)

    assert made["private"] is True


def test_the_public_reads_no_words_of_private_data_in_lists_of_words(app, office):
    submit(office, tags=[{"name": "rahasia-besar"}])

    for path in ("tag_list", "tag_search?query=rahasia", "tag_autocomplete?query=rahasia"):
        assert "rahasia" not in app.get(f"/api/3/action/{path}").body.partition("result")[2], path


def test_the_public_reads_no_ids_of_private_data_from_its_agency(app, office):
    submit(office)
    agency = office.agency["id"]

    answer = app.get(f"/api/3/action/member_list?id={agency}&object_type=package")

    assert model.Package.get(NAME).id not in answer.body


HUGE = "9" * 30
WRONG: dict[str, list[dict[str, Any]]] = {
    "bulk_update_private": [{"datasets": [one], "org_id": "x"} for one in ({}, [], 1, None)],
    "member_create": [{"object_type": "package", "object": 1, "id": "x", "capacity": "a"}],
    "satudata_case_show": [{"id": HUGE}, {"id": "a\0b"}, {"id": "\ud800"}, {"id": ["a"]}, {}],
    "satudata_case_open": [{"dataset_id": "a\0b"}, {"dataset_id": "\ud800"}, {"dataset_id": {}}],
    "satudata_case_list": [{"offset": HUGE}, {"limit": HUGE}, {"waiting_for": ["me"]}],
    "satudata_case_act": [
        {"id": NAME, "version": 1, "step": 1, "visit": 1, "outcome": "selesai", **more}
        for more in (
            {"step": HUGE},
            {"version": HUGE},
            {"outcome": ["a"]},
            {"outcome": "\0"},
            {"dataset_id": "\0"},
            {"dataset_id": {"a": 1}},
            {"points": "abc"},
            {"points": [1]},
            {"points": {"kind": "all"}},
            {"points": [{"kind": {"a": 1}}]},
            {"reason": {"a": 1}},
            {"id": "\0"},
        )
    ],
}


@pytest.mark.parametrize("action", WRONG)
def test_no_input_makes_the_portal_fall(app: CKANTestApp, office: Office, action: str):
    submit(office)
    headers = {"Authorization": office.people["admin_data"]["token"]}
    headers["Content-Type"] = "application/json"

    for values in WRONG[action]:
        path = f"/api/3/action/{action}"
        answer = app.post(path, data=json.dumps(values), headers=headers)
        assert answer.status_code < 500, values


@pytest.mark.parametrize(
    "path",
    [f"/kasus/{HUGE}", f"/kasus/1/langkah/{HUGE}", f"/kotak-masuk?halaman={HUGE}", "/kasus/0"],
)
def test_no_address_makes_the_portal_fall(app, office, path):
    headers = {"Authorization": office.people["admin_data"]["token"]}

    assert app.get(path, headers=headers, follow_redirects=False).status_code < 500


@pytest.mark.parametrize("content", [b"a,b\r1,2\r3,4\r", b'a,b\n"1,2\n3', b"a\0,b\n1,2\n", b"\n\n"])
def test_no_file_makes_its_preview_fall(content):
    table(content, whole=True)


def test_a_file_is_handed_over_and_not_run(app, office):
    page = SCRIPT.encode()
    values = {"format": "HTML", "url": "x.html", "upload": upload(page, "x.html")}
    call(office["produsen_data"], "package_create", **dataset_values(office))
    call(office["produsen_data"], "resource_create", **resource_values(NAME, **values))
    headers = {"Authorization": office.people["verifikator"]["token"]}

    answer = app.get(first_file(office)["url"], headers=headers)

    assert answer.data == page
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_link_does_not_run_a_script(office):
    call(office["produsen_data"], "package_create", **dataset_values(office))
    values = resource_values(NAME, url="javascript:alert(1)")
    del values["upload"]

    refusal(office["produsen_data"], "resource_create", **values)


def test_what_people_type_is_text_on_every_page(app, office):
    words = {name: SCRIPT for name in ("title", "notes", "concept", "unit", "official_source")}
    case = submit(office, **words)
    case = walk(office, case, until=3)
    points = [{"kind": "column", "where": SCRIPT, "note": SCRIPT}]
    act(office, case, "verifikator", "tidak_sesuai", reason=SCRIPT, points=points)
    headers = {"Authorization": office.people["admin_data"]["token"]}

    number = case["number"]
    for path in (
        f"/dataset/{NAME}",
        f"/dataset/{NAME}/metadata",
        f"/dataset/{NAME}/unggah",
        f"/kasus/{number}",
        f"/kasus/{number}/langkah/2",
        "/kotak-masuk",
        "/dataset/",
    ):
        assert "<script>alert" not in app.get(path, headers=headers).body, path


def test_a_login_leads_back_to_the_portal_only(app, office):
    answer = app.get("//contoh.example/kasus/1", follow_redirects=False)
    assert "contoh.example" not in answer.headers.get("Location", "").split("came_from")[0]


def test_a_receipt_of_a_case_that_is_not_open_to_one_is_not_there(app, office):
    case = submit(office)
    headers = {"Authorization": office.people["outsider"]["token"]}

    for path in (f"/kasus/{case['number']}/tanda-terima/1", "/kasus/999/tanda-terima/1"):
        assert app.get(path, headers=headers).status_code == 404


def test_the_administrator_makes_no_token_for_somebody_else(office):
    refusal(office["sysadmin"], "api_token_create", user=office["verifikator"], name="pinjam")


def test_a_computed_field_of_a_file_is_not_shown_as_the_datasets(office):
    case = submit(office)
    file = first_file(office)
    change = {"validation_status": "terbit", "private": False}
    call(office["produsen_data"], "resource_patch", id=file["id"], **change)

    shown = call(office["admin_data"], "package_show", id=case["datasets"][0]["id"])
    assert (shown["validation_status"], shown["private"]) == ("dikumpulkan", True)
