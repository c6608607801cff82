"""Who holds which actor for which agency, and by what letter."""

from __future__ import annotations

import io

import pytest
from werkzeug.datastructures import FileStorage

from tests.integration.assigned import (
    assign,
    by_letter_only,
    held,
    letter,
    refused,
)
from tests.integration.office import call, submit

# One assignment


def test_the_same_assignment_twice_is_one(office):
    first = assign(office, valid_from="2026-01-01")

    assert assign(office, valid_from="2026-01-01")["id"] == first["id"]


def test_another_period_is_another_assignment(office):
    first = assign(office, valid_from="2026-01-01", valid_until="2026-01-31")

    assert assign(office, valid_from="2026-03-01")["id"] != first["id"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"actor": "raja"}, "actor_unknown"),
        ({"sop": "entah"}, "sop_unknown"),
        ({"user": "entah"}, "user_unknown"),
        ({"organization": "entah"}, "organization_unknown"),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "date_order"),
        ({"decree_number": "800/1"}, "decree_incomplete"),
        ({"decree_date": "2026-01-01"}, "decree_incomplete"),
        ({"decree_attachment": "entah"}, "decree_unknown"),
        ({"acting": "wakil"}, "acting_unknown"),
        ({"acting": "plh"}, "acting_without_whom"),
        ({"sop": "*", "actor": "raja"}, "actor_unknown"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused_with_its_code(office, change, code):
    assert code in refused(office, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"user": ["a"]},
        {"user": {"a": 1}},
        {"sop": "a\0b"},
        {"actor": "x" * 100_000},
        {"valid_from": "99999-01-01"},
        {"valid_from": "besok"},
        {"decree_attachment": "a\0b"},
        {"acting": ["plt"]},
        {"organization": "' OR 1=1 --"},
    ],
)
def test_input_of_any_shape_is_refused_and_never_breaks(office, change):
    assert refused(office, **change)


def test_a_deleted_account_is_assigned_nothing(office):
    call(office["sysadmin"], "user_delete", id=office["outsider"])

    assert "user_unknown" in refused(office, user=office["outsider"])


def test_an_assignment_that_is_over_gives_nothing(office):
    assign(office, valid_from="2026-01-01", valid_until="2026-01-31")

    assert held(office, "verifikator") == {"verifikator"}


# Letters


def test_where_the_sop_asks_for_a_letter_nobody_is_assigned_without(office, monkeypatch):
    by_letter_only(monkeypatch, "validator")

    assert "decree_missing" in refused(office)


@pytest.mark.parametrize("left_out", ["decree_number", "decree_date", "decree_attachment"])
def test_a_letter_has_number_date_and_file(office, monkeypatch, left_out):
    by_letter_only(monkeypatch, "validator")
    values = {**letter(office), left_out: ""}

    assert "decree_missing" in refused(office, **values)


def test_a_whole_letter_is_kept_with_the_assignment(office, monkeypatch):
    by_letter_only(monkeypatch, "validator")
    values = letter(office)

    assert assign(office, **values)["decree"] == {
        "number": values["decree_number"],
        "date": values["decree_date"],
        "attachment": values["decree_attachment"],
    }


def test_the_evidence_of_a_case_is_no_letter(office):
    case = submit(office)
    upload = FileStorage(io.BytesIO(b"%PDF-1.7\nx"), "a.pdf", "upload")
    values = {"upload": upload, "case_id": case["id"]}
    kept = call(office["admin_data"], "satudata_attachment_create", **values)

    assert "decree_unknown" in refused(office, decree_attachment=kept["id"])
