"""Notices of the events of cases, written in the transaction of the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.notices import audience, channels, deadlines, kinds
from ckanext.satudata.logic.notices.audience import Recipient, Scene
from ckanext.satudata.logic.notices.sight import AGENCIES
from ckanext.satudata.model import cases, notices
from ckanext.satudata.model.notices import PAGE, Notice
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.acts import PointKind
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.events import Event
from ckanext.satudata.sop.notices import Audience, Telling, facts, tellings


def install() -> None:
    """From now on people are told of what happens in cases."""
    cases.listen(of_event)


def of_event(case: CaseRow, before: CaseState | None, after: CaseState, event: Event) -> None:
    """Write down who is told of an event, in the caller's transaction."""
    found = tellings(before, after, event)
    if not found:
        return
    # What left the case by this event is told of too.
    entries = {**(before.entries if before else {}), **after.entries}
    scene = Scene(case, casework.sop_of_case(case), replace(after, entries=entries), event)
    people = audience.recipients(scene, found, clock.day_of(event.at))
    told: dict[tuple[str, int | None], Told] = {}
    for telling, some in zip(found, people, strict=True):
        for one in some:
            if one.user_id != event.actor or telling.audience is Audience.OPENER:
                told.setdefault((one.user_id, telling.step), Told(one.telling, one))
    if told:
        key, times = f"event:{case.id}:{event.sequence}", deadlines.of_open_visits(case.id)
        said = [_said(scene, event, one.telling, times) for one in told.values()]
        write(case, list(told.values()), said, Origin(key, event.at, event.actor))


@dataclass(frozen=True)
class Told:
    """One person, and what he is told: the part of it that is his."""

    telling: Telling
    who: Recipient


@dataclass(frozen=True)
class Origin:
    """Of what several people are told: `key` makes it the same thing when it is told again."""

    key: str
    at: datetime
    actor: str = ""


def write(
    case: CaseRow, told: Sequence[Told], said: Sequence[Mapping[str, Any]], origin: Origin
) -> list[str]:
    """Write a notice for each person, by the way he chose; ids of those that are new."""
    chosen = notices.settings_of({one.who.user_id for one in told})
    reaches = channels.any_there()
    rows = []
    for one, facts_of_it in zip(told, said, strict=True):
        kind, user_id = one.telling.told.value, one.who.user_id
        way = kinds.way_of(chosen, user_id, kind)
        rows.append(
            Notice(
                key=f"{origin.key}:{kind}:{one.telling.step or ''}:{user_id}",
                kind=kind,
                recipient=user_id,
                case_id=case.id,
                step=one.telling.step,
                actor=origin.actor,
                at=origin.at,
                facts={**facts_of_it, "number": case.number},
                way=way if reaches and not one.who.absent else PAGE,
            )
        )
    return notices.write(rows, channels.host())


def _said(
    scene: Scene, event: Event, telling: Telling, times: deadlines.Deadlines
) -> dict[str, Any]:
    said = facts(scene.sop, scene.state, event, telling) | times.of(telling.visits)
    said[AGENCIES] = audience.agencies_of(scene, telling)
    if event.body.get("standing_in"):
        said["standing_in"] = event.body["standing_in"]
    if said.get("returned"):
        said["returned"] = [_with_file_name(one) for one in said["returned"]]
    return said


def _with_file_name(point: Mapping[str, Any]) -> dict[str, Any]:
    """A point at a file says which by its name: who writes the letter may not read the file."""
    found = (
        model.Resource.get(point["where"]) if point["kind"] == PointKind.RESOURCE.value else None
    )
    return {**point, "where": found.name or found.id} if found is not None else dict(point)
