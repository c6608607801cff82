"""Rules over several fields of a dataset."""

from datetime import date

import pytest

from ckanext.satudata.metadata.rules import (
    EXCLUSION_FIELDS,
    exclusion_gaps,
    handover_gaps,
    problems,
)


def codes(dataset):
    return [(p.field, p.code, p.resource) for p in problems(dataset)]


@pytest.mark.parametrize("access", ["terbatas", "tertutup"])
def test_data_that_are_not_open_need_a_legal_basis(access):
    dataset = {"access_class": access, "legal_basis": "  "}
    assert codes(dataset) == [("legal_basis", "legal_basis_required", None)]


@pytest.mark.parametrize("access", ["terbatas", "tertutup"])
def test_data_that_are_not_open_need_no_licence(access):
    assert codes({"access_class": access, "legal_basis": "UU 14/2008 Ps 17 huruf h"}) == []


@pytest.mark.parametrize("licence", [None, "", "notspecified"])
def test_open_data_need_a_licence(licence):
    dataset = {"access_class": "terbuka", "license_id": licence}
    assert codes(dataset) == [("license_id", "licence_required", None)]


def test_open_data_need_no_legal_basis():
    assert codes({"access_class": "terbuka", "license_id": "cc-by"}) == []


def test_a_missing_access_class_is_left_to_its_own_validator():
    assert codes({"license_id": ""}) == []


@pytest.mark.parametrize(
    ("start", "end"), [("2024-06", "2024"), ("2024", "2024-Q1"), ("2024-12-31", "2024-12-31")]
)
def test_a_period_may_end_within_the_span_it_begins_with(start, end):
    assert codes({"period_start": start, "period_end": end}) == []


@pytest.mark.parametrize(("start", "end"), [("2025", "2024"), ("2024-12", "2024-Q1")])
def test_a_period_that_ends_before_it_begins_is_refused(start, end):
    dataset = {"period_start": start, "period_end": end}
    assert codes(dataset) == [("period_end", "period_order", None)]


def test_an_end_without_a_beginning_is_refused():
    assert codes({"period_end": "2024"}) == [("period_start", "period_start_missing", None)]


def test_a_malformed_period_is_left_to_its_own_validator():
    assert codes({"period_start": "tahun lalu", "period_end": "2024"}) == []


def test_a_resource_is_judged_with_its_position():
    dataset = {"resources": [{}, {"period_start": "2025", "period_end": "2024"}]}
    assert codes(dataset) == [("period_end", "period_order", 1)]


FIELDS = [
    {"field_name": "concept", "label": "Konsep", "required_at": "handover"},
    {"field_name": "notes", "label": "Deskripsi"},
]


def test_handing_over_needs_the_marked_fields_only():
    gaps = handover_gaps({"concept": " ", "resources": [{}]}, FIELDS, str)
    assert [(gap.field, gap.code) for gap in gaps] == [("concept", "handover_field")]


def test_a_gap_names_its_field_in_the_language_of_the_caller():
    (gap,) = handover_gaps({"resources": [{}]}, FIELDS, str.upper)
    assert gap.facts == {"label": "KONSEP"}


def test_handing_over_needs_data():
    gaps = handover_gaps({"concept": "x", "resources": []}, FIELDS, str)
    assert [(gap.field, gap.code) for gap in gaps] == [("resources", "handover_data")]


def test_a_complete_dataset_can_be_handed_over():
    assert handover_gaps({"concept": "x", "resources": [{}]}, FIELDS, str) == []


TESTED = {
    "access_class": "terbatas",
    "legal_basis": "Uji konsekuensi (rekaan)",
    "exclusion_article": "UU 14/2008 Pasal 17 huruf h (rekaan)",
    "consequence_test_number": "555/01/PPID/2026 (rekaan)",
    "consequence_test_day": "2026-01-15",
    "exclusion_until": "2026-06",
}


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2026, 1, 15)])
def test_restricted_data_with_its_consequence_test_lacks_nothing_to_its_last_day(day):
    assert exclusion_gaps(TESTED, day) == ()


@pytest.mark.parametrize("name", EXCLUSION_FIELDS)
def test_each_field_of_the_consequence_test_is_needed(name):
    assert exclusion_gaps({**TESTED, name: " "}, date(2026, 6, 30)) == (name,)


def test_a_consequence_test_that_is_over_counts_as_none():
    assert exclusion_gaps(TESTED, date(2026, 7, 1)) == ("exclusion_until",)


def test_open_data_need_no_consequence_test():
    assert exclusion_gaps({"access_class": "terbuka"}, date(2026, 7, 1)) == ()


def test_an_exclusion_does_not_end_before_it_was_tested():
    dataset = {**TESTED, "exclusion_until": "2025"}
    assert codes(dataset) == [("exclusion_until", "period_order", None)]
