"""Nothing is published before it was approved: a sheet that could do so does not load."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.meaning import faults_of_meaning
from ckanext.satudata.sop.source import Source
from tests.unit.sop.small import on, to

WRITER = {"pelaksana": "admin_data", "menulis": "semua"}


@pytest.fixture
def row(sheet: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """Make a bare row of the sheet that has the given cells and none of 000's decisions."""
    # The steps' own four-eyes mark goes with approval; everything else is neutral.

    def make(number: int, **cells: Any) -> dict[str, Any]:
        bare = {"keputusan": [], "kembali": [], "penulis": [], "efek": [], "keyakinan": {}}
        approves = "setujui" in cells.get("efek", [])
        base = dict(sheet["langkah"][0], **bare, empat_mata=approves, periksa=[])
        return base | {"langkah": number} | cells

    return make


@pytest.fixture
def codes(sheet: dict[str, Any], codes_of: Callable) -> Callable[[list[dict]], list[str]]:
    """The fault codes of 000's head and actors with other steps."""

    def found(steps: list[dict]) -> list[str]:
        sheet["pelaksana"] = {"admin_data": sheet["pelaksana"]["admin_data"]}
        sheet["sop"]["pengendali"] = ["admin_data"]
        sheet["langkah"] = steps
        sheet.pop("koreksi")
        return codes_of(sheet)

    return found


def test_a_step_that_approves_before_one_that_publishes_is_fine(
    row: Callable, codes: Callable
) -> None:
    assert (
        codes([row(1, penulis=[WRITER]), row(2, efek=["setujui"]), row(3, efek=["terbitkan"])])
        == []
    )


def test_publishing_without_any_approval_is_refused(row: Callable, codes: Callable) -> None:
    assert codes([row(1), row(2, efek=["terbitkan"])]) == ["terbit-sebelum-setuju"]


def test_publishing_at_the_first_step_is_refused(row: Callable, codes: Callable) -> None:
    assert codes([row(1, efek=["terbitkan"])]) == ["terbit-sebelum-setuju"]


def test_a_step_that_publishes_before_it_approves_is_refused(
    row: Callable, codes: Callable
) -> None:
    assert codes([row(1, efek=["terbitkan", "setujui"])]) == ["terbit-sebelum-setuju"]


def test_an_approval_after_publication_comes_too_late(row: Callable, codes: Callable) -> None:
    steps = [row(1), row(2, efek=["terbitkan"]), row(3, efek=["setujui"])]
    assert codes(steps) == ["terbit-sebelum-setuju"]


def test_a_way_round_the_approval_is_refused(row: Callable, codes: Callable) -> None:
    steps = [
        row(1, keputusan=[on("biasa", 2), on("cepat", 3)]),
        row(2, efek=["setujui"]),
        row(3, efek=["terbitkan"]),
    ]
    assert codes(steps) == ["terbit-sebelum-setuju"]


def test_a_return_from_the_approving_step_approves_nothing(row: Callable, codes: Callable) -> None:
    steps = [
        row(1, keputusan=[on("periksa", 2), on("langsung", 3)]),
        row(2, efek=["setujui"], keputusan=[on("ya", 3)], kembali=[to("tidak", 1)]),
        row(3, efek=["terbitkan"]),
    ]
    assert codes(steps) == ["terbit-sebelum-setuju"]


def test_content_written_after_the_approval_is_not_approved(row: Callable, codes: Callable) -> None:
    steps = [row(1, efek=["setujui"]), row(2, penulis=[WRITER]), row(3, efek=["terbitkan"])]
    assert codes(steps) == ["terbit-sebelum-setuju"]


def test_a_product_added_after_the_approval_is_not_approved(row: Callable, codes: Callable) -> None:
    adds = dict(WRITER, menulis="produk_baru")
    steps = [row(1, efek=["setujui"]), row(2, penulis=[adds]), row(3, efek=["terbitkan"])]
    assert codes(steps) == ["terbit-sebelum-setuju"]


def test_content_written_while_the_publishing_step_is_open_is_not_approved(
    row: Callable, codes: Callable
) -> None:
    steps = [row(1, efek=["setujui"]), row(2, penulis=[WRITER], efek=["terbitkan"])]
    assert codes(steps) == ["terbit-sebelum-setuju"]


def test_writing_at_the_step_that_approves_and_publishes_is_approved_with_it(
    row: Callable, codes: Callable
) -> None:
    assert codes([row(1, penulis=[WRITER], efek=["setujui", "terbitkan"])]) == []


def test_a_return_beyond_the_approval_undoes_it(row: Callable, codes: Callable) -> None:
    # 2 is reached only by the return from 4, and goes round the approval at 3.
    steps = [
        row(1, keputusan=[on("mulai", 3)]),
        row(2, keputusan=[on("lewat", 4)]),
        row(3, efek=["setujui"]),
        row(4, keputusan=[on("terbit", 5)], kembali=[to("ulang", 2)]),
        row(5, efek=["terbitkan"]),
    ]
    assert codes(steps) == ["terbit-sebelum-setuju"]


def test_a_return_after_the_approval_to_a_step_that_writes_undoes_it(
    row: Callable, codes: Callable
) -> None:
    steps = [
        row(1, efek=["setujui"], keputusan=[on("siap", 3), on("tulis", 2)]),
        row(2, penulis=[WRITER]),
        row(3, efek=["terbitkan"]),
    ]
    assert codes(steps) == ["terbit-sebelum-setuju"]


def test_a_return_between_approval_and_publication_leaves_the_approval(
    row: Callable, codes: Callable
) -> None:
    steps = [
        row(1, efek=["setujui"]),
        row(2),
        row(3, keputusan=[on("ya", 4)], kembali=[to("ulang", 2)]),
        row(4, efek=["terbitkan"]),
    ]
    assert codes(steps) == []


def test_a_return_to_the_writers_and_back_through_the_approval_is_fine(
    row: Callable, codes: Callable
) -> None:
    steps = [
        row(1, penulis=[WRITER]),
        row(2, efek=["setujui"]),
        row(3, efek=["terbitkan"], keputusan=[on("ya", 4)], kembali=[to("ulang", 1)]),
        row(4),
    ]
    assert codes(steps) == []


def a_list_of_two_ways(row: Callable, *, from_four_to: int) -> list[dict[str, Any]]:
    """Approved alone (3) a dataset goes by the list's 5 to 7; the others go by 4."""
    return [
        row(1, lingkup="daftar"),
        row(2, keputusan=[on("cepat", 3), on("biasa", 4)]),
        row(3, efek=["setujui"], keputusan=[on("ya", 5)]),
        row(4, keputusan=[on("ya", from_four_to)]),
        row(5, lingkup="daftar", keputusan=[on("terbit", 7), on("lagi", 6)]),
        row(6, lingkup="daftar", efek=["setujui"]),
        row(7, lingkup="daftar", efek=["terbitkan"]),
    ]


def test_datasets_of_one_list_may_be_approved_at_different_steps(
    row: Callable, codes: Callable
) -> None:
    # Each follows its own way: what waits at 6 is not carried from 5 to 7 by the rest of the list.
    assert codes(a_list_of_two_ways(row, from_four_to=6)) == []


def test_a_dataset_that_alone_misses_the_approval_of_its_list_is_found(
    row: Callable, codes: Callable
) -> None:
    assert codes(a_list_of_two_ways(row, from_four_to=5)) == ["terbit-sebelum-setuju"]


LENGTH = 5
MOSTLY = st.sampled_from([True, True, False])
SELDOM = st.sampled_from([True, False, False])


@st.composite
def graphs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Small sheets: where each step goes on to, comes back to, writes, approves."""
    rows = []
    for step in range(1, LENGTH + 1):
        later = st.lists(st.integers(step + 1, LENGTH), max_size=2, unique=True)
        on = draw(later) if step < LENGTH else []
        back = draw(st.lists(st.integers(1, step), max_size=1)) if on else []
        rows.append({"on": on, "back": back, "writes": draw(SELDOM), "approves": draw(MOSTLY)})
    rows[-1]["approves"] = draw(SELDOM)
    return rows


def test_an_outcome_that_alone_approves_is_needed_on_every_way(
    row: Callable, codes: Callable
) -> None:
    ways = [on("setuju", 2, "setujui"), on("catat", 2)]
    steps = [row(1, empat_mata=True, keputusan=ways), row(2, efek=["terbitkan"])]
    assert codes(steps) == ["terbit-sebelum-setuju"]


def test_an_outcome_that_approves_and_publishes_beside_one_that_does_neither_is_fine(
    row: Callable, codes: Callable
) -> None:
    ways = [on("terbit", 2, "setujui", "terbitkan"), on("simpan", 2)]
    assert codes([row(1, empat_mata=True, keputusan=ways), row(2)]) == []


def test_an_outcome_that_publishes_unapproved_is_told_once(row: Callable, codes: Callable) -> None:
    ways = [on("terbit", 2, "terbitkan"), on("terbit_khusus", 2, "terbitkan")]
    assert codes([row(1, keputusan=ways), row(2)]) == ["terbit-sebelum-setuju"]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.filter_too_much])
@given(rows=graphs(), choices=st.lists(st.integers(0, 3), min_size=25, max_size=25))
def test_no_walk_of_a_sheet_without_fault_publishes_what_nobody_approved(
    sop_000: Sop, rows: list[dict], choices: list[int]
) -> None:
    assume(not faults_of_meaning(as_sop(sop_000, rows), NOWHERE))
    step, approved = 1, False
    for choice in choices:
        row = rows[step - 1]
        ways = [(target, False) for target in row["on"] or [step + 1]]
        ways += [(target, True) for target in row["back"]]
        target, returns = ways[choice % len(ways)]
        approved = (approved and not row["writes"]) or (row["approves"] and not returns)
        assert approved or returns or step != LENGTH
        if target > LENGTH:
            break
        step = target


NOWHERE = Source("sop.yaml", "", {}, {}, {})


def as_sop(sop: Sop, rows: list[dict]) -> Sop:
    """The steps of `rows`, the last of which publishes, below the head of `sop`."""
    values = sop.model_dump()
    values["pelaksana"] = {"admin_data": values["pelaksana"]["admin_data"]}
    values["sop"]["pengendali"] = ("admin_data",)
    values["koreksi"] = None
    values["langkah"] = tuple(
        values["langkah"][0]
        | {
            "langkah": number,
            "keputusan": tuple(on(f"maju_{target}", target) for target in row["on"]),
            "kembali": tuple(to(f"mundur_{target}", target) for target in row["back"]),
            "penulis": (WRITER,) * row["writes"],
            "efek": ("setujui",) * row["approves"] + ("terbitkan",) * (number == LENGTH),
            "empat_mata": row["approves"],
        }
        for number, row in enumerate(rows, start=1)
    )
    return Sop.model_validate(values)
