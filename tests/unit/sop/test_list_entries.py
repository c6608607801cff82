"""What stands on a list: put there, taken off, asked for before it exists, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.sop.acts import may_write, opening
from ckanext.satudata.sop.definition import Menulis
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import Act, lists_at
from tests.unit.sop.small import each, entry, on, to, whole, writes

LISTER, MAKER = "admin_data", "analis_data"


@pytest.fixture
def case(case_of: Callable) -> Any:
    """At a step that makes the list; then producers, then a step that adds products."""
    return case_of(
        whole(penulis=(writes(LISTER, "daftar"),), empat_mata=True),
        each(penulis=(writes("produsen_data"),)),
        whole(pelaksana=(MAKER,), penulis=(writes(MAKER, "produk_baru"),), empat_mata=True),
        whole(),
        opener="opd",
    )


@pytest.fixture
def add(case: Any) -> Callable[..., Any]:
    def added(item: str, step: int = 1, who: str = "budi", **values: Any) -> Any:
        held = (LISTER,) if step == 1 else (MAKER,)
        asked = {"act": Act.ADD, "entry": entry(item, **values)}
        return case.act(step, item=None, actors=held, person=who, **asked)

    return added


@pytest.fixture
def at_three(case: Any) -> Any:
    case.act(1, "selesai", item=None)
    for item in "ab":
        case.act(2, "selesai", item=item)
    return case


def test_only_where_the_list_is_made_up_can_what_was_late_before_join_it(case: Any) -> None:
    assert [lists_at(case.sop, step) for step in (1, 2, 3, 4)] == [True, False, False, False]


def test_an_entry_added_stands_on_the_list(case: Any, add: Callable) -> None:
    add("c")
    assert case.open(1).items == ("a", "b", "c")


def test_an_entry_added_goes_its_way_with_the_others(case: Any, add: Callable) -> None:
    add("c")
    case.act(1, "selesai", item=None)
    assert case.standing == [("a", 2), ("b", 2), ("c", 2)]


def test_an_entry_is_added_with_producer_and_date(case: Any, add: Callable) -> None:
    add("c", organization="dinkes", release_date="2026-03")
    found = case.state.entries["c"]
    assert (found.organization, found.release_date) == ("dinkes", "2026-03")


@pytest.mark.parametrize("values", [{"title": " "}, {"organization": ""}])
def test_an_entry_without_title_or_producer_is_refused(
    add: Callable, refused: Callable, values: dict[str, str]
) -> None:
    refusal = refused(add, "c", **values)
    assert (refusal.code, refusal.field) == ("entry_incomplete", "entry")


def test_nothing_is_added_when_nothing_is_said(case: Any, refused: Callable) -> None:
    assert refused(case.act, 1, item=None, act=Act.ADD).code == "entry_incomplete"


@pytest.mark.parametrize("title", ["a", " A ", "A"])
def test_the_same_title_of_the_same_producer_stands_once(
    add: Callable, refused: Callable, title: str
) -> None:
    assert refused(add, "c", title=title).code == "entry_duplicate"


def test_the_same_dataset_stands_once(add: Callable, refused: Callable) -> None:
    assert refused(add, "a", title="lain").code == "entry_duplicate"


def test_the_same_title_of_another_producer_is_another_dataset(case: Any, add: Callable) -> None:
    add("c", title="a", organization="dinkes")
    assert "c" in case.state.entries


def test_who_may_not_make_the_list_adds_nothing(case: Any, refused: Callable) -> None:
    refusal = refused(case.act, 1, item=None, actors=(MAKER,), act=Act.ADD, entry=entry("c"))
    assert refusal.code == "not_holder"


def test_at_a_step_of_one_dataset_no_list_is_made(case_of: Callable, refused: Callable) -> None:
    case = case_of(each(penulis=(writes(LISTER, "daftar"),)), whole())
    refusal = refused(case.act, 1, item="a", act=Act.ADD, entry=entry("c"))
    assert refusal.code == "act_unknown"


def test_an_empty_list_is_opened_and_filled(case_of: Callable) -> None:
    case = case_of(whole(penulis=(writes(LISTER, "daftar"),)), each(), items="")
    case.act(1, item=None, act=Act.ADD, entry=entry("a"))
    case.act(1, "selesai", item=None)
    assert case.standing == [("a", 2)]


def test_an_empty_list_walks_its_list_steps(case_of: Callable) -> None:
    case = case_of(whole(), whole(), each(), items="")
    case.act(1, "selesai", item=None)
    assert case.standing == [(None, 2)]


def test_an_empty_list_does_not_go_to_its_datasets(case_of: Callable, refused: Callable) -> None:
    case = case_of(whole(), each(), items="")
    refusal = refused(case.act, 1, "selesai", item=None)
    assert (refusal.code, refusal.facts["step"]) == ("list_empty", 2)


def test_a_list_that_stays_empty_ends(case_of: Callable) -> None:
    case = case_of(whole(), items="")
    case.act(1, "selesai", item=None)
    assert case.state.is_closed


def test_a_case_that_begins_with_datasets_needs_one(small: Callable, refused: Callable) -> None:
    assert refused(opening, small(each()), "0" * 64, ()).code == "list_empty"


def test_who_made_the_list_does_not_judge_it(add: Callable, case: Any, refused: Callable) -> None:
    add("c", who="budi")
    assert refused(case.act, 1, "selesai", item=None, person="budi").code == "four_eyes"


def test_who_made_the_list_may_judge_a_dataset_of_it(case_of: Callable) -> None:
    row = whole(penulis=(writes(LISTER, "daftar"),))
    case = case_of(row, each(empat_mata=True), items="")
    case.act(1, item=None, act=Act.ADD, entry=entry("a"), person="budi")
    case.act(1, "selesai", item=None)
    case.act(2, "selesai", item="a", person="budi")
    assert case.state.is_closed


def test_a_product_is_marked_as_the_walidatas(at_three: Any, add: Callable) -> None:
    add("hasil", step=3)
    assert at_three.state.entries["hasil"].product


def test_an_entry_of_the_list_is_no_product(case: Any, add: Callable) -> None:
    add("c")
    assert not case.state.entries["c"].product


def test_a_product_is_judged_with_its_list(at_three: Any, add: Callable) -> None:
    add("hasil", step=3)
    at_three.act(3, "selesai", item=None, person="lain")
    assert at_three.open(4).items == ("a", "b", "hasil")


def test_whoever_adds_a_product_brought_it(at_three: Any, add: Callable) -> None:
    add("hasil", step=3, who="budi")
    assert at_three.state.entries["hasil"].contributors == {"budi"}


def test_a_product_is_a_dataset_and_no_request(
    at_three: Any, add: Callable, refused: Callable
) -> None:
    assert refused(add, "hasil", step=3, request=True).code == "product_needs_dataset"


def test_at_a_step_of_products_only_those_are_written(at_three: Any, add: Callable) -> None:
    add("hasil", step=3)
    held, sop, state = frozenset({MAKER}), at_three.sop, at_three.state
    found = {item: may_write(sop, state, held, item) for item in ("a", "hasil")}
    assert found == {"a": None, "hasil": Menulis.SEMUA}


def test_who_makes_the_list_writes_no_dataset(case: Any) -> None:
    assert may_write(case.sop, case.state, frozenset({LISTER}), "a") is None


@pytest.fixture
def twice(case_of: Callable) -> Any:
    """At a step whose actor stands twice among its writers; a request is on the list."""
    both = (writes(LISTER, "semua"), writes(LISTER, "daftar"))
    case = case_of(whole(penulis=both), whole())
    asked = {"act": Act.ADD, "entry": entry("permintaan", request=True)}
    case.act(1, item=None, actors=(LISTER,), **asked)
    return case


def test_who_stands_twice_among_the_writers_makes_the_list(twice: Any) -> None:
    assert not twice.state.entries["permintaan"].product


def test_who_stands_twice_among_the_writers_writes_datasets_and_no_request(twice: Any) -> None:
    held = frozenset({LISTER})
    found = {one: may_write(twice.sop, twice.state, held, one) for one in ("a", "permintaan")}
    assert found == {"a": Menulis.SEMUA, "permintaan": None}


def test_a_dataset_dropped_is_gone_from_its_list(case: Any) -> None:
    case.steer(1, Act.DROP, item=None, items=("a",))
    assert (case.open(1).items, list(case.state.entries)) == (("b",), ["b"])


def test_a_dataset_dropped_has_no_status_in_the_case(case_of: Callable) -> None:
    case = case_of(whole(status="direncanakan"), each())
    case.steer(1, Act.DROP, item=None, items=("a",))
    assert list(case.state.statuses) == ["b"]


def test_a_dataset_is_dropped_at_its_own_visit(case_of: Callable) -> None:
    case = case_of(each(), whole())
    case.steer(1, Act.DROP, item="a")
    assert case.standing == [("b", 1)]


def test_a_drop_without_a_reason_is_refused(case: Any, refused: Callable) -> None:
    refusal = refused(case.steer, 1, Act.DROP, item=None, items=("a",), reason="")
    assert refusal.code == "reason_missing"


@pytest.mark.parametrize("items", [(), ("x",)])
def test_a_drop_names_datasets_of_the_case(case: Any, refused: Callable, items: tuple) -> None:
    refusal = refused(case.steer, 1, Act.DROP, item=None, items=items)
    assert (refusal.code, refusal.field) == ("dataset_not_here", "items")


def test_what_is_public_is_not_dropped(case: Any, refused: Callable) -> None:
    case.record(Kind.RELEASE_SHOWN, "portal", {"item": "a"})
    assert refused(case.steer, 1, Act.DROP, item=None, items=("a",)).code == "already_public"


def test_who_does_not_steer_drops_nothing(case: Any, refused: Callable) -> None:
    refusal = refused(case.act, 1, item=None, act=Act.DROP, items=("a",))
    assert refusal.code == "not_holder"


def test_nothing_is_dropped_where_no_step_is_walked_by_a_list(
    case_of: Callable, refused: Callable
) -> None:
    assert refused(case_of(each()).steer, 1, Act.DROP, item="a").code == "act_unknown"


def test_the_list_goes_on_when_the_last_it_waits_for_is_dropped(case_of: Callable) -> None:
    case = case_of(each(), whole())
    case.act(1, "selesai", item="a")
    case.steer(1, Act.DROP, item="b")
    assert case.open(2).items == ("a",)


def test_a_list_without_anything_stays_where_somebody_may_add(case: Any, add: Callable) -> None:
    case.steer(1, Act.DROP, item=None, items=("a", "b"))
    add("c")
    assert case.open(1).items == ("c",)


def test_a_list_step_ends_when_all_its_datasets_are_dropped_and_others_wait(
    case_of: Callable,
) -> None:
    ways = {"keputusan": (on("maju", 4),), "kembali": (to("daftar", 1),)}
    case = case_of(whole(), each(), whole(**ways), whole())
    case.act(1, "selesai", item=None)
    for item in "ab":
        case.act(2, "selesai", item=item)
    case.act(3, "daftar", item=None, items=("a",))
    case.steer(1, Act.DROP, item=None, items=("a",))
    assert [(v.key.step, v.items) for v in case.state.open_visits] == [(3, ("b",))]


def test_a_case_whose_every_dataset_was_dropped_on_its_own_way_is_closed(
    case_of: Callable,
) -> None:
    case = case_of(each(), whole())
    for item in "ab":
        case.steer(1, Act.DROP, item=item)
    assert case.state.is_closed


def test_a_drop_of_what_somebody_just_acted_on_is_a_conflict(
    case_of: Callable, refused: Callable
) -> None:
    case = case_of(each(), whole())
    seen = case.state.version
    case.act(1, item="b", act=Act.CLAIM)
    refusal = refused(case.steer, 1, Act.DROP, item="a", items=("b",), seen=seen)
    assert refusal.code == "version_conflict"


@pytest.fixture
def asked(case_of: Callable) -> Any:
    """A request stands on the list, and its producer has been asked."""
    case = case_of(whole(penulis=(writes(LISTER, "daftar"),)), each(status="dikumpulkan"), whole())
    wish = entry("wish", request=True, release_date="2026-03")
    case.act(1, item=None, act=Act.ADD, entry=wish, person="budi")
    case.act(1, "selesai", item=None)
    case.record(Kind.REQUEST_FULFILLED, "siti", {"item": "wish", "dataset": "jadi"})
    return case


def test_a_request_turns_into_the_dataset(asked: Any) -> None:
    assert list(asked.state.entries) == ["a", "b", "jadi"]


def test_what_was_asked_for_is_no_request_any_more(asked: Any) -> None:
    found = asked.state.entries["jadi"]
    assert (found.id, found.is_request, found.release_date) == ("jadi", False, "2026-03")


def test_the_visit_of_a_request_is_that_of_the_dataset(asked: Any) -> None:
    assert asked.standing[-1] == ("jadi", 2)


def test_who_made_the_dataset_brought_it(asked: Any) -> None:
    assert asked.state.entries["jadi"].contributors == {"siti"}


def test_the_status_of_a_request_is_that_of_the_dataset(asked: Any) -> None:
    assert asked.state.statuses["jadi"][0] == "dikumpulkan"


def test_the_dataset_goes_on_where_the_request_stood(asked: Any) -> None:
    for item in ("a", "b", "jadi"):
        asked.act(2, "selesai", item=item)
    assert asked.open(3).items == ("a", "b", "jadi")


def test_a_request_keeps_its_place_among_those_that_wait(case_of: Callable) -> None:
    case = case_of(each(), whole())
    case.act(1, "selesai", item="a")
    case.record(Kind.REQUEST_FULFILLED, "siti", {"item": "a", "dataset": "jadi"})
    case.act(1, "selesai", item="b")
    assert case.open(2).items == ("jadi", "b")
