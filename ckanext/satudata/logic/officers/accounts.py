"""Agencies and accounts of a workbook, compared with the portal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.officers.changes import (
    FAULTY,
    Change,
    Faults,
    state_of,
    texts,
)
from ckanext.satudata.officers.sheets import AGENCIES, CAPACITIES, PEOPLE
from ckanext.satudata.officers.workbook import Row, Workbook

CAPACITY_WORDS = {value: word for word, value in CAPACITIES.items()}


@dataclass(frozen=True)
class Agency:
    """An agency of the portal, or one that the workbook brings; that one has no id yet."""

    id: str
    name: str
    title: str
    role: str = ""


@dataclass(frozen=True)
class Official:
    """A person of the portal, or one that the workbook brings; that one has no id yet."""

    id: str
    name: str
    display_name: str


@dataclass(frozen=True)
class Account:
    """What a row of the sheet Petugas wants."""

    name: str
    fullname: str | None
    email: str | None
    agency: Agency | None
    capacity: str | None


@dataclass
class Directory:
    """Who and what the rows of a workbook can name: the portal's, and the workbook's own."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    titles: dict[str, list[Agency]] = field(default_factory=dict)
    people: dict[str, Official] = field(default_factory=dict)

    def add_agency(self, agency: Agency) -> None:
        """Let an agency be found by its name and its title."""
        self.agencies[agency.name] = agency
        self.titles.setdefault(agency.title.casefold(), []).append(agency)

    def agency(self, row: Row, key: str, faults: Faults) -> Agency | None:
        """The agency that a cell names, by name or title; None where it is blank or faulty."""
        text = row.text(key)
        if text is None:
            return None
        by_title = self.titles.get(text.casefold(), [])
        found = self.agencies.get(text.casefold()) or (by_title[0] if len(by_title) == 1 else None)
        if found is None:
            code = "import_agency_unclear" if by_title else "organization_unknown"
            faults.add(row, key, code, organization=text)
        return found

    def person(self, row: Row, key: str, faults: Faults) -> Official | None:
        """The person that a cell names; None where it is blank or faulty."""
        name = row.text(key)
        if name is None:
            return None
        if name not in self.people:
            user = model.User.get(name)
            if user is None or user.name != name or user.state == model.State.DELETED:
                faults.add(row, key, "user_unknown", user=name)
                return None
            self.people[name] = Official(user.id, user.name, user.display_name)
        return self.people[name]


def directory() -> Directory:
    """The portal's own agencies; people are looked up when they are named."""
    found = Directory()
    query = model.Session.query(model.Group).filter(
        model.Group.is_organization.is_(True), model.Group.state == model.State.ACTIVE
    )
    for group in query:
        # CKAN maps this column without typing it.
        extras: dict[str, str] = getattr(group, "extras", None) or {}
        role = extras.get("satu_data_role", "")
        found.add_agency(Agency(group.id, group.name, group.title or group.name, role))
    return found


def agencies(workbook: Workbook, faults: Faults, known: Directory) -> tuple[Change, ...]:
    """The rows of the sheet Instansi. What they bring is added to `known`."""
    return tuple(_agency(row, faults, known) for row in workbook.of(AGENCIES))


def _agency(row: Row, faults: Faults, known: Directory) -> Change:
    name, title = row.text("name") or "", row.text("title") or ""
    here = known.agencies.get(name)
    role = row.text("role")
    if here is None:
        _check_free(row, name, faults)
    elif role and role != (here.role or "produsen"):
        faults.add(row, "role", "import_role_differs", role=here.role or "produsen")
    if faults.of(row):
        return Change(row, FAULTY, title or name, faults=faults.of(row))
    before = texts({"name": here.name, "title": here.title}) if here else {}
    after = texts({"name": name, "title": title, **({} if here else {"role": role})})
    if here is None:
        known.add_agency(Agency("", name, title, role or ""))
    return Change(row, state_of(here is not None, before, after), title, before, after, what=here)


def _check_free(row: Row, name: str, faults: Faults) -> None:
    """A group of another kind or a deleted agency holds the name for ever."""
    if name and model.Group.get(name) is not None:
        faults.add(row, "name", "import_name_taken", name=name)
    elif name:
        _check_name(row, name, faults)


def _check_name(row: Row, name: str, faults: Faults) -> None:
    """CKAN keeps some names for its own addresses."""
    try:
        validate: Any = tk.get_validator("name_validator")
        validate(name, {})
    except tk.Invalid:
        faults.add(row, "name", "name_form", value=name)


def people(
    workbook: Workbook, faults: Faults, known: Directory, importer: model.User
) -> tuple[Change, ...]:
    """The rows of the sheet Petugas. What they bring is added to `known`."""
    return tuple(_person(row, faults, known, importer) for row in workbook.of(PEOPLE))


def _person(row: Row, faults: Faults, known: Directory, importer: model.User) -> Change:
    account = _wanted(row, faults, known)
    user = model.User.by_name(account.name) if account.name else None
    if user is not None and user.state == model.State.DELETED:
        faults.add(row, "name", "import_account_deleted", name=account.name)
    elif user is None:
        _check_new(row, account, faults)
    else:
        _check_known(row, account, user, importer, faults)
    _check_email(row, account, faults)
    label = account.fullname or (user.display_name if user else "") or account.name
    if faults.of(row):
        return Change(row, FAULTY, label, faults=faults.of(row))
    if user is None:
        known.people[account.name] = Official("", account.name, label)
    before = _before(account, user)
    after = {**before, **_after(account, user)}
    state = state_of(user is not None, before, after)
    return Change(row, state, label, before, after, what=account)


def _wanted(row: Row, faults: Faults, known: Directory) -> Account:
    agency = known.agency(row, "organization", faults)
    capacity = row.text("capacity")
    if capacity and row.text("organization") is None:
        faults.add(row, "capacity", "import_capacity_alone")
    return Account(
        name=row.text("name") or "",
        fullname=row.text("fullname"),
        email=row.text("email"),
        agency=agency,
        capacity=(capacity or "editor") if agency else None,
    )


def _check_new(row: Row, account: Account, faults: Faults) -> None:
    if not account.name:
        return
    _check_name(row, account.name, faults)
    if account.email is None and not any(one.cell == row.cell("email") for one in faults.of(row)):
        faults.add(row, "email", "import_email_needed")


def _check_known(
    row: Row, account: Account, user: model.User, importer: model.User, faults: Faults
) -> None:
    """Who changes the address of an account can take it over; that stays with the sysadmin."""
    if not importer.sysadmin:
        if account.fullname and account.fullname != user.fullname:
            faults.add(row, "fullname", "import_account_other", name=user.name)
        if account.email and account.email.casefold() != (user.email or "").casefold():
            faults.add(row, "email", "import_account_other", name=user.name)
    lowers_own = user.id == importer.id and account.capacity not in (None, "admin")
    if lowers_own and account.agency and _capacity(user, account.agency) == "admin":
        faults.add(row, "capacity", "import_own_capacity")


def _check_email(row: Row, account: Account, faults: Faults) -> None:
    """Asked without the pattern that core's own check makes of an underscore."""
    if account.email is None:
        return
    other = (
        model.Session.query(model.User)
        .filter(
            sa.func.lower(model.User.email) == account.email.lower(),
            model.User.state != model.State.DELETED,
            model.User.name != account.name,
        )
        .first()
    )
    if other is not None:
        faults.add(row, "email", "import_email_taken")


def _before(account: Account, user: model.User | None) -> dict[str, str]:
    if user is None:
        return {}
    capacity = _capacity(user, account.agency) if account.agency else None
    return texts({
        "name": user.name,
        "fullname": user.fullname,
        "email": user.email,
        "organization": account.agency.title if account.agency and capacity else None,
        "capacity": CAPACITY_WORDS.get(capacity or "", capacity),
    })  # fmt: skip


def _after(account: Account, user: model.User | None) -> dict[str, str]:
    known = user is not None and (user.email or "").casefold() == (account.email or "").casefold()
    return texts({
        "name": account.name,
        "fullname": account.fullname,
        "email": None if known else account.email,
        "organization": account.agency.title if account.agency else None,
        "capacity": CAPACITY_WORDS.get(account.capacity or ""),
    })  # fmt: skip


def _capacity(user: model.User, agency: Agency) -> str | None:
    """What a person may do with an agency's data as its member; None for no member."""
    if not agency.id:
        return None
    member = (
        model.Session.query(model.Member)
        .filter(
            model.Member.table_name == "user",
            model.Member.table_id == user.id,
            model.Member.group_id == agency.id,
            model.Member.state == model.State.ACTIVE,
        )
        .first()
    )
    return member.capacity if member else None
