"""Which open visits a person sees in his inbox, and in which tab: conditions on visit rows alone.

Every visit that somebody sees is in exactly one tab, because one expression names its tab; counts
and rows both ask that expression.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.inbox.claims import Claim
from ckanext.satudata.logic.inbox.heads import Head, sheet
from ckanext.satudata.model import assignments
from ckanext.satudata.model.tables import AssignmentRow, CaseItemRow, VisitRow
from ckanext.satudata.sop.definition import Langkah

Condition = sa.ColumnElement[bool]
ActorsOf = Callable[[Langkah], Iterable[str | None]]
"""The actors whom a step concerns in some way."""

TABS = ("mine", "repair", "unit", "others")
"""In the order in which somebody turns to them."""

WAITING_FOR = ("me", *TABS, "any", "first")

DUE = ("overdue", "near", "any")

FARTHEST_NEAR = timedelta(days=21)
"""What is near is due within this: a working day before it, over the longest holidays."""

MAX_NUMBER = 2**63 - 1
"""The highest number that a case can have."""


Held = Mapping[tuple[str, str | None], frozenset[str]]
"""(subject of a SOP, agency or None: every one) -> the actors held there."""


@dataclass(frozen=True)
class Reader:
    """Whose inbox it is, what he holds, and what of it as a party outside the office.

    `agencies` are those whose cases he may see; None: every case. As an outside party he sees
    what waits for him and nothing else.
    """

    user_id: str
    held: Held
    outside: Held
    agencies: frozenset[str] | None

    def actors_at(self, subject: str, agency: str) -> frozenset[str]:
        """The actors of a SOP that he holds for an agency."""
        nothing = frozenset[str]()
        return self.held.get((subject, None), nothing) | self.held.get((subject, agency), nothing)


def reader_of(user: model.User, known: Mapping[str, Head]) -> Reader:
    """The reader behind an account, as he stands today."""
    rows = assignments.assignments_of(user.id, clock.today())
    roles = _outside_roles(known)
    outside = [row for row in rows if (row.sop, row.actor) in roles]
    inside = {row.organization_id for row in rows if (row.sop, row.actor) not in roles}
    everywhere = user.sysadmin or None in inside
    agencies = frozenset(filter(None, inside)) | set(user.get_group_ids("organization"))
    return Reader(user.id, _held(rows), _held(outside), None if everywhere else agencies)


def _held(rows: Iterable[AssignmentRow]) -> Held:
    held: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    for row in rows:
        held[row.sop, row.organization_id].add(row.actor)
    return {key: frozenset(actors) for key, actors in held.items()}


def _outside_roles(known: Mapping[str, Head]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (head.subject, actor)
        for head in known.values()
        for actor, about in sheet(head.id).pelaksana.items()
        if about.pihak_luar
    )


@dataclass(frozen=True)
class Filters:
    """What a reader narrows his inbox to: `sop` a subject, `organization` an id, `q` a part of a
    title or the number of a case, `due` what is over or near."""

    sop: str = ""
    organization: str = ""
    step: int | None = None
    q: str = ""
    due: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Filters:
        """The filters among validated input; an agency may be named. An unknown one has nothing."""
        agency = data.get("organization") or ""
        group = model.Group.get(agency) if agency else None
        return cls(
            sop=data.get("sop") or "",
            organization=group.id if group else agency,
            step=data.get("step"),
            q=data.get("q") or "",
            due=data.get("due") or "",
        )

    def conditions(self, known: Mapping[str, Head]) -> list[Condition]:
        """What a visit must be; nothing when nothing is asked."""
        found: list[Condition] = []
        if self.sop:
            found.append(VisitRow.sop_id.in_(_revisions(known, self.sop)))
        if self.step is not None:
            found.append(VisitRow.step == self.step)
        if self.organization:
            found.append(_overlap(VisitRow.agencies, [self.organization]))
        if self.q.strip():
            found.append(_says(self.q.strip()))
        if self.due:
            found.append(due(self.due, clock.now()))
        return found


@dataclass(frozen=True)
class Conditions:
    """The inbox of one reader: what it holds (`seen`), the tab of a visit, and what he can end.

    `may_end`: it is his, free, and nothing stands still; `barred`: he himself is kept from it.
    The two stand apart because the index that counts does not hold whom a visit keeps out.
    """

    seen: Condition
    tab: sa.ColumnElement[str]
    may_end: Condition
    barred: Condition

    @property
    def can_end(self) -> Condition:
        return sa.and_(self.may_end, ~self.barred)

    def of(self, waiting_for: str) -> Condition:
        """The visits of a tab, of all tabs (`any`), or those that he can end now (`me`)."""
        if waiting_for == "any":
            return self.seen
        wanted = self.can_end if waiting_for == "me" else self.tab == waiting_for
        return sa.and_(self.seen, wanted)


def conditions_for(
    reader: Reader, known: Mapping[str, Head], void: frozenset[Claim] = frozenset()
) -> Conditions:
    """The conditions of a reader's inbox over the stored SOPs; `void` claims count as none."""
    held = reader.held
    holds = _holds(held, known)
    approves = sa.and_(
        VisitRow.approver.is_not(None), _steps(held, known, lambda step: (step.persetujuan,))
    )
    writes = _steps(held, known, lambda step: (one.pelaksana for one in step.penulis))
    claimed = sa.func.coalesce(VisitRow.claimed_by == reader.user_id, sa.false())
    tab = sa.case(
        (sa.and_(claimed, sa.or_(holds, approves)), "mine"),
        (sa.or_(holds, approves), "unit"),
        (sa.and_(VisitRow.returned, ~VisitRow.decided, writes), "repair"),
        else_="others",
    )
    free = sa.or_(VisitRow.claimed_by.is_(None), claimed, *_claimed_in_vain(void))
    goes_on = sa.and_(VisitRow.paused_since.is_(None), ~VisitRow.decided)
    return Conditions(
        seen=_seen(reader, known),
        tab=tab,
        may_end=sa.and_(goes_on, sa.or_(sa.and_(free, holds), approves)),
        barred=sa.and_(_overlap(VisitRow.kept_out, [reader.user_id]), ~approves),
    )


def due(which: str, now: datetime) -> Condition:
    """Visits that somebody is told of: what is over (`overdue`), near, or has a time (`any`)."""
    timed = VisitRow.due_at.is_not(None)
    if which == "overdue":
        return sa.and_(timed, VisitRow.due_at < now)
    if which == "near":
        soon = VisitRow.due_at.between(now, now + FARTHEST_NEAR)
        return sa.and_(timed, soon, VisitRow.near_at <= now)
    return timed


def _seen(reader: Reader, known: Mapping[str, Head]) -> Condition:
    is_open = VisitRow.closed_by.is_(None)
    if reader.agencies is None:
        return is_open
    ways = [_overlap(VisitRow.agencies, sorted(reader.agencies))] if reader.agencies else []
    ways += [_holds(reader.outside, known)] if reader.outside else []
    return sa.and_(is_open, sa.or_(sa.false(), *ways))


def _holds(held: Held, known: Mapping[str, Head]) -> Condition:
    """Visits that somebody who holds this ends."""
    return sa.or_(
        sa.and_(~VisitRow.joint, _steps(held, known, lambda step: step.pelaksana)),
        sa.and_(VisitRow.joint, VisitRow.id.in_(_joint(held, known))),
    )


def _claimed_in_vain(void: frozenset[Claim]) -> list[Condition]:
    agencies: defaultdict[tuple[str, str, int], set[str]] = defaultdict(set)
    for claim in void:
        agencies[claim.claimed_by, claim.sop_id, claim.step].add(claim.organization_id)
    return [
        sa.and_(
            VisitRow.claimed_by == user,
            VisitRow.sop_id == sop_id,
            VisitRow.step == step,
            VisitRow.organization_id.in_(sorted(where)),
        )
        for (user, sop_id, step), where in sorted(agencies.items())
    ]


def _joint(held: Held, known: Mapping[str, Head]) -> sa.Select[tuple[str]]:
    """Ids of the open visits that several end together, held actors among them."""
    visit = aliased(VisitRow)
    found = [
        sa.and_(
            visit.sop_id.in_(_revisions(known, subject)),
            _overlap(visit.actors, sorted(actors)),
            _at(visit.organization_id, where),
        )
        for (subject, actors), where in _grouped(held).items()
    ]
    is_open = sa.and_(visit.closed_by.is_(None), visit.joint)
    return sa.select(visit.id).where(is_open, sa.or_(sa.false(), *found))


def _steps(held: Held, known: Mapping[str, Head], actors_of: ActorsOf) -> Condition:
    """Visits to steps that concern (`actors_of`) a held actor, for their agency.

    A step is compared by its number: what the sheet says of it need not be read row by row.
    """
    found = [
        sa.and_(
            VisitRow.sop_id.in_(revisions),
            VisitRow.step.in_(steps),
            _at(VisitRow.organization_id, where),
        )
        for (subject, actors), where in _grouped(held).items()
        for steps, revisions in _by_steps(known, subject, actors, actors_of).items()
    ]
    return sa.or_(sa.false(), *found)


def _grouped(held: Held) -> dict[tuple[str, frozenset[str]], set[str | None]]:
    """The agencies for which the same actors of a SOP are held."""
    agencies: defaultdict[tuple[str, frozenset[str]], set[str | None]] = defaultdict(set)
    for (subject, agency), actors in held.items():
        agencies[subject, actors].add(agency)
    return agencies


def _by_steps(
    known: Mapping[str, Head], subject: str, actors: frozenset[str], actors_of: ActorsOf
) -> dict[tuple[int, ...], list[str]]:
    """The revisions of a SOP by the steps of theirs that concern one of the actors."""
    revisions: defaultdict[tuple[int, ...], list[str]] = defaultdict(list)
    for sop_id in _revisions(known, subject):
        rows = sheet(sop_id).langkah
        steps = tuple(row.langkah for row in rows if not actors.isdisjoint(actors_of(row)))
        if steps:
            revisions[steps].append(sop_id)
    return revisions


def _at(column: Any, agencies: set[str | None]) -> Condition:
    """Visits that the people of these agencies hold; None among them: of every agency."""
    if None in agencies:
        return sa.true()
    return column.in_(sorted(filter(None, agencies)))


def _revisions(known: Mapping[str, Head], subject: str) -> list[str]:
    return [head.id for head in known.values() if head.subject == subject]


def _overlap(column: Any, values: Iterable[str]) -> Condition:
    """Whether an array holds one of the values; nothing of them is in any."""
    return column.overlap(sa.cast(list(values), ARRAY(sa.Text)))


def _says(text: str) -> Condition:
    """Visits whose data is called so, or whose case has this number."""
    item = CaseItemRow
    title = sa.func.coalesce(sa.func.nullif(model.Package.title, ""), item.title)
    titles = (
        sa.select(sa.literal(1))
        .select_from(item)
        .outerjoin(model.Package, model.Package.id == item.dataset_id)
        .where(
            item.case_id == VisitRow.case_id,
            item.ended.is_(None),
            sa.or_(VisitRow.item.is_(None), item.dataset_id == VisitRow.item),
            title.icontains(text, autoescape=True),
        )
    )
    digits = text.isdecimal() and text.isascii() and len(text) <= len(str(MAX_NUMBER))
    if digits and int(text) <= MAX_NUMBER:
        return sa.or_(VisitRow.case_number == int(text), titles.exists())
    return titles.exists()
