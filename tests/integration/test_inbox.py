"""The inbox: each open visit in one tab, counts and rows alike, filters, and its price."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from bench import moulds
from ckanext.satudata.model.tables import VisitRow
from tests.integration import list_office
from tests.integration.beginnings import begin_with
from tests.integration.office import Office, act, call, submit, walk

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

TABS = ("mine", "repair", "unit", "others")
POINT = {"kind": "column", "where": "jumlah", "note": "Titik ribuan (rekaan)."}
HINDERED = {"not_holder", "four_eyes", "claimed_by_other", "visit_paused", "work_going_on"}


def inbox(person: str, waiting_for: str = "any", **more: Any) -> dict[str, Any]:
    return call(person, "satudata_case_list", waiting_for=waiting_for, **more)


def numbers(answer: dict[str, Any]) -> list[int]:
    return [row["case"]["number"] for row in answer["results"]]


def at_step_3(office: Office, name: str, **changes: Any) -> dict[str, Any]:
    return walk(office, submit(office, name, **changes), until=3)


def beside(office: Office, case: dict[str, Any], actor: str, act_name: str, **more: Any) -> Any:
    return act(office, case, actor, "", act=act_name, **more)


def sent_back(office: Office, case: dict[str, Any]) -> dict[str, Any]:
    values = {"reason": "Angka belum cocok (rekaan).", "points": [POINT]}
    return act(office, case, "verifikator", "tidak_sesuai", **values)


@pytest.fixture
def full(office: Office) -> Office:
    """Cases in every state that a tab or a mark tells."""
    submit(office, "langkah-satu")
    at_step_3(office, "bebas")
    beside(office, at_step_3(office, "diambil"), "verifikator", "claim")
    beside(office, at_step_3(office, "dijeda"), "verifikator", "pause", reason="Surat (rekaan).")
    sent_back(office, at_step_3(office, "kembali"))
    walk(office, submit(office, "langkah-lima"), until=5)
    return office


def test_each_open_visit_stands_in_one_tab_of_everybody_who_sees_it(full):
    for actor in full.people:
        rows = [row for tab in TABS for row in inbox(full[actor], tab)["results"]]
        found = sorted((row["case"]["number"], row["step"]) for row in rows)
        every = inbox(full[actor], "any")["results"]
        assert found == sorted((row["case"]["number"], row["step"]) for row in every), actor


def test_a_tab_counts_the_rows_that_it_holds(full):
    for actor in full.people:
        counts = inbox(full[actor])["counts"]
        rows = {name: len(inbox(full[actor], name)["results"]) for name in counts}
        assert counts == rows, actor


def test_what_waits_for_me_is_what_the_case_lets_me_end(full):
    for actor in full.people:
        for row in inbox(full[actor])["results"]:
            shown = call(full[actor], "satudata_case_show", id=row["case"]["id"])
            refused = {move["refused"] for move in shown["open_visits"][0]["moves"]}
            assert row["can_end"] is not bool(refused & HINDERED), (actor, row["step"], refused)


def test_what_i_claimed_is_mine_and_no_longer_my_units(full):
    mine = inbox(full["verifikator"], "mine")["results"]
    assert [(row["dataset"]["name"], row["claimed_by"]["me"]) for row in mine] == [
        ("diambil", True)
    ]


def test_what_a_colleague_claimed_stays_with_the_unit_under_his_name(office):
    beside(office, at_step_3(office, "diambil"), "verifikator", "claim")
    colleague = office["outsider"]
    helpers = {"user": colleague, "sop": "manajemen-data", "actor": "verifikator"}
    call(office["sysadmin"], "satudata_assignment_create", **helpers)
    row = inbox(colleague, "unit")["results"][0]
    assert row["claimed_by"]["id"] == office.people["verifikator"]["id"]
    assert (row["claimed_by"]["me"], row["can_end"]) == (False, False)


def test_the_claim_of_one_who_no_longer_holds_the_step_holds_nobody_off(office):
    case = at_step_3(office, "diambil")
    beside(office, case, "verifikator", "claim")
    values = {"sop": "manajemen-data", "actor": "verifikator"}
    held = call(office["sysadmin"], "satudata_assignment_list", user=office["verifikator"])
    call(office["sysadmin"], "satudata_assignment_end", id=held[0]["id"])
    call(office["sysadmin"], "satudata_assignment_create", user=office["outsider"], **values)
    answer = inbox(office["outsider"], "unit")
    assert [(row["claimed_by"], row["can_end"]) for row in answer["results"]] == [(None, True)]
    assert answer["counts"]["me"] == 1


def test_a_paused_visit_is_mine_to_see_and_not_to_end(full):
    rows = {row["dataset"]["name"]: row for row in inbox(full["verifikator"], "unit")["results"]}
    assert rows["dijeda"]["paused_since"]
    assert not rows["dijeda"]["can_end"]


def test_who_brought_the_data_is_not_asked_to_verify_it(office):
    both = {"sop": "manajemen-data", "actor": "verifikator", "user": office["produsen_data"]}
    call(office["sysadmin"], "satudata_assignment_create", **both)
    at_step_3(office, "milik-sendiri")
    answer = inbox(office["produsen_data"], "unit")
    assert answer["counts"]["me"] == 0
    assert [row["can_end"] for row in answer["results"]] == [False]


def test_of_many_points_a_row_tells_the_first_and_how_many_there_are(office):
    case = at_step_3(office, "banyak-butir")
    points = [{**POINT, "note": f"Butir {number} (rekaan)."} for number in range(1, 41)]
    values = {"reason": "Angka belum cocok (rekaan).", "points": points}
    act(office, case, "verifikator", "tidak_sesuai", **values)

    told = inbox(office["produsen_data"], "repair")["results"][0]["returned"]
    assert (told["points"], told["count"]) == (points[:3], 40)


def test_what_came_back_says_why_and_from_which_step(full):
    row = inbox(full["produsen_data"], "repair")["results"][0]
    told = {"reason": "Angka belum cocok (rekaan).", "points": [POINT], "count": 1}
    assert row["returned"] == told
    assert row["sent_by"]["step"] == 3
    assert row["sent_by"]["actor"]["id"] == full.people["verifikator"]["id"]
    assert row["may_write"]


def test_first_is_the_first_tab_that_holds_something(full):
    assert inbox(full["verifikator"], "first")["waiting_for"] == "mine"
    assert inbox(full["produsen_data"], "first")["waiting_for"] == "repair"
    assert inbox(full["validator"], "first")["waiting_for"] == "others"
    assert inbox(full["outsider"], "first")["waiting_for"] == "mine"


@pytest.mark.parametrize(
    ("narrowed", "names"),
    [
        ({"step": 5}, ["langkah-lima"]),
        ({"sop": "manajemen-data", "step": 1}, ["langkah-satu"]),
        ({"sop": "pengelolaan-data"}, []),
        ({"sop": "tidak-ada"}, []),
        ({"q": "PANEN"}, ["langkah-satu"]),
        ({"q": "100%"}, ["langkah-lima"]),
        ({"q": "_"}, []),
        ({"organization": "dinas-contoh", "step": 1}, ["langkah-satu"]),
        ({"organization": "dinas-lain-contoh"}, []),
        ({"organization": "tidak-ada"}, []),
    ],
)
def test_a_filter_narrows_rows_and_counts_alike(office, narrowed, names):
    submit(office, "langkah-satu", title="Luas panen jagung")
    walk(office, submit(office, "langkah-lima", title="Cakupan 100% desa"), until=5)
    answer = inbox(office["verifikator"], **narrowed)
    assert [row["dataset"]["name"] for row in answer["results"]] == names
    assert answer["count"] == answer["counts"]["others"] == len(names)


def test_a_case_is_found_by_its_number(office):
    cases = [submit(office, name) for name in ("satu", "dua")]
    number = cases[1]["number"]
    assert numbers(inbox(office["admin_data"], q=str(number))) == [number]


def test_the_longest_wait_comes_first_unless_the_newest_is_asked_for(office):
    first, second = (submit(office, name)["number"] for name in ("satu", "dua"))
    assert numbers(inbox(office["admin_data"])) == [first, second]
    assert numbers(inbox(office["admin_data"], order="newest")) == [second, first]


def test_pages_follow_each_other_without_gap_or_overlap(office):
    cases = [submit(office, name)["number"] for name in ("satu", "dua", "tiga")]
    pages = [inbox(office["admin_data"], limit=2, offset=offset) for offset in (0, 2)]
    assert [number for page in pages for number in numbers(page)] == cases


def test_a_longer_page_asks_the_database_no_more_often(full):
    inbox(full["admin_sistem"], choices=True)
    prices = {_statements(full["admin_sistem"], limit) for limit in (1, 3, 6)}
    assert len(prices) == 1


def _statements(person: str, limit: int) -> int:
    """How many statements one page takes; a user nobody named is looked up no more often."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    model.Session.remove()
    sa.event.listen(model.meta.engine, "before_cursor_execute", note)
    try:
        rows = inbox(person, limit=limit, choices=True)["results"]
    finally:
        sa.event.remove(model.meta.engine, "before_cursor_execute", note)
    assert len(rows) == limit
    return len(sent)


class TestOverAList:
    """Over a list the same visit is the office's, and each dataset's visit its producer's."""

    @pytest.fixture
    def office(self) -> Office:
        return begin_with(list_office.make_list_office)

    def test_a_visit_over_a_list_says_how_many_datasets_it_is_about(self, office):
        list_office.with_requests(office)
        rows = inbox(office["kasi"], "unit")["results"]
        assert [(row["step"], row["dataset"], row["items"]) for row in rows] == [(5, None, 2)]

    def test_what_goes_on_beside_a_return_did_not_come_back(self, office):
        case = list_office.with_requests(office)
        values = {"datasets": [list_office.request_of(case, office.agency["id"])], "rest": "sesuai"}
        told = {"reason": "Judul ganda (rekaan).", "points": [{"kind": "all"}]}
        list_office.act(office, case, "kasi", outcome="tidak_sesuai", **values, **told)
        rows = inbox(office["kasi"])["results"]
        assert {row["step"]: bool(row["returned"]) for row in rows} == {4: True, 6: False}

    def test_a_request_is_called_by_its_title_before_its_dataset_exists(self, office):
        list_office.at_producers(office)
        row = inbox(office["produsen_data"], "unit")["results"][0]
        assert (row["dataset"]["title"], row["dataset"]["name"]) == (list_office.REQUESTS[0], "")

    def test_a_producer_sees_the_visit_of_his_own_data_alone(self, office):
        list_office.at_producers(office)
        rows = inbox(office["produsen_data"])["results"]
        assert [row["dataset"]["organization"]["id"] for row in rows] == [office.agency["id"]]

    def test_the_office_sees_the_visits_of_every_producer(self, office):
        list_office.at_producers(office)
        assert inbox(office["kasi"], "others")["count"] == 2

    def test_a_producer_sees_that_the_list_with_his_data_waits_elsewhere(self, office):
        list_office.with_requests(office)
        rows = inbox(office["outsider"], "others")["results"]
        assert [row["holders"] for row in rows] == [
            row["holders"] for row in inbox(office["kasi"], "unit")["results"]
        ]

    def test_whose_named_approval_is_missing_is_asked_for_it(self, office):
        list_office.at_producers(office)
        answer = inbox(office["pimpinan_sumber_data"], "unit")
        assert answer["counts"]["me"] == 1
        assert [(row["approves"], row["mine"]) for row in answer["results"]] == [(True, False)]

    def test_once_approved_it_no_longer_waits_for_that_approval(self, office):
        case = list_office.at_producers(office)
        mine = office.agency["id"]

        def at(visits: list[dict[str, Any]]) -> dict[str, Any]:
            request = list_office.request_of(case, mine)
            return next(one for one in visits if one["item"] == request)

        list_office.act(office, case, "pimpinan_sumber_data", act="approve", at=at)
        assert inbox(office["pimpinan_sumber_data"], "unit")["count"] == 0
        assert inbox(office["produsen_data"], "unit")["results"][0]["approval_by"] is None

    def test_a_party_outside_the_office_sees_what_waits_for_it_and_nothing_else(self, office):
        case = list_office.with_requests(office)
        assert inbox(office["bps"])["count"] == 0
        list_office.act(office, case, "kasi", outcome="sesuai")
        answer = inbox(office["bps"])
        assert [(row["step"], row["tab"]) for row in answer["results"]] == [(6, "unit")]
        list_office.act(office, case, "bps", outcome="sesuai")
        assert inbox(office["bps"])["count"] == 0

    def test_a_stranger_sees_nothing_of_it(self, office):
        list_office.at_producers(office)
        assert inbox(office["stranger"])["count"] == 0

    def test_each_visit_of_the_list_stands_in_one_tab(self, office):
        list_office.at_producers(office)
        for actor in office.people:
            answer = inbox(office[actor])
            tabs = [row["tab"] for row in answer["results"]]
            assert {name: tabs.count(name) for name in TABS} == {
                name: answer["counts"][name] for name in TABS
            }, actor


class TestAVisitThatTwoEndTogether:
    """Step 6 of 003 a second time: the pejabat pengawas and the administrator server, both."""

    @pytest.fixture
    def mould(self) -> moulds.Mould:
        office = moulds.make_office(agencies=1)
        mould = moulds.begin(office, moulds.sop_row("003"), datasets=2)
        moulds.walk(mould, 6)
        moulds.end(mould, back=True)
        model.Session.commit()
        return mould

    def waits_for(self, mould: moulds.Mould) -> dict[str, bool]:
        """In whose unit it is, and whether he can end it."""
        model.Session.commit()
        found = {}
        for actor in ("pejabat_pengawas", "administrator_server", "pengelola_ti"):
            name = model.User.get(mould.people[actor]).name
            rows = inbox(name, "unit")["results"]
            for row in rows:
                found[actor] = row["can_end"]
        return found

    def test_it_waits_for_both(self, mould):
        assert self.waits_for(mould) == {"pejabat_pengawas": True, "administrator_server": True}

    def test_the_actor_of_the_step_is_not_asked_where_the_outcome_named_others(self, mould):
        is_open = sa.and_(VisitRow.case_id == mould.case.id, VisitRow.closed_by.is_(None))
        others = {"actors": ["administrator_server", "pengelola_ti"]}
        model.Session.execute(sa.update(VisitRow).where(is_open).values(others))
        assert self.waits_for(mould) == {"administrator_server": True, "pengelola_ti": True}

    def test_who_has_confirmed_is_asked_no_more_and_the_other_still_is(self, mould):
        moulds.end(mould, by="administrator_server")
        assert self.waits_for(mould) == {"pejabat_pengawas": True, "administrator_server": False}

    def test_where_they_disagree_both_are_asked_again(self, mould):
        moulds.end(mould, by="administrator_server")
        moulds.end(mould, back=True, by="pejabat_pengawas")
        assert self.waits_for(mould) == {"pejabat_pengawas": True, "administrator_server": True}
