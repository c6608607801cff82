"""Whoever uses the portal reads Indonesian, CKAN's own sentences included.

Each page is rendered with a catalogue that marks what is translated. Text without a mark that is
no data is reported with its page. How to mend it: docs/how-to/translate.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ckan.tests.helpers import CKANTestApp

from tests.integration import reading
from tests.integration.marked import MarkingDomain, marked_translations
from tests.integration.office import SOP, Office, act, call, dataset_values, submit, upload, walk
from tests.integration.portal_data import data_of
from tests.integration.reading import Data, unmarked
from tests.integration.sheets import text_000

pytestmark = pytest.mark.usefixtures("with_plugins")

REASON = "Kolom jumlah belum sama dengan lampiran (rekaan)."
POINTS = [
    {"kind": "column", "where": "jumlah", "note": "Angka 2025 belum sama."},
    {"kind": "all", "where": "", "note": "Periksa lagi seluruhnya."},
]
CONTACT = {
    "region_codes": ["kemendagri:15.06"],
    "work_unit_code": "2.16.01",
    "time_zone": "Asia/Jakarta",
    "office_phone": "(0700) 123-456",
    "office_email": "kantor@dinas.example",
    "office_address": "Jalan Rekaan 1",
    "website": "https://dinas.example",
}
FILE_NAME = "Berkas rekaan"
NOTHING = "tidak-ada-yang-bernama-begini"


@dataclass
class Portal:
    """An invented office with data at four places of the way, and the pages it is read on."""

    app: CKANTestApp
    domain: MarkingDomain
    office: Office
    data: Data
    cases: dict[str, dict[str, Any]]
    complaints: list[str] = field(default_factory=list)
    browsers: dict[str | None, Any] = field(default_factory=dict)

    def reads(self, actor: str | None, pages: Iterable[tuple[str, int]]) -> None:
        """Open each page, which must answer with its status, and judge its text."""
        for path, status in pages:
            self.gets(actor, "GET", path, status)

    def sends(self, actor: str | None, path: str, status: int, **form: Any) -> Any:
        """Send a form, and judge the text of the answer."""
        return self.gets(actor, "POST", path, status, data=form)

    def gets(self, actor: str | None, method: str, path: str, status: int, **more: Any) -> Any:
        headers = {"Authorization": self.office.people[actor]["token"]} if actor else {}
        self.domain.missing.clear()
        browser = self.browsers.setdefault(actor, self.app.test_client())
        answer = browser.open(path, method=method, headers=headers, follow_redirects=False, **more)
        where = f"{method} {path} as {actor}"
        if answer.status_code != status:
            self.complaints.append(f"{where}: answers {answer.status_code}, not {status}")
        if answer.status_code not in (302, 303):
            self.judge(where, answer.body)
        return answer

    def judge(self, where: str, html: str) -> None:
        found = [text for text in unmarked(html) if self.data.leftover(text)]
        if found:
            missing = sorted(self.domain.missing)
            self.complaints += [f"{where}: {text!r}" for text in dict.fromkeys(found)]
            self.complaints += [f"    msgid without translation: {msgid!r}" for msgid in missing]

    def file(self, name: str) -> str:
        shown = call("", "package_show", id=name) if name == "terbit" else None
        shown = shown or call(self.office["produsen_data"], "package_show", id=name)
        return shown["resources"][0]["id"]

    def number(self, name: str) -> int:
        return self.cases[name]["number"]

    @property
    def untranslated(self) -> str:
        return "\n".join(dict.fromkeys(self.complaints))


@pytest.fixture
def portal(office: Office, app: CKANTestApp, tmp_path: Path) -> Iterator[Portal]:
    with marked_translations(app, tmp_path) as domain:
        yield _portal(office, app, domain)


def _portal(office: Office, app: CKANTestApp, domain: MarkingDomain) -> Portal:
    # As over HTTP: what is stored or indexed in a language is so in that of the portal.
    with app.flask_app.test_request_context("/"):
        office.agency = call(
            office["sysadmin"], "organization_patch", id=office.agency["id"], **CONTACT
        )
        cases = {
            "terbit": walk(office, submit(office, "terbit"), until=10),
            "diperiksa": walk(office, submit(office, "diperiksa"), until=3),
            "kembali": walk(office, submit(office, "kembali"), until=3),
        }
        returned = {"reason": REASON, "points": POINTS}
        cases["kembali"] = act(office, cases["kembali"], "verifikator", "tidak_sesuai", **returned)
        call(office["produsen_data"], "package_create", **dataset_values(office, "baru"))
    contact = [CONTACT[key] for key in ("work_unit_code", "office_phone", "office_address")]
    notes = [point["note"] for point in POINTS]
    typed = [REASON, NOTHING, FILE_NAME, *cases, "baru", *notes, *contact, "dinas.example"]
    return Portal(app, domain, office, data_of(office, typed), cases)


def release_pages(portal: Portal, *, whole: bool) -> list[tuple[str, int]]:
    """Pages of releases: for everybody, and for those who read what is public no longer."""
    return [
        ("/dataset/terbit/rilis", 200),
        ("/dataset/terbit/rilis/1", 200),
        ("/dataset/terbit/rilis/9", 404),
        ("/dataset/terbit/perbedaan", 404 if whole else 302),
    ]


def public_pages(portal: Portal) -> list[tuple[str, int]]:
    agency = portal.office.agency["name"]
    return [
        ("/", 200),
        ("/dataset/", 200),
        (f"/dataset/?topic=kependudukan&organization={agency}", 200),
        (f"/dataset/?q={NOTHING}", 200),
        ("/dataset/terbit", 200),
        (f"/dataset/terbit/resource/{portal.file('terbit')}", 200),
        ("/organization/", 200),
        (f"/organization/?q={NOTHING}", 200),
        (f"/organization/{agency}", 200),
        (f"/organization/{agency}?q={NOTHING}", 200),
        (f"/organization/{portal.office.other_agency['name']}", 200),
        (f"/organization/about/{agency}", 200),
        ("/about", 200),
        ("/sop", 200),
        (f"/sop/{SOP}", 200),
        ("/sop/pengelolaan-data", 200),
        (f"/sop/{NOTHING}", 404),
        (f"/{NOTHING}", 404),
        (f"/dataset/{NOTHING}", 404),
    ]


def staff_pages(portal: Portal) -> list[tuple[str, int]]:
    number = portal.number("diperiksa")
    return [
        *public_pages(portal),
        ("/kotak-masuk", 200),
        ("/kotak-masuk?untuk=lain", 200),
        ("/dataset/diperiksa", 200),
        (f"/dataset/diperiksa/resource/{portal.file('diperiksa')}", 200),
        (f"/kasus/{number}", 200),
        (f"/kasus/{portal.number('terbit')}", 200),
        (f"/kasus/{portal.number('kembali')}", 200),
        (f"/kasus/{number}/tanda-terima/1", 200),
        (f"/kasus/{number}/tanda-terima/1?lagi=1", 200),
        ("/dataset/terbit/metadata", 403),
        ("/dataset/diperiksa/unggah", 403),
        ("/kasus/9999", 404),
    ]


def test_the_public_reads_indonesian(portal: Portal):
    portal.reads(None, public_pages(portal))
    portal.reads(None, release_pages(portal, whole=False))
    portal.reads(None, [("/user/login", 200), ("/user/reset", 200), ("/dataset/diperiksa", 404)])
    portal.reads(None, [("/user/logged_out_redirect", 200)])
    portal.sends(None, "/user/login", 200, login="siapa", password="keliru")
    portal.sends(None, f"/kasus/{portal.number('diperiksa')}/langkah/3", 401, reason=REASON)
    assert portal.untranslated == ""


def test_a_produsen_reads_indonesian(portal: Portal):
    me = portal.office["produsen_data"]
    file = f"/dataset/kembali/resource/{portal.file('kembali')}"
    replace = f"/dataset/kembali/unggah?berkas={portal.file('kembali')}"
    portal.reads("produsen_data", staff_pages(portal))
    portal.reads(
        "produsen_data",
        [
            ("/unggah", 200),
            ("/dataset/baru", 200),
            ("/dataset/baru/metadata", 200),
            ("/dataset/baru/unggah", 200),
            (replace, 200),
            (f"/kasus/{portal.number('diperiksa')}/langkah/3", 403),
            ("/dataset/new", 200),
            ("/dataset/edit/kembali", 200),
            ("/dataset/resources/kembali", 200),
            ("/dataset/kembali/resource/new", 200),
            (f"{file}/edit", 200),
            (f"/user/edit/{me}", 200),
            ("/dashboard/datasets", 200),
            ("/dashboard/organizations", 200),
        ],
    )
    portal.sends("produsen_data", "/unggah", 422, title="", owner_org="", period_start="kemarin")
    portal.sends("produsen_data", "/dataset/baru/unggah", 422, name="")
    portal.sends("produsen_data", replace, 422, name="Jumlah penduduk", upload=_csv())
    portal.sends("produsen_data", f"/user/edit/{me}", 200, email="bukan surel", fullname="")
    metadata = dataset_values(portal.office, "baru")
    portal.sends("produsen_data", "/dataset/baru/metadata", 303, **metadata)
    portal.reads("produsen_data", [("/dataset/baru", 200)])
    sent = portal.sends("produsen_data", "/dataset/baru/unggah", 303, name=FILE_NAME, upload=_csv())
    portal.reads("produsen_data", [(sent.headers["Location"], 200), ("/dataset/baru", 200)])
    assert portal.untranslated == ""


def test_a_verifikator_reads_indonesian(portal: Portal):
    number = portal.number("diperiksa")
    form = f"/kasus/{number}/langkah/3"
    visit = portal.cases["diperiksa"]["open_visits"][0]
    now = {"visit": visit["number"], "item": visit["item"] or ""}
    now["version"] = portal.cases["diperiksa"]["version"]
    stale = {**now, "version": 1}
    portal.reads("verifikator", [*staff_pages(portal), (form, 200), ("/unggah", 403)])
    portal.reads("verifikator", [("/dataset/edit/diperiksa", 403), ("/dataset/new", 403)])
    place = f"{number}.3.{visit['number']}.{visit['item']}"
    several = "/kotak-masuk/sekaligus"
    portal.reads("verifikator", [(f"{several}?pilih={place}", 200)])
    portal.sends("verifikator", several, 409, place=place, version="1", key="a", way="sesuai")
    portal.sends("verifikator", form, 422, **now)
    portal.sends("verifikator", form, 422, **now, outcome="tidak_sesuai")
    portal.sends("verifikator", form, 409, **stale, outcome="sesuai")
    portal.sends("verifikator", form, 200, **now, point_add="1")
    sent = portal.sends("verifikator", form, 303, **now, outcome="sesuai")
    portal.reads("verifikator", [(sent.headers.get("Location", "/"), 200), (form, 303)])
    portal.sends("verifikator", form, 409, **stale, outcome="tidak_sesuai")
    assert portal.untranslated == ""


def test_the_administrator_reads_indonesian_in_the_form_of_an_agency(portal: Portal):
    agency = portal.office.agency["name"]
    wrong = {"title": "", "name": "", "region_codes": "15.06", "office_email": "bukan surel"}
    portal.reads("sysadmin", [("/organization/new", 200), (f"/organization/edit/{agency}", 200)])
    portal.reads("sysadmin", [("/organization/", 200), (f"/organization/{agency}", 200)])
    portal.sends("sysadmin", "/organization/new", 200, **wrong)
    portal.sends("sysadmin", f"/organization/edit/{agency}", 200, **wrong, website="situs")
    assert portal.untranslated == ""


def test_the_head_of_the_walidata_reads_indonesian(portal: Portal):
    me, adopt_form = "pimpinan_walidata", f"/sop/{SOP}/berlakukan"
    office, agency = portal.office.walidata["id"], portal.office.agency["id"]
    portal.reads(me, [("/sop", 200), (f"/sop/{SOP}", 200), (adopt_form, 200)])
    portal.reads(me, [("/sop/pengelolaan-data-informasi/berlakukan", 200)])
    portal.reads(me, [("/sop/unggah", 200), ("/sop/jalur", 200)])
    portal.sends(me, adopt_form, 422, organization=office, decree_date="kemarin")
    portal.sends(me, adopt_form, 422, organization=office, whom="all", decree_number="7")
    portal.sends(me, "/sop/unggah", 422, text="")
    portal.sends(me, "/sop/jalur", 422, organization=agency, subject=NOTHING)
    portal.sends(me, "/sop/jalur", 303, organization=agency, kind="prioritas", subject=SOP)
    portal.reads(me, [("/sop/jalur", 200), ("/sop", 200)])
    with portal.app.flask_app.test_request_context("/"):
        call(portal.office[me], "satudata_sop_upload", text=text_000() + "# 2026\n")
    portal.reads(me, [(f"/sop/{SOP}", 200), (f"/sop/{SOP}/revisi/1", 200)])
    sent = portal.sends(me, adopt_form, 303, organization=office, whom="all")
    portal.reads(me, [(sent.headers.get("Location", "/"), 200)])
    move = f"/kasus/{portal.number('diperiksa')}/revisi"
    portal.reads("pengelola_data", [(f"/kasus/{portal.number('diperiksa')}", 200), (move, 200)])
    portal.sends("pengelola_data", move, 409, version=1)
    assert portal.untranslated == ""


def _csv() -> Any:
    file = upload()
    return (file.stream, file.filename)


def test_a_text_that_nobody_translated_is_found():
    page = "<p title='Read more'>⟦Judul⟧ by <b>Dinas Contoh</b></p><script>let a</script>"
    data = Data(["Dinas Contoh"])
    assert [text for text in unmarked(page) if data.leftover(text)] == ["Read more", "by"]


def test_a_mark_holds_over_tags_and_for_the_attributes_inside():
    page = "<p>⟦Lihat <a title='Read more'>panduan</a> ini⟧</p>"
    assert unmarked(page) == []


def test_a_page_with_a_cut_translation_is_not_taken_for_translated():
    with pytest.raises(reading.UnclosedMark):
        unmarked("<p>⟦Lisensi Do…</p><p>Read more</p>")


def test_a_date_in_english_order_is_no_data(office: Office):
    data = data_of(office, [])
    assert data.leftover("Jumat, 20 November 2026 pukul 10.42 WIB") == ""
    assert data.leftover("November 20, 2026") != ""


def test_who_prepares_and_withdraws_releases_reads_indonesian(portal: Portal):
    producer = portal.office["produsen_data"]
    copy = call(producer, "satudata_working_copy_create", id="terbit")
    changed = {"id": copy["id"], "title": "terbit", "unit": "baru", "notes": REASON}
    call(producer, "package_patch", **changed)
    pages = release_pages(portal, whole=True)
    path = f"/dataset/{copy['name']}"
    portal.reads("produsen_data", [*pages, (path, 200), (f"{path}/perbedaan", 200)])
    portal.reads("produsen_data", [(f"{path}/buang", 200), ("/dataset/terbit/tarik", 403)])
    portal.reads("validator", [(f"{path}/buang", 403)])
    portal.reads("sysadmin", [("/dataset/baru/terbit-khusus", 200), ("/dataset/baru", 200)])
    portal.sends("sysadmin", "/dataset/baru/terbit-khusus", 422, reason="")
    portal.reads("pengelola_data", [("/dataset/terbit/tarik", 200)])
    portal.sends("pengelola_data", "/dataset/terbit/tarik", 422, reason="", replacement=NOTHING)
    sent = portal.sends("pengelola_data", "/dataset/terbit/tarik", 303, reason=REASON)
    portal.reads("pengelola_data", [(sent.headers["Location"], 200)])
    portal.reads("pimpinan_walidata", [("/laporan-kegiatan?orang=*", 200)])
    assert portal.untranslated == ""
