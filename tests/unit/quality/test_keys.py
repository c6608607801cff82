"""Keys of many pages are kept in a few large pieces, and none keeps the page it came from."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ckanext.satudata.quality.fast.keys import Keys

ROWS = 10_000


def test_keys_do_not_hold_the_pages_they_came_from():
    def add(page: int) -> None:
        column = pa.array([str(one) for one in range(ROWS)]).cast(pa.int64())
        numbers = np.arange(page * ROWS, (page + 1) * ROWS)
        keys.add(column.to_numpy(zero_copy_only=False), numbers, None)

    keys, before = Keys(), pa.total_allocated_bytes()
    for page in range(20):
        add(page)
    assert pa.total_allocated_bytes() == before


def test_keys_of_several_pages_are_found_again():
    keys = Keys()
    keys.add(np.array([5, 3, 9]), np.array([1, 2, 3]), None)
    keys.add(np.array([7, 3, 5]), np.array([4, 5, 9]), np.array([True, True, False]))
    assert keys.repeated().tolist() == [2, 5]
