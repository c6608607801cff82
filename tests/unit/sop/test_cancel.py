"""A case is cancelled with a reason while nothing of it is public, and then takes no act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import Act
from tests.unit.sop.small import each, whole


@pytest.fixture
def case(case_of: Callable) -> Any:
    case = case_of(each(status="dikumpulkan"), each(status="diverifikasi"), whole())
    case.act(1, "selesai", item="a")
    return case


def test_a_cancelled_case_has_no_open_visit(case: Any) -> None:
    case.steer(2, Act.CANCEL, item="a")
    assert (case.standing, case.state.cancelled) == ([], True)


def test_nothing_of_a_cancelled_case_is_wiped(case: Any) -> None:
    case.steer(2, Act.CANCEL, item="a")
    assert [(v.key.item, v.key.step, v.outcome) for v in case.state.visits] == [
        ("a", 1, "selesai"),
        ("b", 1, "case_cancelled"),
        ("a", 2, "case_cancelled"),
    ]


def test_a_dataset_of_a_cancelled_case_has_no_status_by_it(case: Any) -> None:
    case.steer(2, Act.CANCEL, item="a")
    assert case.state.statuses == {}


def test_a_cancelled_case_takes_no_act(case: Any, refused: Callable) -> None:
    key = case.visit(1, "b")
    case.steer(2, Act.CANCEL, item="a")
    assert refused(case.act, 1, "selesai", visit=key).code == "case_closed"


def test_a_cancel_without_a_reason_is_refused(case: Any, refused: Callable) -> None:
    assert refused(case.steer, 2, Act.CANCEL, item="a", reason="").code == "reason_missing"


def test_only_who_steers_cancels(case: Any, refused: Callable) -> None:
    assert refused(case.act, 2, item="a", act=Act.CANCEL).code == "not_holder"


def test_what_is_public_of_a_case_keeps_it_from_being_cancelled(
    case: Any, refused: Callable
) -> None:
    case.record(Kind.RELEASE_SHOWN, "portal", {"item": "a"})
    assert refused(case.steer, 1, Act.CANCEL, item="b").code == "already_public"


def test_what_was_approved_but_not_shown_does_not(case: Any) -> None:
    case.record(Kind.RELEASE_MADE, "portal", {"item": "a"})
    case.steer(1, Act.CANCEL, item="b")
    assert case.state.cancelled
