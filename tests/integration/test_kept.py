"""What is expensive to make is made once, however many ask at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from ckanext.satudata.logic.sop.kept import Kept

MANY = 8


def test_of_many_who_ask_at_once_one_makes_it() -> None:
    kept: Kept[str] = Kept(4)
    together, made = threading.Barrier(MANY), []

    def make() -> str:
        made.append("x")
        # Long enough for everybody else to come by: they wait for it.
        threading.Event().wait(0.05)
        return "x"

    def ask(_number: int) -> str:
        together.wait()
        return kept.get("key", make)

    with ThreadPoolExecutor(MANY) as pool:
        assert list(pool.map(ask, range(MANY))) == ["x"] * MANY
    assert made == ["x"]


def test_no_more_is_kept_than_was_said() -> None:
    kept: Kept[int] = Kept(2)
    made: list[int] = []
    for number in (1, 2, 3, 1):
        kept.get(number, lambda number=number: made.append(number) or number)

    assert made == [1, 2, 3, 1]


def test_the_newest_stay() -> None:
    kept: Kept[int] = Kept(2)
    made: list[int] = []
    for number in (1, 2, 3, 2, 3):
        kept.get(number, lambda number=number: made.append(number) or number)

    assert made == [1, 2, 3]


def test_what_could_not_be_made_is_tried_again() -> None:
    kept: Kept[int] = Kept(2)

    def broken() -> int:
        raise ValueError

    with suppress(ValueError):
        kept.get("key", broken)
    assert kept.get("key", lambda: 7) == 7
