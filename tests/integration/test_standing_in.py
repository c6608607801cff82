"""What somebody does in another's place says so, as it was at that moment: `Plt. Kasi`."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.tests import helpers
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.logic.cases import work
from tests.integration.list_office import (
    SOP,
    act,
    open_list,
    request_of,
    with_data,
)
from tests.integration.office import Office, call
from tests.integration.test_page_words import text_of
from tests.integration.test_pages import Browser

pytestmark = pytest.mark.usefixtures("with_plugins")

STANDS_IN = "stranger"


@pytest.fixture
def browser(app: CKANTestApp, desk: Office) -> Browser:
    return Browser(app, desk)


def hold(desk: Office, actor: str, agency: str = "", **more: Any) -> str:
    """The stranger holds an actor besides; the id of the assignment."""
    values = {"user": desk[STANDS_IN], "sop": SOP, "actor": actor, "organization": agency}
    return helpers.call_action("satudata_assignment_create", **values, **more)["id"]


def stand_in(desk: Office, actor: str, agency: str = "", acting: str = "plt") -> str:
    return hold(desk, actor, agency, acting=acting, for_user=desk[actor])


def at_step_3(desk: Office) -> dict[str, Any]:
    case = open_list(desk)
    for actor in ("kepala_dinas", "kabid"):
        case = act(desk, case, actor, outcome="selesai")
    return case


def told(desk: Office, case: dict[str, Any]) -> str:
    """As what its doer stands in the last event of a case."""
    shown = call(desk["kasi"], "satudata_case_show", id=case["id"])
    return shown["events"][-1]["acted_as"]


@pytest.mark.parametrize(("acting", "title"), [("plt", "Plt. Kasi"), ("plh", "Plh. Kasi")])
def test_who_stands_in_is_told_as_such(desk, acting, title):
    case = at_step_3(desk)
    stand_in(desk, "kasi", acting=acting)
    act(desk, case, STANDS_IN, outcome="selesai")
    assert told(desk, case) == title


def test_the_event_keeps_whose_place_it_was(desk):
    case = at_step_3(desk)
    stand_in(desk, "kasi")
    after = act(desk, case, STANDS_IN, outcome="selesai")
    assert after["events"][-1]["body"]["standing_in"] == {
        "actor": "kasi",
        "name": "Kasi",
        "acting": "plt",
        "for": desk.people["kasi"]["id"],
    }


def test_it_is_still_told_when_he_no_longer_stands_in(desk):
    case = at_step_3(desk)
    assignment = stand_in(desk, "kasi")
    act(desk, case, STANDS_IN, outcome="selesai")
    helpers.call_action("satudata_assignment_end", id=assignment)
    assert told(desk, case) == "Plt. Kasi"


def test_who_becomes_the_holder_later_acted_in_the_place_of_another(desk):
    case = at_step_3(desk)
    stand_in(desk, "kasi")
    act(desk, case, STANDS_IN, outcome="selesai")
    hold(desk, "kasi")
    assert told(desk, case) == "Plt. Kasi"


def test_who_holds_it_himself_besides_stands_in_for_nobody(desk):
    case = at_step_3(desk)
    stand_in(desk, "kasi")
    hold(desk, "kasi")
    act(desk, case, STANDS_IN, outcome="selesai")
    assert told(desk, case) == ""


def test_who_stands_in_elsewhere_acts_here_as_himself(desk):
    case = at_step_3(desk)
    stand_in(desk, "kabid")
    hold(desk, "kasi")
    act(desk, case, STANDS_IN, outcome="selesai")
    assert told(desk, case) == ""


def test_the_history_on_the_page_says_it_before_the_name(browser, desk):
    case = at_step_3(desk)
    stand_in(desk, "kasi")
    act(desk, case, STANDS_IN, outcome="selesai")
    said = text_of(browser.get("kasi", f"/kasus/{case['number']}"))
    assert f"Plt. Kasi, {desk.people[STANDS_IN]['fullname']}" in said


def approved(desk: Office) -> tuple[dict[str, Any], str]:
    """Data at step 8, approved in the place of the head of its agency; and the id of the data."""
    case, agency = with_data(desk), desk.agency["id"]
    item = request_of(case, agency)
    stand_in(desk, "pimpinan_sumber_data", agency)
    at = {"at": lambda visits: next(one for one in visits if one["item"] == item)}
    return act(desk, case, STANDS_IN, act="approve", **at), item


def test_a_named_approval_says_in_whose_place_it_was_given(desk):
    case, item = approved(desk)
    shown = call(desk["kasi"], "satudata_case_show", id=case["id"])
    visit = next(one for one in shown["open_visits"] if one["item"] == item)
    assert visit["approval"]["title"] == "Plt. Pimpinan sumber data"


def test_who_holds_it_himself_for_another_agency_stands_in_here(desk):
    hold(desk, "pimpinan_sumber_data", desk.other_agency["id"])
    case, _item = approved(desk)
    assert told(desk, case) == "Plt. Pimpinan sumber data"


def test_the_form_of_the_step_shows_the_approval_with_it(browser, desk):
    case, item = approved(desk)
    said = text_of(browser.get("produsen_data", f"/kasus/{case['number']}/langkah/8?data={item}"))
    assert f"Plt. Pimpinan sumber data, {desk.people[STANDS_IN]['fullname']}" in said


def test_a_step_that_the_worker_ends_says_who_decided_it(desk):
    case = to_the_order(desk)
    stand_in(desk, "kasi")
    act(desk, case, STANDS_IN, outcome="selesai")
    work.run(case["id"])
    assert told(desk, case) == "Plt. Kasi"


def to_the_order(desk: Office) -> dict[str, Any]:
    """At step 14 with the data of one agency; the other's request was dropped."""
    case = call(desk["kasi"], "satudata_case_show", id=with_data(desk)["id"])
    other = request_of(case, desk.other_agency["id"])
    case = act(desk, case, "kasi", act="drop", datasets=[other], reason="Belum ada (rekaan).")
    act(desk, case, "pimpinan_sumber_data", act="approve")
    way = (
        ("produsen_data", "selesai"),
        ("kasi", "lengkap"),
        ("staf", "selesai"),
        ("kasi", "sesuai"),
        ("kabid", "selesai"),
        ("bps", "layak"),
    )
    for actor, outcome in way:
        case = act(desk, case, actor, outcome=outcome)
    return case
