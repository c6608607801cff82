"""Of what a reader raises, frictionless' faults are left to frictionless, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.satudata.quality.fast.readers import Quick, Reader
from ckanext.satudata.quality.fast.unsure import Unsure


def reader(error: Exception | None = None, target: Any = 1, quick: Quick | None = None) -> Reader:
    def read(_value: Any) -> tuple[Any, None]:
        if error:
            raise error
        return target, None

    return Reader(read, [{(1,)}], quick)


def test_what_frictionless_raises_is_left_to_frictionless():
    with pytest.raises(Unsure, match="raising"):
        reader(OverflowError("rekaan")).known("1")


def test_a_value_that_no_set_holds_is_left_to_frictionless():
    with pytest.raises(Unsure, match="raising"):
        reader(target=[1]).known("[1]")


def test_want_of_memory_begins_no_second_judgement():
    with pytest.raises(MemoryError):
        reader(MemoryError()).known("1")


def test_a_fault_of_the_quick_reader_is_seen():
    def quick(_value: str) -> Any:
        raise KeyError("rekaan")

    with pytest.raises(KeyError):
        reader(quick=quick).known("1")
