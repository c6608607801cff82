"""What an agency says of itself is stored, checked with a sentence, and shown to the public."""

from __future__ import annotations

import base64
import io

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from tests.integration.office import call

NAME = "badan-contoh"
ABOUT = {
    "satu_data_role": "walidata",
    "region_codes": ["kemendagri:15.06", "bps:1507"],
    "work_unit_code": "2.16.01",
    "time_zone": "Asia/Makassar",
    "office_phone": "(0700) 123-456",
    "office_email": "kantor@badan.example",
    "office_address": "Jalan Rekaan 1",
    "website": "https://badan.example",
}
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
WRONG_CODE = {"region_codes": ["15.06"]}


def make(office, **changes):
    values = {"name": NAME, "title": "Badan Contoh", **ABOUT, **changes}
    return call(office["sysadmin"], "organization_create", **values)


def refused(office, action: str, **values) -> dict[str, list[str]]:
    """The errors of an agency that is not taken."""
    with pytest.raises(tk.ValidationError) as caught:
        call(office["sysadmin"], action, **values)
    model.Session.rollback()
    return caught.value.error_dict


def signed_in(office) -> dict[str, str]:
    return {"Authorization": office.people["sysadmin"]["token"]}


def test_a_new_agency_is_shown_as_it_was_given(office):
    make(office)

    shown = call("", "organization_show", id=NAME)
    assert {key: shown.get(key) for key in ABOUT} == ABOUT


def test_a_patch_changes_the_field_that_it_names(office):
    make(office)
    call(office["sysadmin"], "organization_patch", id=NAME, office_phone="(0700) 654-321")

    assert call("", "organization_show", id=NAME)["office_phone"] == "(0700) 654-321"


def test_a_patch_leaves_the_fields_that_it_does_not_name(office):
    make(office)
    call(office["sysadmin"], "organization_patch", id=NAME, office_phone="(0700) 654-321")

    shown = call("", "organization_show", id=NAME)
    assert {key: shown[key] for key in ABOUT if key != "office_phone"} == {
        key: value for key, value in ABOUT.items() if key != "office_phone"
    }


IMPOSSIBLE = (
    ("region_codes", ["15.06"], "region_numbering"),
    ("region_codes", ["bps:15.06"], "region_bps"),
    ("satu_data_role", "raja", "choice"),
)


def test_a_value_that_the_form_does_not_know_is_refused_with_its_code(office):
    for field, value, code in IMPOSSIBLE:
        errors = refused(office, "organization_create", name=NAME, title="Badan", **{field: value})
        assert f"[{code}]" in errors[field][0]


def test_a_wrong_code_is_refused_when_an_agency_is_changed(office):
    make(office)

    assert "region_codes" in refused(office, "organization_patch", id=NAME, **WRONG_CODE)


def test_a_wrong_region_is_answered_in_indonesian(office, app):
    answer = app.post(
        "/organization/new",
        data={"title": "Badan", "name": NAME, "region_codes": "15.06", "save": ""},
        headers=signed_in(office),
    )

    assert "tidak menyebut penomoran siapa" in answer.body


def test_the_form_keeps_what_was_typed_when_it_is_refused(office, app):
    typed = {"title": "Badan", "name": NAME, "region_codes": "15.06", "office_phone": "0700-1"}
    answer = app.post("/organization/new", data=typed, headers=signed_in(office))

    assert 'value="0700-1"' in answer.body


def test_an_agency_that_is_saved_unchanged_in_its_form_stays_as_it_was(office, app):
    make(office)
    headers = signed_in(office)
    form = {"title": "Badan Contoh", "name": NAME, **ABOUT, "save": ""}
    app.post(f"/organization/edit/{NAME}", data=form, headers=headers)

    shown = call("", "organization_show", id=NAME)
    assert {key: shown[key] for key in ABOUT} == ABOUT


def test_the_contact_stands_on_the_page_of_the_agency(office, app):
    make(office)

    body = app.get(f"/organization/{NAME}").body
    contact = ("office_phone", "office_email", "office_address", "website")
    assert [field for field in contact if ABOUT[field] not in body] == []


def test_the_page_about_an_agency_shows_words_and_no_stored_values(office, app):
    make(office)

    body = app.get(f"/organization/about/{NAME}").body
    assert [
        word for word in ("Walidata", "WITA", "Kemendagri 15.06, BPS 1507") if word not in body
    ] == []
    assert [code for code in ("walidata<", "Asia/Makassar", "bps:1507") if code in body] == []


def test_the_form_stores_an_emblem_and_takes_it_away(office, app):
    make(office)
    form = {"title": "Badan Contoh", "name": NAME, "image_url": ""}
    picture = (io.BytesIO(PICTURE), "lambang.png")
    seen = []
    for more in ({"image_upload": picture}, {"clear_upload": "true"}):
        page = f"/organization/edit/{NAME}"
        app.post(page, data={**form, **more}, headers=signed_in(office))
        seen.append(call("", "organization_show", id=NAME)["image_display_url"])
    assert [bool(url) for url in seen] == [True, False]


def test_the_emblem_stands_on_the_page_of_the_agency(office, app):
    make(office, image_url="https://badan.example/lambang.png")

    assert 'src="https://badan.example/lambang.png"' in app.get(f"/organization/{NAME}").body
