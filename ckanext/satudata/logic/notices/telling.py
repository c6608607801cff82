"""Notices of the events of cases, written in the transaction of the event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from typing import Any

from ckanext.satudata import config
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.notices import audience, channels, kinds
from ckanext.satudata.logic.notices.audience import Recipient, Scene
from ckanext.satudata.model import cases, notices
from ckanext.satudata.model.notices import PAGE, Notice
from ckanext.satudata.model.tables import CaseRow
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
    people = audience.recipients(scene, found, _day(event.at))
    told: dict[tuple[str, int | None], tuple[Telling, Recipient]] = {}
    for telling, some in zip(found, people, strict=True):
        for one in some:
            if one.user_id != event.actor or telling.audience is Audience.OPENER:
                told.setdefault((one.user_id, telling.step), (telling, one))
    write(scene, list(told.values()))


def write(scene: Scene, told: list[tuple[Telling, Recipient]], key: str = "") -> list[str]:
    """Write a notice for each person, by the way he chose; ids of those that are new.

    `key` is what makes them the same ones when they are written again; empty: the event.
    """
    chosen = notices.settings_of({one.user_id for _telling, one in told}) if told else {}
    reaches = channels.any_there()
    rows = []
    for telling, one in told:
        kind = telling.told.value
        way = kinds.way_of(chosen, one.user_id, kind)
        rows.append(
            Notice(
                key=f"{key or _key(scene)}:{kind}:{telling.step or ''}:{one.user_id}",
                kind=kind,
                recipient=one.user_id,
                case_id=scene.case.id,
                step=telling.step,
                actor=scene.event.actor,
                at=scene.event.at,
                facts=_facts(scene, telling),
                way=way if reaches and not one.absent else PAGE,
            )
        )
    return notices.write(rows, channels.host())


def _key(scene: Scene) -> str:
    return f"event:{scene.case.id}:{scene.event.sequence}"


def _facts(scene: Scene, telling: Telling) -> dict[str, Any]:
    said = facts(scene.sop, scene.state, scene.event, telling)
    said["number"] = scene.case.number
    if scene.event.body.get("standing_in"):
        said["standing_in"] = scene.event.body["standing_in"]
    return said


def _day(at: datetime) -> date:
    """The day at the office."""
    return at.replace(tzinfo=timezone.utc).astimezone(config.display_zone()).date()
