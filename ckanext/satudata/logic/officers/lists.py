"""What the forms about officers offer: agencies, SOPs, actors and people, as far as one assigns."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.logic.officers.assigning import OFFICE_WIDE_NAMES
from ckanext.satudata.logic.sop import sops
from ckanext.satudata.model.assignments import OFFICE_WIDE
from ckanext.satudata.sop.definition import Sop

MAX_PEOPLE = 2000
Option = tuple[str, str]
Group = tuple[None, str, list[Option]]


def choices(user: model.User) -> dict[str, Any]:
    """`agencies`, `sops`, `posts` and `people`, each as (value, words) in the order of words."""
    agencies = _agencies(user)
    return {
        "agencies": agencies,
        "sops": [(one.sop.subjek, one.sop.nama) for one in _newest()],
        "posts": _posts(user, [value for value, _words in agencies]),
        "people": _people(user, [value for value, _words in agencies]),
    }


def template_lists() -> tuple[list[tuple[str, str, str, str]], list[Option]]:
    """Every actor (subject, SOP, key, name) and every agency (name, title), for the template."""
    actors = [
        (one.sop.subjek, one.sop.nama, key, actor.nama)
        for one in _newest()
        for key, actor in one.pelaksana.items()
    ]
    query = _active_agencies().order_by(model.Group.title)
    return actors, [(group.name, group.title or group.name) for group in query]


def _newest() -> list[Sop]:
    """The newest revision of each SOP."""
    found: dict[str, Sop] = {}
    for one in sops.revisions():
        found.setdefault(one.subject, one.sop)
    return list(found.values())


def _posts(user: model.User, agency_ids: list[str]) -> list[Group]:
    """The actors of each SOP that somebody may assign, for some agency at least."""
    head = assigning.is_head(user)
    agency = None if head else next(iter(agency_ids), None)
    groups: list[Group] = []
    for one in _newest():
        subject = one.sop.subjek
        offered = [
            (f"{subject}:{key}", actor.nama)
            for key, actor in one.pelaksana.items()
            if assigning.may_assign(user, subject, key, agency)
        ]
        if offered:
            groups.append((None, one.sop.nama, offered))
    if user.sysadmin:
        whole = [(f"{OFFICE_WIDE}:{key}", tk._(name)) for key, name in OFFICE_WIDE_NAMES.items()]
        groups.append((None, tk._("Whole portal"), whole))
    return groups


def _agencies(user: model.User) -> list[Option]:
    query = _active_agencies()
    if not assigning.is_head(user):
        query = query.filter(model.Group.id.in_(assigning.administered(user)))
    return [(one.id, one.title or one.name) for one in query.order_by(model.Group.title)]


def _active_agencies() -> Any:
    return model.Session.query(model.Group).filter(
        model.Group.is_organization.is_(True), model.Group.state == model.State.ACTIVE
    )


def _people(user: model.User, agency_ids: list[str]) -> list[Option]:
    """Account name and full name; for the administrator of agencies those of their people."""
    query = model.Session.query(model.User).filter(
        model.User.state.in_((model.State.ACTIVE, model.State.PENDING)),
        model.User.name != tk.config["ckan.site_id"],
    )
    if not assigning.is_head(user):
        members = model.Session.query(model.Member.table_id).filter(
            model.Member.table_name == "user",
            model.Member.group_id.in_(agency_ids),
            model.Member.state == model.State.ACTIVE,
        )
        query = query.filter(model.User.id.in_(members))
    found = query.order_by(model.User.name).limit(MAX_PEOPLE)
    return [(one.name, one.display_name) for one in found]
