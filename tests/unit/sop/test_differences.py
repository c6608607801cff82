"""What a new revision says otherwise, and nothing that it does not."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.differences import Difference, differences


def changed(sop: Sop, number: int, **cells: Any) -> Sop:
    """The SOP with other cells in one row."""
    rows = list(sop.langkah)
    rows[number - 1] = rows[number - 1].model_copy(update=cells)
    return sop.model_copy(update={"langkah": tuple(rows)})


def with_a_row_before(sop: Sop, number: int) -> Sop:
    """The SOP with a new row before one, all numbers moved on."""
    values = sop.model_dump()
    rows = list(values["langkah"])
    rows.insert(number - 1, {**rows[0], "nama": "Baru (rekaan)"})
    for at, row in enumerate(rows, 1):
        row["langkah"] = at
        for one in (*row["keputusan"], *row["kembali"]):
            one["ke"] += one["ke"] >= number
        if row["mutu_baku"]["waktu"]:
            shared = row["mutu_baku"]["waktu"]["bersama"]
            row["mutu_baku"]["waktu"]["bersama"] = tuple(n + (n >= number) for n in shared)
    return Sop.model_validate({**values, "langkah": tuple(rows)})


def test_the_same_text_differs_in_nothing(sop_000: Sop) -> None:
    assert differences(sop_000, sop_000) == ()


def test_a_cell_that_was_reworded_stands_with_both_wordings(sop_000: Sop) -> None:
    new = changed(sop_000, 5, uraian="Mengolah data")
    was = sop_000.step(5).uraian
    assert differences(sop_000, new) == (
        Difference("langkah", "5. Olah", "uraian", (was,), ("Mengolah data",)),
    )


def test_a_row_put_before_others_is_the_only_difference(sop_000: Sop) -> None:
    new = with_a_row_before(sop_000, 3)
    assert differences(sop_000, new) == (
        Difference("langkah", "3. Baru (rekaan)", "", (), ("3. Baru (rekaan)",)),
    )


def test_a_row_that_is_gone_stands_by_its_old_number(sop_000: Sop) -> None:
    old = with_a_row_before(sop_000, 3)
    (one,) = differences(old, sop_000)
    assert (one.name, one.after) == ("3. Baru (rekaan)", ())


def test_a_short_name_that_was_changed_is_no_new_row(sop_000: Sop) -> None:
    new = changed(sop_000, 5, nama="Kelola")
    assert [(one.name, one.cell) for one in differences(sop_000, new)] == [("5. Kelola", "nama")]


def test_an_actor_who_came_and_one_who_went_stand_by_their_names(sop_000: Sop) -> None:
    actors = dict(sop_000.pelaksana)
    actors["arsiparis"] = actors.pop("produsen_data").model_copy(update={"nama": "Arsiparis"})
    new = sop_000.model_copy(update={"pelaksana": actors})
    assert [(one.name, bool(one.before), bool(one.after)) for one in differences(sop_000, new)] == [
        ("Produsen Data", True, False),
        ("Arsiparis", False, True),
    ]


def test_a_way_that_leads_elsewhere_is_a_difference(sop_000: Sop) -> None:
    back = sop_000.step(4).kembali[0].model_copy(update={"ke": 2})
    (one,) = differences(sop_000, changed(sop_000, 4, kembali=(back,)))
    assert (one.cell, "ke: Himpun" in one.after[0]) == ("kembali", True)


def test_a_part_that_is_left_out_is_told_cell_by_cell(sop_000: Sop) -> None:
    new = sop_000.model_copy(update={"koreksi": None})
    assert {one.place for one in differences(sop_000, new)} == {"koreksi"}
