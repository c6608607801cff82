"""A case over a list of datasets: each walks alone where the sheet says so, and none is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.sop.acts import may_write
from ckanext.satudata.sop.definition import Menulis, Sop


def to(name: str, target: int) -> dict[str, Any]:
    bare = {"status": None, "bersama": (), "keyakinan": None}
    return {"hasil": name, "label": name, "ke": target, **bare}


def ways_on(outcomes: list[dict]) -> tuple[dict, ...]:
    return tuple({**outcome, "efek": ()} for outcome in outcomes)


@pytest.fixture
def listed(sop_000: Sop, walk: Callable) -> Callable[..., Any]:
    """A case over datasets a and b by a small sheet: (scope, ways on, ways back) for each step."""

    def case(*rows: tuple[str, list[dict], list[dict]]) -> Any:
        values = sop_000.model_dump()
        values["langkah"] = tuple(
            values["langkah"][0]
            | {"langkah": n, "lingkup": scope, "keputusan": ways_on(on), "kembali": tuple(back)}
            for n, (scope, on, back) in enumerate(rows, start=1)
        )
        return walk(Sop.model_validate(values), items=("a", "b"))

    return case


def test_a_list_step_opens_once_for_the_whole_list(listed: Callable) -> None:
    assert listed(("daftar", [], []), ("data", [], [])).standing == [(None, 1)]


def test_after_a_list_step_each_dataset_walks_alone(listed: Callable) -> None:
    case = listed(("daftar", [], []), ("data", [], []))
    case.act(1, "selesai", item=None)
    assert case.standing == [("a", 2), ("b", 2)]


def test_a_first_step_for_each_dataset_opens_for_each(listed: Callable) -> None:
    assert listed(("data", [], [])).standing == [("a", 1), ("b", 1)]


def test_a_list_step_waits_for_the_last_dataset(listed: Callable) -> None:
    case = listed(("data", [], []), ("daftar", [], []))
    case.act(1, "selesai", item="a")
    assert case.standing == [("b", 1)]
    case.act(1, "selesai", item="b")
    assert case.standing == [(None, 2)]


def test_a_status_given_to_one_dataset_leaves_the_other_its_own(listed: Callable) -> None:
    case = listed(("data", [], []), ("data", [], []))
    before = case.state.statuses["b"]
    case.act(1, "selesai", item="a")
    assert case.state.statuses["b"] == before


def test_the_writer_of_an_open_step_writes_the_dataset_that_stands_there_and_no_other(
    sop_000: Sop, walk: Callable
) -> None:
    case = walk(sop_000, items=("a", "b"))
    for step in (1, 2):
        case.act(step, "selesai", item="a")
    held = frozenset({"admin_data"})
    assert may_write(sop_000, case.state, held, "a") is None
    assert may_write(sop_000, case.state, held, "b") is Menulis.SEMUA


def test_a_dataset_that_went_back_to_the_list_is_not_lost_when_the_last_one_ends(
    listed: Callable,
) -> None:
    case = listed(
        ("daftar", [], []), ("data", [to("lanjut", 3)], [to("ulang", 1)]), ("data", [], [])
    )
    case.act(1, "selesai", item=None)
    case.act(2, "ulang", item="a")
    case.act(2, "lanjut", item="b")
    case.act(3, "selesai", item="b")
    assert case.standing == [(None, 1)]


def test_the_list_goes_on_at_the_earliest_step_that_one_of_it_came_to(listed: Callable) -> None:
    rows = (("data", [to("biasa", 2), to("cepat", 3)], []), ("daftar", [], []), ("daftar", [], []))
    for order in (("a", "b"), ("b", "a")):
        case = listed(*rows)
        outcome = {"a": "biasa", "b": "cepat"}
        for item in order:
            case.act(1, outcome[item], item=item)
        assert case.standing == [(None, 2)], order


def test_where_a_dataset_once_waited_does_not_hold_it_back_later(listed: Callable) -> None:
    case = listed(("data", [], []), ("daftar", [], []), ("data", [], []), ("daftar", [], []))
    for item in ("a", "b"):
        case.act(1, "selesai", item=item)
    case.act(2, "selesai", item=None)
    for item in ("b", "a"):
        case.act(3, "selesai", item=item)
    assert case.standing == [(None, 4)]


def test_a_case_is_closed_when_its_last_dataset_ends(listed: Callable) -> None:
    case = listed(("data", [], []))
    case.act(1, "selesai", item="b")
    assert not case.state.is_closed
    case.act(1, "selesai", item="a")
    assert case.state.is_closed
