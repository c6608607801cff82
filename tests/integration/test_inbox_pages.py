"""The inbox page as a browser without JavaScript meets it."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.model.tables import VisitRow
from tests.integration import list_office
from tests.integration.beginnings import begin_with
from tests.integration.office import Office, act, call, submit, walk
from tests.integration.test_pages import Browser, counted_at, main_part

pytestmark = pytest.mark.usefixtures("with_plugins")

INBOX = "/kotak-masuk"
REASON = "Angka belum cocok (rekaan)."
LONG_AGO, LATER = datetime(2026, 1, 5, 9, 0), datetime(2030, 1, 7, 9, 0)  # noqa: DTZ001 - UTC
POINT = {"kind": "all", "where": "", "note": "Tulis ulang (rekaan)."}


@pytest.fixture
def browser(app: CKANTestApp, office: Office) -> Browser:
    return Browser(app, office)


def rows(answer: Any) -> list[str]:
    """The words of each row."""
    found = re.findall(r'<tr class="sd-task">(.*?)</tr>', main_part(answer), re.S)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", one)).split()) for one in found]


def current_tab(answer: Any) -> str:
    found = re.search(r'id="tab-(\w+)" aria-current="page"', answer.body)
    assert found
    return found[1]


def links(answer: Any) -> list[str]:
    return [
        unescape(one) for one in re.findall(r'class="sd-task-link" href="([^"]+)"', answer.body)
    ]


def test_each_tab_tells_its_count_and_holds_as_many_rows(browser, office):
    for name in ("satu", "dua"):
        submit(office, name)
    walk(office, submit(office, "tiga"), until=3)
    for word, count in (("saya", 0), ("perbaikan", 0), ("unit", 2), ("lain", 1)):
        answer = browser.get("admin_data", f"{INBOX}?untuk={word}")
        told = re.search(r'aria-current="page">[^<]*\((\d+)\)', answer.body)
        assert told
        assert (int(told[1]), len(rows(answer))) == (count, count), word


def test_the_inbox_opens_where_something_waits(browser, office):
    case = walk(office, submit(office), until=3)
    assert current_tab(browser.get("verifikator", INBOX)) == "unit"
    assert current_tab(browser.get("produsen_data", INBOX)) == "others"
    act(office, case, "verifikator", "tidak_sesuai", reason=REASON, points=[POINT])
    assert current_tab(browser.get("produsen_data", INBOX)) == "repair"
    assert current_tab(browser.get("outsider", INBOX)) == "mine"


def test_a_returned_row_tells_a_few_points_and_leads_to_the_others(browser, office):
    case = walk(office, submit(office), until=3)
    points = [{**POINT, "note": f"Butir {number} (rekaan)."} for number in range(1, 41)]
    act(office, case, "verifikator", "tidak_sesuai", reason=REASON, points=points)
    body = browser.get("produsen_data", f"{INBOX}?untuk=perbaikan").body

    assert "Butir 3 (rekaan)." in body
    assert "Butir 4 (rekaan)." not in body
    assert f'href="/kasus/{case["number"]}#returned"' in body
    assert 'id="returned"' in browser.get("produsen_data", f"/kasus/{case['number']}").body


def test_the_row_of_a_step_that_i_can_end_leads_to_its_form(browser, office):
    case = submit(office)
    link = links(browser.get("admin_data", INBOX))[0]
    assert link.startswith(f"/kasus/{case['number']}/langkah/1?")
    assert browser.get("admin_data", link).status_code == 200


def test_the_row_of_a_step_that_others_end_leads_to_its_case(browser, office):
    case = submit(office)
    assert links(browser.get("produsen_data", INBOX)) == [f"/kasus/{case['number']}"]


def test_a_claimed_row_says_by_whom(browser, office):
    case = walk(office, submit(office), until=3)
    act(office, case, "verifikator", "", act="claim")
    assert "Anda ambil" in rows(browser.get("verifikator", f"{INBOX}?untuk=saya"))[0]
    name = office.people["verifikator"]["fullname"]
    assert f"Diambil {name}" in rows(browser.get("admin_data", f"{INBOX}?untuk=lain"))[0]


def test_a_paused_row_says_since_when(browser, office):
    case = walk(office, submit(office), until=3)
    act(office, case, "verifikator", "", act="pause", reason=REASON)
    assert "Dijeda sejak" in rows(browser.get("verifikator", f"{INBOX}?untuk=unit"))[0]


def test_a_filter_stands_in_the_address_and_in_the_form(browser, office):
    submit(office, "satu", title="Luas panen jagung")
    submit(office, "dua", title="Jumlah sekolah")
    answer = browser.get("admin_data", f"{INBOX}?untuk=unit&q=panen&langkah=manajemen-data:1")
    assert [row.split(" Kasus")[0] for row in rows(answer)] == ["Luas panen jagung"]
    form = re.search(r'<form[^>]*id="inbox-filter-form".*?</form>', answer.body, re.S)
    assert form
    assert 'method="get"' in form[0]
    assert 'name="q" value="panen"' in form[0]
    assert '<option value="manajemen-data:1" selected' in form[0]


def test_a_filter_is_taken_away_by_a_link(browser, office):
    submit(office)
    answer = browser.get("admin_data", f"{INBOX}?untuk=unit&q=tidak-ada&langkah=manajemen-data:1")
    words = re.search(r'<ul class="sd-words".*?</ul>', answer.body, re.S)
    assert words
    without = [unescape(one) for one in re.findall(r'href="([^"]+)"', words[0])]
    assert [len(rows(browser.get("admin_data", one))) for one in without] == [1, 0]


def test_where_nothing_matches_the_way_back_is_offered(browser, office):
    submit(office)
    answer = browser.get("admin_data", f"{INBOX}?untuk=unit&q=tidak-ada")
    assert "Hapus saringan" in main_part(answer)
    assert len(rows(browser.get("admin_data", f"{INBOX}?untuk=unit"))) == 1


def test_an_empty_tab_says_how_much_waits_in_the_others(browser, office):
    submit(office)
    assert "Unit saya: 1" in main_part(browser.get("admin_data", f"{INBOX}?untuk=saya"))


@pytest.mark.parametrize(
    "query",
    ["untuk=x", "halaman=0", "halaman=-1", "halaman=" + "9" * 30, "langkah=x:y", "langkah=:3"]
    + ["langkah=manajemen-data:" + "9" * 30, "urut=x", "opd=tidak-ada"],
)
def test_an_address_that_makes_no_sense_is_answered(browser, office, query):
    submit(office)
    assert browser.get("admin_data", f"{INBOX}?{query}").status_code == 200


def test_twenty_rows_are_a_page_and_the_next_is_a_link(browser, office, monkeypatch):
    monkeypatch.setattr("ckanext.satudata.views.inbox.PER_PAGE", 2)
    for name in ("satu", "dua", "tiga"):
        submit(office, name)
    first = browser.get("admin_data", f"{INBOX}?untuk=unit&q=penduduk")
    onward = re.search(r'rel="next" href="([^"]+)"', first.body)
    assert onward
    second = browser.get("admin_data", unescape(onward[1]))
    assert [len(rows(first)), len(rows(second))] == [2, 1]
    assert not set(links(first)) & set(links(second))


def test_another_tab_and_another_filter_begin_at_their_first_page(browser, office, monkeypatch):
    monkeypatch.setattr("ckanext.satudata.views.inbox.PER_PAGE", 1)
    for name in ("satu", "dua"):
        submit(office, name)
    body = main_part(browser.get("admin_data", f"{INBOX}?untuk=unit&q=penduduk&halaman=2"))
    others = re.findall(r'href="([^"]+)" id="tab-', body)
    filters = re.findall(r'<ul class="sd-words".*?href="([^"]+)"', body, re.S)
    assert len(others) == 4
    assert len(filters) == 1
    assert not [link for link in (*others, *filters) if "halaman" in link]


def test_the_header_counts_what_the_tabs_hold_for_me(browser, office):
    submit(office)
    for query in ("", "?untuk=lain", "?untuk=unit&q=tidak-ada"):
        body = browser.get("admin_data", INBOX + query).body
        assert counted_at("inbox-link", body) == ["1"], query


def test_the_inbox_opens_with_what_is_due_first(browser, office):
    cases = [walk(office, submit(office, name), until=3) for name in ("satu", "dua")]
    for case, moment in zip(cases, (LATER, LONG_AGO), strict=True):
        here = sa.update(VisitRow).where(VisitRow.case_number == case["number"])
        model.Session.execute(here.values(due_at=moment))
    model.Session.commit()
    first, _second = links(browser.get("verifikator", f"{INBOX}?untuk=unit"))

    assert first.startswith(f"/kasus/{cases[1]['number']}/")


def test_pages_of_what_is_due_first_tell_each_row_once(office):
    cases = [walk(office, submit(office, name), until=3) for name in ("satu", "dua", "tiga")]
    timed = sa.update(VisitRow).where(VisitRow.case_number == cases[2]["number"])
    here = [one["number"] for one in cases]
    model.Session.execute(
        sa.update(VisitRow).where(VisitRow.case_number.in_(here)).values(due_at=None)
    )
    model.Session.execute(timed.values(due_at=LONG_AGO))
    model.Session.commit()
    found = [
        row["case"]["number"]
        for offset in range(4)
        for row in call(
            office["verifikator"],
            "satudata_case_list",
            waiting_for="unit",
            order="due",
            limit=1,
            offset=offset,
        )["results"]
    ]

    assert found == [here[2], here[0], here[1]]


def test_the_first_order_stands_in_no_address(browser, office):
    submit(office)
    body = main_part(browser.get("admin_data", f"{INBOX}?urut=tenggat"))

    assert "urut=" not in "".join(re.findall(r'href="([^"]+)" id="tab-', body))


class TestOverAList:
    @pytest.fixture
    def office(self, clean_index) -> Office:
        return begin_with(list_office.make_list_office)

    def test_a_row_over_a_list_says_how_many_datasets(self, browser, office):
        list_office.with_requests(office)
        assert "2 data" in rows(browser.get("kasi", INBOX))[0]

    def test_whose_approval_is_missing_reads_so(self, browser, office):
        list_office.at_producers(office)
        assert "Beri persetujuan" in rows(browser.get("pimpinan_sumber_data", INBOX))[0]
        waits = rows(browser.get("produsen_data", INBOX))[0]
        assert "Menunggu persetujuan" in waits

    def test_the_agency_is_the_one_whose_data_it_is(self, browser, office):
        list_office.at_producers(office)
        told = rows(browser.get("kasi", f"{INBOX}?untuk=lain"))
        assert [office.agency["title"] in row for row in told].count(True) == 1

    def test_only_who_has_to_do_with_several_agencies_chooses_among_them(self, browser, office):
        list_office.at_producers(office)
        assert 'name="opd"' in browser.get("kasi", INBOX).body
        assert 'name="opd"' not in browser.get("produsen_data", INBOX).body

    def test_the_choice_of_an_agency_narrows_to_its_data(self, browser, office):
        list_office.at_producers(office)
        address = f"{INBOX}?untuk=lain&opd={office.agency['id']}"
        assert len(rows(browser.get("kasi", address))) == 1
        assert call(office["kasi"], "satudata_case_list")["count"] == 2
