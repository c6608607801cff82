"""What acts, acts without JavaScript too."""

from __future__ import annotations

from playwright.sync_api import expect

from demo.cast import ADMINISTRATOR, HEALTH
from demo.datasets import PUBLISHED
from demo.tables import pupils_csv
from tests.browser.desk import (
    PHONE,
    case_on_receipt,
    choose_file,
    fill_dataset,
    fill_point,
    send,
    status_of_post,
)
from tests.browser.office import PRODUSEN, RETURN, TO_VERIFICATION, Office, holder

CSV = pupils_csv()
TITLE = "Unggahan tanpa skrip (rekaan)"


def test_a_produsen_uploads_without_javascript(desks, office: Office):
    page = desks.open(PRODUSEN, width=PHONE, java_script=False)
    page.goto("/unggah")
    fill_dataset(page, {**PUBLISHED.values, "title": TITLE})
    send(page, "#dataset-send")
    choose_file(page, "tanpa-skrip.csv", CSV)
    page.fill("#field-name", "Tanpa skrip")
    page.fill("#field-description", "Rekaan.")
    send(page, "#file-send")

    number = case_on_receipt(page)
    case = office.people[PRODUSEN].action("satudata_case_show", id=number)
    assert case["datasets"][0]["title"] == TITLE
    assert [visit["step"] for visit in case["open_visits"]] == [1]


def test_a_verifikator_returns_two_points_without_javascript(desks, office: Office):
    scene = office.scene("butir-tanpa-skrip", TO_VERIFICATION)
    page = desks.open(holder("verifikator"), width=PHONE, java_script=False)
    page.goto(f"/kasus/{scene.number}/langkah/3")
    page.check("#field-outcome-tidak_sesuai")
    page.fill("#field-reason", "Dua hal perlu diperbaiki.")
    fill_point(page, 1, "column", "SMP", "Angka tertukar.")
    send(page, "#point-add")
    assert scene.open_steps() == [(3, 1)], "adding a row must not act"
    expect(page.locator("#field-reason")).to_have_value("Dua hal perlu diperbaiki.")
    fill_point(page, 2, "all", "", "Satuan belum ditulis.")
    send(page, "#act-send")

    case_on_receipt(page)
    assert scene.last_event()["body"]["points"] == [
        {"kind": "column", "where": "SMP", "note": "Angka tertukar."},
        {"kind": "all", "where": "", "note": "Satuan belum ditulis."},
    ]


def test_a_file_that_came_with_a_faulty_form_need_not_be_chosen_again(desks, office: Office):
    scene = office.scene("berkas-ditahan", (*TO_VERIFICATION, RETURN))
    page = desks.open(PRODUSEN)
    page.goto(f"/dataset/{scene.name}/unggah?berkas={scene.file_id}")
    choose_file(page, "perbaikan.csv", CSV)
    # As a browser that does not check forms itself sends it.
    page.locator("#file-form").evaluate("form => { form.noValidate = true }")
    assert status_of_post(page, "#file-send") == 422
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#field-change_nature-error")).to_be_visible()
    page.check("#field-change_nature-koreksi_angka")
    page.fill("#field-change_note", "Angka SMP tertukar.")
    send(page, "#file-send")

    case_on_receipt(page)
    produsen = office.people[PRODUSEN]
    stored = produsen.action("resource_show", id=scene.file_id)
    assert produsen.page(stored["url"]).content == CSV


def test_the_administrator_changes_the_contact_of_an_agency_without_javascript(desks):
    page = desks.open(ADMINISTRATOR.name, width=PHONE, java_script=False)
    page.goto(f"/organization/edit/{HEALTH}")
    page.fill("#field-office_phone", "(0000) 000-077")
    send(page, "#agency-send")

    anybody = desks.open()
    anybody.goto(f"/organization/{HEALTH}")
    expect(anybody.get_by_text("(0000) 000-077")).to_be_visible()
