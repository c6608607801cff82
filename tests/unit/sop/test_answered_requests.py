"""Whoever still names a request that has its dataset is told so, and not that nothing is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.errors import Conflict
from ckanext.satudata.sop.acts import Point, PointKind
from ckanext.satudata.sop.events import Kind, VisitKey
from ckanext.satudata.sop.moves import Act
from tests.unit.sop.small import each, entry, on, to, whole, writes

LISTER = "admin_data"


@pytest.fixture
def case(case_of: Callable) -> Any:
    """At the producers; the request `wish` has become the dataset `jadi`."""
    case = case_of(
        whole(penulis=(writes(LISTER, "daftar"),)),
        each(),
        whole(keputusan=(on("maju", 4),), kembali=(to("ulang", 2),)),
        whole(),
    )
    wish = {"act": Act.ADD, "entry": entry("wish", request=True)}
    case.act(1, item=None, actors=(LISTER,), **wish)
    case.act(1, "selesai", item=None)
    case.record(Kind.REQUEST_FULFILLED, "siti", {"item": "wish", "dataset": "jadi"})
    return case


def told(refused: Callable, *values: Any, **named: Any) -> tuple[Any, ...]:
    found = refused(*values, **named)
    return isinstance(found, Conflict), found.code, found.facts.get("dataset")


ANSWERED = (True, "request_answered", "jadi")


@pytest.mark.parametrize("seen", [3, 4])
def test_the_key_of_its_visit_is_out_of_date(case: Any, refused: Callable, seen: int) -> None:
    key = VisitKey("wish", 2, 1)
    assert told(refused, case.act, 2, "selesai", visit=key, seen=seen) == ANSWERED


def test_a_drop_that_names_it_is_out_of_date(case: Any, refused: Callable) -> None:
    assert told(refused, case.steer, 2, Act.DROP, item="a", items=("wish",)) == ANSWERED


def test_a_point_about_it_is_out_of_date(case: Any, refused: Callable) -> None:
    for item in ("a", "b", "jadi"):
        case.act(2, "selesai", item=item)
    points = (Point(PointKind.ALL, "", "", "wish"),)
    assert told(refused, case.act, 3, "ulang", item=None, points=points) == ANSWERED


def test_its_dataset_goes_on_as_any_other(case: Any) -> None:
    case.act(2, "selesai", item="jadi")
    assert case.standing == [("a", 2), ("b", 2)]
