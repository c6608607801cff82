"""Which open visits a person sees in his inbox, and in which tab: conditions on visit rows alone.

Every visit that somebody sees is in exactly one tab, because one expression names its tab; counts
and rows both ask that expression.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import ARRAY

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.inbox_sops import Head
from ckanext.satudata.model import assignments
from ckanext.satudata.model.tables import CaseItemRow, VisitRow

Condition = sa.ColumnElement[bool]

TABS = ("mine", "unit", "repair", "others")
WAITING_FOR = ("me", *TABS, "any")

MAX_NUMBER = 2**63 - 1
"""The highest number that a case can have."""


@dataclass(frozen=True)
class Reader:
    """Whose inbox it is: `held` maps (subject of a SOP, agency or None: every one) to actors.

    `agencies` are those whose cases he may see; None: every case.
    """

    user_id: str
    held: Mapping[tuple[str, str | None], frozenset[str]]
    agencies: frozenset[str] | None

    def actors_at(self, subject: str, agency: str) -> frozenset[str]:
        """The actors of a SOP that he holds for an agency."""
        nothing = frozenset[str]()
        return self.held.get((subject, None), nothing) | self.held.get((subject, agency), nothing)


def reader_of(user: model.User) -> Reader:
    """The reader behind an account, as he stands today."""
    held: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    for row in assignments.assignments_of(user.id, clock.today()):
        held[row.sop, row.organization_id].add(row.actor)
    everywhere = user.sysadmin or any(agency is None for _subject, agency in held)
    agencies = {agency for _subject, agency in held if agency}
    agencies |= set(user.get_group_ids("organization"))
    actors = {key: frozenset(names) for key, names in held.items()}
    return Reader(user.id, actors, None if everywhere else frozenset(agencies))


@dataclass(frozen=True)
class Filters:
    """What a reader narrows his inbox to: `sop` a subject, `organization` an id, `q` a part of a
    title or the number of a case."""

    sop: str = ""
    organization: str = ""
    step: int | None = None
    q: str = ""

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
        return found


@dataclass(frozen=True)
class Conditions:
    """The inbox of one reader: what it holds (`seen`), the tab of a visit, and whether he can do
    now what it waits for (`can_end`)."""

    seen: Condition
    tab: sa.ColumnElement[str]
    can_end: Condition

    def of(self, waiting_for: str) -> Condition:
        """The visits of a tab, of all tabs (`any`), or those that he can end now (`me`)."""
        if waiting_for == "any":
            return self.seen
        wanted = self.can_end if waiting_for == "me" else self.tab == waiting_for
        return sa.and_(self.seen, wanted)


def conditions_for(reader: Reader, known: Mapping[str, Head]) -> Conditions:
    """The conditions of a reader's inbox over the stored SOPs."""
    holds = _concerns(reader, known, VisitRow.actors)
    approves = _approves(reader, known)
    claimed = VisitRow.claimed_by == reader.user_id
    writes = _concerns(reader, known, VisitRow.writers)
    tab = sa.case(
        (sa.and_(claimed, sa.or_(holds, approves)), "mine"),
        (sa.or_(holds, approves), "unit"),
        (sa.and_(VisitRow.returned, ~VisitRow.decided, writes), "repair"),
        else_="others",
    )
    free = sa.or_(VisitRow.claimed_by.is_(None), claimed)
    kept_out = _overlap(VisitRow.kept_out, [reader.user_id])
    can_end = sa.and_(
        VisitRow.paused_since.is_(None),
        ~VisitRow.decided,
        sa.or_(sa.and_(holds, free, ~kept_out), approves),
    )
    return Conditions(_seen(reader), tab, can_end)


def _seen(reader: Reader) -> Condition:
    is_open = VisitRow.closed_by.is_(None)
    if reader.agencies is None:
        return is_open
    return sa.and_(is_open, _overlap(VisitRow.agencies, sorted(reader.agencies)))


def _concerns(reader: Reader, known: Mapping[str, Head], column: Any) -> Condition:
    """Visits whose `column` names an actor whom the reader holds for the agency of the visit."""
    return _held(reader, known, lambda actors: _overlap(column, actors))


def _approves(reader: Reader, known: Mapping[str, Head]) -> Condition:
    """Visits that lack the named approval of an actor whom the reader holds."""
    return _held(reader, known, VisitRow.approver.in_)


def _held(reader: Reader, known: Mapping[str, Head], names: Any) -> Condition:
    agencies: defaultdict[tuple[str, frozenset[str]], set[str | None]] = defaultdict(set)
    for (subject, agency), actors in reader.held.items():
        agencies[subject, actors].add(agency)
    found = [
        sa.and_(
            VisitRow.sop_id.in_(revisions),
            names(sorted(actors)),
            _at(where),
        )
        for (subject, actors), where in agencies.items()
        if (revisions := _revisions(known, subject))
    ]
    return sa.or_(sa.false(), *found)


def _at(agencies: set[str | None]) -> Condition:
    """Visits that the people of these agencies hold; None among them: of every agency."""
    if None in agencies:
        return sa.true()
    return VisitRow.organization_id.in_(sorted(filter(None, agencies)))


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
    if text.isdecimal() and text.isascii() and int(text) <= MAX_NUMBER:
        return sa.or_(VisitRow.case_number == int(text), titles.exists())
    return titles.exists()
