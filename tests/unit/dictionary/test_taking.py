"""What is taken over from another kamus data."""

from __future__ import annotations

from ckanext.satudata.dictionary.taking import take_over
from tests.unit.dictionary.tables import WHOLE, column, of


def test_a_column_of_the_same_name_takes_everything_over():
    taken = take_over(of(column("name", "string", title="Tebakan")), of(WHOLE))
    assert taken.dictionary == of(WHOLE)


def test_a_guess_stays_where_the_former_one_says_nothing():
    taken = take_over(of(column("a", unit="orang")), of(column("a")))
    assert taken.dictionary.columns[0].text("unit") == "orang"


def test_the_options_of_a_guess_do_not_stay_beside_the_former_type():
    guessed = column("a", "number", decimalChar=",", groupChar=".")
    taken = take_over(of(guessed), of(column("a", "integer")))
    assert taken.dictionary == of(column("a", "integer"))


def test_what_is_typed_stays_when_it_is_kept():
    typed = column("name", "number", title="Ditulis")
    taken = take_over(of(typed), of(WHOLE), keep=True)
    found = taken.dictionary.columns[0]
    assert (found.text("title"), found.type) == ("Ditulis", "number")
    assert found.text("definition") == WHOLE["definition"]


def test_new_and_vanished_columns_are_named():
    taken = take_over(of(column("a"), column("baru")), of(column("hilang"), column("a")))
    assert taken.new == ("baru",)
    assert taken.vanished == ("hilang",)
    assert taken.dictionary.names == ("a", "baru")


def test_the_order_is_that_of_the_file():
    taken = take_over(of(column("b"), column("a")), of(column("a"), column("b")))
    assert taken.dictionary.names == ("b", "a")


def test_a_name_that_is_spelled_in_another_way_is_matched_and_told():
    taken = take_over(of(column("Jumlah  Siswa")), of(column("jumlah_siswa", unit="orang")))
    assert taken.respelled == {"Jumlah  Siswa": "jumlah_siswa"}
    assert taken.dictionary.columns[0].text("unit") == "orang"
    assert taken.dictionary.columns[0].name == "Jumlah  Siswa"
    assert (taken.new, taken.vanished) == ((), ())


def test_two_names_that_are_spelled_alike_are_not_matched():
    taken = take_over(of(column("A b")), of(column("a_b"), column("a-b")))
    assert taken.matched == {}


def test_the_same_name_is_not_given_away_to_one_that_is_spelled_alike():
    taken = take_over(of(column("a_b"), column("A b")), of(column("A b", unit="x")))
    assert taken.matched == {"A b": "A b"}


def test_a_key_follows_its_columns():
    former = of(column("a_b"), column("c"), primaryKey=["a_b"])
    taken = take_over(of(column("A b"), column("c")), former)
    assert taken.dictionary.others["primaryKey"] == ["A b"]


def test_a_key_goes_with_its_column():
    former = of(
        column("a"),
        column("b"),
        primaryKey=["a", "b"],
        foreignKeys=[
            {"fields": "b", "reference": {"resource": "wilayah", "fields": "kode"}},
            {"fields": ["a"], "reference": {"resource": "wilayah", "fields": ["kode"]}},
            {"fields": ["a"], "reference": {"resource": "", "fields": ["b"]}},
        ],
    )
    taken = take_over(of(column("a")), former)
    assert "primaryKey" not in taken.dictionary.others
    assert [one["fields"] for one in taken.dictionary.others["foreignKeys"]] == [["a"]]


def test_signs_for_no_value_come_together():
    taken = take_over(
        of(column("a"), missingValues=["", "-"]), of(column("a"), missingValues=["…"])
    )
    assert taken.dictionary.others["missingValues"] == ["", "-", "…"]


def test_taking_over_from_itself_changes_nothing():
    table = of(WHOLE, column("b"), primaryKey=["b"], missingValues=["", "-"])
    assert take_over(table, table).dictionary == table
    assert take_over(table, table, keep=True).dictionary == table
