"""Time norms: what the printed words say, and what the five files hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.worktime.norms import Norm, Unit, norm_of, rows_of
from ckanext.satudata.sop.worktime.totals import totals_of
from tests.unit.sop.sheets.five import SHEETS, file_of, named
from tests.unit.sop.worktime.printed import read

SOPS = {named(sheet): file_of(sheet) for sheet in SHEETS}


def cells() -> Iterator[tuple[str, Norm]]:
    """Every norm of the five files, with where it stands."""
    for name, sop in SOPS.items():
        waits = [sop.sop.waktu_total, *(step.mutu_baku.waktu for step in sop.langkah)]
        yield from ((f"{name} {at}", norm_of(one)) for at, one in enumerate(waits) if one)


CELLS = dict(cells())


@pytest.mark.parametrize("at", CELLS)
def test_the_words_of_a_norm_say_what_its_numbers_say(at: str) -> None:
    assert read(CELLS[at].text) == CELLS[at]


@pytest.mark.parametrize(
    ("words", "unit", "least", "most"),
    [
        ("30 menit", Unit.MENIT, 30, 30),
        ("1-2 Jam", Unit.JAM, 1, 2),
        ("1–3 Hari", Unit.HARI, 1, 3),
        ("3 (tiga) hari kerja", Unit.HARI, 3, 3),
        ("Harian", Unit.HARIAN, None, None),
        ("Bulanan/Triwulan", Unit.BULANAN, None, None),
        ("Triwulan", Unit.TRIWULAN, None, None),
        ("Sesuai  kebutuhan", Unit.SESUAI_KEBUTUHAN, None, None),
    ],
)
def test_printed_words_are_read(words: str, unit: Unit, least: int | None, most: int | None):
    assert read(words) == Norm(unit, least, most, words)


@pytest.mark.parametrize("words", ["", "3", "hari", "3 minggu", "secepatnya", "1-2-3 hari"])
def test_other_words_are_left_to_people(words: str):
    assert read(words) is None


def test_a_row_without_a_norm_is_due_at_no_time():
    assert norm_of(None) == Norm(Unit.TIDAK_DISEBUT)
    assert not norm_of(None).has_due


def test_less_than_an_hour_is_effort_and_an_hour_is_not():
    assert Norm(Unit.MENIT, 59, 59).is_effort
    assert not Norm(Unit.MENIT, 60, 60).is_effort
    assert not Norm(Unit.JAM, 1, 1).is_effort
    assert not Norm(Unit.HARI, 1, 1).is_effort


def test_all_rows_of_004_but_the_third_are_effort():
    efforts = [norm_of(step.mutu_baku.waktu).is_effort for step in SOPS["004"].langkah]
    assert efforts == [True, True, False, True, True, True, True, True]


def test_rows_3_and_4_of_000_have_one_time_together_and_so_have_6_and_7():
    rows = [rows_of(step) for step in SOPS["000"].langkah]
    assert rows == [(1,), (2,), (3, 4), (3, 4), (5,), (6, 7), (6, 7), (8,), (9,)]


def test_the_rows_of_003_fit_its_three_working_days():
    found = totals_of(SOPS["003"])
    assert found is not None
    # 2 days and 6.5 to 7.5 hours, in minutes; three days of 7.5 hours.
    assert (found.least, found.most, found.stated) == (1290, 1350, 1350)
    assert found.fits


@pytest.mark.parametrize(("day", "fits"), [(450, True), (480, True), (420, False)])
def test_the_rows_of_003_fit_as_long_as_a_day_holds_its_hours(day: int, fits: bool):
    found = totals_of(SOPS["003"], day)
    assert found is not None
    assert found.fits is fits


@pytest.mark.parametrize("name", ["000", "001", "002", "004"])
def test_a_sheet_without_a_total_has_none_to_check(name: str):
    sop: Sop = SOPS[name]
    assert totals_of(sop) is None
