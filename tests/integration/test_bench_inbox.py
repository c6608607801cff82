"""The bench of the inbox in small numbers: what it measures is what it says it measures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from ckan import model

from bench import acts, copies
from bench import inbox as bench
from ckanext.satudata.model import cases
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, EventRow, VisitRow

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "with_request_context")

SMALL, LARGE = 300, 600
LONGEST = 60


@pytest.fixture
def filled() -> Iterator[bench.Filled]:
    filled = bench.fill(longest=LONGEST, agencies=3)
    filled.copies.grow(SMALL)
    yield filled
    copies.forget()


def copied() -> list[CaseRow]:
    """A copy of every mould."""
    query = sa.text("SELECT min(case_id) FROM bench_copy GROUP BY mould")
    ids = model.Session.scalars(query).all()
    return list(model.Session.scalars(sa.select(CaseRow).where(CaseRow.id.in_(ids))))


def test_the_rows_of_a_copy_say_what_its_events_tell(filled):
    for case in copied():
        state = cases.state_of(case)
        visits = model.Session.scalars(sa.select(VisitRow).where(VisitRow.case_id == case.id))
        items = sa.select(CaseItemRow.dataset_id).where(CaseItemRow.case_id == case.id)
        assert {(v.item, v.step, v.number, v.closed_by, v.claimed_by) for v in visits} == {
            (v.key.item, v.key.step, v.key.number, v.closed_by, v.claimed_by) for v in state.visits
        }
        assert set(model.Session.scalars(items)) == set(state.items)
        assert case.version == state.version


def test_the_fullest_inbox_holds_its_share_of_the_cases(filled):
    told = {figure.name: figure.value for figure in bench.contents(filled)}
    verifikator = sum(filled.copies.made[place] + 1 for place in range(5)) + 1
    assert told["visits in the fullest inbox"] == verifikator
    assert told["events of the longest case"] == LONGEST
    assert told["cases"] == sum(filled.copies.made.values())


def test_each_read_is_measured_at_each_size_and_asks_no_more_when_there_is_more(filled):
    measured: dict[str, bench.Measured] = {}
    bench.measure(filled, 2, measured)
    small = filled.copies.cases
    filled.copies.grow(LARGE)
    bench.measure(filled, 2, measured)
    judged = {figure.name for figure in bench.figures(measured) if figure.bound is not None}
    assert judged == {
        f"{name}: {what}"
        for name in ("fullest inbox", "longest case")
        for what in ("SQL, p95", "growth exponent")
    }
    inbox = measured["fullest inbox"].calls
    sent = {size: max(one.statements for one in calls) for size, calls in inbox.items()}
    assert sent[small] == sent[filled.copies.cases] > 0


def test_the_floor_writes_the_rows_that_the_act_wrote(filled):
    places = acts._places(2)
    told = {figure.name for figure in acts.figures(filled.office.people["admin_sistem"], 1)}
    assert "an act in times of its bare rows" in told
    model.Session.commit()
    wrote = [_standing(place.case_id) for place in places]
    assert wrote[0] == wrote[1] == (places[0].version + 1, [acts.STEP + 1])


def _standing(case_id: str) -> tuple[int | None, list[int]]:
    """The last event of a case, and the steps that are open."""
    last = sa.select(sa.func.max(EventRow.sequence)).where(EventRow.case_id == case_id)
    is_open = sa.select(VisitRow.step).where(
        VisitRow.case_id == case_id, VisitRow.closed_by.is_(None)
    )
    return model.Session.scalar(last), list(model.Session.scalars(is_open))
