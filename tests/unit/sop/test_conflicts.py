"""Two people at one case: a conflict where somebody touched the visit, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.errors import Conflict
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import Act
from tests.unit.sop.small import each, on, to, whole

HEAD = "pimpinan_tim_data"


@pytest.fixture
def case(case_of: Callable) -> Any:
    row = each(persetujuan=HEAD, keputusan=(on("maju", 2),), kembali=(to("mundur", 1),))
    return case_of(row, each(), whole())


# What somebody else did at the visit of a after it was seen.
TOUCHES: dict[str, Callable[[Any], Any]] = {
    "claim": lambda case: case.act(1, item="a", act=Act.CLAIM, person="budi"),
    "assign": lambda case: case.steer(1, Act.ASSIGN, item="a", to="budi"),
    "approve": lambda case: case.act(1, item="a", actors=(HEAD,), act=Act.APPROVE),
    "pause": lambda case: case.steer(1, Act.PAUSE, item="a"),
    "content": lambda case: case.changed("opd", "a"),
    "return": lambda case: case.act(1, "mundur", item="a"),
    "drop": lambda case: case.steer(1, Act.DROP, item="b", items=("a",)),
    "cancel": lambda case: case.steer(1, Act.CANCEL, item="b"),
}
TOUCHES_NOT: dict[str, Callable[[Any], Any]] = {
    "other visit": lambda case: case.act(1, "mundur", item="b"),
    "other dataset": lambda case: case.changed("opd", "b"),
    "comment": lambda case: case.act(1, item="a", act=Act.COMMENT, text="halo"),
    "closing date": lambda case: case.steer(1, Act.SET_CLOSING, item="a"),
    "link made": lambda case: case.record(Kind.LINK_MADE, "budi", {}),
    "link opened": lambda case: case.record(Kind.LINK_OPENED, "link:1", {}),
    "download": lambda case: case.record(Kind.LINK_DOWNLOADED, "link:1", {}),
    "link withdrawn": lambda case: case.record(Kind.LINK_WITHDRAWN, "budi", {}),
    "handed over": lambda case: case.record(Kind.HANDED_OVER, "budi", {}),
    "other dropped": lambda case: case.steer(1, Act.DROP, item="b"),
    "release": lambda case: case.record(Kind.RELEASE_MADE, "portal", {"item": "b"}),
}


@pytest.mark.parametrize("what", TOUCHES)
def test_who_did_not_see_what_happened_at_a_visit_gets_a_conflict(
    case: Any, refused: Callable, what: str
) -> None:
    seen, key = case.state.version, case.visit(1, "a")
    TOUCHES[what](case)
    refusal = refused(case.act, 1, "mundur", visit=key, seen=seen, person="citra")
    assert (type(refusal), refusal.code) == (Conflict, "version_conflict")


@pytest.mark.parametrize("what", TOUCHES_NOT)
def test_what_happens_elsewhere_is_no_conflict(case: Any, what: str) -> None:
    seen, key = case.state.version, case.visit(1, "a")
    TOUCHES_NOT[what](case)
    case.act(1, "mundur", visit=key, seen=seen, person="citra")
    assert case.open(1, "a").key.number == 2


def test_a_conflict_says_what_was_seen_and_what_is(case: Any, refused: Callable) -> None:
    seen = case.state.version
    case.changed("opd", "a")
    refusal = refused(case.act, 1, "mundur", item="a", seen=seen)
    assert refusal.facts == {"seen": seen, "now": seen + 1}


def test_a_version_that_is_still_to_come_is_a_conflict(case: Any, refused: Callable) -> None:
    refusal = refused(case.act, 1, "mundur", item="a", seen=case.state.version + 1)
    assert refusal.code == "version_conflict"


def test_a_visit_that_had_ended_when_it_was_seen_is_not_open(case: Any, refused: Callable) -> None:
    key = case.visit(1, "a")
    case.act(1, "mundur", visit=key)
    assert refused(case.act, 1, "mundur", visit=key).code == "step_not_open"


def test_a_visit_is_open_only_by_the_name_its_dataset_has_now(case: Any, refused: Callable) -> None:
    key = case.visit(1, "a")
    case.record(Kind.REQUEST_FULFILLED, "siti", {"item": "a", "dataset": "jadi"})
    assert refused(case.act, 1, "mundur", visit=key).code == "request_answered"


def test_a_visit_that_never_was_is_not_open(case: Any, refused: Callable) -> None:
    key = type(case.visit(1, "a"))("a", 2, 7)
    assert refused(case.act, 1, "mundur", visit=key).code == "step_not_open"


def test_an_act_that_ends_nothing_gets_a_conflict_like_any(case: Any, refused: Callable) -> None:
    seen = case.state.version
    case.changed("opd", "a")
    assert refused(case.steer, 1, Act.PAUSE, item="a", seen=seen).code == "version_conflict"
