"""What people do at a case over a list, in front of a browser: each of them by the pages alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import PATIENCE, act, case_on_receipt, choose_file, fill_dataset, send

ADD = "form[id^=form-add-]"
APPROVE = "form[id^=form-approve-]"


def open_list(page: Page, procedure: str) -> str:
    """From the inbox to a new case; its number."""
    page.goto("/kotak-masuk")
    page.get_by_role("link", name="Buka kasus atas daftar data").click()
    page.get_by_role("radio", name=procedure, exact=True).check()
    send(page, "#case-send")
    return case_on_receipt(page)


def take_up(page: Page, number: str, title: str) -> None:
    """Inbox with the newest first, and the row of a dataset of the case, or of the whole list."""
    page.goto("/kotak-masuk?untuk=unit&urut=terbaru")
    _row(page, number, title).get_by_role("link").click()
    page.wait_for_url(f"**/kasus/{number}/langkah/**")


def finish(page: Page, number: str, title: str, outcome: str = "") -> None:
    """Inbox, row, decision, button, receipt."""
    take_up(page, number, title)
    act(page, outcome)


def unfold(page: Page, words: str) -> None:
    """Open one of the folded forms."""
    page.locator("summary").filter(has_text=words).click()


def ask_for(page: Page, title: str, agency: str) -> None:
    """One more request on the list; the page of the case shows it."""
    unfold(page, "Tambah data ke daftar")
    page.fill("#field-add-entry_title", title)
    page.select_option("#field-add-entry_organization", label=agency)
    page.fill("#field-add-entry_release", "2026-12")
    send(page, f"{ADD} button")
    expect(page.get_by_role("row").filter(has_text=title)).to_contain_text(agency)


def link_for(page: Page, number: str, party: str) -> str:
    """Make a link, from the page of the case; its address, as it can be copied this one time."""
    page.goto(f"/kasus/{number}")
    page.get_by_role("link", name="Tautan untuk pihak luar").click()
    page.get_by_label("Untuk siapa").fill(party)
    send(page, "[id^=link-make-]")
    return page.locator("#link-url").input_value()


def bring(page: Page, values: Mapping[str, Any], file: str, content: bytes) -> str:
    """The form of the metadata, then the file; the address of the data."""
    fill_dataset(page, values)
    send(page, "#dataset-send")
    dataset = urlsplit(page.url).path.removesuffix("/unggah")
    choose_file(page, file, content)
    page.fill("#field-name", "Tabel")
    page.fill("#field-description", "Angka rekaan.")
    send(page, "#file-send")
    return dataset


def replace_file(page: Page, file: str, content: bytes, note: str) -> None:
    """From the form that shows what came back to another version of its file."""
    page.get_by_role("link", name="Ganti berkas ini").click()
    choose_file(page, file, content)
    page.check("#field-change_nature-koreksi_angka")
    page.fill("#field-change_note", note)
    send(page, "#file-send")
    case_on_receipt(page)


def approve(page: Page, number: str, title: str) -> None:
    """The head of an agency gives his approval by his own account."""
    take_up(page, number, title)
    send(page, f"{APPROVE} button")
    expect(page.locator("main")).to_contain_text("Persetujuan sudah tercatat")


def wait_for_step(page: Page, number: str, step: int) -> None:
    """Look at the case again and again, until the worker is through and the step is open."""
    page.goto(f"/kasus/{number}")
    until = monotonic() + PATIENCE / 1000
    now = page.get_by_role("definition").filter(has_text=re.compile(rf"^{step} dari "))
    while not now.count():
        assert monotonic() < until, f"step {step} is not reached"
        page.wait_for_timeout(500)
        page.reload()


def _row(page: Page, number: str, title: str) -> Locator:
    of_case = page.locator("tr.sd-task").filter(has_text=re.compile(rf"Kasus {number}\b"))
    return of_case.filter(has=page.get_by_role("link", name=title, exact=True))
