"""From the order of a head of office to what the public downloads, through the pages alone.

SOP 002 over a list of two requests and what the walidata makes of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from demo.cast import ADMINISTRATOR, AGENCIES, EDUCATION, HEAD, HEALTH, PRODUCER, WALIDATA
from demo.datasets import PUBLISHED
from demo.tables import WRONG_DISTRICT, pupils_csv, pupils_sheet, visits_csv
from demo.visitor import Visitor
from tests.browser import lists
from tests.browser.desk import (
    PHONE,
    Desks,
    case_on_receipt,
    fill_point,
    search_until_found,
    send,
)
from tests.browser.list_desk import (
    approve,
    ask_for,
    bring,
    finish,
    link_for,
    open_list,
    replace_file,
    take_up,
    unfold,
    wait_for_step,
)
from tests.browser.lists import HEAD_OF, KABID, KASI, STAF
from tests.browser.office import Office

PROCEDURE = "SOP Pengelolaan Data"
PUPILS = "Peserta didik menurut kecamatan, cerita daftar (rekaan)"
VISITS = "Kunjungan puskesmas menurut bulan, cerita daftar (rekaan)"
PRODUCT = "Peserta didik per jenjang, olahan cerita daftar (rekaan)"
AS_SENT, REPAIRED = pupils_sheet(with_slip=True), pupils_sheet(with_slip=False)
FILES = {PUPILS: REPAIRED, VISITS: visits_csv(), PRODUCT: pupils_csv()}
"""What the public gets, byte for byte."""

BPS = "BPS Kabupaten Contoh (rekaan)"
STATISTICIAN = "Wulan Contoh, statistisi (rekaan)"
UNFIT = "Satu kolom belum jelas isinya (rekaan)."
WRONG_COLUMN = "jumlah"
FIRST_PRODUCT = pupils_csv().replace(b"jumlah_peserta_didik", WRONG_COLUMN.encode())
SECRET_WORD = "rinciannya"
REASON = f"Jumlah di satu baris tidak sama dengan {SECRET_WORD}."
NOTE = "Rincian menurut jenjang lebih 90 dari kolom Jumlah."
METADATA = {
    name: value
    for name, value in PUBLISHED.values.items()
    if name not in ("title", "release_schedule")
}
"""What a producer adds to what the request says already."""
TITLE_OF = {one.name: one.title for one in AGENCIES}


@dataclass
class Story:
    """The case, its people at their desks, and where its data lies."""

    desks: Desks
    number: str = ""
    windows: dict[str, Page] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def at(self, name: str, width: int = 1280) -> Page:
        """The window of a person, or of the public; opened when it is first looked into."""
        if name not in self.windows:
            self.windows[name] = self.desks.open(name, width=width)
        return self.windows[name]

    def finish(self, name: str, title: str = PROCEDURE, outcome: str = "") -> None:
        finish(self.at(name), self.number, title, outcome)


@pytest.fixture(scope="module")
def in_force(office: Office, address: str) -> None:
    """SOP 002 is adopted, people hold its actors, and the staf may bring data of the walidata."""
    admin = Visitor(address, ADMINISTRATOR.name)
    assert admin.log_in(office.passwords[ADMINISTRATOR.name])
    lists.put_in_force(office, admin)
    admin.action("organization_member_create", id=WALIDATA, username=STAF, role="editor")


@pytest.mark.usefixtures("in_force")
def test_a_list_goes_from_an_order_through_bps_to_the_public(desks: Desks):
    story = Story(desks)
    order(story)
    make_the_list(story)
    bps_decides(story, "sesuai", no_files)
    ask_the_producers(story)
    for producer, title in ((EDUCATION, PUPILS), (HEALTH, VISITS)):
        deliver(story, producer, title)
    verify(story)
    make_a_product(story)
    send_to_bps(story)
    bps_returns_the_product(story)
    repair_the_product(story)
    send_to_bps(story)
    bps_decides(story, "layak", the_files)
    assert_nothing_is_found(story)
    publish(story)
    for title, content in FILES.items():
        find_and_download(story, title, content)
    story.finish(STAF)
    assert_ended(story)


def order(story: Story) -> None:
    """Steps 1-3: from the phone of the head of the office down to the staf."""
    head = story.at(HEAD.name, PHONE)
    story.number = open_list(head, PROCEDURE)
    for name in (HEAD.name, KABID, KASI):
        story.finish(name)


def make_the_list(story: Story) -> None:
    """Steps 4 and 5."""
    staf = story.at(STAF)
    take_up(staf, story.number, PROCEDURE)
    ask_for(staf, PUPILS, TITLE_OF[EDUCATION])
    ask_for(staf, VISITS, TITLE_OF[HEALTH])
    story.finish(STAF)
    story.finish(KASI, outcome="sesuai")


def send_to_bps(story: Story) -> None:
    """Steps 11 and 12."""
    story.finish(KASI, outcome="sesuai")
    story.finish(KABID)


def bps_returns_the_product(story: Story) -> None:
    """Step 13: one dataset of the list goes back for a column, the others wait."""
    phone = story.desks.open(width=PHONE)
    phone.goto(link_for(story.at(KASI), story.number, BPS))
    phone.check("#field-outcome-tidak_layak")
    phone.fill("#field-reason", UNFIT)
    fill_point(phone, 1, "column", WRONG_COLUMN, "Sebut apa yang dihitung.")
    phone.get_by_label(PRODUCT, exact=True).check()
    phone.check("#field-rest-wait")
    phone.fill("#field-signed", STATISTICIAN)
    send(phone, "#link-send")
    expect(phone.locator("#receipt-outcome")).to_contain_text(PRODUCT)


def repair_the_product(story: Story) -> None:
    """Step 10 once more, over the product alone."""
    staf = story.at(STAF)
    take_up(staf, story.number, PROCEDURE)
    expect(staf.locator("#returned")).to_contain_text(UNFIT)
    expect(staf.locator("#point-1")).to_contain_text(WRONG_COLUMN)
    expect(staf.locator("main").get_by_text(PUPILS)).to_have_count(0)
    replace_file(staf, "olahan-perbaikan.csv", FILES[PRODUCT], "Nama kolom dilengkapi.")
    story.finish(STAF)


def bps_decides(story: Story, outcome: str, looks: Callable[[Page], None]) -> None:
    """Steps 6 and 13: without an account, on a phone, by a link that the kasi has sent."""
    address = link_for(story.at(KASI), story.number, BPS)
    phone = story.desks.open(width=PHONE)
    phone.goto(address)
    looks(phone)
    phone.check(f"#field-outcome-{outcome}")
    phone.fill("#field-signed", STATISTICIAN)
    send(phone, "#link-send")
    expect(phone.locator("main")).to_contain_text(STATISTICIAN)
    phone.goto(address)
    expect(phone.locator("form")).to_have_count(0)


def no_files(phone: Page) -> None:
    expect(phone.get_by_role("heading", name=PUPILS)).to_be_visible()
    expect(phone.get_by_role("link", name="Unduh")).to_have_count(0)


def the_files(phone: Page) -> None:
    """What BPS judges is what will be published."""
    for title, content in FILES.items():
        entry = phone.get_by_role("listitem").filter(has=phone.get_by_role("heading", name=title))
        with phone.expect_download() as download:
            entry.get_by_role("link", name="Unduh").click()
        assert Path(download.value.path()).read_bytes() == content


def ask_the_producers(story: Story) -> None:
    """Step 7, with a last day for the answers."""
    kasi = story.at(KASI)
    kasi.goto(f"/kasus/{story.number}")
    unfold(kasi, "Tetapkan tanggal penutupan")
    kasi.fill("#field-set_closing-closes_on", "2027-01-31")
    send(kasi, "form[id^=form-set_closing-] button")
    expect(kasi.locator("main")).to_contain_text("Ditutup 31 Januari 2027")
    story.finish(KASI)


def deliver(story: Story, agency: str, title: str) -> None:
    """Step 8: the request is answered with a file, the head of the agency approves it."""
    page = story.at(PRODUCER[agency])
    take_up(page, story.number, title)
    page.get_by_role("link", name="Unggah data baru").click()
    expect(page.locator("#field-title")).to_have_value(title)
    content = AS_SENT if title == PUPILS else FILES[title]
    kind = "xlsx" if title == PUPILS else "csv"
    story.places[title] = bring(page, METADATA, f"tabel.{kind}", content)
    assert case_on_receipt(page) == story.number
    hand_over(story, agency, title)


def hand_over(story: Story, agency: str, title: str) -> None:
    approve(story.at(HEAD_OF[agency]), story.number, title)
    story.finish(PRODUCER[agency], title)


def verify(story: Story) -> None:
    """Step 9: one dataset goes back for a row, is repaired, and comes again."""
    story.finish(KASI, VISITS, "lengkap")
    return_for_a_row(story)
    produsen = story.at(PRODUCER[EDUCATION])
    take_up(produsen, story.number, PUPILS)
    returned = produsen.locator("#returned")
    expect(returned).to_contain_text(REASON)
    expect(returned.locator("#point-1")).to_contain_text(WRONG_DISTRICT)
    replace_file(produsen, "tabel-perbaikan.xlsx", REPAIRED, "Angka SMP tertukar.")
    hand_over(story, EDUCATION, PUPILS)
    story.finish(KASI, PUPILS, "lengkap")


def return_for_a_row(story: Story) -> None:
    kasi = story.at(KASI)
    take_up(kasi, story.number, PUPILS)
    kasi.check("#field-outcome-belum_lengkap")
    kasi.fill("#field-reason", REASON)
    fill_point(kasi, 1, "row", WRONG_DISTRICT, NOTE)
    send(kasi, "#act-send")
    case_on_receipt(kasi)


def make_a_product(story: Story) -> None:
    """Step 10: what the staf makes of the list is data of the walidata, and joins the list."""
    staf = story.at(STAF)
    take_up(staf, story.number, PROCEDURE)
    unfold(staf, "Tambah data ke daftar")
    staf.get_by_role("link", name="Unggah data baru").click()
    values = {**PUBLISHED.values, "title": PRODUCT}
    story.places[PRODUCT] = bring(staf, values, "olahan.csv", FIRST_PRODUCT)
    assert case_on_receipt(staf) == story.number
    staf.goto(f"/kasus/{story.number}")
    row = staf.get_by_role("row").filter(has_text=PRODUCT)
    expect(row).to_contain_text("Produk dari daftar ini")
    story.finish(STAF)


def publish(story: Story) -> None:
    """Steps 14 and 15: approved by the kasi, shown by the staf, each dataset by the worker."""
    story.finish(KASI)
    wait_for_step(story.at(KASI), story.number, 15)
    assert_nothing_is_found(story)
    story.finish(STAF)
    wait_for_step(story.at(STAF), story.number, 16)


def assert_nothing_is_found(story: Story) -> None:
    """The public: no page, no API, no result of a search."""
    public = story.at("")
    for title, place in story.places.items():
        page = public.goto(place)
        assert page is not None
        assert page.status == 404
        api = public.request.get(f"/api/3/action/package_show?id={place.rpartition('/')[2]}")
        assert api.status in (403, 404)
        public.goto(f"/dataset/?q={title}")
        expect(public.get_by_role("link", name=title)).to_have_count(0)


def find_and_download(story: Story, title: str, content: bytes) -> None:
    """From the first page by the words of the title to the file."""
    public = story.at("")
    public.goto("/")
    public.fill("#field-q", title)
    search_until_found(public, "#search-send", title).click()
    expect(public.locator("h1")).to_have_text(title)
    expect(public.locator("#status")).to_contain_text(f"menurut {PROCEDURE}")
    text = public.locator("body").inner_text()
    assert SECRET_WORD not in text
    assert "Petugas Contoh" not in text
    with public.expect_download() as download:
        public.locator("#download").click()
    assert Path(download.value.path()).read_bytes() == content


def assert_ended(story: Story) -> None:
    page = story.at(KASI)
    page.goto(f"/kasus/{story.number}")
    expect(page.locator("main")).to_contain_text("Kasus ini selesai")
