"""Bringing in agencies, officers and who holds what: plan first, then all of it in one commit.

A workbook only adds and changes. What it does not name stays as it is, so half a workbook is no
danger, and the same one twice does nothing the second time.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.lib import mailer
from ckan.logic.action import create as core_create
from ckan.plugins import toolkit as tk
from sqlalchemy.exc import IntegrityError

from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import attachments
from ckanext.satudata.logic.officers import accounts as officer_people
from ckanext.satudata.logic.officers import assigned
from ckanext.satudata.logic.officers import posts as officer_posts
from ckanext.satudata.logic.officers.accounts import Account, Agency, Official
from ckanext.satudata.logic.officers.changes import (
    CHANGED,
    NEW,
    SAME,
    Change,
    Faults,
    Plan,
    digest,
    rows_of,
)
from ckanext.satudata.logic.officers.posts import Post
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.model import assignments
from ckanext.satudata.officers.workbook import read

MAX_INVITATIONS = 50
"""Mails are sent while the browser waits, one after the other."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that a printed slip leaves in doubt: i, l, o, 0, 1."""
GROUPS, PER_GROUP = 4, 4
MAIL, PRINTED = "mail", "password"

_LOCK = 0x5A7F
"""Names the lock under which workbooks are applied; any number that nobody else uses."""


@dataclass(frozen=True)
class Slip:
    """A new account with its first password, which is told once and kept nowhere."""

    name: str
    fullname: str
    agency: str
    password: str


@dataclass(frozen=True)
class Applied:
    """What an import came to. `again`: it had been applied before, so nothing was done."""

    plan: Plan
    slips: tuple[Slip, ...] = ()
    invited: tuple[str, ...] = ()
    again: bool = False


def plan(content: bytes, importer: model.User, letter_ids: Sequence[str] = ()) -> Plan:
    """What a workbook would do, compared with the portal as it is now.

    Raises Refused `attachment_unknown` for a letter that is not there.
    """
    workbook = read(content)
    faults, known = Faults(workbook), officer_people.directory()
    letters = _letters(letter_ids)
    agencies = officer_people.agencies(workbook, faults, known)
    people = officer_people.people(workbook, faults, known, importer)
    posts = officer_posts.posts(workbook, faults, known, importer, letters)
    return Plan(digest(content), agencies, people, posts, tuple(faults.general))


def apply(
    content: bytes,
    importer: model.User,
    letter_ids: Sequence[str],
    expected: str | None,
    invite: str,
) -> Applied:
    """Do what a workbook says, in one commit. `expected`: fingerprint of the plan that was seen.

    Raises Refused `import_faulty`, `import_no_mail`, `import_many_mails`, and Conflict
    `import_changed` where the workbook would do something else now than what was seen.
    """
    model.Session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    made = plan(content, importer, letter_ids)
    if made.faulty:
        raise Refused("import_faulty", field="upload", count=made.faulty)
    if made.count(SAME) == len(list(made)):
        return Applied(made, again=True)
    if expected is not None and expected != made.fingerprint():
        raise Conflict("import_changed", field="plan")
    _check_mail(made, invite)
    try:
        slips = _do(made, importer, invite)
        model.Session.flush()
    except IntegrityError as error:
        # Somebody took a name or an address between the plan and now.
        raise Conflict("import_changed", field="plan") from error
    if invite == MAIL:
        return Applied(made, invited=tuple(one.name for one in slips))
    return Applied(made, slips)


def send_invitations(applied: Applied) -> Applied:
    """Mail the invitations after the commit; whoever cannot be reached gets a slip instead."""
    unsent = [name for name in applied.invited if not _send(name)]
    if not unsent:
        return applied
    with one_commit():
        slips = tuple(_with_password(name) for name in unsent)
    reached = tuple(name for name in applied.invited if name not in unsent)
    return replace(applied, slips=slips, invited=reached)


def can_mail() -> bool:
    """Whether this portal sends mail: it has a server for it, and an address to send from."""
    return bool(tk.config.get("smtp.server") and tk.config.get("smtp.mail_from"))


def first_password() -> str:
    """A random password of 79 bits that can be read aloud and typed from paper."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(PER_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def _letters(ids: Sequence[str]) -> Mapping[str, str]:
    return {row.name.casefold(): row.id for row in attachments.check(ids, None)}


def _check_mail(made: Plan, invite: str) -> None:
    if invite != MAIL:
        return
    if not can_mail():
        raise Refused("import_no_mail", field="invite")
    if sum(one.state == NEW for one in made.people) > MAX_INVITATIONS:
        raise Refused("import_many_mails", field="invite", limit=MAX_INVITATIONS)


def _do(made: Plan, importer: model.User, invite: str) -> tuple[Slip, ...]:
    for one in rows_of(made.agencies):
        _do_agency(one, importer)
    slips = [slip for one in rows_of(made.people) if (slip := _do_person(one, importer, invite))]
    for one in rows_of(made.assignments):
        _do_post(one.what, importer)
    return tuple(slips)


def _do_agency(one: Change, importer: model.User) -> None:
    here: Agency | None = one.what
    if here is not None:
        group = model.Session.get(model.Group, here.id)
        if group is None:
            raise Conflict("import_changed", field="plan")
        group.title = one.after["title"]
        model.Session.add(group)
        return
    values = {"name": one.after["name"], "title": one.after["title"]}
    role = one.after.get("role", "produsen")
    # The function and not the action: whoever listens to the action expects the whole agency, and
    # showing it would ask the search server.
    group_id = core_create.organization_create(
        _context(importer, return_id_only=True), {**values, "satu_data_role": role}
    )
    # CKAN makes whoever creates an agency its administrator; he only typed its name.
    model.Session.flush()
    model.Session.query(model.Member).filter(
        model.Member.group_id == group_id,
        model.Member.table_name == "user",
        model.Member.table_id == importer.id,
    ).delete()


def _do_person(one: Change, importer: model.User, invite: str) -> Slip | None:
    account: Account = one.what
    slip = None
    if one.state == NEW:
        slip = _create(account, importer, invite)
    elif one.state == CHANGED:
        _change(account, importer)
    if account.agency is not None:
        tk.get_action("member_create")(
            _context(importer),
            {
                "id": account.agency.id or account.agency.name,
                "object": account.name,
                "object_type": "user",
                "capacity": account.capacity,
            },
        )
    return slip


def _create(account: Account, importer: model.User, invite: str) -> Slip:
    password = first_password()
    values: dict[str, Any] = {
        "name": account.name,
        "fullname": account.fullname or "",
        "email": account.email,
        "password": password,
    }
    if invite == MAIL:
        values["state"] = model.State.PENDING
    tk.get_action("user_create")(_context(importer), values)
    return Slip(
        account.name,
        account.fullname or account.name,
        account.agency.title if account.agency else "",
        password,
    )


def _made(name: str) -> model.User:
    """An account that is there, since this import made it or has just looked at it."""
    user = model.User.by_name(name)
    if user is None:
        raise Conflict("import_changed", field="plan")
    return user


def _change(account: Account, importer: model.User) -> None:
    user = _made(account.name)
    if importer.sysadmin:
        user.fullname = account.fullname or user.fullname
        user.email = account.email or user.email
    model.Session.add(user)


def _do_post(post: Post, importer: model.User) -> None:
    old = post.replaces
    if old is not None:
        old.ended_on = clock.today()
        old.ended_by, old.ended_at = importer.id, clock.now()
        model.Session.add(old)
        model.Session.flush()
    named = replace(
        post,
        user=_official(post.user),
        for_user=_official(post.for_user) if post.for_user else None,
        agency=_agency(post.agency) if post.agency else None,
    )
    assignments.lock_people([named.user.id])
    assigned.kept(officer_posts.wanted(named), importer)


def _official(one: Official) -> Official:
    """The person as he is in the portal by now."""
    if one.id:
        return one
    user = _made(one.name)
    return Official(user.id, user.name, user.display_name)


def _agency(one: Agency) -> Agency:
    if one.id:
        return one
    group = model.Group.get(one.name)
    if group is None:
        raise Conflict("import_changed", field="plan")
    return replace(one, id=group.id)


def _send(name: str) -> bool:
    try:
        mailer.send_invite(_made(name))
    except (mailer.MailerException, OSError):
        model.Session.rollback()
        return False
    return True


def _with_password(name: str) -> Slip:
    user = _made(name)
    password = first_password()
    user.password = password
    user.state = model.State.ACTIVE
    model.Session.add(user)
    return Slip(user.name, user.display_name, "", password)


def _context(importer: model.User, **more: Any) -> Any:
    """For core's actions inside our commit: allowed by our own rule, and not committing."""
    return {
        "model": model,
        "session": model.Session,
        "user": importer.name,
        "ignore_auth": True,
        "defer_commit": True,
        **more,
    }
