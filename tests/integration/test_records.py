"""Events beside cases: one chain for each stream, written in the caller's transaction."""

from __future__ import annotations

import pytest
from ckan import model

from ckanext.satudata.audit import chain
from ckanext.satudata.audit.kinds import PORTAL, RecordKind, dataset_stream
from ckanext.satudata.logic import clock
from ckanext.satudata.model.records import chain_record, record, records_of
from tests.integration.office import submit

pytestmark = pytest.mark.usefixtures("clean_db")


def noted(stream: str, **body: object) -> None:
    record(stream, RecordKind.CORRECTION_MADE, "u1", clock.now(), body)


def test_the_events_of_a_stream_are_one_whole_chain() -> None:
    for number in range(3):
        noted(PORTAL, number=number)
    model.Session.commit()
    stored = [chain_record(row) for row in records_of(PORTAL)]
    assert [one["sequence"] for one in stored] == [1, 2, 3]
    assert chain.first_broken(stored) is None


def test_each_stream_counts_for_itself() -> None:
    noted(PORTAL)
    noted(dataset_stream("d1"))
    model.Session.commit()
    assert [row.sequence for row in records_of(dataset_stream("d1"))] == [1]


def test_an_event_goes_with_the_change_that_it_tells_of() -> None:
    noted(PORTAL)
    model.Session.rollback()
    assert list(records_of(PORTAL)) == []


def test_an_event_beside_cases_names_no_case() -> None:
    noted(dataset_stream("d1"))
    assert records_of(dataset_stream("d1"))[0].case_id is None


def test_the_stream_of_a_case_is_the_case(office) -> None:
    case = submit(office)
    stored = records_of(case["id"])
    assert {row.case_id for row in stored} == {case["id"]}
    assert len(stored) == case["version"]


def test_a_value_that_has_no_canonical_text_is_not_written() -> None:
    with pytest.raises(TypeError):
        noted(PORTAL, share=0.5)
    assert list(records_of(PORTAL)) == []
