"""Two tables of the DataStore are compared in its database, and told as the room tells them."""

from __future__ import annotations

import io
import random

import pytest
import sqlalchemy as sa
from ckanext.datastore.backend.postgres import get_write_engine

from ckanext.satudata.model.row_differences import table_differences, table_source
from ckanext.satudata.release.rows import ChangedRow, csv_source, row_differences

OLD, NEW = "rows-test-old", "rows-test-new"
COLUMNS = ("kode", "nilai")


@pytest.fixture
def make(office):
    """Makes a table of the DataStore; it is gone after the test."""

    def make(name, rows, columns="kode text, nilai numeric", key=""):
        with get_write_engine().begin() as connection:
            connection.execute(sa.text(f'DROP TABLE IF EXISTS "{name}"'))
            connection.execute(
                sa.text(f'CREATE TABLE "{name}" (_id serial primary key, {columns})')
            )
            if key:
                connection.execute(sa.text(f'CREATE UNIQUE INDEX ON "{name}" ({key})'))
            for row in rows:
                names = ", ".join(f":v{place}" for place in range(len(row)))
                values = {f"v{place}": value for place, value in enumerate(row)}
                given = ", ".join(
                    '"{}"'.format(one.split()[0].strip('"')) for one in columns.split(", ")
                )
                query = f'INSERT INTO "{name}" ({given}) VALUES ({names})'
                connection.execute(sa.text(query.replace("a:b", r"a\:b")), values)

    yield make
    with get_write_engine().begin() as connection:
        connection.execute(sa.text(f'DROP TABLE IF EXISTS "{OLD}", "{NEW}"'))


def in_room(old, new, keys=()):
    """What the room says of the same rows."""

    def table(rows):
        return lambda: (COLUMNS, [tuple(None if c is None else str(c) for c in r) for r in rows])

    return row_differences(table(old), table(new), keys)


@pytest.mark.parametrize("seed", range(3))
def test_tables_without_a_key_are_compared_as_the_room_does(make, seed):
    chance = random.Random(seed)
    old, new = (
        [(chance.choice(["a", "b", "", None]), chance.choice([1, 2, None])) for _ in range(30)]
        for _ in range(2)
    )
    make(OLD, old)
    make(NEW, new)

    found, expected = table_differences(OLD, NEW), in_room(old, new)

    assert (found.added, found.removed, found.changed) == (expected.added, expected.removed, 0)
    assert sorted(map(repr, found.first_added)) == sorted(map(repr, expected.first_added))
    assert sorted(map(repr, found.first_removed)) == sorted(map(repr, expected.first_removed))


@pytest.mark.parametrize("seed", range(3))
def test_tables_with_a_unique_index_are_compared_by_it(make, seed):
    chance = random.Random(seed)
    old, new = (
        [(chr(97 + one), chance.choice([1, 2, None])) for one in chance.sample(range(20), 12)]
        for _ in range(2)
    )
    make(OLD, old, key="kode")
    make(NEW, new, key="kode")

    assert table_differences(OLD, NEW) == in_room(old, new, ["kode"])


def test_a_named_key_is_used_where_it_tells_every_row(make):
    make(OLD, [("a", 1), ("b", 2)])
    make(NEW, [("a", 9), ("b", 2)])

    found = table_differences(OLD, NEW, ["kode"])

    assert (found.keys, found.changed) == (("kode",), 1)
    assert found.first_changed == (
        ChangedRow({"kode": "a", "nilai": "1"}, {"kode": "a", "nilai": "9"}),
    )


@pytest.mark.parametrize("rows", [[("a", 1), ("a", 2)], [(None, 1)]])
def test_a_named_key_that_does_not_tell_every_row_is_none(make, rows):
    make(OLD, rows)
    make(NEW, [("a", 1)])

    assert table_differences(OLD, NEW, ["kode"]).keys == ()


def test_only_the_first_rows_are_fetched(make):
    make(OLD, [])
    make(NEW, [("a", number) for number in range(5)])

    found = table_differences(OLD, NEW, first=2)

    assert (found.added, [one["nilai"] for one in found.first_added]) == (5, ["0", "1"])


def test_a_column_of_another_type_is_compared_by_what_it_shows(make):
    make(OLD, [("a", "1"), ("b", "x")], columns="kode text, nilai text")
    make(NEW, [("a", 1), ("b", 2)])

    assert table_differences(OLD, NEW, ["kode"]).changed == 1


def test_columns_that_one_table_lacks_are_named(make):
    make(OLD, [("a", 1)], columns="kode text, lama int")
    make(NEW, [("a", 2)], columns="kode text, baru int")

    found = table_differences(OLD, NEW)

    assert (found.columns_added, found.columns_removed, found.added) == (("baru",), ("lama",), 0)


def test_a_column_may_be_called_anything(make):
    make(OLD, [(1,)], columns='"a:b" int')
    make(NEW, [(2,)], columns='"a:b" int')

    assert table_differences(OLD, NEW).first_added == ({"a:b": "2"},)


def test_a_table_is_compared_with_a_file_that_has_no_loaded_rows(make):
    make(OLD, [("a", 1), ("b", 2)])
    file = csv_source(lambda: io.BytesIO(b"kode,nilai\na,1\nb,3\n"))

    found = row_differences(table_source(OLD), file, ["kode"])

    assert (found.added, found.removed, found.changed) == (0, 0, 1)
    assert found.first_changed[0].new["nilai"] == "3"
