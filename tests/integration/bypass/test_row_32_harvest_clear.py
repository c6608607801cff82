"""Row 32: clearing a source deletes by SQL, past every gate."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from tests.integration.bypass.harvested import fetched, forced, source_of
from tests.integration.hostile import refusal
from tests.integration.office import submit, walk

NAME = "jumlah-penduduk"


@pytest.mark.parametrize(
    "action",
    ["harvest_source_clear", "harvest_source_index_clear", "harvest_source_job_history_clear"],
)
def test_row_32_an_editor_clears_no_source(office, action):
    source = source_of(office)

    refusal(office["produsen_data"], action, id=source["id"])


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("harvest_source_reindex", {"id": "sumber-dinas"}),
        ("harvest_abort_failed_jobs", {"life_span": 7}),
        ("harvest_sources_job_history_clear", {"keep_current": False}),
    ],
)
def test_row_32_the_public_touches_no_source(office, public, action, values):
    source_of(office)

    assert public.ask(action, **values).status_code == 403


@pytest.mark.parametrize("until", [3, 9])
def test_row_32_nobody_clears_a_source_whose_data_has_a_case(office, until):
    walk(office, submit(office), until=until)
    source = fetched(office, NAME).source

    with pytest.raises(tk.NotAuthorized, match="has_case"):
        forced(office, "harvest_source_clear", id=source["id"])
    model.Session.rollback()
    assert model.Package.get(NAME) is not None


def test_row_32_a_sysadmin_clears_a_source_that_brought_nothing(office):
    source = fetched(office).source

    forced(office, "harvest_source_clear", id=source["id"])

    assert model.Package.get(source["id"]) is not None
