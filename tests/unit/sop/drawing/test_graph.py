"""Lanes, symbols and ways, before they have a place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing.graph import ELSEWHERE, graph_of
from ckanext.satudata.sop.drawing.layout import long_drawing
from ckanext.satudata.sop.drawing.shapes import Kind
from tests.unit.sop.small import each, hands_over, on, to


def lanes(sop: Sop) -> list[tuple[str, bool]]:
    return [(lane.key, lane.inferred) for lane in graph_of(sop).lanes]


def laneless(sop: Sop, *keys: str) -> Sop:
    """The SOP where the printed sheet gives these actors no lane, and every other one has one."""
    values: dict[str, Any] = sop.model_dump()
    for key, actor in values["pelaksana"].items():
        actor["lajur"] = key not in keys
    return Sop.model_validate(values)


def test_an_actor_who_only_approves_keeps_his_lane(small: Callable) -> None:
    sop = laneless(small(each(persetujuan="verifikator"), each()))
    assert ("verifikator", False) in lanes(sop)


def test_an_actor_who_approves_has_a_symbol_beside_that_of_the_row(small: Callable) -> None:
    sop = laneless(small(each(persetujuan="verifikator"), each()))
    graph = graph_of(sop)
    assert [graph.lanes[one.lane].key for one in graph.node(1).beside] == ["verifikator"]


def test_who_ends_a_step_without_a_lane_on_the_sheet_gets_one_that_is_marked(
    small: Callable,
) -> None:
    sop = laneless(small(each(), each(pelaksana=("validator",))), "validator")
    assert ("validator", True) in lanes(sop)


def test_who_only_approves_without_a_lane_gets_none(small: Callable) -> None:
    sop = laneless(small(each(persetujuan="verifikator"), each()), "verifikator")
    assert "verifikator" not in [key for key, _ in lanes(sop)]


def test_who_ends_a_visit_together_stands_beside_the_step_that_is_opened(small: Callable) -> None:
    both = ("admin_data", "validator")
    sop = laneless(
        small(each(), each(keputusan=(on("ya", 3),), kembali=(to("ulang", 1, together=both),)),
              each())
    )  # fmt: skip
    graph = graph_of(sop)
    assert [graph.lanes[one.lane].key for one in graph.node(1).beside] == ["validator"]


def test_outcomes_that_lead_to_one_row_are_one_way_with_all_their_words(small: Callable) -> None:
    sop = small(each(keputusan=(on("simpan", 2), on("pulihkan", 2))), each())
    assert [flow.label for flow in graph_of(sop).flows] == ["simpan / pulihkan"]


def test_a_row_that_leads_into_another_sop_has_a_way_there(small: Callable) -> None:
    sop = small(each(sambungan=hands_over()), each())
    (way,) = (flow for flow in graph_of(sop).flows if flow.target == ELSEWHERE)
    assert way.label == "ke SOP penyebarluasan, langkah 8"


def test_a_sheet_that_begins_with_a_choice_has_its_start_above_it(small: Callable) -> None:
    sop = small(each(keputusan=(on("ya", 2),)), each())
    kinds = [one.kind for one in long_drawing(sop).figures if one.step == 1]
    assert sorted(kinds) == [Kind.CAPSULE, Kind.DIAMOND]
