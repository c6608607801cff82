"""Each fault has one sentence, and each place that finds a fault brings the facts it needs."""

import re

import pytest

from ckanext.satudata.metadata.changes import change_problem
from ckanext.satudata.metadata.faults import FAULTS, BadValue, sentence, shown
from ckanext.satudata.metadata.index_limit import check_fits, index_problems
from ckanext.satudata.metadata.periods import parse_period
from ckanext.satudata.metadata.regions import parse_region
from ckanext.satudata.metadata.rules import handover_gaps, problems

MARKED = [{"field_name": "unit", "label": "Satuan", "required_at": "handover"}]
FILE = {"url": "a", "change_nature": "perbaikan_bentuk"}
OTHER = {**FILE, "url": "b"}
# Raised by the face that knows field labels and choices, logic/validators.py.
OF_THE_FACE = {
    "required": {"label": "Judul"},
    "choice": {"value": "a", "choices": "b, c"},
}


def found():
    """Provoke every fault of the room once; return its code and the facts that came with it."""
    for check, value in [
        (parse_region, "1506"),
        (parse_region, "kemendagri:1506"),
        (parse_region, "bps:15.06"),
        (parse_period, "x"),
        (parse_period, "2025-13"),
        (check_fits, "a" * 40_000),
    ]:
        with pytest.raises(BadValue) as refused:
            check(value)
        yield refused.value.code, refused.value.facts
    for problem in [
        *problems({"period_start": "2025", "period_end": "2024", "access_class": "terbuka"}),
        *problems({"period_end": "2024", "access_class": "tertutup"}),
        *index_problems({"extras": [{"key": "views_total", "value": ""}]}),
        *handover_gaps({}, MARKED, str),
        change_problem(FILE, {"url": "b"}),
        change_problem(FILE, OTHER),
        change_problem(FILE, {**OTHER, "change_nature": "koreksi_angka"}),
    ]:
        yield problem.code, problem.facts


def test_no_fault_stands_in_the_table_that_nothing_finds():
    assert {code for code, _ in found()} | set(OF_THE_FACE) == set(FAULTS)


def test_every_sentence_can_be_filled_with_the_facts_that_come_with_it():
    for code, facts in [*found(), *OF_THE_FACE.items()]:
        needed = set(re.findall(r"%\((\w+)\)", FAULTS[code]))
        assert needed <= set(facts), code
        assert sentence(code, facts).endswith(f". [{code}]")


def test_a_sentence_is_translated_before_its_facts_are_put_in():
    translated = sentence(
        "choice", {"value": "a", "choices": "b"}, lambda _: "%(value)s? %(choices)s!"
    )
    assert translated == "a? b! [choice]"


def test_a_long_wrong_value_is_repeated_on_one_short_line():
    assert len(shown("a\nb " * 1000)) <= 60
    assert "\n" not in shown("a\nb")
