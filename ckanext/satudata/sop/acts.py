"""From the rule table and the state of a case to a decision, or to a refusal with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.sop.case import FIRST, CaseState, Visit
from ckanext.satudata.sop.definition import Lingkup, Menulis, Sop
from ckanext.satudata.sop.events import Kind, VisitKey
from ckanext.satudata.sop.moves import WAYS, Act, Move, rules_at, writers_at


class PointKind(str, Enum):
    """What a returned point is about."""

    ALL = "all"
    COLUMN = "column"
    ROW = "row"
    FIELD = "field"
    RESOURCE = "resource"


@dataclass(frozen=True)
class Point:
    """One thing to repair: its kind, where (column, rows, field, resource id), and why.

    `dataset` is the id of the one of a list that it is about; empty: all that go back.
    """

    kind: PointKind
    where: str
    note: str
    dataset: str = ""

    def as_dict(self) -> dict[str, str]:
        said = {"kind": self.kind.value, "where": self.where, "note": self.note}
        return {**said, "dataset_id": self.dataset} if self.dataset else said


@dataclass(frozen=True)
class Paper:
    """What was done on paper and is entered afterwards: the day, who did it, the evidence.

    `evidence` names the uploaded scan (id of the attachment); `name` is whom the paper names.
    """

    on: date
    name: str
    evidence: str

    def as_dict(self) -> dict[str, str]:
        return {"on": self.on.isoformat(), "name": self.name, "evidence": self.evidence}


@dataclass(frozen=True)
class Entry:
    """An entry of the daftar data to be added: a dataset, or a request for one (`request`)."""

    id: str
    title: str
    organization: str
    release_date: str | None
    request: bool
    product: bool = False
    contributors: frozenset[str] = frozenset()

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "organization": self.organization,
            "release_date": self.release_date,
            "request": self.request,
            "product": self.product,
            "contributors": sorted(self.contributors),
        }


@dataclass(frozen=True)
class StandIn:
    """An actor that is held in somebody's place: `acting` says how, `for_user` whose it is."""

    actor: str
    acting: str
    for_user: str = ""


@dataclass(frozen=True)
class Person:
    """Who acts, and which actors of the SOP he holds for the agency of the case.

    `stands_in` are those of them that he does not hold himself.
    """

    id: str
    actors: frozenset[str]
    name: str = ""
    stands_in: tuple[StandIn, ...] = ()


@dataclass(frozen=True)
class Attempt:
    """What somebody asks for at one open visit, as he last saw the case (`version`).

    `act` is None for a way out, which `outcome` names. `items`: the datasets meant, where the
    act does not mean all; `rest`: what becomes of the others, `wait` or an outcome that goes on.
    `to`: the user who is to have the visit. `closes_on`: the closing date, `until` its last
    moment in UTC. `at`: now, UTC. `today`: the day in the office's zone. `publish_at`: when what
    the act publishes is to be shown, UTC (None: at once); `embargoes`: id -> not before, UTC.
    """

    visit: VisitKey
    version: int
    outcome: str = ""
    reason: str = ""
    points: tuple[Point, ...] = ()
    act: Act | None = None
    items: tuple[str, ...] = ()
    rest: str = ""
    to: str = ""
    text: str = ""
    attachments: tuple[str, ...] = ()
    entry: Entry | None = None
    until: datetime | None = None
    closes_on: date | None = None
    paper: Paper | None = None
    at: datetime = datetime.min  # noqa: DTZ901 - the rooms hold UTC without a zone
    today: date = date.min
    publish_at: datetime | None = None
    embargoes: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """An allowed act: its row of the table, and the kind and body of the event that records it.

    `effects` says what is done to which datasets now: pairs of a row and the ids it is about.
    """

    move: Move
    visit: Visit
    kind: Kind
    body: Mapping[str, Any]
    effects: tuple[tuple[Move, tuple[str, ...]], ...] = field(default=())


def opening(
    sop: Sop,
    sop_sha256: str,
    entries: tuple[Entry, ...],
    bound: frozenset[int] = frozenset(),
) -> dict[str, Any]:
    """Body of the event that opens a case of `sop` at its first step over `entries`."""
    first = sop.langkah[0]
    items = [entry.id for entry in entries]
    opens: list[dict[str, Any]]
    if first.lingkup is Lingkup.DATA:
        if not items:
            raise Refused("list_empty", step=1)
        opens = [VisitKey(item, 1, 1).as_dict() for item in items]
    else:
        opens = [VisitKey(None, 1, 1).as_dict() | {"items": items, "party": FIRST}]
    return {
        "sop": sop_sha256,
        "entries": [entry.as_dict() for entry in entries],
        "bound": sorted(bound),
        "opens": opens,
        "statuses": {item: first.status.value for item in items} if first.status else {},
    }


def allowed(sop: Sop, state: CaseState, person: Person) -> list[tuple[Visit, Move, str | None]]:
    """Every row of every open visit, with the code of what refuses it to `person` (None: allowed).

    What the form shows as a choice is what `decide` allows: both go through the same rows.
    """
    return [
        (visit, row, refusal(state, visit, row, person))
        for visit in state.open_visits
        for row in rules_at(sop, visit.key.step, state.bound)
    ]


def refusal(state: CaseState, visit: Visit, row: Move, person: Person) -> str | None:
    """The code of the rule that keeps `person` from `row` at `visit` now; None: nothing does."""
    if not person.actors.intersection(holders(visit, row)):
        return "not_holder"
    if row.four_eyes and person.id in state.brought_by(visit):
        return "four_eyes"
    return hindrance(visit, row, person)


def hindrance(visit: Visit, row: Move, person: Person) -> str | None:
    """What the present state of a visit forbids, whoever asks."""
    if row.act is Act.COMMENT:
        return None
    if visit.decided is not None and row.act is not Act.DROP:
        return "work_going_on"
    if (visit.paused_since is not None) != (row.act is Act.RESUME):
        free = row.act in _WHILE_PAUSED
        return None if free else "visit_paused" if visit.paused_since else "not_paused"
    if visit.together and row.act in (Act.CLAIM, Act.ASSIGN):
        return "ended_together"
    if row.act is Act.HAND_BACK and visit.claimed_by is None:
        return "not_claimed"
    if visit.claimed_by not in (None, person.id) and (row.act in WAYS or row.act is Act.CLAIM):
        return "claimed_by_other"
    if row.approval and visit.approval is None:
        return "approval_missing"
    return None


_WHILE_PAUSED = frozenset({Act.DROP, Act.CANCEL, Act.ADD, Act.SET_CLOSING, Act.GO_ON})


def holders(visit: Visit, row: Move) -> tuple[str, ...]:
    """Whom a row waits for at a visit: those of the table, or those who end the visit together."""
    if row.act in WAYS and visit.together:
        return visit.together
    return row.actors


def standing_in(sop: Sop, visit: Visit, row: Move, person: Person) -> dict[str, dict[str, str]]:
    """What an event says besides of one who acts in somebody's place; empty for anybody else.

    The actor has its name along: it is read where the SOP of that day is not at hand.
    """
    by = person.actors.intersection(holders(visit, row))
    by = by or person.actors.intersection(row.on_paper_by)
    instead = {one.actor: one for one in person.stands_in}
    if not by or by - instead.keys():
        return {}
    one = instead[min(by)]
    facts = {"actor": one.actor, "name": sop.pelaksana[one.actor].nama}
    return {"standing_in": {**facts, "acting": one.acting, "for": one.for_user}}


def may_write(sop: Sop, state: CaseState, actors: frozenset[str], item: str) -> Menulis | None:
    """How far somebody who holds `actors` may write dataset `item` now; None: not at all."""
    found: set[Menulis] = set()
    for visit in state.open_visits:
        if item not in visit.items or visit.decided is not None:
            continue
        writers = writers_at(sop, visit.key.step)
        for actor in actors & writers.keys():
            found.update(_how_far(state, visit, how, item) for how in writers[actor])
    if Menulis.SEMUA in found:
        return Menulis.SEMUA
    return Menulis.PRODUK_BARU if Menulis.PRODUK_BARU in found else None


def _how_far(state: CaseState, visit: Visit, how: Menulis, item: str) -> Menulis:
    """At a list step a new product is a dataset of its own, and written as a whole.

    A request is no dataset that could be written there.
    """
    if visit.is_list and state.entries[item].is_request:
        return Menulis.DAFTAR
    if how is Menulis.PRODUK_BARU and visit.is_list:
        return Menulis.SEMUA if state.entries[item].product else Menulis.DAFTAR
    return how


def check_version(state: CaseState, visit: Visit, seen: int) -> None:
    """Raise Conflict when something happened at this visit that the caller had not seen."""
    if seen < visit.touched or seen > state.version:
        raise Conflict("version_conflict", seen=seen, now=state.version)
