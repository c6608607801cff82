"""What was done on paper is entered afterwards: by whom, with which day, name and evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ckanext.satudata.sop.acts import Paper
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import Act
from tests.unit.sop.small import STEERS, each, on, to, whole


@pytest.fixture
def case(case_of: Callable) -> Any:
    ways = {"keputusan": (on("layak", 2),), "kembali": (to("tidak", 1),)}
    return case_of(each(pelaksana=("bps",), **ways), each(), items="a")


@pytest.fixture
def paper(case: Any) -> Paper:
    return Paper(case.now.date() - timedelta(days=3), "BPS Kabupaten", "berkas")


@pytest.mark.parametrize("actor", ["bps", STEERS])
def test_paper_is_entered_by_the_actor_or_by_whoever_steers(
    case: Any, paper: Paper, actor: str
) -> None:
    case.act(1, "layak", item="a", actors=(actor,), paper=paper)
    assert case.standing == [("a", 2)]


def test_paper_is_entered_by_nobody_else(case: Any, paper: Paper, refused: Callable) -> None:
    refusal = refused(case.act, 1, "layak", item="a", actors=("admin_data",), paper=paper)
    assert refusal.code == "not_holder"


def test_without_paper_whoever_steers_decides_nothing(case: Any, refused: Callable) -> None:
    assert refused(case.act, 1, "layak", item="a", actors=(STEERS,)).code == "not_holder"


def test_where_the_sheet_keeps_no_paper_none_is_taken(
    case_of: Callable, paper: Paper, refused: Callable
) -> None:
    case = case_of(each(), items="a", catatan_manual=False)
    refusal = refused(case.act, 1, "selesai", item="a", paper=paper)
    assert (refusal.code, refusal.field) == ("paper_not_allowed", "paper")


def test_a_claim_is_not_entered_from_paper(case: Any, paper: Paper, refused: Callable) -> None:
    assert refused(case.act, 1, item="a", act=Act.CLAIM, paper=paper).code == "paper_not_allowed"


# What is wrong with a paper, and the code it is refused with.
FAULTS = [
    ({"name": " "}, "paper_name_missing"),
    ({"evidence": ""}, "paper_evidence_missing"),
]


@pytest.mark.parametrize(("wrong", "code"), FAULTS)
def test_paper_without_name_or_evidence_is_refused_at_the_paper(
    case: Any, paper: Paper, refused: Callable, wrong: dict[str, str], code: str
) -> None:
    refusal = refused(case.act, 1, "layak", item="a", paper=replace(paper, **wrong))
    assert (refusal.code, refusal.field) == (code, "paper")


def test_paper_of_tomorrow_is_refused(case: Any, paper: Paper, refused: Callable) -> None:
    tomorrow = replace(paper, on=case.now.date() + timedelta(days=1))
    assert refused(case.act, 1, "layak", item="a", paper=tomorrow).code == "paper_in_future"


def test_paper_of_today_is_taken(case: Any, paper: Paper) -> None:
    case.act(1, "layak", item="a", paper=replace(paper, on=case.now.date()))
    assert case.standing == [("a", 2)]


def test_a_return_on_paper_needs_its_reason_too(case: Any, paper: Paper, refused: Callable) -> None:
    assert refused(case.act, 1, "tidak", item="a", paper=paper, reason="").code == "reason_missing"


def test_a_visit_ended_on_paper_counts_by_the_day_of_the_paper(case: Any, paper: Paper) -> None:
    case.act(1, "layak", item="a", paper=paper)
    assert case.state.visits[0].counted_on == paper.on


def test_the_next_visit_starts_when_the_paper_was_entered(case: Any, paper: Paper) -> None:
    at = case.now
    case.act(1, "layak", item="a", paper=paper)
    assert (case.open(2, "a").opened_at, case.state.visits[0].closed_at) == (at, at)


def test_the_event_keeps_day_name_and_evidence(case: Any, paper: Paper) -> None:
    assert case.act(1, "layak", item="a", paper=paper).body["paper"] == paper.as_dict()


def test_a_visit_ended_by_account_counts_by_no_other_day(case: Any) -> None:
    case.act(1, "layak", item="a")
    assert case.state.visits[0].counted_on is None


def test_who_changed_the_data_enters_no_paper_decision_on_it(
    case_of: Callable, paper: Paper, refused: Callable
) -> None:
    case = case_of(each(empat_mata=True), items="a", opener="opd")
    refusal = refused(case.act, 1, "selesai", item="a", person="opd", paper=paper)
    assert refusal.code == "four_eyes"


def test_what_another_took_is_not_ended_from_paper(
    case: Any, paper: Paper, refused: Callable
) -> None:
    case.act(1, item="a", act=Act.CLAIM, person="budi")
    refusal = refused(case.act, 1, "layak", item="a", person="citra", paper=paper)
    assert refusal.code == "claimed_by_other"


def test_a_party_outside_is_invited_by_whoever_steers(case: Any) -> None:
    assert case.steer(1, Act.INVITE, item="a").kind is Kind.LINK_MADE


def test_nobody_is_invited_to_a_step_of_the_office(case_of: Callable, refused: Callable) -> None:
    case = case_of(whole())
    assert refused(case.steer, 1, Act.INVITE, item=None).code == "act_unknown"
