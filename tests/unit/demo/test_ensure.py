"""Look, make, and look again when somebody was faster."""

from __future__ import annotations

import pytest

from demo.ensure import ensure
from demo.faults import Refusal


def refuse() -> None:
    raise Refusal("package_create", 409, "name is taken")


def test_what_is_there_is_not_made_again() -> None:
    assert ensure(lambda: "there", refuse) == "there"


def test_what_is_not_there_is_made() -> None:
    shelf: list[str] = []
    assert ensure(lambda: shelf[0] if shelf else None, lambda: shelf.append("made")) == "made"


def test_what_arrived_between_look_and_make_counts_as_made() -> None:
    looks = iter([None, "arrived"])
    assert ensure(lambda: next(looks), refuse) == "arrived"


def test_a_refusal_to_make_what_stays_missing_is_told() -> None:
    with pytest.raises(Refusal, match="name is taken"):
        ensure(lambda: None, refuse)
