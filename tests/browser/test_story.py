"""From an agency's upload to a download by the public, through the pages alone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from demo.datasets import PUBLISHED
from demo.tables import WRONG_DISTRICT, pupils_sheet
from tests.browser.desk import (
    act_from_inbox,
    case_on_receipt,
    choose_file,
    fill_dataset,
    fill_point,
    log_in,
    search_until_found,
    send,
)
from tests.browser.office import PRODUSEN, Office, holder

WORDS = "murid cerita berkas"
TITLE = "Peserta didik menurut kecamatan, cerita satu berkas (rekaan)"
SECRET_WORD = "rinciannya"
REASON = f"Jumlah di satu baris tidak sama dengan {SECRET_WORD}."
NOTE = "Rincian menurut jenjang lebih 90 dari kolom Jumlah."
AS_SENT = pupils_sheet(with_slip=True)
REPAIRED = pupils_sheet(with_slip=False)

METADATA = {**PUBLISHED.values, "title": TITLE}


def test_a_file_goes_from_an_agency_through_the_sop_to_the_public(desks, office: Office):
    produsen = desks.open()
    dataset = bring(produsen, office)
    number = case_on_receipt(produsen)
    public = desks.open()
    assert_hidden(public, dataset, file_of(office, dataset))

    admin_data = desks.open(holder("admin_data"))
    act_from_inbox(admin_data, TITLE)
    act_from_inbox(admin_data, TITLE)
    verifikator = desks.open()
    return_it(verifikator, office)
    read_what_is_wrong(produsen, number)
    replace_file(produsen)
    act_from_inbox(admin_data, TITLE)
    act_from_inbox(verifikator, TITLE, "sesuai")
    act_from_inbox(desks.open(holder("validator")), TITLE, "valid")
    act_from_inbox(desks.open(holder("analis_data")), TITLE)
    admin_sistem = desks.open(holder("admin_sistem"))
    act_from_inbox(admin_sistem, TITLE)
    act_from_inbox(admin_sistem, TITLE)
    assert_hidden(public, dataset, file_of(office, dataset))
    act_from_inbox(desks.open(holder("pengelola_data")), TITLE)

    find(public)
    assert_silent_about_the_work(public)
    assert download(public) == REPAIRED


def bring(page: Page, office: Office) -> str:
    """Log in on the way to the upload, fill in the metadata, send the file."""
    page.goto("/unggah")
    log_in(page, PRODUSEN, office.passwords[PRODUSEN])
    expect(page).to_have_url("/unggah")
    fill_dataset(page, METADATA)
    send(page, "#dataset-send")
    dataset = urlsplit(page.url).path.split("/")[2]
    choose_file(page, "rekap-peserta-didik.xlsx", AS_SENT)
    page.fill("#field-name", "Rekap peserta didik")
    page.fill("#field-description", "Lembar kerja seperti yang dikirim dinas (rekaan).")
    send(page, "#file-send")
    return dataset


def return_it(page: Page, office: Office) -> None:
    """The inbox is where a login leads; the case goes back with a reason and a point."""
    page.goto("/user/login")
    log_in(page, holder("verifikator"), office.passwords[holder("verifikator")])
    expect(page).to_have_url("/kotak-masuk")
    page.get_by_role("link", name=TITLE).click()
    page.check("#field-outcome-tidak_sesuai")
    page.fill("#field-reason", REASON)
    fill_point(page, 1, "row", WRONG_DISTRICT, NOTE)
    send(page, "#act-send")
    case_on_receipt(page)


def read_what_is_wrong(page: Page, number: str) -> None:
    page.goto(f"/kasus/{number}")
    returned = page.locator("#returned")
    expect(returned).to_contain_text(REASON)
    expect(returned.locator("#point-1")).to_contain_text(WRONG_DISTRICT)
    expect(returned.locator("#point-1")).to_contain_text(NOTE)


def replace_file(page: Page) -> None:
    """From the case to the data, to the file, and another version of it with its reason."""
    page.get_by_role("link", name="Perbaiki data").click()
    page.get_by_role("link", name="Ganti berkas ini").first.click()
    choose_file(page, "rekap-peserta-didik-perbaikan.xlsx", REPAIRED)
    page.locator("#file-send").click()
    nature = page.locator("#field-change_nature-koreksi_angka")
    assert nature.evaluate("radio => radio.validity.valueMissing"), "sent without its nature"
    nature.check()
    page.fill("#field-change_note", "Angka SMP tertukar.")
    send(page, "#file-send")
    case_on_receipt(page)


def file_of(office: Office, dataset: str) -> str:
    shown = office.people[PRODUSEN].action("package_show", id=dataset)
    return urlsplit(shown["resources"][0]["url"]).path


def assert_hidden(page: Page, dataset: str, file: str) -> None:
    """By page, by API, by file and by search, and the page as for a name that nobody has."""
    hidden = page.goto(f"/dataset/{dataset}")
    assert hidden is not None
    assert hidden.status == 404
    text = page.locator("main").inner_text()
    nothing = page.goto("/dataset/nama-yang-tidak-ada")
    assert nothing is not None
    assert nothing.status == 404
    assert page.locator("main").inner_text() == text
    api = page.request.get(f"/api/3/action/package_show?id={dataset}")
    assert api.status in (403, 404)
    assert page.request.get(file).status in (403, 404)
    page.goto(f"/dataset/?q={WORDS}")
    expect(page.locator("#field-q")).to_have_value(WORDS)
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)


def find(page: Page) -> None:
    """From the first page to the dataset, by words of its title and tags."""
    page.goto("/")
    page.fill("#field-q", WORDS)
    search_until_found(page, "#search-send", TITLE).click()
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("#status")).to_contain_text("menurut SOP Manajemen Data, terbit")


def assert_silent_about_the_work(page: Page) -> None:
    """The public reads status, SOP and date; no name of an official, no reason, no case."""
    text = page.locator("body").inner_text()
    assert SECRET_WORD not in text
    assert "Petugas Contoh" not in text
    expect(page.locator("#case-strip")).to_have_count(0)
    assert "SOP Manajemen Data" in text


def download(page: Page) -> bytes:
    with page.expect_download() as download:
        page.locator("#download").click()
    return Path(download.value.path()).read_bytes()
