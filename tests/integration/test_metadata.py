"""What a dataset says of itself is checked with a sentence, never by an error of the server."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from tests.integration.office import call, dataset_values, submit, walk

LIMIT = 32_766
NAME = "jumlah-penduduk"


def refused(office, **changes) -> dict[str, list[str]]:
    """Errors by field of a dataset that cannot be made."""
    with pytest.raises(tk.ValidationError) as caught:
        call(office["produsen_data"], "package_create", **dataset_values(office, **changes))
    model.Session.rollback()
    return caught.value.error_dict


def test_the_longest_definition_that_the_index_holds_is_stored(office):
    values = dataset_values(office, definition="é" * (LIMIT // 2))

    call(office["produsen_data"], "package_create", **values)


@pytest.mark.parametrize("field", ["definition", "title", "official_source"])
def test_a_text_too_long_for_the_index_is_refused_with_a_sentence(office, field):
    assert "[index_length]" in refused(office, **{field: "x" * (LIMIT + 1)})[field][0]


def test_a_free_extra_too_long_for_the_index_is_refused_with_a_sentence(office):
    errors = refused(office, extras=[{"key": "catatan", "value": "x" * (LIMIT + 1)}])

    assert "[index_length]" in errors["catatan"][0]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"region_codes": ["15.06"]}, "region_codes", "region"),
        ({"period_start": "2026", "period_end": "2024"}, "period_end", "period_order"),
        ({"access_class": "terbatas"}, "legal_basis", "legal_basis_required"),
        ({"license_id": "notspecified"}, "license_id", "licence_required"),
        ({"topic": "sepak-bola"}, "topic", "choice"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field(office, changes, field, code):
    assert code in str(refused(office, **changes)[field])


def test_the_public_filters_by_region_year_topic_and_agency(office, app):
    walk(office, submit(office), until=9)

    for filtered in (
        'vocab_region_codes:"kemendagri:15.06"',
        "vocab_years:2025",
        "topic:kependudukan",
        f"organization:{office.agency['name']}",
        "res_format:CSV",
    ):
        found = app.get(f"/api/3/action/package_search?fq={filtered}").json["result"]
        assert found["count"] == 1, filtered
