"""Who is told that data are to be updated: those who bring them, and once the day has passed those
who steer the SOP of their office too. In office hours alone, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import opening
from ckanext.satudata.logic.cases.opening import InForce
from ckanext.satudata.logic.notices import audience, channels, kinds
from ckanext.satudata.logic.notices.audience import Holder, Post
from ckanext.satudata.logic.reminders.hours import Hours
from ckanext.satudata.logic.sop import routes
from ckanext.satudata.logic.updates import planning
from ckanext.satudata.metadata.updates import Standing, standing_on
from ckanext.satudata.model import (
    adoptions,
    calendars,
    cases,
    clocks,
    notices,
    releases,
    updates,
)
from ckanext.satudata.model.notices import PAGE, Notice
from ckanext.satudata.model.updates import UpdateRow
from ckanext.satudata.sop.definition import Menulis, Sop
from ckanext.satudata.sop.notices import Told


def all_due() -> Iterator[object]:
    """Tell of every request that people have not been told of; yields after each commit."""
    now, at_home = clock.now(), set[str]()
    for dataset_id, agency in updates.to_tell(planning.day_of(now)):
        if agency not in at_home and _tell(dataset_id, now):
            model.Session.commit()
            yield dataset_id
        else:
            model.Session.rollback()
            at_home.add(agency)


def _tell(dataset_id: str, now: datetime) -> bool:
    """False where the office does not work now: it is told of when it does."""
    row, package = updates.lock(dataset_id), model.Package.get(dataset_id)
    if row is None or package is None or row.asked_at is None:
        return False
    force = in_force(row, package)
    if force is not None and not is_open(force, now):
        return False
    today = planning.day_of(now)
    # Who hears at once that it is overdue need not hear that it comes near.
    told = Told.UPDATE_ASKED
    if standing_on(row.due_on, today) is Standing.OVERDUE:
        told, row.overdue_told_at = Told.UPDATE_OVERDUE, now
    row.asked_told_at = row.asked_told_at or now
    if force is not None:
        posts = posts_of(force, row.organization_id, superiors=told is Told.UPDATE_OVERDUE)
        people = audience.holding(force.adoption.subject, posts, today)
        _write(row, package, told, people, now)
    return True


def in_force(row: UpdateRow, package: model.Package) -> InForce | None:
    """The SOP by which the next data of a dataset come: the one that an upload opens; where none
    does, as where all goes over lists, the one by which the release before came."""
    agency = row.organization_id
    force = opening.for_upload(agency, routes.kind_of(package))
    base = releases.get_release(row.base_id)
    case = cases.get_case(base.case_id) if base.case_id else None
    if force is not None or case is None:
        return force
    subject = cases.sop_row(case).subject
    return opening.in_force(subject, agency) if adoptions.in_force(subject, agency) else None


def is_open(force: InForce, now: datetime) -> bool:
    """Whether the office of a SOP works at a moment."""
    office, zone = force.adoption.organization_id, clocks.zone_of(force.sop)
    return Hours(calendars.calendar_of(office, zone, calendars.version())).is_open(now)


def posts_of(force: InForce, agency: str, *, superiors: bool) -> list[Post]:
    """Who brings the data of an agency; where the SOP runs over lists, who makes them up."""
    office = force.adoption.organization_id
    posts = [Post(actor, agency) for actor in sorted(opening.producers(force.sop))]
    if not force.walks_alone:
        posts += [Post(actor, office) for actor in sorted(_makers_of_lists(force.sop))]
    if superiors or not posts:
        posts += [Post(actor, office) for actor in force.sop.sop.pengendali]
    return posts


def _makers_of_lists(sop: Sop) -> set[str]:
    writers = (one for step in sop.langkah for one in step.penulis)
    return {one.pelaksana for one in writers if one.menulis is Menulis.DAFTAR}


def _write(
    row: UpdateRow, package: model.Package, told: Told, people: Iterable[Holder], now: datetime
) -> None:
    some = list(people)
    chosen = notices.settings_of({one.user_id for one in some})
    reaches = channels.any_there()
    facts = {"title": package.title or package.name, "count": 1, "dataset": package.id}
    facts["due_on"] = _iso(row.due_on)
    kind = told.value
    found = [
        Notice(
            key=f"update:{row.dataset_id}:{row.base_id}:{kind}:{one.user_id}",
            kind=kind,
            recipient=one.user_id,
            at=now,
            facts=facts,
            way=kinds.way_of(chosen, one.user_id, kind) if reaches and not one.absent else PAGE,
        )
        for one in some
    ]
    notices.write(found, channels.host())


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
