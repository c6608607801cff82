"""Who may say who holds what, and what an assignment needs before it counts.

- The administrator of the portal assigns everything.
- The head of the walidata (`pimpinan_walidata`, himself assigned by the administrator only) assigns
  every actor of every SOP: officers of agencies and of the walidata change by his decree, and the
  portal's administrator is a technician who should not be asked each time.
- The administrator of an agency assigns the produsen actors of his own agency, and of it only:
  the agency knows who of its staff brings data. He does not assign whoever approves, publishes or
  steers a case, though some SOPs call that actor produsen too: he could otherwise give himself,
  by a capacity of CKAN, what the SOP keeps for somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ckan import authz, model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import attachments
from ckanext.satudata.logic.sop import sops
from ckanext.satudata.model import assignments
from ckanext.satudata.model.assignments import OFFICE_WIDE, OFFICE_WIDE_ACTORS, PLH, PLT
from ckanext.satudata.model.tables import AssignmentRow
from ckanext.satudata.msgid import N_
from ckanext.satudata.sop.definition import Efek, Langkah, Pelaksana, Sop

DECIDING = frozenset({Efek.SETUJUI, Efek.TERBITKAN})
OFFICE_WIDE_NAMES = {assignments.PIMPINAN_WALIDATA: N_("Head of the walidata")}
ACTING_NAMES = {PLT: "Plt.", PLH: "Plh."}


def capacity(in_place: Mapping[str, Any] | None) -> str:
    """`Plt. Kasi` for what an event says of one who acted in somebody's place; else empty."""
    return f"{ACTING_NAMES[in_place['acting']]} {in_place['name']}" if in_place else ""


Holds = Callable[[str, str, str, str | None, date | None], bool]
"""Whether a person holds an actor himself for an agency on a day; see `assignments.held_by`."""


@dataclass(frozen=True)
class Wanted:
    """What is to be assigned: ids of rows, days, and the letter."""

    user_id: str
    sop: str
    actor: str
    organization_id: str | None
    valid_from: date
    valid_until: date | None
    acting: str | None = None
    for_user_id: str | None = None
    for_user_name: str = ""
    decree_number: str | None = None
    decree_date: date | None = None
    decree_attachment: str | None = None

    def key(self) -> dict[str, Any]:
        """The values of `assignments.KEY`."""
        return {
            "user_id": self.user_id,
            "sop": self.sop,
            "actor": self.actor,
            "organization_id": self.organization_id,
            "acting": self.acting,
            "for_user_id": self.for_user_id,
        }

    def row(self, creator: model.User | None) -> AssignmentRow:
        """The row to be stored."""
        return AssignmentRow(
            **self.key(),
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            decree_number=self.decree_number,
            decree_date=self.decree_date,
            decree_attachment=self.decree_attachment,
            created_by=creator.id if creator else "",
            created_at=clock.now(),
        )


def is_head(user: model.User | None) -> bool:
    """Whether somebody speaks for the whole portal: its administrator, or the walidata's head."""
    if user is None:
        return False
    if user.sysadmin:
        return True
    return assignments.holds_office_wide(user.id, assignments.PIMPINAN_WALIDATA, clock.today())


def administered(user: model.User) -> tuple[str, ...]:
    """Ids of the agencies that a person administers."""
    query = (
        model.Session.query(model.Member.group_id)
        .join(model.Group, model.Group.id == model.Member.group_id)
        .filter(
            model.Member.table_name == "user",
            model.Member.table_id == user.id,
            model.Member.capacity == "admin",
            model.Member.state == model.State.ACTIVE,
            model.Group.is_organization.is_(True),
            model.Group.state == model.State.ACTIVE,
        )
    )
    return tuple(row.group_id for row in query)


def may_assign_something(user: model.User | None) -> bool:
    """Whether there is anything that somebody may assign."""
    return user is not None and (is_head(user) or bool(administered(user)))


def may_assign(user: model.User, sop: str, actor: str, organization_id: str | None) -> bool:
    """Whether somebody may assign an actor, or end its assignment."""
    if user.sysadmin:
        return True
    if sop == OFFICE_WIDE:
        return False
    if is_head(user):
        return True
    if organization_id is None:
        return False
    role = authz.users_role_for_group_or_org(organization_id, user.name)
    return role == "admin" and _brings_data_only(sop, actor)


def _brings_data_only(subject: str, actor: str) -> bool:
    """A produsen who neither approves nor publishes nor steers, in no revision that is known."""
    known = [one.sop for one in sops.revisions(subject) if actor in one.sop.pelaksana]
    return bool(known) and all(_only_brings(sop, actor) for sop in known)


def _only_brings(sop: Sop, actor: str) -> bool:
    if sop.pelaksana[actor].peran != "produsen" or actor in sop.sop.pengendali:
        return False
    return not any(_decides(step, actor) for step in sop.langkah)


def _decides(step: Langkah, actor: str) -> bool:
    joint = {one for outcome in (*step.keputusan, *step.kembali) for one in outcome.bersama}
    if actor == step.persetujuan or actor in joint:
        return True
    effects = {*step.efek, *(one for outcome in step.keputusan for one in outcome.efek)}
    return actor in step.pelaksana and bool(DECIDING & effects)


def check(wanted: Wanted, holds: Holds = assignments.held_by) -> None:
    """Raise Refused where an assignment cannot be, whoever asks for it.

    An import knows of more than the portal holds yet, and brings a `holds` of its own.
    """
    name = actor_of(wanted.sop, wanted.actor)
    if wanted.sop == OFFICE_WIDE and wanted.organization_id is not None:
        raise Refused("office_wide_no_agency", field="organization")
    if wanted.valid_until is not None and wanted.valid_until < wanted.valid_from:
        raise Refused("date_order", field="valid_until")
    _check_letter(wanted, name)
    _check_acting(wanted, name, holds)


def actor_of(sop: str, actor: str) -> Pelaksana | None:
    """The actor as the newest revision that has him says; None for one of the whole portal.

    Raises Refused `sop_unknown`, `actor_unknown`.
    """
    if sop == OFFICE_WIDE:
        if actor not in OFFICE_WIDE_ACTORS:
            known = OFFICE_WIDE_ACTORS
            raise Refused("actor_unknown", field="actor", actor=actor, known=known)
        return None
    known = sops.actors_of(sop)
    if actor not in known:
        raise Refused("actor_unknown", field="actor", actor=actor, known=sorted(known))
    return next(
        one.sop.pelaksana[actor] for one in sops.revisions(sop) if actor in one.sop.pelaksana
    )


def _check_letter(wanted: Wanted, actor: Pelaksana | None) -> None:
    number, day, file = wanted.decree_number, wanted.decree_date, wanted.decree_attachment
    if file is not None:
        check_decree(file)
    if actor is not None and actor.surat_tugas and not (number and day and file):
        field = next(
            name
            for name, value in (
                ("decree_number", number),
                ("decree_date", day),
                ("decree_attachment", file),
            )
            if not value
        )
        raise Refused("decree_missing", field=field, actor=actor.nama)
    if bool(number) != bool(day):
        raise Refused("decree_incomplete", field="decree_date" if number else "decree_number")


def check_decree(attachment_id: str) -> None:
    """Raise Refused `decree_unknown` unless this is an attachment of no case."""
    try:
        attachments.check([attachment_id], None)
    except Refused as refused:
        raise Refused("decree_unknown", field="decree_attachment") from refused


def _check_acting(wanted: Wanted, actor: Pelaksana | None, holds: Holds) -> None:
    other = wanted.for_user_id
    if wanted.acting is None:
        if other is not None:
            raise Refused("acting_without_acting", field="acting")
        return
    if wanted.acting not in ACTING_NAMES:
        raise Refused("acting_unknown", field="acting")
    if other is None:
        if wanted.acting == PLH:
            raise Refused("acting_without_whom", field="for_user")
        return
    if other == wanted.user_id:
        raise Refused("acting_for_self", field="for_user")
    # A vacant post may have been left before; who is merely away holds it on the first day.
    day = wanted.valid_from if wanted.acting == PLH else None
    place = wanted.sop, wanted.actor, wanted.organization_id
    if not holds(other, *place, day):
        raise Refused(
            "acting_for_nobody",
            field="for_user",
            user=wanted.for_user_name,
            actor=actor.nama if actor else wanted.actor,
            day=wanted.valid_from.isoformat(),
        )
