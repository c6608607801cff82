"""Rows made a table: what would grow beyond all measure is refused before it does."""

from __future__ import annotations

import pytest

from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.tidy import MOST_CELLS, table_of
from ckanext.satudata.sources.workbook import MOST_COLUMNS, Written


@pytest.mark.parametrize(
    "rows",
    [[["a"] * (MOST_COLUMNS + 1), ["b"]], [["a"] * MOST_COLUMNS] + [["b"]] * (MOST_CELLS // 1000)],
    ids=["too wide", "as many rows as columns are too many"],
)
def test_a_table_is_not_made_as_wide_as_its_widest_row_at_any_price(rows: list[list[Written]]):
    with pytest.raises(Unexpected, match="table_too_large"):
        table_of("a", "A", rows, None, 0)
