"""Whatever is done to a recorded chain is found, and found at its place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.satudata.audit.chain import (
    FIELDS,
    GENESIS,
    VERSION,
    canonical,
    digest,
    first_broken,
    follows,
)

Record = dict[str, Any]
LENGTH = 6


def recorded(case_id: str = "k1", length: int = LENGTH, version: int = VERSION) -> list[Record]:
    """A whole chain, made as the portal makes it."""
    records: list[Record] = []
    previous = GENESIS
    for sequence in range(1, length + 1):
        record: Record = {
            "version": version,
            "stream": case_id,
            "case_id": case_id,
            "sequence": sequence,
            "kind": "step_ended",
            "actor": "u1",
            "at": f"2026-01-05T01:00:00.00000{sequence}",
            "body": {"step": sequence, "points": [{"where": "jumlah"}]},
            "previous_hash": previous,
        }
        record["hash"] = previous = digest(record)
        records.append(record)
    return records


def test_a_chain_that_nobody_touched_is_whole() -> None:
    assert first_broken(recorded()) is None


def test_no_events_are_a_whole_chain() -> None:
    assert first_broken([]) is None


CHANGES: Mapping[str, Any] = {
    "version": 1,
    "stream": "k2",
    "case_id": "k2",
    "sequence": 99,
    "kind": "content_changed",
    "actor": "u2",
    "at": "2026-01-05T02:00:00.000001",
    "body": {"step": 1, "points": [{"where": "Jumlah"}]},
    "previous_hash": "1" * 64,
    "hash": "2" * 64,
}


def test_the_changes_of_this_test_touch_every_stored_field() -> None:
    assert set(CHANGES) == {*FIELDS[VERSION], "hash"}


@pytest.mark.parametrize("field", CHANGES)
@pytest.mark.parametrize("place", range(1, LENGTH + 1))
def test_a_changed_field_is_found_at_its_place(place: int, field: str) -> None:
    records = recorded()
    records[place - 1][field] = CHANGES[field]
    assert first_broken(records) == place


@pytest.mark.parametrize("place", range(1, LENGTH + 1))
def test_a_changed_record_that_was_hashed_again_is_found_at_the_next(place: int) -> None:
    records = recorded(length=LENGTH + 1)
    records[place - 1]["actor"] = "u2"
    records[place - 1]["hash"] = digest(records[place - 1])
    assert first_broken(records) == place + 1


@pytest.mark.parametrize("place", range(1, LENGTH))
def test_a_removed_record_is_found_at_its_place(place: int) -> None:
    records = recorded()
    del records[place - 1]
    assert first_broken(records) == place


def test_a_number_that_was_left_out_when_the_chain_was_made_is_found() -> None:
    records = recorded(length=2)
    records[1]["sequence"] = 3
    records[1]["hash"] = digest(records[1])
    assert first_broken(records) == 2


def test_a_cut_tail_is_not_seen_by_the_chain_alone() -> None:
    # Why a head is to be kept elsewhere; see docs/decisions.md.
    assert first_broken(recorded()[:-1]) is None


@pytest.mark.parametrize("place", range(1, LENGTH + 2))
def test_a_record_of_another_case_put_in_is_found_at_its_place(place: int) -> None:
    records = recorded()
    records.insert(place - 1, recorded("k2", LENGTH + 1)[place - 1])
    # As the first record, another case's own beginning fits; what follows then does not.
    assert first_broken(records) == max(place, 2)


@pytest.mark.parametrize("place", range(1, LENGTH + 1))
def test_a_record_put_in_twice_is_found_at_the_second(place: int) -> None:
    records = recorded()
    records.insert(place, records[place - 1])
    assert first_broken(records) == place + 1


@settings(deadline=None)
@given(order=st.permutations(range(LENGTH)))
def test_reordered_records_are_found_at_the_first_that_moved(order: list[int]) -> None:
    records = recorded()
    moved = [at + 1 for at, from_ in enumerate(order) if at != from_]
    assert first_broken([records[at] for at in order]) == (moved[0] if moved else None)


def test_a_chain_of_the_first_version_stays_verifiable() -> None:
    assert first_broken(recorded(version=1)) is None


def test_a_chain_may_go_on_in_a_later_version() -> None:
    records = recorded(length=2, version=1)
    later = {**records[1], "version": 2, "sequence": 3, "previous_hash": records[1]["hash"]}
    later["hash"] = digest(later)
    assert first_broken([*records, later]) is None


def test_a_chain_cannot_be_passed_off_as_that_of_another_stream() -> None:
    records = recorded()
    for record in records:
        record["stream"] = "k2"
    assert first_broken(records) == 1


def test_an_event_beside_cases_has_no_case_and_a_hash() -> None:
    records = recorded(length=1)
    records[0]["case_id"] = None
    records[0]["hash"] = digest(records[0])
    assert first_broken(records) is None


def test_a_version_that_nobody_knows_does_not_follow() -> None:
    record = recorded(length=1)[0]
    assert not follows({**record, "version": 99}, 1, GENESIS)


def test_a_hash_is_the_sha256_of_a_text_that_others_can_make() -> None:
    record = recorded(length=1, version=1)[0]
    text = (
        '{"actor":"u1","at":"2026-01-05T01:00:00.000001",'
        '"body":{"points":[{"where":"jumlah"}],"step":1},"case_id":"k1","kind":"step_ended",'
        f'"previous_hash":"{GENESIS}","sequence":1,"version":1}}'
    )
    assert record["hash"] == hashlib.sha256(text.encode()).hexdigest()


def test_what_no_hash_covers_may_change() -> None:
    records = recorded()
    records[2]["note"] = "a column of a later version"
    assert first_broken(records) is None


@pytest.mark.parametrize(
    "value",
    [1.5, {"a": [float("nan")]}, {1: "a"}, {"a": {None: 1}}, {True: 1}, {"a": {1, 2}}, b"a"],
)
def test_a_value_that_json_would_have_to_guess_at_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(one=JSON, other=JSON)
def test_two_values_have_one_text_only_when_they_are_the_same(one: Any, other: Any) -> None:
    assert (canonical(one) == canonical(other)) == (repr_sorted(one) == repr_sorted(other))


@settings(deadline=None)
@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3), JSON, min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, Any]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def repr_sorted(value: Any) -> str:
    """Python's own text of a value, which tells True from 1, with the keys in order."""
    if isinstance(value, dict):
        return repr([(key, repr_sorted(child)) for key, child in sorted(value.items())]) + "d"
    if isinstance(value, list):
        return repr([repr_sorted(child) for child in value])
    return repr(value)
