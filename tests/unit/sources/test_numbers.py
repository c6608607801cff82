from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.satudata.sources.numbers import GAPS, read_english, read_indonesian


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("18.836,00", "18836.00"),
        ("1.234", "1234"),
        ("1234", "1234"),
        ("-0,5", "-0.5"),
        ("−3", "-3"),
        (" 98,25\xa0", "98.25"),
        ("1.234.567.890,123", "1234567890.123"),
    ],
)
def test_indonesian_numbers(text: str, number: str) -> None:
    assert read_indonesian(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["1,234.5", "1234.5", "1.23", "12.34.567", "1,2,3", "12 r", "1e5", "٣", "0x1", "--1"]
)
def test_what_is_no_indonesian_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=".*"):
        read_indonesian(text)


@pytest.mark.parametrize("text", sorted(GAPS))
def test_a_gap_is_no_number_and_never_nought(text: str) -> None:
    assert read_indonesian(text) is read_english(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-10**12,
                   max_value=10**12))  # fmt: skip
def test_a_number_written_either_way_is_read_as_itself(number: Decimal) -> None:
    english = f"{number:,.3f}"
    indonesian = english.translate(str.maketrans(",.", ".,"))
    assert read_english(english) == read_indonesian(indonesian) == number


@given(st.from_regex(r"\A[1-9][0-9]{0,2}[.,][0-9]{3}\Z"))
def test_a_number_with_one_sign_is_not_the_same_in_both(text: str) -> None:
    assert read_english(text) != read_indonesian(text)
