"""Who is told of a round: those who do it, when it is opened; those who steer the SOP, when nobody
confirmed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.notices import audience, channels, kinds
from ckanext.satudata.logic.notices.audience import Post
from ckanext.satudata.logic.reminders.hours import Hours
from ckanext.satudata.model import adoptions, calendars, clocks, notices, rounds
from ckanext.satudata.model.notices import PAGE, Notice
from ckanext.satudata.model.rounds import RoundRow
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import SopRow
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.notices import Told


def all_due() -> Iterator[object]:
    """Tell of every round that nobody was told of, while its office works; a commit for each."""
    now = clock.now()
    for round_id in rounds.untold():
        row = rounds.lock(round_id)
        sop = sheet_of(row) if row is not None and row.ended is None else None
        if row is None or sop is None or row.told_at is not None or not _is_open(row, sop, now):
            model.Session.rollback()
            continue
        row.told_at = now
        _write(row, sop, Told.ROUND_OPENED, actors_of(row, sop), now)
        model.Session.commit()
        yield round_id


def missed(row: RoundRow, at: datetime) -> None:
    """Tell those who steer the SOP that nobody has confirmed a round. The caller commits."""
    sop = sheet_of(row)
    if sop is not None:
        _write(row, sop, Told.ROUND_MISSED, sop.sop.pengendali, at)


def sheet_of(row: RoundRow) -> Sop | None:
    """The sheet by which a round is done today; None where it is in force no more, or has no such
    row any more."""
    adoption = adoptions.of_office(row.subject, row.office_id)
    if adoption is None:
        return None
    sop = sop_of(model.Session.get_one(SopRow, adoption.sop_id))
    return sop if max(row.rows) <= len(sop.langkah) else None


def actors_of(row: RoundRow, sop: Sop) -> tuple[str, ...]:
    """Who does and confirms what a round asks for."""
    return tuple(dict.fromkeys(one for step in row.rows for one in sop.step(step).pelaksana))


def names_of(row: RoundRow, sop: Sop) -> str:
    """The rows of a round as the sheet calls them."""
    return ", ".join(sop.step(step).nama for step in row.rows)


def _is_open(row: RoundRow, sop: Sop, now: datetime) -> bool:
    zone = clocks.zone_of(sop)
    return Hours(calendars.calendar_of(row.office_id, zone, calendars.version())).is_open(now)


def _write(row: RoundRow, sop: Sop, told: Told, actors: tuple[str, ...], at: datetime) -> None:
    zone, kind = clocks.zone_of(sop), told.value
    day = calendars.calendar_of(row.office_id, zone, calendars.version()).local(at).date()
    posts = [Post(actor, row.office_id) for actor in actors]
    some = audience.holding(row.subject, posts, day)
    chosen = notices.settings_of({one.user_id for one in some})
    reaches = channels.any_there()
    facts = {
        "first": row.first_on.isoformat(),
        "last": row.last_on.isoformat(),
        "step_name": names_of(row, sop),
        "due_at": row.due_at.isoformat(),
        "zone": zone,
        "round": row.id,
    }
    found = [
        Notice(
            key=f"round:{row.id}:{kind}:{one.user_id}",
            kind=kind,
            recipient=one.user_id,
            at=at,
            facts=facts,
            way=kinds.way_of(chosen, one.user_id, kind) if reaches and not one.absent else PAGE,
        )
        for one in some
    ]
    notices.write(found, channels.host())
