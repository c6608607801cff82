"""Who is told of what happens in a case, by the table of notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ckanext.satudata.sop.acts import Point, PointKind
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import Act
from ckanext.satudata.sop.notices import Audience, Telling, Told, facts, tellings
from ckanext.satudata.sop.projection import project
from tests.unit.sop.small import each, on, to, whole

Said = set[tuple[str, str, int | None]]


@pytest.fixture
def case(case_of: Callable) -> Any:
    """One dataset on its way from step 1 to 2 and back."""
    ways = {"keputusan": (on("ya", 3),), "kembali": (to("tidak", 1),)}
    return case_of(each(), each(**ways, persetujuan="validator"), each(), items="a")


def told(case: Any) -> list[Telling]:
    """Of the last event of a case."""
    before = project(case.events[:-1]) if len(case.events) > 1 else None
    return tellings(before, case.state, case.events[-1])


def said(case: Any) -> Said:
    return {(one.told.value, one.audience.value, one.step) for one in told(case)}


def facts_of(case: Any, one: Telling) -> dict[str, Any]:
    return facts(case.sop, case.state, case.events[-1], one)


def reasons(case: Any) -> list[Any]:
    return [facts_of(case, one).get("reason") for one in told(case)]


def test_who_opens_a_case_gets_a_receipt(case: Any) -> None:
    assert ("received", "opener", 1) in said(case)


def test_the_holders_of_the_first_step_are_told_of_a_new_case(case: Any) -> None:
    assert ("task", "holders", 1) in said(case)


def test_the_holders_of_the_next_step_are_told_that_it_is_their_turn(case: Any) -> None:
    case.act(1, "selesai", item="a")

    assert ("task", "holders", 2) in said(case)


def test_whose_approval_a_step_needs_is_told_when_it_opens(case: Any) -> None:
    case.act(1, "selesai", item="a")

    assert ("approval", "approvers", 2) in said(case)


def test_a_return_is_told_to_the_holders_and_to_who_brought_the_data(case: Any) -> None:
    case.act(1, "selesai", item="a")
    case.act(2, "tidak", item="a")

    assert said(case) == {("returned", "holders", 1), ("returned", "submitters", 1)}


def test_a_return_tells_its_reason_and_how_many_points(case: Any) -> None:
    case.act(1, "selesai", item="a")
    case.act(2, "tidak", item="a", reason="satuan salah")
    found = facts(case.sop, case.state, case.events[-1], told(case)[0])

    assert (found["reason"], found["points"], found["outcome"]) == ("satuan salah", 1, "tidak")


def test_a_notice_names_the_dataset_where_it_is_one(case: Any) -> None:
    case.act(1, "selesai", item="a")

    assert facts(case.sop, case.state, case.events[-1], told(case)[0])["title"] == "a"


def test_who_is_given_a_visit_is_told(case: Any) -> None:
    case.steer(1, Act.ASSIGN, item="a", to="citra")

    assert said(case) == {("assigned", "assignee", 1)}


def test_a_comment_is_told_with_its_text(case: Any) -> None:
    case.act(1, item="a", act=Act.COMMENT, text="mohon dicek")

    assert [facts_of(case, one)["comment"] for one in told(case)] == ["mohon dicek"] * 2


def test_a_comment_is_no_reason(case: Any) -> None:
    case.act(1, item="a", act=Act.COMMENT, text="mohon dicek", reason="")

    assert reasons(case) == [None, None]


def test_a_return_tells_its_points_themselves(case: Any) -> None:
    case.act(1, "selesai", item="a")
    case.act(2, "tidak", item="a", reason="satuan salah")

    assert facts_of(case, told(case)[0])["returned"] == case.events[-1].body["points"]


def test_a_notice_tells_the_first_ten_points_alone(case: Any) -> None:
    case.act(1, "selesai", item="a")
    points = tuple(Point(PointKind.COLUMN, f"kolom {one}", "") for one in range(12))
    case.act(2, "tidak", item="a", reason="satuan salah", points=points)
    found = facts_of(case, told(case)[0])

    assert (len(found["returned"]), found["points"]) == (10, 12)


@pytest.fixture
def sent_back(case_of: Callable) -> Any:
    """A list of two that goes back to a step of each, for points at one of them."""
    case = case_of(each(), whole(kembali=(to("tidak", 1),)), whole())
    for item in ("a", "b"):
        case.act(1, "selesai", item=item)
    points = (Point(PointKind.ALL, "", "judul", "a"), Point(PointKind.ALL, "", "semua"))
    case.act(2, "tidak", item=None, reason="belum", points=points)
    return case


def test_a_point_about_one_of_several_data_is_not_told_to_those_of_the_others(
    sent_back: Any,
) -> None:
    of_nobody = [replace(of, items=("lain",)) for of in told(sent_back)]
    notes = {one["note"] for of in of_nobody for one in facts_of(sent_back, of)["returned"]}

    assert notes == {"semua"}


def test_a_release_that_did_not_appear_says_which_rule_refused_it(case: Any) -> None:
    case.record(Kind.RELEASE_HELD, "", {"item": "a", "code": "content_differs", "facts": {}})

    assert [facts_of(case, one)["code"] for one in told(case)] == ["content_differs"]


def test_a_time_of_publication_is_told_on_its_own_clock(case: Any) -> None:
    body = {"item": "a", "release": 1, "at": "2026-12-01T00:00:00", "zone": "Asia/Jayapura"}
    body |= {"visit": {"item": "a", "step": 1, "number": 1}, "step": 1}
    case.record(Kind.RELEASE_SCHEDULED, "budi", body)
    (one,) = told(case)

    assert facts_of(case, one)["shown_zone"] == "Asia/Jayapura"


def test_who_must_decide_again_is_told_that_a_publication_was_called_off(case: Any) -> None:
    key = {"item": "a", "step": 1, "number": 1}
    body = {"visit": key, "step": 1, "items": ["a"], "unapproved": [], "statuses": {}}
    case.record(Kind.RELEASE_CALLED_OFF, "budi", {**body, "reason": "ditunda"})

    assert said(case) == {("task", "holders", 1), ("scheduled", "submitters", 1)}


def test_a_cancelled_case_is_told_to_all_who_had_it_open(case: Any) -> None:
    case.steer(1, Act.CANCEL, item="a")

    assert said(case) == {("cancelled", "holders", 1), ("cancelled", "submitters", 1)}


def test_a_claim_tells_nobody(case: Any) -> None:
    case.act(1, item="a", act=Act.CLAIM)

    assert said(case) == set()


def test_a_change_of_the_data_tells_nobody(case: Any) -> None:
    case.changed("opd", "a")

    assert said(case) == set()


def test_what_is_shown_is_told_to_who_brought_it(case: Any) -> None:
    case.record(Kind.RELEASE_SHOWN, "budi", {"item": "a", "release": 1})

    assert said(case) == {("published", "submitters", None)}


def test_a_step_that_opens_for_each_dataset_of_a_list_is_one_notice(case_of: Callable) -> None:
    case = case_of(whole(), each(), whole())
    case.act(1, "selesai", item=None)

    tasks = [one for one in told(case) if one.audience is Audience.HOLDERS]
    assert [(one.told, sorted(one.items)) for one in tasks] == [(Told.TASK, ["a", "b"])]


def test_a_dropped_dataset_is_told_to_its_own_submitters_alone(case_of: Callable) -> None:
    case = case_of(whole(), each(), whole())
    case.steer(1, Act.DROP, item=None, items=("a",))

    assert [one.items for one in told(case) if one.told is Told.DROPPED] == [("a",)]


def test_points_about_the_data_of_others_are_not_counted(case: Any) -> None:
    case.act(1, "selesai", item="a")
    points = [{"kind": "all"}, *({"kind": "all", "dataset_id": one} for one in "aab")]
    event = replace(case.events[-1], body={**case.events[-1].body, "points": points})

    assert facts(case.sop, case.state, event, told(case)[0])["points"] == 3
