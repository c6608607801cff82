"""Whom an audience consists of: accounts, for an agency, on a day, with who stands in for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import people
from ckanext.satudata.model import projected
from ckanext.satudata.model.assignments import PLH, holds_on
from ckanext.satudata.model.tables import AssignmentRow, CaseRow
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Event
from ckanext.satudata.sop.notices import Audience, Telling
from ckanext.satudata.sop.visits import kept_out


@dataclass(frozen=True)
class Scene:
    """A case: its SOP, the state in which visits and datasets are looked up, and the event that is
    told of; None where it is the clock that tells."""

    case: CaseRow
    sop: Sop
    state: CaseState
    event: Event | None = None


@dataclass(frozen=True)
class Post:
    """An actor, for an agency, without some of those who hold it."""

    actor: str
    organization_id: str
    without: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Seat:
    """A visit (None: the case as a whole), and the posts whose holders have it in hand."""

    posts: tuple[Post, ...]
    visit: Visit | None = None
    claimed_by: str | None = None


@dataclass(frozen=True)
class Holder:
    """Who holds a post. `absent`: a Plh. stands in for him."""

    user_id: str
    absent: bool


@dataclass(frozen=True)
class Recipient:
    """A person who is told, and of what: `telling` names the visits and datasets that are his.

    `absent`: a Plh. stands in for him, and gets the e-mail.
    """

    user_id: str
    telling: Telling
    absent: bool = False


def recipients(scene: Scene, tellings: Sequence[Telling], day: date) -> list[list[Recipient]]:
    """Who is told, for each telling in turn; people with an active account only."""
    seats = [_seats(scene, one) for one in tellings]
    posts = {post for some in seats for seat in some for post in seat.posts}
    held = _holding(scene.sop.sop.subjek, posts, day)
    return [
        [*_named(scene, one), *_seated(one, held, some)]
        for one, some in zip(tellings, seats, strict=True)
    ]


def holding(subject: str, posts: Iterable[Post], day: date) -> list[Holder]:
    """Who holds any of these posts of a SOP, where no case says whom it concerns."""
    seat = Seat(tuple(posts))
    found: dict[str, bool] = {}
    for user, away in _at(_holding(subject, set(seat.posts), day), seat):
        found[user] = away and found.get(user, True)
    return [Holder(user, away) for user, away in found.items()]


def _seats(scene: Scene, telling: Telling) -> list[Seat]:
    """Where the people sit whom an audience consists of, one seat for each visit."""
    if telling.audience is Audience.SUPERIORS:
        office = scene.case.organization_id
        return [Seat(tuple(Post(actor, office) for actor in scene.sop.sop.pengendali))]
    if telling.audience not in (Audience.HOLDERS, Audience.APPROVERS):
        return []
    return [_seat(scene, telling, visit) for visit in telling.visits]


def _seat(scene: Scene, telling: Telling, visit: Visit) -> Seat:
    step = scene.sop.step(visit.key.step)
    agency = projected.agency_of(scene.case, scene.state, visit, scene.sop)
    if telling.audience is Audience.APPROVERS:
        wanted = step.persetujuan if visit.approval is None else None
        return Seat((Post(wanted, agency),) if wanted else (), visit)
    out = kept_out(scene.state, visit, scene.sop)
    posts = tuple(Post(actor, agency, out) for actor in visit.together or step.pelaksana)
    return Seat(posts, visit, visit.claimed_by)


def _named(scene: Scene, telling: Telling) -> list[Recipient]:
    """The people whom the case itself names, as far as they may see what they are told of."""
    if scene.event is not None and telling.audience is Audience.OPENER:
        return [Recipient(one.id, telling) for one in _active({scene.event.actor})]
    if scene.event is not None and telling.audience is Audience.ASSIGNEE:
        given = _active({scene.event.body["to"]})
        return [Recipient(one.id, telling) for one in given if people.may_see_case(one, scene.case)]
    if telling.audience is Audience.SUBMITTERS:
        return _submitters(scene, telling)
    return []


def _submitters(scene: Scene, telling: Telling) -> list[Recipient]:
    """Who brought data that is told of: each with what he brought himself and still may see."""
    entries = scene.state.entries
    brought = {one: entries[one].contributors for one in telling.items if one in entries}
    found = []
    for user in _active(frozenset().union(*brought.values())):
        seen = people.seen_agencies(user, scene.case)
        his = [
            item
            for item, hands in brought.items()
            if user.id in hands and (seen is None or _agency_of(scene, item) in seen)
        ]
        if his:
            found.append(Recipient(user.id, _about(telling, his)))
    return found


def agencies_of(scene: Scene, telling: Telling) -> list[str]:
    """The ids of the agencies whose data is told of."""
    return sorted({_agency_of(scene, item) for item in telling.items})


def _agency_of(scene: Scene, item: str) -> str:
    entry = scene.state.entries.get(item)
    return entry.organization if entry and entry.organization else scene.case.organization_id


def _about(telling: Telling, items: Sequence[str]) -> Telling:
    """The part of a telling that is about these datasets."""
    visits = tuple(visit for visit in telling.visits if set(items).intersection(visit.items))
    return replace(telling, items=tuple(items), visits=visits)


_Held = list[AssignmentRow]


def _holding(subject: str, posts: set[Post], day: date) -> _Held:
    """The assignments of active people to any of these posts."""
    if not posts:
        return []
    row = AssignmentRow
    agencies = {post.organization_id for post in posts}
    query = (
        sa.select(row)
        .join(model.User, model.User.id == row.user_id)
        .where(row.sop == subject, row.actor.in_({post.actor for post in posts}))
        .where(sa.or_(row.organization_id.is_(None), row.organization_id.in_(agencies)))
        .where(holds_on(day), model.User.state == model.State.ACTIVE)
        .order_by(row.user_id, row.id)
    )
    return list(model.Session.scalars(query))


def _seated(telling: Telling, held: _Held, seats: Sequence[Seat]) -> list[Recipient]:
    """Who sits there, each once, with the visits that are his.

    Somebody who holds a step in two ways is absent only where both are.
    """
    absent: dict[str, bool] = {}
    visits: dict[str, list[Visit]] = {}
    for seat in seats:
        for user, away in _at(held, seat):
            absent[user] = away and absent.get(user, True)
            his = visits.setdefault(user, [])
            if seat.visit is not None and seat.visit not in his:
                his.append(seat.visit)
    return [Recipient(user, _at_visits(telling, visits[user]), absent[user]) for user in absent]


def _at(held: _Held, seat: Seat) -> list[tuple[str, bool]]:
    """The people at a seat, and whether each is away: the one who claimed it, where he still holds
    the step, else all who hold it. A claim of one who holds it no longer counts as none."""
    here = [(row, post) for post in seat.posts for row in held if _fits(row, post)]
    if seat.claimed_by in {row.user_id for row, _post in here}:
        return [(str(seat.claimed_by), False)]
    away = {(row.for_user_id, post.actor) for row, post in here if row.acting == PLH}
    return [
        (row.user_id, (row.user_id, post.actor) in away)
        for row, post in here
        if row.user_id not in post.without
    ]


def _at_visits(telling: Telling, visits: Sequence[Visit]) -> Telling:
    """The part of a telling that is about these visits; all of it where there are none."""
    if not visits:
        return telling
    items = tuple(dict.fromkeys(item for visit in visits for item in visit.items))
    return replace(telling, visits=tuple(visits), items=items)


def _fits(row: AssignmentRow, post: Post) -> bool:
    return row.actor == post.actor and row.organization_id in (None, post.organization_id)


def _active(user_ids: Collection[str]) -> Sequence[model.User]:
    if not user_ids:
        return ()
    query = sa.select(model.User).where(
        model.User.id.in_(user_ids), model.User.state == model.State.ACTIVE
    )
    return model.Session.scalars(query.order_by(model.User.id)).all()
