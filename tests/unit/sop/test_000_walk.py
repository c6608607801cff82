"""SOP 000 from its first step to its end, by the acts of people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.sop.acts import Attempt, Person, may_write
from ckanext.satudata.sop.decide import decide
from ckanext.satudata.sop.definition import Menulis, Sop
from ckanext.satudata.sop.events import Kind, VisitKey
from ckanext.satudata.sop.moves import moves

# Every outcome once and every return once, and nothing besides.
FULL = [
    (1, "selesai"), (2, "selesai"), (3, "tidak_sesuai"),
    (2, "selesai"), (3, "sesuai"), (4, "tidak_valid"),
    (3, "sesuai"), (4, "valid"), (5, "selesai"), (6, "selesai"),
    (7, "selesai"), (8, "selesai"), (9, "selesai"),
]  # fmt: skip


@pytest.fixture
def case(sop_000: Sop, walk: Callable) -> Any:
    return walk(sop_000)


@pytest.fixture
def walked(case: Any) -> Callable[[int], Any]:
    """The case with the first acts of FULL done."""

    def upto(count: int) -> Any:
        for step, outcome in FULL[:count]:
            case.act(step, outcome)
        return case

    return upto


def test_the_full_walk_takes_every_row_of_the_table(sop_000: Sop) -> None:
    assert {(row.step, row.outcome) for row in moves(sop_000)} == set(FULL)


@pytest.mark.parametrize("count", range(len(FULL)))
def test_the_walk_stands_at_one_step_at_a_time(walked: Callable, count: int) -> None:
    assert walked(count).standing == [("data", FULL[count][0])]


def test_after_the_last_step_the_case_is_closed(walked: Callable) -> None:
    assert walked(len(FULL)).state.is_closed


def test_nothing_a_return_passes_is_wiped(walked: Callable) -> None:
    visits = walked(len(FULL)).state.visits
    assert [(v.key.step, v.key.number, v.outcome) for v in visits] == [
        (1, 1, "selesai"), (2, 1, "selesai"), (3, 1, "tidak_sesuai"),
        (2, 2, "selesai"), (3, 2, "sesuai"), (4, 1, "tidak_valid"),
        (3, 3, "sesuai"), (4, 2, "valid"), (5, 1, "selesai"), (6, 1, "selesai"),
        (7, 1, "selesai"), (8, 1, "selesai"), (9, 1, "selesai"),
    ]  # fmt: skip


def test_each_visit_has_its_own_clock(walked: Callable) -> None:
    visits = walked(len(FULL)).state.visits
    assert [v.opened_at for v in visits[1:]] == [v.closed_at for v in visits[:-1]]


# What the data is called after 0, 1, 2 … acts of FULL.
CALLED = [
    "dikumpulkan", "dikumpulkan", "diverifikasi", "perlu_perbaikan", "diverifikasi",
    "divalidasi", "diverifikasi", "divalidasi", "diolah", "menunggu_persetujuan",
    "menunggu_persetujuan", "menunggu_persetujuan", "terbit", "terbit",
]  # fmt: skip


@pytest.mark.parametrize("count", range(len(FULL) + 1))
def test_the_data_is_called_what_the_sheet_calls_it(walked: Callable, count: int) -> None:
    assert walked(count).state.statuses["data"][0] == CALLED[count]


# Who may write the dataset at which step, by hand.
WRITERS = {
    1: {"produsen_data": Menulis.SEMUA, "admin_data": Menulis.SEMUA},
    2: {"produsen_data": Menulis.SEMUA, "admin_data": Menulis.SEMUA},
    5: {"analis_data": Menulis.PRODUK_BARU},
}


@pytest.mark.parametrize("count", range(len(FULL) + 1))
def test_only_the_writers_of_the_open_step_may_write(
    sop_000: Sop, walked: Callable, count: int
) -> None:
    state = walked(count).state
    step = FULL[count][0] if count < len(FULL) else None
    found = {key: may_write(sop_000, state, frozenset({key}), "data") for key in sop_000.pelaksana}
    assert {key: how for key, how in found.items() if how} == WRITERS.get(step, {})


def test_somebody_with_two_actors_writes_as_far_as_the_wider_one(
    sop_000: Sop, walked: Callable
) -> None:
    state = walked(8).state
    assert may_write(sop_000, state, frozenset({"analis_data", "verifikator"}), "data") is (
        Menulis.PRODUK_BARU
    )


def test_whoever_saw_an_older_case_gets_a_conflict_with_both_versions(
    sop_000: Sop, walked: Callable
) -> None:
    state = walked(1).state
    late = Attempt(VisitKey("data", 1, 1), 1, "selesai")
    with pytest.raises(Conflict) as refused:
        decide(sop_000, state, Person("a", frozenset({"admin_data"})), late, {})
    assert (refused.value.code, refused.value.facts) == ("version_conflict", {"seen": 1, "now": 2})


@pytest.mark.parametrize("step", [1, 3, 9])
def test_a_closed_case_takes_no_act(sop_000: Sop, walked: Callable, step: int) -> None:
    state = walked(len(FULL)).state
    anybody = Person("a", frozenset(sop_000.pelaksana))
    with pytest.raises(Refused, match="case_closed"):
        decide(sop_000, state, anybody, Attempt(VisitKey("data", step, 1), 14, "selesai"), {})


def test_a_failed_check_refuses_to_go_on_and_carries_its_facts(case: Any) -> None:
    with pytest.raises(Refused) as refused:
        case.act(1, "selesai", failed_checks={"berkas_ada": {"dataset": "x"}})
    assert (refused.value.code, dict(refused.value.facts)) == (
        "berkas_ada", {"step": 1, "dataset": "x"}
    )  # fmt: skip


def test_a_failed_check_does_not_stop_a_return(sop_000: Sop, walk: Callable) -> None:
    values = sop_000.model_dump()
    values["langkah"][2]["periksa"] = ("berkas_ada",)
    case = walk(Sop.model_validate(values))
    case.act(1, "selesai")
    case.act(2, "selesai")
    case.act(3, "tidak_sesuai", failed_checks={"berkas_ada": {}})
    assert case.standing == [("data", 2)]


def test_a_check_of_another_step_refuses_nothing(case: Any) -> None:
    case.act(1, "selesai", failed_checks={"akses_terbuka": {}})
    assert case.standing == [("data", 2)]


def test_the_opener_who_only_received_may_still_end_a_step_without_four_eyes(case: Any) -> None:
    case.act(1, "selesai", person="opd")
    assert case.standing == [("data", 2)]


def test_whoever_changed_the_content_decides_at_no_step_with_four_eyes(walked: Callable) -> None:
    case = walked(1)
    case.record(Kind.CONTENT_CHANGED, "budi", {"item": "data"})
    case.act(2, "selesai", person="budi")
    with pytest.raises(Refused, match="four_eyes"):
        case.act(3, "sesuai", person="budi")


def test_a_release_says_which_dataset_was_made_and_shown(walked: Callable) -> None:
    case = walked(12)
    case.record(Kind.RELEASE_MADE, "sistem", {"item": "data"})
    case.record(Kind.RELEASE_SHOWN, "sistem", {"item": "data"})
    assert (case.state.released, case.state.shown) == ({"data"}, {"data"})


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_a_return_without_a_reason_is_refused_at_the_reason(
    sop_000: Sop, walked: Callable, blank: str
) -> None:
    state = walked(2).state
    attempt = Attempt(VisitKey("data", 3, 1), state.version, "tidak_sesuai", blank)
    with pytest.raises(Refused) as refused:
        decide(sop_000, state, Person("v", frozenset({"verifikator"})), attempt, {})
    assert (refused.value.code, refused.value.field) == ("reason_missing", "reason")


def test_a_return_that_points_at_nothing_is_refused_at_the_points(
    sop_000: Sop, walked: Callable
) -> None:
    state = walked(2).state
    attempt = Attempt(VisitKey("data", 3, 1), state.version, "tidak_sesuai", "satuan salah")
    with pytest.raises(Refused) as refused:
        decide(sop_000, state, Person("v", frozenset({"verifikator"})), attempt, {})
    assert (refused.value.code, refused.value.field) == ("points_missing", "points")


def test_an_outcome_the_step_has_not_is_told_the_choices(case: Any, walked: Callable) -> None:
    walked(2)
    with pytest.raises(Refused) as refused:
        case.act(3, "selesai")
    assert refused.value.facts["choices"] == ("sesuai", "tidak_sesuai")


def test_steps_that_recur_say_that_a_person_confirmed_them(walked: Callable) -> None:
    ended = [one.body for one in walked(len(FULL)).events if one.kind is Kind.STEP_ENDED]
    assert {body["step"] for body in ended if body.get("by_person")} == {6, 7, 9}
