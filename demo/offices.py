"""Agencies, accounts, memberships and assignments, made by the administrator."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from demo.cast import AGENCIES, HEAD, INVENTED, PEOPLE, SOP, Agency, Person
from demo.ensure import ensure, shown
from demo.visitor import Visitor

ANY_SOP, HEAD_OF_WALIDATA = "*", "pimpinan_walidata"
"""Held for the whole portal, not in one SOP."""


def make_agencies(admin: Visitor) -> dict[str, str]:
    """The id of each agency by name."""
    return {one.name: _agency(admin, one)["id"] for one in AGENCIES}


def make_people(admin: Visitor, passwords: Mapping[str, str]) -> dict[str, Visitor]:
    """Each person by account name, logged in with the password of the file."""
    return {one.name: make_person(admin, one, passwords[one.name]) for one in PEOPLE}


def assign(admin: Visitor, agency_ids: Mapping[str, str]) -> None:
    """Members into their agencies, to each person the actor he holds, and one who heads all."""
    for person in PEOPLE:
        _membership(admin, person)
    for person in PEOPLE:
        serves_id = agency_ids[person.serves] if person.serves else None
        _assignment(admin, person, (SOP, person.actor), person.serves, serves_id)
    _assignment(admin, HEAD, (ANY_SOP, HEAD_OF_WALIDATA), "", None)


def _agency(admin: Visitor, agency: Agency) -> dict[str, Any]:
    return ensure(
        lambda: shown(admin, "organization_show", id=agency.name),
        lambda: admin.action("organization_create", **agency.values()),
    )


def make_person(admin: Visitor, person: Person, password: str) -> Visitor:
    """One person, logged in. The administrator sets a first password, as everywhere; the person
    chooses that of the file."""
    first = secrets.token_urlsafe(18)
    values = {
        "name": person.name,
        "fullname": person.fullname,
        "email": person.email,
        "about": INVENTED,
        "password": first,
    }
    made: list[Any] = []
    ensure(
        lambda: shown(admin, "user_show", id=person.name),
        lambda: made.append(admin.action("user_create", **values)),
    )
    visitor = Visitor(admin.address, person.name)
    if not (visitor.log_in(first, own=password) if made else visitor.log_in(password)):
        # The account is older than the file of passwords, or somebody has tried the form.
        admin.action("user_patch", id=person.name, password=first)
        if not visitor.log_in(first, own=password):
            raise LookupError(f"{person.name} cannot log in with the password just set")
    return visitor


def _membership(admin: Visitor, person: Person) -> None:
    def look() -> bool | None:
        members = admin.action("organization_show", id=person.agency, include_users=True)["users"]
        held = {one["name"]: one["capacity"] for one in members}
        return True if held.get(person.name) == person.capacity else None

    ensure(
        look,
        lambda: admin.action(
            "organization_member_create",
            id=person.agency,
            username=person.name,
            role=person.capacity,
        ),
    )


def _assignment(
    admin: Visitor, person: Person, held: tuple[str, str], serves: str, serves_id: str | None
) -> None:
    """Let a person hold an actor; `held` is the subject of the SOP and the actor's key."""
    user_id = admin.action("user_show", id=person.name)["id"]
    sop, actor = held

    def look() -> list[Any] | None:
        return [
            one
            for one in admin.action("satudata_assignment_list")
            if (one["user_id"], one["sop"], one["actor"], one["organization_id"])
            == (user_id, sop, actor, serves_id)
        ] or None

    ensure(
        look,
        lambda: admin.action(
            "satudata_assignment_create",
            user=person.name,
            sop=sop,
            actor=actor,
            organization=serves,
        ),
    )
