"""Periods are named as statistics name them."""

from datetime import date

import pytest

from ckanext.satudata.metadata.faults import BadValue
from ckanext.satudata.metadata.periods import parse_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-S1", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-S2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025-Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-03-31", date(2025, 3, 31), date(2025, 3, 31)),
    ],
)
def test_a_period_spans_whole_days(text, first, last):
    period = parse_period(text)
    assert (period.first, period.last) == (first, last)


def test_the_stored_form_is_one_whatever_was_typed():
    assert parse_period(" 2025-q1 ").text == "2025-Q1"


@pytest.mark.parametrize(
    "text", ["", "25", "2025/03", "2025-3", "2025-Q5", "2025-S0", "Maret 2025", "２０２５"]
)
def test_another_way_of_writing_is_refused(text):
    with pytest.raises(BadValue) as refused:
        parse_period(text)
    assert refused.value.code == "period_format"


@pytest.mark.parametrize("text", ["2025-13", "2025-00", "2025-02-29", "2025-04-31", "0000"])
def test_a_day_that_no_calendar_has_is_refused(text):
    with pytest.raises(BadValue) as refused:
        parse_period(text)
    assert refused.value.code == "period_calendar"
