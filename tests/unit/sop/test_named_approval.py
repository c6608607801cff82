"""A step that ends only once somebody named has approved what stands there then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.sop.acts import Attempt, Paper, Person
from ckanext.satudata.sop.decide import decide
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import Act
from tests.unit.sop.small import each, entry, on, to, whole, writes

HEAD = "pimpinan_tim_data"
ROW = {
    "persetujuan": HEAD,
    "keputusan": (on("maju", 2), on("lompat", 3)),
    "kembali": (to("mundur", 1),),
    "berulang": True,
}


@pytest.fixture
def case(case_of: Callable) -> Any:
    return case_of(each(**ROW), each(), whole(), items="a")


@pytest.fixture
def approve(case: Any) -> Callable[..., Any]:
    def approved(**asked: Any) -> Any:
        return case.act(1, item="a", actors=(HEAD,), person="kepala", act=Act.APPROVE, **asked)

    return approved


@pytest.mark.parametrize("outcome", ["maju", "lompat"])
def test_no_way_goes_on_before_the_approval(case: Any, refused: Callable, outcome: str) -> None:
    assert refused(case.act, 1, outcome, item="a").code == "approval_missing"


@pytest.mark.parametrize("outcome", ["mundur", "ulangi"])
def test_the_other_ways_need_no_approval(case: Any, outcome: str) -> None:
    case.act(1, outcome, item="a")
    assert case.open(1, "a").key.number == 2


def test_after_the_approval_the_step_goes_on(case: Any, approve: Callable) -> None:
    approve()
    case.act(1, "maju", item="a")
    assert case.standing == [("a", 2)]


def test_an_approval_ends_nothing(case: Any, approve: Callable) -> None:
    assert approve().kind is Kind.APPROVED
    assert case.standing == [("a", 1)]


def test_who_ends_the_step_does_not_approve_it(case: Any, refused: Callable) -> None:
    assert refused(case.act, 1, item="a", act=Act.APPROVE).code == "not_holder"


def test_an_approval_records_actor_name_and_day(case: Any) -> None:
    key, day = case.visit(1, "a"), case.now.date()
    attempt = Attempt(key, case.state.version, act=Act.APPROVE, today=day)
    person = Person("kepala", frozenset({HEAD}), "Kepala Bidang")
    decision = decide(case.sop, case.state, person, attempt, {})
    assert decision.body["approval"] == {
        "actor": HEAD, "name": "Kepala Bidang", "on": day.isoformat()
    }  # fmt: skip


def test_an_approval_on_paper_names_whom_the_paper_names(case: Any, approve: Callable) -> None:
    paper = Paper(case.now.date(), "Sri", "berkas")
    case.steer(1, Act.APPROVE, item="a", paper=paper)
    assert case.open(1, "a").approval == {
        "actor": HEAD, "name": "Sri", "on": paper.on.isoformat(), "evidence": "berkas"
    }  # fmt: skip


def test_without_a_paper_whoever_steers_does_not_approve(case: Any, refused: Callable) -> None:
    assert refused(case.steer, 1, Act.APPROVE, item="a").code == "not_holder"


def test_a_change_of_the_content_takes_the_approval_back(case: Any, approve: Callable) -> None:
    approve()
    case.changed("opd", "a")
    assert case.open(1, "a").approval is None


def test_the_change_of_one_dataset_leaves_the_approval_of_the_other(case_of: Callable) -> None:
    case = case_of(each(**ROW), each(), whole())
    for item in "ab":
        case.act(1, item=item, actors=(HEAD,), act=Act.APPROVE)
    case.changed("opd", "a")
    assert case.open(1, "b").approval is not None


def test_the_next_visit_needs_its_own_approval(case: Any, approve: Callable) -> None:
    approve()
    case.act(1, "mundur", item="a")
    assert case.open(1, "a").approval is None


def test_a_longer_list_is_not_the_list_that_was_approved(case_of: Callable) -> None:
    row = {"persetujuan": HEAD, "penulis": (writes("admin_data", "daftar"),)}
    case = case_of(whole(**row), whole())
    case.act(1, item=None, actors=(HEAD,), act=Act.APPROVE)
    case.act(1, item=None, act=Act.ADD, entry=entry("c"))
    assert case.open(1).approval is None


def test_a_shorter_list_was_approved_with_the_longer_one(case_of: Callable) -> None:
    case = case_of(whole(persetujuan=HEAD), whole())
    case.act(1, item=None, actors=(HEAD,), act=Act.APPROVE)
    case.steer(1, Act.DROP, item=None, items=("a",))
    assert case.open(1).approval is not None


def test_the_rest_of_a_return_does_not_go_on_unapproved(
    case_of: Callable, refused: Callable
) -> None:
    case = case_of(whole(**ROW), each(), each())
    refusal = refused(case.act, 1, "mundur", item=None, items=("a",), rest="maju")
    assert refusal.code == "approval_missing"


def test_the_approved_rest_of_a_return_goes_on(case_of: Callable) -> None:
    case = case_of(whole(**ROW), each(), each())
    case.act(1, item=None, actors=(HEAD,), act=Act.APPROVE)
    case.act(1, "mundur", item=None, items=("a",), rest="maju")
    assert case.standing == [("b", 2), (None, 1)]


def test_who_brought_the_data_enters_no_paper_approval_where_four_eyes_are_asked(
    case_of: Callable, refused: Callable
) -> None:
    case = case_of(each(persetujuan=HEAD, empat_mata=True), items="a", opener="opd")
    paper = Paper(case.now.date(), "Sri", "berkas")
    refusal = refused(case.steer, 1, Act.APPROVE, item="a", person="opd", paper=paper)
    assert refusal.code == "four_eyes"


def test_who_brought_the_data_enters_a_paper_approval_where_four_eyes_are_not_asked(
    case_of: Callable,
) -> None:
    case = case_of(each(persetujuan=HEAD), items="a", opener="opd")
    paper = Paper(case.now.date(), "Sri", "berkas")
    case.steer(1, Act.APPROVE, item="a", person="opd", paper=paper)
    assert case.open(1, "a").approval is not None
