"""The pages of notices: what is read, how one is told, and what reached nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.model.notices import NoticeRow
from tests.integration.delivered import delivery
from tests.integration.mail_scene import Letters as Server
from tests.integration.mail_scene import deliver, free_port, mail_at, serving
from tests.integration.office import Office, act, call, submit, walk
from tests.integration.test_pages import Browser, main_part

pytestmark = pytest.mark.usefixtures("with_plugins")

NOTICES, AWAY = "/pemberitahuan", "/pemberitahuan/tak-terkirim"
SETTINGS = "/pemberitahuan/pengaturan"
HEAD = "pimpinan_walidata"


@pytest.fixture
def browser(app: CKANTestApp, office: Office) -> Browser:
    return Browser(app, office)


def account(office: Office, person: str) -> Any:
    return model.User.get(office[person])


def unread(office: Office, person: str) -> int:
    return call(office[person], "satudata_notice_list", unread=True, limit=0)["unread"]


def ways(office: Office, person: str) -> set[str]:
    return {one["way"] for one in call(office[person], "satudata_notice_setting_list")}


class TestRead:
    def test_who_ends_a_step_has_read_what_called_him_to_it(self, office: Office) -> None:
        case = walk(office, submit(office), until=3)
        act(office, case, "verifikator", "sesuai")

        assert unread(office, "verifikator") == 0

    def test_what_another_was_told_of_the_step_stays_unread(self, office: Office) -> None:
        case = walk(office, submit(office), until=3)
        before = unread(office, "produsen_data")
        act(office, case, "verifikator", "sesuai")

        assert unread(office, "produsen_data") == before

    def test_a_comment_at_a_step_answers_no_call(self, office: Office) -> None:
        case = walk(office, submit(office), until=3)
        act(office, case, "verifikator", "", act="comment", text="Saya periksa (rekaan).")

        assert unread(office, "verifikator") == 1

    def test_who_opens_a_case_has_read_what_he_was_told_of_it(
        self, office: Office, browser: Browser
    ) -> None:
        case = walk(office, submit(office), until=3)
        browser.get("verifikator", f"/kasus/{case['number']}")

        assert unread(office, "verifikator") == 0

    def test_what_he_was_told_of_another_case_stays_unread(
        self, office: Office, browser: Browser
    ) -> None:
        case = walk(office, submit(office), until=3)
        walk(office, submit(office, "lain"), until=3)
        browser.get("verifikator", f"/kasus/{case['number']}")

        assert unread(office, "verifikator") == 1

    def test_a_page_that_looks_again_by_itself_reads_nothing(
        self, office: Office, browser: Browser, app: CKANTestApp
    ) -> None:
        case = walk(office, submit(office), until=3)
        token = office.people["verifikator"]["token"]
        headers = {"Authorization": token, "HX-Request": "true"}
        app.test_client().get(f"/kasus/{case['number']}", headers=headers)

        assert unread(office, "verifikator") == 1

    def test_a_page_past_the_last_says_so(self, office: Office, browser: Browser) -> None:
        submit(office)
        page = main_part(browser.get("admin_data", f"{NOTICES}?halaman=9"))

        assert 'id="first-page"' in page


class TestSettings:
    def test_one_choice_sets_every_kind(self, office: Office, browser: Browser) -> None:
        call(office["verifikator"], "satudata_notice_setting_set", kind="task", way="digest")
        browser.post("verifikator", SETTINGS, **{"cara-semua": "page"})

        assert ways(office, "verifikator") == {"page"}

    def test_where_none_is_chosen_for_all_each_kind_has_its_own(
        self, office: Office, browser: Browser
    ) -> None:
        browser.post("verifikator", SETTINGS, **{"cara-semua": "", "cara-task": "page"})
        found = call(office["verifikator"], "satudata_notice_setting_list")

        assert [one["kind"] for one in found if one["way"] == "page"] == ["task"]

    def test_a_kind_may_differ_from_what_was_chosen_for_all_before(
        self, office: Office, browser: Browser
    ) -> None:
        browser.post("verifikator", SETTINGS, **{"cara-semua": "page"})
        browser.post("verifikator", SETTINGS, **{"cara-semua": "page", "cara-task": "mail"})

        assert ways(office, "verifikator") == {"page", "mail"}

    def test_who_has_no_address_is_told_so(self, office: Office, browser: Browser) -> None:
        account(office, "verifikator").email = None
        model.Session.commit()

        assert 'id="no-address"' in main_part(browser.get("verifikator", SETTINGS))


class TestUndelivered:
    @pytest.fixture
    def lost(self, office: Office) -> Iterator[Office]:
        """A notice that went to nobody: the account has no address."""
        port = free_port()
        with mail_at(port), delivery.on_hold(), serving(Server(), port):
            account(office, "admin_data").email = None
            model.Session.commit()
            submit(office)
            deliver()
            yield office

    def row(self) -> NoticeRow:
        model.Session.rollback()
        query = sa.select(NoticeRow).where(NoticeRow.undeliverable.is_not(None))
        return model.Session.scalars(query).one()

    def test_a_row_leads_to_its_case(self, lost: Office, browser: Browser) -> None:
        assert re.search(r'<td[^>]*>[^<]*<a href="/kasus/\d+"', browser.get(HEAD, AWAY).body)

    def test_the_name_stands_beside_its_box(self, lost: Office, browser: Browser) -> None:
        page = main_part(browser.get(HEAD, AWAY))
        name = account(lost, "admin_data").display_name

        assert re.search(rf"</span>\s*{re.escape(name)}\s*</th>", page)

    def test_nothing_ticked_sends_nothing_and_asks_for_it(
        self, lost: Office, browser: Browser
    ) -> None:
        answer = browser.post(HEAD, AWAY, halaman="1")

        assert (answer.status_code, bool(self.row().undeliverable)) == (303, True)

    def test_it_returns_to_the_same_page(self, lost: Office, browser: Browser) -> None:
        assert browser.post(HEAD, AWAY, halaman="3").location.endswith(f"{AWAY}?halaman=3")

    def test_a_page_past_the_last_is_not_told_as_all_delivered(
        self, lost: Office, browser: Browser
    ) -> None:
        assert 'id="first-page"' in main_part(browser.get(HEAD, f"{AWAY}?halaman=9"))

    def test_the_reader_himself_is_told_why_and_where_to_mend_it(
        self, lost: Office, browser: Browser
    ) -> None:
        page = main_part(browser.get("admin_data", NOTICES))

        assert f'href="/user/edit/{lost["admin_data"]}"' in page

    @pytest.mark.parametrize(
        ("why", "again"), [("no_address", True), ("no_account", False), ("refused_550", True)]
    )
    def test_what_another_try_cannot_mend_is_not_offered(
        self, lost: Office, why: str, again: bool
    ) -> None:
        row: Any = self.row()
        row.undeliverable = why
        model.Session.commit()
        (one,) = call(lost[HEAD], "satudata_notice_undeliverable_list")["results"]

        assert one["again"] is again
