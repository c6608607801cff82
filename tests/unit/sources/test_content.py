"""A JSON document of many small values is refused before anything is made of it."""

from __future__ import annotations

import tracemalloc

import pytest

from ckanext.satudata.sources.content import MOST_VALUES, read_json
from ckanext.satudata.sources.failures import Unexpected


@pytest.mark.parametrize("value", [b"[]", b"{}", b"0"])
def test_a_document_of_too_many_values_is_refused_before_they_are_made(value: bytes) -> None:
    body = b"[" + (value + b",") * MOST_VALUES + value + b"]"
    tracemalloc.start()
    with pytest.raises(Unexpected, match="json_too_full"):
        read_json(body, "contoh.example")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


def test_long_texts_are_no_values() -> None:
    assert read_json(b'["' + b"a" * 5_000_000 + b'"]', "contoh.example")
