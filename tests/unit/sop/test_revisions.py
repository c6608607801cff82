"""A running case moves to another revision of its SOP, or is refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.errors import Refused
from ckanext.satudata.sop import revisions
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.load import load
from ckanext.satudata.sop.moves import Act


@pytest.fixture
def revised(sheet: dict[str, Any], written: Callable[[Any], bytes]) -> Callable[..., Sop]:
    """000 after a change of its values."""

    def made(change: Callable[[dict[str, Any]], Any] = lambda _sheet: None) -> Sop:
        change(sheet)
        return load(written(sheet), "sop.yaml").sop

    return made


def row(number: int, **cells: Any) -> Callable[[dict[str, Any]], None]:
    return lambda sheet: sheet["langkah"][number - 1].update(cells)


def without_row(number: int) -> Callable[[dict[str, Any]], None]:
    """Take a row out, number the others anew and let them lead where they led."""

    def change(sheet: dict[str, Any]) -> None:
        del sheet["langkah"][number - 1]
        for actor in sheet["pelaksana"].values():
            actor["lajur"] = False
        for place, one in enumerate(sheet["langkah"], 1):
            one["langkah"] = place
            for outcome in (*one["keputusan"], *one["kembali"]):
                outcome["ke"] -= outcome["ke"] > number
            if one["mutu_baku"]["waktu"]:
                one["mutu_baku"]["waktu"]["bersama"] = []

    return change


def code_of(old: Sop, new: Sop, case: Any) -> str | None:
    try:
        revisions.check_move(old, new, case.state)
    except Refused as refused:
        return refused.code
    return None


def at(case: Any, step: int) -> Any:
    """The case, walked on the straight way up to a step."""
    for number, outcome in enumerate(("selesai", "selesai", "sesuai", "valid"), start=1):
        if number < step:
            case.act(number, outcome)
    for number in range(5, step):
        case.act(number, "selesai")
    return case


def test_a_case_moves_where_its_step_is_still_there(
    sop_000: Sop, walk: Callable, revised: Callable
) -> None:
    new = revised(row(7, uraian="Kata lain (rekaan)"))
    assert code_of(sop_000, new, at(walk(sop_000), 3)) is None


@pytest.mark.parametrize("cells", [{"nama": "Periksa"}, {"lingkup": "daftar"}])
def test_a_step_with_another_name_or_scope_is_another_step(
    sop_000: Sop, revised: Callable, cells: dict[str, Any]
) -> None:
    assert revisions.is_gone(sop_000, revised(row(3, **cells)), 3)


def test_a_step_whose_wording_changed_is_the_same_step(sop_000: Sop, revised: Callable) -> None:
    assert not revisions.is_gone(sop_000, revised(row(3, perintah="Lain (rekaan)")), 3)


def test_a_number_beyond_the_new_sheet_is_gone(sop_000: Sop, revised: Callable) -> None:
    assert revisions.is_gone(sop_000, revised(without_row(5)), 9)


def test_a_case_at_a_step_that_is_gone_is_refused(
    sop_000: Sop, walk: Callable, revised: Callable
) -> None:
    new = revised(without_row(5))
    assert code_of(sop_000, new, at(walk(sop_000), 5)) == "revision_step_gone"


def test_a_case_before_a_step_that_is_gone_moves(
    sop_000: Sop, walk: Callable, revised: Callable
) -> None:
    assert code_of(sop_000, revised(without_row(5)), at(walk(sop_000), 4)) is None


def test_a_case_moves_to_no_sheet_that_does_not_know_who_holds_its_step(
    sop_000: Sop, walk: Callable, revised: Callable
) -> None:
    def renamed(sheet: dict[str, Any]) -> None:
        sheet["pelaksana"]["pemeriksa"] = sheet["pelaksana"].pop("verifikator")
        sheet["langkah"][2]["pelaksana"] = ["pemeriksa"]

    assert code_of(sop_000, revised(renamed), at(walk(sop_000), 3)) == "revision_actor_gone"


def test_a_closed_case_stays_on_its_revision(
    sop_000: Sop, walk: Callable, revised: Callable
) -> None:
    assert code_of(sop_000, revised(), at(walk(sop_000), 10)) == "case_closed"


def test_a_visit_that_two_end_together_is_ended_by_the_sheet_it_was_begun_by(
    sheet: dict[str, Any], walk: Callable, revised: Callable
) -> None:
    sheet["langkah"][2]["kembali"][0]["bersama"] = ["admin_data", "verifikator"]
    sop = revised()
    case = at(walk(sop), 3)
    case.act(3, "tidak_sesuai")
    assert code_of(sop, sop, case) == "revision_joint_open"


def test_work_that_is_going_on_is_done_first(
    sheet: dict[str, Any], walk: Callable, revised: Callable
) -> None:
    sheet["langkah"][7]["lingkup"] = "daftar"
    sop = revised()
    case = at(walk(sop), 8)
    case.act(8, "selesai", item=None)
    assert case.state.open_visits[0].decided is not None
    assert code_of(sop, sop, case) == "work_going_on"


def test_an_approval_that_the_new_sheet_asks_of_somebody_else_is_not_taken_along(
    sheet: dict[str, Any], walk: Callable, revised: Callable
) -> None:
    old = revised(row(2, persetujuan="produsen_data"))
    case = at(walk(old), 2)
    case.act(2, act=Act.APPROVE, actors=["produsen_data"])
    new = revised(row(2, persetujuan="validator"))
    assert code_of(old, new, case) == "revision_approval_other"
    assert code_of(old, old, case) is None


def test_a_dataset_that_waits_at_a_list_step_stands_there_too(
    sheet: dict[str, Any], walk: Callable, revised: Callable
) -> None:
    old = revised(row(5, lingkup="daftar"))
    case = walk(old, items=("a", "b"))
    for number, outcome in enumerate(("selesai", "selesai", "sesuai", "valid"), start=1):
        case.act(number, outcome, item="a")
    assert revisions.standing(case.state) == (1, 5)
    assert code_of(old, revised(row(5, lingkup="data")), case) == "revision_step_gone"


def test_no_move_leads_past_the_approval_to_publication(
    sop_000: Sop, walk: Callable, revised: Callable
) -> None:
    """The case stands behind the row that approves in the new sheet, and has no release."""

    def earlier(sheet: dict[str, Any]) -> None:
        sheet["langkah"][5].update(efek=["setujui"], empat_mata=True)
        sheet["langkah"][7].update(efek=["terbitkan"])

    case, new = at(walk(sop_000), 8), revised(earlier)
    assert code_of(sop_000, new, case) == "revision_skips_approval"
    assert code_of(sop_000, new, at(walk(sop_000), 6)) is None


def test_no_move_leads_what_waits_for_its_list_past_the_approval(
    sop_000: Sop, walk: Callable, revised: Callable
) -> None:
    def earlier(sheet: dict[str, Any]) -> None:
        sheet["langkah"][5].update(efek=["setujui"], empat_mata=True)
        sheet["langkah"][7].update(efek=["terbitkan"])

    old = revised(row(8, lingkup="daftar"))
    case = walk(old, items=("a", "b"))
    outcomes = ("selesai", "selesai", "sesuai", "valid", "selesai", "selesai", "selesai")
    for number, outcome in enumerate(outcomes, start=1):
        case.act(number, outcome, item="a")
    assert revisions.standing(case.state) == (1, 8)
    assert code_of(old, revised(earlier), case) == "revision_skips_approval"


def test_what_this_case_has_approved_may_stand_behind_the_approval(
    sop_000: Sop, walk: Callable, revised: Callable
) -> None:
    def apart(sheet: dict[str, Any]) -> None:
        sheet["langkah"][5].update(efek=["setujui"], empat_mata=True)
        sheet["langkah"][7].update(efek=["terbitkan"])

    new = revised(apart)
    case = at(walk(new), 8)
    assert code_of(new, new, case) == "revision_skips_approval"
    case.record(Kind.RELEASE_MADE, "orang", {"item": "data"})
    assert code_of(new, new, case) is None


def test_each_event_reads_by_the_revision_it_was_done_by(sop_000: Sop, walk: Callable) -> None:
    case = at(walk(sop_000), 3)
    first = case.state.sop
    case.record(Kind.REVISION_CHANGED, "orang", {"sop": "1" * 64, "from": first, "reason": "x"})
    case.act(3, "sesuai")
    assert revisions.sop_at(case.events) == {
        1: first,
        2: first,
        3: first,
        4: "1" * 64,
        5: "1" * 64,
    }


def test_a_moved_case_keeps_its_visits_and_stands_where_it_stood(
    sop_000: Sop, walk: Callable
) -> None:
    case = at(walk(sop_000), 3)
    before = case.state.visits
    case.record(Kind.REVISION_CHANGED, "orang", {"sop": "1" * 64, "from": "", "reason": "x"})
    assert case.state.visits == before
    assert case.state.sop == "1" * 64
