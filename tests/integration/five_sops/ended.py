"""What must be true of a case that was walked to its end."""

from __future__ import annotations

import sqlalchemy as sa
from ckan import model
from ckan.tests import helpers

from ckanext.satudata.audit import chain
from ckanext.satudata.model import cases, records
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, ReleaseRow, VisitRow
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.definition import Efek
from ckanext.satudata.sop.events import Event, Kind
from ckanext.satudata.sop.moves import moves
from ckanext.satudata.sop.projection import project
from tests.integration.five_sops.walk import Walk

Way = tuple[int, str]


def check_ended(walk: Walk, *, whole: bool = True) -> None:
    """Closed, told rightly, nothing released unapproved; `whole`: every way of the sheet taken."""
    case = cases.get_case(walk.case_id)
    state = walk.state()
    assert state.is_closed
    assert not state.cancelled
    ways, every = taken(cases.events_of(case.id)), every_way(walk, state)
    assert ways == every if whole else ways < every
    assert (
        chain.first_broken([records.chain_record(one) for one in cases.event_rows(case.id)]) is None
    )
    check_stored(case)
    check_releases(walk)
    assert found_by_anybody(walk) == set(walk.public)


def every_way(walk: Walk, state: CaseState) -> set[Way]:
    """Every outcome of every step, in the reading that the office bound."""
    return {(way.step, way.outcome) for way in moves(walk.cast.sop, state.bound)}


def taken(events: list[Event]) -> set[Way]:
    """The outcomes by which visits ended; one by which the rest of a list went on counts too."""
    ended = [event.body for event in events if event.kind is Kind.STEP_ENDED]
    return {(body["step"], body["outcome"]) for body in ended}


def found_by_anybody(walk: Walk) -> set[str]:
    """The labels of the datasets that an anonymous visitor finds by a search for everything."""
    context = {"user": "", "ignore_auth": False}
    found = helpers.call_action("package_search", context, rows=1000)["results"]
    ids = {one["id"] for one in found}
    return {label for label, item in walk.labels.items() if item in ids}


def check_stored(case: CaseRow) -> None:
    """The rows that inboxes and lists read say what the events tell, all of it."""
    state = project(cases.events_of(case.id))
    assert _stored_visits(case.id) == {
        (v.key.item, v.key.step, v.key.number, v.opened_by, v.closed_by, v.outcome)
        for v in state.visits
    }
    told = {
        item: (state.statuses.get(item, (None,))[0], entry.party, entry.waits_at, entry.is_request)
        for item, entry in state.entries.items()
    }
    assert _stored_items(case.id) == told
    assert (case.version, case.closed_at is not None) == (state.version, state.is_closed)


def _stored_visits(case_id: str) -> set[tuple[object, ...]]:
    rows = model.Session.scalars(sa.select(VisitRow).where(VisitRow.case_id == case_id))
    return {(r.item, r.step, r.number, r.opened_by, r.closed_by, r.outcome) for r in rows}


def _stored_items(case_id: str) -> dict[str, tuple[object, ...]]:
    query = sa.select(CaseItemRow).where(CaseItemRow.case_id == case_id)
    rows = [row for row in model.Session.scalars(query) if row.ended != "dropped"]
    return {r.dataset_id: (r.status, r.party, r.waits_at, r.is_request) for r in rows}


def check_releases(walk: Walk) -> None:
    """Each release was approved, by the step that approves, before it was shown, and once."""
    events = cases.events_of(walk.case_id)
    query = sa.select(ReleaseRow).where(ReleaseRow.case_id == walk.case_id)
    releases = list(model.Session.scalars(query))
    shown = {release.dataset_id for release in releases if release.shown_at}
    published = {label for label in walk.public if publishes(walk)}
    assert shown == {walk.labels[label] for label in published}
    for release in releases:
        made = [e for e in events if _is(e, Kind.RELEASE_MADE, release.dataset_id)]
        seen = [e for e in events if _is(e, Kind.RELEASE_SHOWN, release.dataset_id)]
        assert [event.sequence for event in made] == [release.event_sequence]
        assert len(seen) == (1 if release.shown_at else 0)
        assert all(event.sequence > made[0].sequence for event in seen)
        assert approved_before(walk, events, made[0])


def publishes(walk: Walk) -> bool:
    """Whether the SOP of a case shows anything, in the reading that the office bound."""
    ways = moves(walk.cast.sop, walk.state().bound)
    return any(Efek.TERBITKAN in way.effects for way in ways)


def approved_before(walk: Walk, events: list[Event], made: Event) -> bool:
    """Whether the person of a release took, before it, an outcome of a step that approves."""
    approving = {
        (way.step, way.outcome)
        for way in moves(walk.cast.sop, walk.state().bound)
        if Efek.SETUJUI in way.effects
    }
    return any(
        event.kind in (Kind.STEP_ENDED, Kind.STEP_DECIDED)
        and event.actor == made.actor
        and event.sequence < made.sequence
        and (event.body["step"], event.body["outcome"]) in approving
        for event in events
    )


def _is(event: Event, kind: Kind, item: str) -> bool:
    return event.kind is kind and event.body["item"] == item
