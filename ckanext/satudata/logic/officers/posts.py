"""Assignments of a workbook, compared with those that the portal has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.logic.officers.accounts import Agency, Directory, Official
from ckanext.satudata.logic.officers.assigning import ACTING_NAMES, OFFICE_WIDE_NAMES, Wanted
from ckanext.satudata.logic.officers.changes import (
    CHANGED,
    FAULTY,
    NEW,
    SAME,
    Change,
    Faults,
    texts,
)
from ckanext.satudata.logic.sop import sops
from ckanext.satudata.model import assignments, attachments
from ckanext.satudata.model.assignments import OFFICE_WIDE
from ckanext.satudata.model.tables import AssignmentRow
from ckanext.satudata.officers.sheets import ASSIGNMENTS
from ckanext.satudata.officers.workbook import Row, Workbook

COLUMNS = {"decree_attachment": "decree_file"}
"""Field of a refusal -> column of the sheet, where the two have different names."""


@dataclass(frozen=True)
class Post:
    """What a row of the sheet Penugasan wants, with people and agencies that may be new."""

    user: Official
    sop: str
    actor: str
    agency: Agency | None
    valid_from: date | None
    valid_until: date | None
    acting: str | None
    for_user: Official | None
    decree_number: str | None
    decree_date: date | None
    decree_attachment: str | None
    replaces: AssignmentRow | None = None

    @property
    def place(self) -> tuple[str, str, str]:
        """SOP, actor and agency."""
        return self.sop, self.actor, self.agency.name if self.agency else ""

    @property
    def is_known(self) -> bool:
        """Whether everybody and everything it names is in the portal already."""
        named = (self.user, self.for_user, self.agency)
        return all(one is None or one.id for one in named)

    def key(self) -> dict[str, Any]:
        """The values of `assignments.KEY`; only where everything it names is known."""
        return {
            "user_id": self.user.id,
            "sop": self.sop,
            "actor": self.actor,
            "organization_id": self.agency.id if self.agency else None,
            "acting": self.acting,
            "for_user_id": self.for_user.id if self.for_user else None,
        }


class Actors:
    """SOPs and actors as people write them: by subject, number or name, by key or name."""

    def __init__(self) -> None:
        self._sops: dict[str, str] = {OFFICE_WIDE: OFFICE_WIDE}
        self._actors: dict[tuple[str, str], str] = {}
        self.names: dict[tuple[str, str], str] = {}
        for one in sops.revisions():
            head = one.sop.sop
            for written in (head.subjek, head.nomor, head.nama):
                if written:
                    self._sops.setdefault(written.casefold(), one.subject)
            for key, actor in one.sop.pelaksana.items():
                self._add(one.subject, key, actor.nama)
        for key, name in OFFICE_WIDE_NAMES.items():
            self._add(OFFICE_WIDE, key, tk._(name))

    def _add(self, subject: str, key: str, name: str) -> None:
        self.names.setdefault((subject, key), name)
        for written in (key, name):
            self._actors.setdefault((subject, written.casefold()), key)

    def sop(self, row: Row, faults: Faults) -> str | None:
        """The subject that a row names; None where it is blank or faulty."""
        written = row.text("sop")
        if written is None:
            return None
        subject = self._sops.get(written.casefold())
        if subject is None:
            known = sorted({one for one in self._sops.values() if one != OFFICE_WIDE})
            faults.add(row, "sop", "sop_unknown", sop=written, known=known)
        return subject

    def actor(self, row: Row, subject: str | None, faults: Faults) -> str | None:
        """The key of the actor that a row names; None where it is blank or faulty."""
        written = row.text("actor")
        if written is None or subject is None:
            return None
        key = self._actors.get((subject, written.casefold()))
        if key is None:
            known = sorted(key for of, key in self.names if of == subject)
            faults.add(row, "actor", "actor_unknown", actor=written, known=known)
        return key


def posts(
    workbook: Workbook,
    faults: Faults,
    known: Directory,
    importer: model.User,
    letters: Mapping[str, str],
) -> tuple[Change, ...]:
    """The rows of the sheet Penugasan. `letters`: name of an uploaded letter -> its attachment."""
    actors = Actors()
    read = [(row, _read(row, faults, known, actors, letters)) for row in workbook.of(ASSIGNMENTS)]
    said = [post for _row, post in read if post is not None]
    first: dict[tuple[Any, ...], int] = {}
    changes = []
    for row, post in read:
        if post is not None:
            _check_once(row, post, first, faults)
            _check_right(row, post, importer, faults)
        changes.append(_change(row, post, said, actors, faults))
    return tuple(changes)


def _read(
    row: Row, faults: Faults, known: Directory, actors: Actors, letters: Mapping[str, str]
) -> Post | None:
    """What a row wants; None where a part that it cannot do without is faulty."""
    sop = actors.sop(row, faults)
    actor = actors.actor(row, sop, faults)
    user = known.person(row, "user", faults)
    other = known.person(row, "for_user", faults)
    agency = known.agency(row, "organization", faults)
    letter = _letter(row, faults, letters)
    if sop is None or actor is None or user is None or faults.of(row):
        return None
    return Post(
        user=user,
        sop=sop,
        actor=actor,
        agency=agency,
        valid_from=row.day("valid_from"),
        valid_until=row.day("valid_until"),
        acting=row.text("acting"),
        for_user=other,
        decree_number=row.text("decree_number"),
        decree_date=row.day("decree_date"),
        decree_attachment=letter,
    )


def _letter(row: Row, faults: Faults, letters: Mapping[str, str]) -> str | None:
    name = row.text("decree_file")
    if name is None:
        return None
    found = letters.get(name.casefold())
    if found is None:
        faults.add(row, "decree_file", "import_letter_unknown", name=name)
    return found


def _check_once(row: Row, post: Post, first: dict[tuple[Any, ...], int], faults: Faults) -> None:
    other = post.for_user.name if post.for_user else ""
    key = (post.user.name, *post.place, post.acting, other, post.valid_from)
    earlier = first.setdefault(key, row.number)
    if earlier != row.number:
        faults.add(row, "user", "row_twice", row=earlier)


def _check_right(row: Row, post: Post, importer: model.User, faults: Faults) -> None:
    agency = post.agency.id if post.agency else None
    if not assigning.may_assign(importer, post.sop, post.actor, agency):
        faults.add(row, "actor", "not_assigner")


def _change(
    row: Row, post: Post | None, said: Sequence[Post], actors: Actors, faults: Faults
) -> Change:
    if post is None:
        return Change(row, FAULTY, _label_of(row), faults=faults.of(row))
    label = _label(post, actors)
    stored = _stored(post)
    if any(_says_the_same(one, post) for one in stored):
        return Change(row, FAULTY if faults.of(row) else SAME, label, faults=faults.of(row))
    old = next((one for one in stored if _is_replaced(one, post)), None)
    wanted = _completed(post, old)
    _check(row, wanted, said, faults)
    if faults.of(row):
        return Change(row, FAULTY, label, faults=faults.of(row))
    before = _days_and_letter(old) if old else {}
    after = _days_and_letter(wanted)
    return Change(row, CHANGED if old else NEW, label, before, after, what=wanted)


def _stored(post: Post) -> Sequence[AssignmentRow]:
    return assignments.unended(post.key()) if post.is_known else ()


def _says_the_same(row: AssignmentRow, post: Post) -> bool:
    """A blank cell asks for nothing; an assignment that is over is not what a row asks for."""
    if post.valid_from is None and _is_over(row):
        return False
    return (
        post.valid_from in (None, row.valid_from)
        and post.valid_until == row.valid_until
        and post.decree_number in (None, row.decree_number)
        and post.decree_date in (None, row.decree_date)
    )


def _is_replaced(row: AssignmentRow, post: Post) -> bool:
    if post.valid_from is None:
        return not _is_over(row)
    return post.valid_from == row.valid_from


def _is_over(row: AssignmentRow) -> bool:
    return row.valid_until is not None and row.valid_until < clock.today()


def _completed(post: Post, old: AssignmentRow | None) -> Post:
    """The row with what it leaves out: the first day, and the letter of what it replaces."""
    filled: dict[str, Any] = {"valid_from": post.valid_from or clock.today(), "replaces": old}
    if old is not None and post.decree_number in (None, old.decree_number):
        filled["decree_number"] = old.decree_number
        filled["decree_date"] = post.decree_date or old.decree_date
        filled["decree_attachment"] = post.decree_attachment or old.decree_attachment
    return replace(post, **filled)


def _check(row: Row, post: Post, said: Sequence[Post], faults: Faults) -> None:
    """What every assignment is asked, however it is made."""

    def holds(user_id: str, sop: str, actor: str, agency: str | None, day: date | None) -> bool:
        if assignments.held_by(user_id, sop, actor, agency, day):
            return True
        return any(_will_hold(one, post, day) for one in said)

    try:
        assigning.check(wanted(post), holds)
    except Refused as refused:
        field = refused.field or "user"
        faults.add(row, COLUMNS.get(field, field), refused.code, **refused.facts)


def _will_hold(one: Post, post: Post, day: date | None) -> bool:
    """Whether another row of the workbook lets him hold it in whose place this one acts."""
    if one.acting is not None or post.for_user is None or one.user.name != post.for_user.name:
        return False
    if (one.sop, one.actor) != (post.sop, post.actor):
        return False
    if one.agency is not None and (post.agency is None or one.agency.name != post.agency.name):
        return False
    first = one.valid_from or clock.today()
    return day is None or (first <= day and (one.valid_until is None or one.valid_until >= day))


def wanted(post: Post) -> Wanted:
    """The same as an assignment, for the rules and for the row that is stored."""
    other = post.for_user
    return Wanted(
        user_id=_id(post.user),
        sop=post.sop,
        actor=post.actor,
        organization_id=(post.agency.id or post.agency.name) if post.agency else None,
        valid_from=post.valid_from or clock.today(),
        valid_until=post.valid_until,
        acting=post.acting,
        for_user_id=_id(other) if other else None,
        for_user_name=other.display_name if other else "",
        decree_number=post.decree_number,
        decree_date=post.decree_date,
        decree_attachment=post.decree_attachment,
    )


def _id(one: Official) -> str:
    """An id, or for an account that is to be made a word that nobody has for an id."""
    return one.id or f"new {one.name}"


def _label(post: Post, actors: Actors) -> str:
    name = actors.names[post.sop, post.actor]
    before = ACTING_NAMES.get(post.acting or "")
    title = f"{before} {name}" if before else name
    place = post.agency.title if post.agency else ""
    return ", ".join(one for one in (post.user.display_name, title, place) if one)


def _label_of(row: Row) -> str:
    return ", ".join(row.text(key) or "" for key in ("user", "actor") if row.text(key))


def _days_and_letter(one: Post | AssignmentRow) -> dict[str, str]:
    days = (one.valid_from, one.valid_until, one.decree_date)
    first, last, dated = (day.isoformat() if day else None for day in days)
    file = attachments.attachment(one.decree_attachment) if one.decree_attachment else None
    return texts({
        "valid_from": first,
        "valid_until": last,
        "decree_number": one.decree_number,
        "decree_date": dated,
        "decree_file": file.name if file else None,
    })  # fmt: skip
