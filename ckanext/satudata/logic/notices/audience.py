"""Whom an audience consists of: accounts, for an agency, on a day, with who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from ckan import model

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
class Recipient:
    """A person who is told; `absent`: a Plh. stands in for him, and gets the e-mail."""

    user_id: str
    absent: bool = False


def recipients(scene: Scene, tellings: Sequence[Telling], day: date) -> list[list[Recipient]]:
    """Who is told, for each telling in turn; people with an active account only."""
    posts = [_posts(scene, one) for one in tellings]
    found = _holding(scene.sop.sop.subjek, {post for some in posts for post in some}, day)
    named = [_named(scene, one) for one in tellings]
    active = _active({user for some in named for user in some})
    return [
        _unique([*(Recipient(user) for user in some if user in active), *_of(found, here)])
        for some, here in zip(named, posts, strict=True)
    ]


def holding(subject: str, posts: Iterable[Post], day: date) -> list[Recipient]:
    """Who holds any of these posts of a SOP, where no case says whom it concerns."""
    wanted = list(posts)
    return _unique(_of(_holding(subject, set(wanted), day), wanted))


def _posts(scene: Scene, telling: Telling) -> list[Post]:
    """The posts whose holders an audience is, one or more for each visit."""
    if telling.audience is Audience.SUPERIORS:
        office = scene.case.organization_id
        return [Post(actor, office) for actor in scene.sop.sop.pengendali]
    if telling.audience not in (Audience.HOLDERS, Audience.APPROVERS):
        return []
    return [post for visit in telling.visits for post in _posts_at(scene, telling, visit)]


def _posts_at(scene: Scene, telling: Telling, visit: Visit) -> list[Post]:
    step = scene.sop.step(visit.key.step)
    agency = projected.agency_of(scene.case, scene.state, visit, scene.sop)
    if telling.audience is Audience.APPROVERS:
        wanted = step.persetujuan if visit.approval is None else None
        return [Post(wanted, agency)] if wanted else []
    if visit.claimed_by is not None:
        return []
    out = kept_out(scene.state, visit, scene.sop)
    return [Post(actor, agency, out) for actor in visit.together or step.pelaksana]


def _named(scene: Scene, telling: Telling) -> list[str]:
    """The people whom the case itself names."""
    entries = scene.state.entries
    if telling.audience is Audience.SUBMITTERS:
        hands = [entries[item].contributors for item in telling.items if item in entries]
        return sorted(frozenset().union(*hands))
    if telling.audience is Audience.OPENER and scene.event is not None:
        return [scene.event.actor]
    if telling.audience is Audience.ASSIGNEE and scene.event is not None:
        return [scene.event.body["to"]]
    if telling.audience is Audience.HOLDERS:
        return [visit.claimed_by for visit in telling.visits if visit.claimed_by is not None]
    return []


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


def _of(held: _Held, posts: Iterable[Post]) -> list[Recipient]:
    found = []
    for post in posts:
        here = [row for row in held if _fits(row, post)]
        away = {row.for_user_id for row in here if row.acting == PLH}
        wanted = (row.user_id for row in here if row.user_id not in post.without)
        found += [Recipient(user, user in away) for user in wanted]
    return found


def _fits(row: AssignmentRow, post: Post) -> bool:
    return row.actor == post.actor and row.organization_id in (None, post.organization_id)


def _active(user_ids: set[str]) -> frozenset[str]:
    if not user_ids:
        return frozenset()
    query = sa.select(model.User.id).where(
        model.User.id.in_(user_ids), model.User.state == model.State.ACTIVE
    )
    return frozenset(model.Session.scalars(query))


def _unique(people: Iterable[Recipient]) -> list[Recipient]:
    """Each person once; somebody who holds a step in two ways is absent only where both are."""
    found: dict[str, Recipient] = {}
    for one in people:
        before = found.get(one.user_id)
        if before is None or before.absent:
            found[one.user_id] = one
    return list(found.values())
