"""What a return points at: one dataset of a list where it names one, and only what goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.sop.acts import Point, PointKind
from tests.unit.sop.small import each, on, to, whole

BACK = "kembali"


def point(dataset: str = "") -> Point:
    return Point(PointKind.COLUMN, "jumlah", "satuan", dataset)


@pytest.fixture
def case(case_of: Callable) -> Any:
    """At a step over the list of a and b that can send them back to their own."""
    case = case_of(each(), whole(keputusan=(on("maju", 3),), kembali=(to(BACK, 1),)), whole())
    for item in "ab":
        case.act(1, "selesai", item=item)
    return case


def test_a_point_says_which_dataset_it_is_about(case: Any) -> None:
    back = case.act(2, BACK, item=None, points=(point("b"),))
    assert [one["dataset_id"] for one in back.body["points"]] == ["b"]


def test_a_point_about_all_names_none(case: Any) -> None:
    back = case.act(2, BACK, item=None, points=(point(),))
    assert "dataset_id" not in back.body["points"][0]


@pytest.mark.parametrize("named", ["b", "entah"])
def test_a_point_about_what_does_not_go_back_is_refused(
    case: Any, refused: Callable, named: str
) -> None:
    asked = {"items": ("a",), "points": (point("a"), point(named))}
    assert refused(case.act, 2, BACK, item=None, **asked).code == "point_elsewhere"


def test_at_a_step_of_one_dataset_a_point_may_name_it(case_of: Callable) -> None:
    case = case_of(each(), each(keputusan=(on("maju", 3),), kembali=(to(BACK, 1),)), each())
    case.act(1, "selesai", item="a")
    back = case.act(2, BACK, item="a", points=(point("a"),))
    assert back.body["points"][0]["dataset_id"] == "a"
