"""Each check speaks on its true example, in either form, and is silent on its false one."""

from __future__ import annotations

import string

import pytest

from ckanext.satudata.quality.checks.base import Check
from ckanext.satudata.quality.checks.listing import listed
from ckanext.satudata.quality.checks.said import SEVERITIES
from ckanext.satudata.quality.checks.sheets import SheetCheck
from ckanext.satudata.quality.checks.table import CELL_CHECKS, CHECKS, SHEET_CHECKS
from tests.unit.quality.tables import codes, of_column, of_sheet

CELLS = pytest.mark.parametrize("check", CELL_CHECKS, ids=lambda one: one.code)
SHEETS = pytest.mark.parametrize(
    "check", [one for one in SHEET_CHECKS if one.true], ids=lambda one: one.code
)
FORMS = pytest.mark.parametrize("by_rows", [False, True], ids=["by_columns", "by_rows"])


@CELLS
@FORMS
def test_a_check_speaks_of_its_true_example(check: Check, by_rows: bool):
    assert codes(of_column(check, check.true, by_rows=by_rows)) == [check.code]


@CELLS
@FORMS
def test_a_check_is_silent_on_its_false_example(check: Check, by_rows: bool):
    assert codes(of_column(check, check.false, by_rows=by_rows)) == []


@SHEETS
@FORMS
def test_a_check_of_a_sheet_speaks_of_its_true_example(check: SheetCheck, by_rows: bool):
    assert check.code in codes(of_sheet(check.true, by_rows=by_rows))


@SHEETS
@FORMS
def test_a_check_of_a_sheet_is_silent_on_its_false_example(check: SheetCheck, by_rows: bool):
    assert check.code not in codes(of_sheet(check.false, by_rows=by_rows))


def test_each_code_belongs_to_one_check():
    found = [one["code"] for one in listed()]
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize("check", CHECKS, ids=lambda one: one.code)
def test_a_check_has_one_of_three_severities(check):
    assert check.severity in SEVERITIES


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("check", CHECKS, ids=lambda one: one.code)
def test_both_languages_tell_the_same_facts(check):
    said, mend = check.words.said, check.words.mend
    assert (fields(said[0]), fields(mend[0])) == (fields(said[1]), fields(mend[1]))


@CELLS
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_a_check_says_can_be_worded(check: Check, language: str):
    (found,) = of_column(check, check.true)
    assert "{" not in found.sentence(language) + found.mend(language)


FORBIDDEN = ("error", "invalid", "null", "regex", "encoding", "constraint", "schema")


@pytest.mark.parametrize("check", CHECKS, ids=lambda one: one.code)
def test_no_sentence_speaks_as_programs_do(check):
    words = f"{check.words.said[0]} {check.words.mend[0]}".lower().split()
    assert [one for one in FORBIDDEN if one in words] == []
