"""What was late on one list is offered to the next: by the API, the page and the command line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.logic import clock
from ckanext.satudata.model import cases, offered, releases
from ckanext.satudata.model.tables import PublishingRow
from ckanext.satudata.release.content import Content
from tests.integration.list_office import (
    REQUESTS,
    SOP,
    act,
    ask_for,
    at_producers,
    at_step_4,
    cancelled_after_going_on,
    cancelled_with_late_data,
    ended_with_late_data,
    open_list,
    request_of,
)
from tests.integration.office import Office
from tests.integration.terminal import Terminal
from tests.integration.test_list_pages import acts_path, hidden_of, shown, step_path
from tests.integration.test_page_words import text_of
from tests.integration.test_pages import Browser

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture
def browser(app: CKANTestApp, desk: Office) -> Browser:
    return Browser(app, desk)


def offers(office: Office, case: dict[str, Any], actor: str = "staf") -> list[dict[str, Any]]:
    """What each open visit of a list is offered, as a person sees it."""
    visits = shown(office, case, actor)["open_visits"]
    return [one for visit in visits for one in visit["offered"]]


def put(office: Office, case: dict[str, Any], item: str) -> dict[str, Any]:
    return act(office, case, "staf", act="add", entry={"dataset_id": item})


def test_late_data_is_offered_with_its_case_agency_and_day(desk):
    late, item = ended_with_late_data(desk)
    (one,) = offers(desk, at_step_4(desk))
    assert (one["dataset_id"], one["from_case"]) == (item, late["number"])
    assert one["organization"]["id"] == desk.agency["id"]
    assert one["delivered_at"][:10] == clock.now().isoformat()[:10]


def test_nothing_is_offered_where_the_list_is_not_made_up(desk):
    ended_with_late_data(desk)
    case = open_list(desk)
    assert [visit["offered"] for visit in case["open_visits"]] == [[]]


def test_nothing_is_offered_while_the_list_that_it_is_late_on_runs(desk):
    case = at_producers(desk)
    act(desk, case, "kasi", act="set_closing", closes_on="2026-01-31")
    assert offers(desk, at_step_4(desk)) == []


def test_what_stands_on_the_list_is_offered_no_more(desk):
    _late, item = ended_with_late_data(desk)
    case = at_step_4(desk)
    put(desk, case, item)
    assert offers(desk, case) == []


def test_what_stands_on_another_open_list_is_not_offered(desk):
    _late, item = ended_with_late_data(desk)
    put(desk, at_step_4(desk), item)
    assert offers(desk, at_step_4(desk)) == []


def test_what_an_abandoned_list_had_taken_up_is_offered_again(desk):
    late, item = ended_with_late_data(desk)
    taken = put(desk, at_step_4(desk), item)
    act(desk, taken, "kasi", act="cancel", reason="Salah buka (rekaan).")
    assert [one["from_case"] for one in offers(desk, at_step_4(desk))] == [late["number"]]


@pytest.mark.parametrize(("days", "left"), [(1, 0), (-1, 1)])
def test_a_release_takes_an_offer_away_only_when_it_came_later(desk, days, left):
    late, item = ended_with_late_data(desk)
    made = clock.now() + timedelta(days=days)
    approval = releases.Approval(item, late["id"], 1, desk.people["kasi"]["id"], made)
    releases.make_release(approval, "terbit", Content({}, ()), [])
    model.Session.commit()
    assert len(offers(desk, at_step_4(desk))) == left


def test_what_another_open_case_can_publish_is_not_offered(desk):
    late, item = ended_with_late_data(desk)
    model.Session.add(PublishingRow(dataset_id=item, case_id=late["id"]))
    model.Session.commit()
    assert offers(desk, at_step_4(desk)) == []


def test_an_entry_of_the_same_title_stands_for_what_was_late(desk):
    ended_with_late_data(desk)
    case = at_step_4(desk)
    (one,) = offers(desk, case)
    ask_for(desk, case, one["title"].upper(), desk.agency["id"])
    assert offers(desk, case) == []


def test_the_list_of_another_sop_or_office_is_offered_nothing(desk):
    ended_with_late_data(desk)
    case = cases.get_case(at_step_4(desk)["id"])
    assert case is not None
    assert [len(offered.offered_to(case, one)) for one in (SOP, "lain")] == [1, 0]
    case.organization_id = desk.other_agency["id"]
    assert offered.offered_to(case, SOP) == []


def test_a_request_that_was_left_behind_is_offered_as_a_request(desk):
    late = cancelled_after_going_on(desk)
    (one,) = offers(desk, at_step_4(desk))
    told = (one["request"], one["title"], one["from_case"], one["delivered_at"])
    assert told == (True, REQUESTS[1], late["number"], None)


def test_late_data_of_a_cancelled_list_is_put_on_the_next_one(desk):
    item = cancelled_with_late_data(desk)
    case = at_step_4(desk)
    assert [one["dataset_id"] for one in offers(desk, case)] == [item]
    after = act(desk, case, "staf", act="add", entry={"dataset_id": item})
    assert [one["id"] for one in after["datasets"]] == [item]


def test_a_request_is_offered_until_a_later_list_has_ended(desk):
    cancelled_after_going_on(desk)
    later = act(desk, at_producers(desk), "kasi", act="comment", text="Semua batal (rekaan).")
    assert len(offers(desk, at_step_4(desk))) == 1
    items = [one["id"] for one in later["datasets"]]
    act(desk, later, "kasi", act="drop", datasets=items, reason="Tidak ada (rekaan).")
    assert offers(desk, at_step_4(desk)) == []


def test_a_producer_is_shown_no_offer_of_another_agency(desk):
    cancelled_after_going_on(desk)
    case = at_step_4(desk)
    ask_for(desk, case, "Jumlah guru (rekaan)", desk.agency["id"])
    assert len(offers(desk, case)) == 1
    assert offers(desk, case, "produsen_data") == []


def test_late_data_is_put_on_the_list_in_one_press_which_counts_once(browser, desk):
    _late, item = ended_with_late_data(desk)
    case = at_step_4(desk)
    body = browser.get("staf", f"/kasus/{case['number']}").body
    form = hidden_of(body, f"form-offered-{item}")
    answers = [browser.post("staf", acts_path(case, 4), **form) for _twice in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert [one["id"] for one in shown(desk, case)["datasets"]] == [item]


def test_a_request_is_put_on_the_list_again_in_one_press(browser, desk):
    cancelled_after_going_on(desk)
    case = at_step_4(desk)
    (one,) = offers(desk, case)
    body = browser.get("staf", step_path(case, 4)).body
    form = hidden_of(body, f"form-offered-{one['dataset_id']}")
    assert browser.post("staf", acts_path(case, 4), **form).status_code == 303
    (entry,) = shown(desk, case)["datasets"]
    assert (entry["title"], entry["request"]) == (REQUESTS[1], True)
    assert entry["organization"]["id"] == desk.other_agency["id"]


def test_who_may_not_add_is_offered_no_button(browser, desk):
    _late, item = ended_with_late_data(desk)
    body = browser.get("kabid", f"/kasus/{at_step_4(desk)['number']}").body
    assert f"form-offered-{item}" not in body


def test_the_step_of_a_producer_says_beforehand_what_becomes_of_what_is_late(browser, desk):
    case = at_producers(desk)
    act(desk, case, "kasi", act="set_closing", closes_on="2027-01-31")
    item = request_of(case, desk.agency["id"])
    said = text_of(browser.get("produsen_data", f"{step_path(case, 8)}?data={item}"))
    assert "31 Januari 2027" in said


def test_the_command_line_shows_what_is_offered(app, desk):
    late, _item = ended_with_late_data(desk)
    case = at_step_4(desk)
    said = Terminal(app).run("case", "show", case["number"], "--user", desk["staf"]).out
    (one,) = offers(desk, case)
    assert one["name"] in said
    assert said.rstrip().endswith(f" {late['number']}")
