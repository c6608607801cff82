"""Whatever a column of decimals holds it stays silent, and a column of NIK never does."""

from __future__ import annotations

from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ckanext.satudata.quality.tally import VILLAGE_DAYS
from tests.unit.quality.invented import codes, csv, xlsx

FEW = settings(max_examples=150, deadline=None)
# A whole one of sixteen digits is how a program writes a NIK that it took for a number.
FLOATS = st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda one: not (one.is_integer() and 10**14 <= abs(one) < 10**16)
)
# Six decimals and no more than nine places before them, as measured quantities and shares have.
DECIMALS = st.decimals(-(10**9), 10**9, places=6, allow_nan=False, allow_infinity=False)


def silent(cells: list[str]) -> bool:
    return codes(csv(["nilai", *cells], ["b", *range(len(cells))], separator=";")) == []


@FEW
@given(st.lists(FLOATS, min_size=1, max_size=30))
def test_a_column_of_floats_is_silent(numbers):
    assert silent([repr(one) for one in numbers])


@FEW
@given(st.lists(DECIMALS, min_size=1, max_size=30), st.sampled_from(".,"))
def test_a_column_of_decimals_is_silent(numbers, point):
    assert silent([f"{one:.6f}".replace(".", point) for one in numbers])


@FEW
@given(st.lists(st.decimals(10**9, 10**17, places=2), min_size=1, max_size=30))
def test_a_column_of_money_with_cents_is_silent(amounts):
    swapped = str.maketrans(".,", ",.")
    assert silent([f"Rp {one:,.2f}".translate(swapped) for one in amounts])


@FEW
@given(st.lists(FLOATS.filter(lambda one: not one.is_integer()), min_size=1, max_size=10))
def test_a_column_of_floats_in_a_workbook_is_silent(numbers):
    assert codes(xlsx({"Data": [["nilai"], *[[one] for one in numbers]]}), "data.xlsx") == []


REGIONS = st.sampled_from(["110101", "320129", "317405", "357803", "647201", "737114", "940101"])
BIRTHS = st.dates(date(1930, 1, 1), date(2025, 12, 31))


@st.composite
def invented_nik(draw) -> str:
    """A NIK of any form; the serial counts from 9900, see `invented`."""
    born, woman = draw(BIRTHS), draw(st.booleans())
    day = born.day + 40 * woman
    serial = draw(st.integers(9900, 9999))
    return f"{draw(REGIONS)}{day:02d}{born:%m%y}{serial}"


def written(number: str, mark: str) -> str:
    """The number with a mark before it or between its groups."""
    if mark == "'":
        return f"'{number}"
    return mark.join((number[:6], number[6:12], number[12:]))


OTHERS = st.sampled_from(["", "-", "kata", "5", "7,25", "Rp 5.000", "2024-01-05", "12.5", "n/a"])


@FEW
@given(
    st.lists(invented_nik(), min_size=2, max_size=40, unique=True),
    st.sampled_from(["", " ", ".", "-", "'", "\u00a0"]),
    st.lists(OTHERS, max_size=40),
    st.randoms(use_true_random=False),
)
def test_a_column_of_nik_is_found_among_anything(numbers, mark, others, chance):
    # Codes of villages look like this; a heading still tells them apart.
    assume({int(one[6:8]) % 40 for one in numbers} - VILLAGE_DAYS)
    cells = [*(written(one, mark) for one in numbers), *others]
    chance.shuffle(cells)
    assert codes(csv(["a", *cells], ["b", *range(len(cells))], separator=";")) == ["personal_nik"]


@FEW
@given(st.lists(invented_nik(), min_size=1, max_size=40), st.lists(OTHERS, max_size=40))
def test_a_column_that_is_headed_nik_is_found_whatever_else_it_holds(numbers, others):
    cells = [*others, *numbers]
    assert codes(csv(["NIK", *cells], ["b", *range(len(cells))], separator=";")) == ["personal_nik"]


@FEW
@given(st.binary(max_size=2000), st.sampled_from(["data.csv", "data.xlsx", "", "data.xls"]))
def test_any_bytes_end_in_an_answer(content, name):
    assert isinstance(codes(content, name), list)


@FEW
@given(st.text(max_size=2000))
def test_any_text_ends_in_an_answer(text):
    assert isinstance(codes(text.encode("utf-8", "surrogatepass")), list)
