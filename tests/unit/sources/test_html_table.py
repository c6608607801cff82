"""A table of a page as a grid; one that would grow beyond all measure is refused before it does."""

from __future__ import annotations

import tracemalloc

import pytest

from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.html_table import grid_of

WIDE = "<tr>" + "<td colspan=1000>a" * 3000
"""Three million cells in sixty kilobytes."""
RAGGED = "<tr>" + "<td>a" * 1000 + "<tr><td>a" * 3000
"""Four thousand cells, and three million where each row is as wide as the widest."""


def test_a_cell_that_spans_others_is_written_into_each():
    page = "<tr><td colspan=2>a<td rowspan=2>b<tr><td>c<td>d"
    assert grid_of(page) == [["a", "a", "b"], ["c", "d", "b"]]


def test_short_rows_are_filled_up():
    assert grid_of("<tr><td>a<td>b<tr><td>c") == [["a", "b"], ["c", ""]]


@pytest.mark.parametrize("page", [WIDE, RAGGED], ids=["wide", "ragged"])
def test_a_table_that_grows_is_refused(page: str):
    with pytest.raises(Unexpected, match="table_too_large"):
        grid_of(page)


@pytest.mark.parametrize("page", [WIDE, RAGGED], ids=["wide", "ragged"])
def test_a_table_that_grows_is_refused_before_it_does(page: str):
    tracemalloc.start()
    with pytest.raises(Unexpected):
        grid_of(page)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100_000_000
