"""What differs between the rows of two tables, of which neither has to fit into memory."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.satudata.release.rows import ChangedRow, csv_source, row_differences

COLUMNS = ("kode", "nilai")
CELLS = st.one_of(st.none(), st.sampled_from(["", "1", "2", "a,b"]))
TABLES = st.lists(st.tuples(CELLS, CELLS), max_size=12)
KEYED = st.dictionaries(st.sampled_from("abcdef"), CELLS).map(lambda found: list(found.items()))


def table(rows, columns=COLUMNS):
    return lambda: (columns, iter(rows))


def counted(rows):
    return Counter(tuple(row[name] for name in COLUMNS) for row in rows)


@given(TABLES, TABLES)
def test_taking_and_adding_rows_of_a_difference_gives_the_new_table(old, new):
    found = row_differences(table(old), table(new))

    assert Counter(old) - counted(found.first_removed) + counted(found.first_added) == Counter(new)
    assert found.changed == 0


@given(TABLES, TABLES)
def test_a_row_that_both_tables_have_is_neither_taken_nor_added(old, new):
    found = row_differences(table(old), table(new))

    assert not counted(found.first_removed) & counted(found.first_added)


@given(KEYED, KEYED)
def test_rows_of_a_key_are_changed_into_the_new_table(old, new):
    found = row_differences(table(old), table(new), ["kode"])

    rows = dict(old)
    for one in found.first_removed:
        del rows[one["kode"]]
    rows.update((one["kode"], one["nilai"]) for one in found.first_added)
    for one in found.first_changed:
        assert rows[one.old["kode"]] == one.old["nilai"] != one.new["nilai"]
        rows[one.new["kode"]] = one.new["nilai"]
    assert rows == dict(new)


@given(TABLES, TABLES, st.integers(0, 3))
def test_counts_are_whole_though_only_the_first_rows_are_shown(old, new, first):
    found, whole = (row_differences(table(old), table(new), first=n) for n in (first, 100))

    assert (found.added, found.removed) == (whole.added, whole.removed)
    assert found.first_added == whole.first_added[:first]
    assert found.first_removed == whole.first_removed[:first]


def test_an_empty_cell_is_not_a_missing_one():
    assert row_differences(table([("a", "")]), table([("a", None)])).added == 1


def test_cells_do_not_run_into_each_other():
    assert row_differences(table([("ab", "c")]), table([("a", "bc")])).added == 1


def test_columns_that_one_table_lacks_are_named_and_not_compared():
    old, new = table([("a", "1")], ("kode", "lama")), table([("a", "2")], ("kode", "baru"))
    found = row_differences(old, new)

    assert (found.columns_added, found.columns_removed, found.added) == (("baru",), ("lama",), 0)


def test_a_key_that_a_table_lacks_is_none():
    assert row_differences(table([("a", "1")]), table([("a", "2")]), ["id"]).keys == ()


def test_a_key_that_stands_twice_changes_row_by_row():
    found = row_differences(
        table([("a", "1"), ("a", "2")]), table([("a", "2"), ("a", "3"), ("a", "4")]), ["kode"]
    )

    assert found.first_changed == (
        ChangedRow({"kode": "a", "nilai": "1"}, {"kode": "a", "nilai": "3"}),
    )
    assert (found.added, found.removed) == (1, 0)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("\ufeffa,b\n1,2\n", [["1", "2"]]),
        ("a,b\n1\n", [["1", ""]]),
        ("a,b\n1,2,3\n", [["1", "2,3"]]),
        ('a,b\n"1\n2",3\n', [["1\n2", "3"]]),
    ],
)
def test_a_csv_file_is_read_as_a_table(text, rows):
    columns, found = csv_source(lambda: io.BytesIO(text.encode()))()

    assert (list(columns), list(found)) == (["a", "b"], rows)


def test_a_column_that_stands_twice_is_compared_twice():
    old, new = (csv_source(lambda t=text: io.BytesIO(t)) for text in (b"a,a\n1,2\n", b"a,a\n1,3\n"))

    assert row_differences(old, new).added == 1


def test_memory_stays_small_whatever_the_size_of_the_files(tmp_path):
    """Small: 60,000 rows; what grows with them is a 64th part of 40 bytes each."""
    paths = [tmp_path / name for name in ("old.csv", "new.csv")]
    for extra, path in enumerate(paths):
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["nomor", "isi"])
            writer.writerows([number, "x" * 50] for number in range(60_000 + extra))
    old, new = (csv_source(lambda p=path: p.open("rb")) for path in paths)

    tracemalloc.start()
    found = row_differences(old, new)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (found.added, found.removed) == (1, 0)
    assert peak < 6_000_000
