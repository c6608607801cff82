"""An invented office, and cases of it that the program itself made: the moulds of all copies.

Every event and every row of a mould is written by the code that writes them for people, so that
copies of it have the shape of real ones.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ckan import model

from ckanext.satudata.model import cases
from ckanext.satudata.model.sops import ensure_sop, sop_of
from ckanext.satudata.model.tables import AssignmentRow, CaseRow, SopRow
from ckanext.satudata.sop.acts import Attempt, Entry, Person, Point, PointKind, opening
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.decide import decide
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.load import load
from ckanext.satudata.sop.moves import moves_at

SOPS = Path(__file__).parent.parent / "schemas/sop"
START = datetime.fromisoformat("2025-01-06T08:00:00")
EVENTS = 20
"""How many events a common case has: two million over a hundred thousand cases."""

POINT = Point(PointKind.COLUMN, "jumlah", "Titik ribuan (rekaan).")


@dataclass
class Office:
    """A walidata, one holder for each of its actors, and agencies with a producer each (ids)."""

    walidata: str
    people: dict[str, str]
    agencies: list[str]
    producers: list[str]


@dataclass
class Mould:
    """A case to be copied: what in it is replaced in a copy, and whether it is open."""

    case: CaseRow
    state: CaseState
    token: str
    agency: str
    producer: str
    sop: Sop
    now: datetime
    people: dict[str, str] = field(default_factory=dict)

    def visits(self) -> list[Visit]:
        return list(self.state.open_visits)


def make_office(agencies: int) -> Office:
    """The rows of people and agencies; nothing of it is indexed or mailed."""
    walidata = _agency("kominfo-ukur", "Dinas Kominfo (ukur)")
    ids = [_agency(f"dinas-ukur-{n}", f"Dinas {n} (ukur)") for n in range(agencies)]
    producers = [_person(f"produsen-ukur-{n}", ids[n]) for n in range(agencies)]
    people = {}
    for path in sorted(SOPS.glob("*.yaml")):
        row = _stored(path)
        for actor, about in sop_of(row).pelaksana.items():
            if about.peran == "produsen":
                for producer, agency in zip(producers, ids, strict=True):
                    _assign(producer, row.subject, actor, agency)
            else:
                person = people.get(actor) or _person(f"{actor}-ukur".replace("_", "-"))
                people[actor] = person
                _assign(person, row.subject, actor, None)
    people["rekan"] = _person("rekan-ukur")
    _assign(people["rekan"], sop_row("000").subject, "verifikator", None)
    model.Session.commit()
    return Office(walidata, people, ids, producers)


def sop_row(name: str) -> SopRow:
    """The stored revision of the file whose name begins with `name`."""
    return _stored(next(iter(sorted(SOPS.glob(f"{name}*.yaml")))))


def _stored(path: Path) -> SopRow:
    return ensure_sop(load(path.read_bytes(), path.name), START)


def _agency(name: str, title: str) -> str:
    group = model.Group(name=name, title=title, type="organization")
    group.is_organization = True
    model.Session.add(group)
    model.Session.flush()
    return group.id


def _person(name: str, agency: str | None = None) -> str:
    user = model.User(name=name, fullname=name.replace("-", " ").title(), email=f"{name}@x.example")
    model.Session.add(user)
    model.Session.flush()
    if agency:
        member = model.Member(
            group_id=agency, table_id=user.id, table_name="user", capacity="editor"
        )
        model.Session.add(member)
    return user.id


def _assign(user: str, sop: str, actor: str, agency: str | None) -> None:
    row = AssignmentRow(user_id=user, sop=sop, actor=actor, organization_id=agency)
    row.valid_from, row.created_by, row.created_at = START.date(), user, START
    model.Session.add(row)


def begin(office: Office, sop: SopRow, datasets: int = 1) -> Mould:
    """A case of `sop` over datasets of the first agency, opened by its producer."""
    agency, producer, token = office.agencies[0], office.producers[0], str(uuid.uuid4())
    sheet, brought = sop_of(sop), frozenset({producer})
    entries = tuple(
        Entry(f"{token}-{n}", f"Data ukur {n}", agency, None, request=False, contributors=brought)
        for n in range(datasets)
    )
    body = {**opening(sheet, sop.sha256, entries), "contents": {e.id: _content(1) for e in entries}}
    holder = agency if datasets == 1 else office.walidata
    publishes = any("terbitkan" in one.efek for one in sheet.langkah)
    new = cases.Opening(sop, holder, producer, START, body, publishes)
    case, state = cases.open_case(new)
    return Mould(case, state, token, agency, producer, sheet, START, office.people)


def record(mould: Mould, kind: Kind, actor: str, body: dict[str, Any]) -> None:
    """One more event, an hour after the last."""
    mould.now += timedelta(hours=1)
    mould.state = cases.append(mould.case, mould.state, kind, actor, mould.now, body)


def change(mould: Mould) -> None:
    """The producer brings the file of the first dataset anew."""
    item, version = mould.state.items[0], mould.state.version
    told = {
        "metadata": False,
        "added": [],
        "changed": ["berkas"],
        "removed": [],
        "reordered": False,
    }
    body = {"item": item, "content": _content(version), "change": told}
    record(mould, Kind.CONTENT_CHANGED, mould.producer, body)


def comment(mould: Mould) -> None:
    visit = mould.visits()[0].key.as_dict()
    body = {"act": "comment", "step": visit["step"], "visit": visit, "reason": ""}
    words = {"text": "Mohon satuan ditulis pada judul kolom (rekaan).", "attachments": []}
    record(mould, Kind.COMMENTED, mould.producer, {**body, **words})


def beside(mould: Mould, kind: Kind, act: str, actor: str, **more: Any) -> None:
    """An act that ends no visit, at the first open one."""
    visit = mould.visits()[0].key.as_dict()
    head = {"act": act, "step": visit["step"], "visit": visit, "reason": "Menunggu surat (rekaan)."}
    record(mould, kind, actor, {**head, **more})


def end(mould: Mould, *, back: bool = False, by: str = "") -> None:
    """The first open visit is ended by whoever holds it (or by the holder of the actor `by`): on
    by its first way, or back."""
    visit = mould.visits()[0]
    ways = moves_at(mould.sop, visit.key.step, mould.state.bound)
    way = next(one for one in ways if one.is_return == back)
    actor = by or (visit.together or way.actors)[0]
    user = mould.people.get(actor, mould.producer)
    attempt = Attempt(
        visit.key, mould.state.version, way.outcome, "Angka belum cocok (rekaan).", (POINT,)
    )
    made = decide(mould.sop, mould.state, Person(user, frozenset({actor})), attempt, {})
    record(mould, made.kind, user, dict(made.body))


def walk(mould: Mould, step: int) -> None:
    """Straight on until every open visit is at `step` or behind it; 0: to the end."""
    while any(v.key.step < step or step == 0 for v in mould.visits()):
        at = mould.visits()[0].key
        end(mould)
        if at.step == 8 and at.item is not None:
            for kind in (Kind.RELEASE_MADE, Kind.RELEASE_SHOWN):
                body = {"item": at.item, "number": 1, "content_sha256": _sha(at.item)}
                record(mould, kind, mould.people["pengelola_data"], body)


def fill(mould: Mould, events: int, leave: int = 0) -> None:
    """Changes and comments until only `leave` events are missing to `events`."""
    while mould.state.version + leave < events:
        (change if mould.state.version % 2 else comment)(mould)


def longest(office: Office, events: int) -> Mould:
    """A case that went back and forth until it had `events`; it waits for the verifikator."""
    mould = begin(office, sop_row("000"))
    walk(mould, 3)
    while mould.state.version + 4 <= events:
        end(mould, back=True)
        change(mould)
        comment(mould)
        end(mould)
    fill(mould, events)
    model.Session.commit()
    return mould


def _content(version: int) -> dict[str, Any]:
    resources = {"berkas": _sha(f"berkas {version}"), "kamus": _sha("kamus")}
    return {"metadata": _sha(f"{version}"), "resources": resources, "order": sorted(resources)}


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def items_of(moulds: Iterable[Mould]) -> int:
    return sum(len(one.state.items) for one in moulds)
