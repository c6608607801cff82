"""Links for those without an account: made, withdrawn and listed by those who steer the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import acting, casework
from ckanext.satudata.logic.links import inviting
from ckanext.satudata.logic.links import token as link_token
from ckanext.satudata.logic.notices import undelivered
from ckanext.satudata.model import cases, links, notices
from ckanext.satudata.model.notices import NoticeRow
from ckanext.satudata.model.tables import CaseRow, LinkRow, new_id
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Kind, VisitKey
from ckanext.satudata.sop.moves import Act, Move, rules_at

DEFAULT_DAYS = 14
MAX_DAYS = 60


@dataclass(frozen=True)
class LinkActor:
    """The holder of a link: exactly one actor at exactly one visit, and nobody anywhere else.

    `signed` is the name that the person typed; the portal cannot know who holds a link.
    """

    link: LinkRow
    signed: str = ""

    @property
    def id(self) -> str:
        return f"link:{self.link.id}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"link": {"id": self.link.id, "name": self.link.name, "signed": self.signed}}

    def person(self, sop: Sop, case: CaseRow, state: CaseState, visit: Visit) -> acts.Person:
        there = (case.id, visit.key) == (self.link.case_id, key_of(self.link))
        held = frozenset({self.link.actor}) if there else frozenset[str]()
        return acts.Person(self.id, held, self.signed or self.link.name)


def key_of(link: LinkRow) -> VisitKey:
    """The visit that a link is for."""
    return VisitKey(link.item, link.step, link.visit)


def make(case_id: str, user: model.User, data: Mapping[str, Any]) -> tuple[LinkRow, str]:
    """A new link for a visit, and its token, which nobody gets to know a second time.

    The row of the rule table that lets `user` invite decides. An earlier link for the visit is
    withdrawn. Raises Refused `link_days`, `link_actor`, `link_letters`, and what an act raises.
    """
    days = DEFAULT_DAYS if data.get("days") is None else data["days"]
    if not 1 <= days <= MAX_DAYS:
        raise Refused("link_days", field="days", limit=MAX_DAYS)
    case = cases.lock_case(case_id)
    if case is None:
        raise Refused("not_found")
    key = _key_meant(case, data)
    token, now = link_token.make(), clock.now()
    row = LinkRow(
        id=new_id(),
        token_sha256=link_token.digest(token),
        case_id=case.id,
        item=key.item,
        step=key.step,
        visit=key.number,
        actor=_actor(case, key, data.get("actor")),
        name=data["name"],
        email=data.get("email") or None,
        made_by=user.id,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    earlier = links.unused(case.id, key)
    _invite(case, key, user, row, data, [one.id for one in earlier])
    if row.email:
        inviting.check(row)
    for one in earlier:
        one.withdrawn_at, one.withdrawn_by = now, user.id
    notices.forget_secrets([one.id for one in earlier])
    model.Session.add(row)
    model.Session.flush()
    if row.email:
        inviting.note(row, token, case)
    return row, token


def withdraw(link_id: str, user: model.User) -> LinkRow:
    """Let a link open nothing any more, by those who may make one.

    Raises Refused `link_not_found`, `link_used`, `not_holder`. Withdrawn twice it stays withdrawn.
    """
    found = links.by_id(link_id)
    case = cases.lock_case(found.case_id) if found is not None else None
    if found is None or case is None or not people.may_see_case(user, case):
        raise Refused("link_not_found")
    link = links.lock(found.id)
    sop, state = casework.sop_of_case(case), cases.state_of(case)
    _check_inviter(sop, case, state, user, key_of(link))
    if link.used_at is not None:
        raise Refused("link_used", when=link.used_at)
    if link.withdrawn_at is None:
        now = clock.now()
        link.withdrawn_at, link.withdrawn_by = now, user.id
        notices.forget_secrets([link.id])
        cases.append(case, state, Kind.LINK_WITHDRAWN, user.id, now, event_body(link))
    return link


def listed(case: CaseRow, user: model.User) -> list[dict[str, Any]]:
    """The links of a case, the newest first, for those who see all of the case."""
    if people.seen_agencies(user, case) is not None:
        raise Refused("not_of_office")
    rows = links.of_case(case.id)
    letters = notices.of_links([row.id for row in rows if row.email])
    return [link_dict(row, letters.get(row.id)) for row in rows]


def link_dict(link: LinkRow, letter: NoticeRow | None = None) -> dict[str, Any]:
    """A link as plain values. Its token is not among them: nobody knows it but its holder.

    `letter` is the one by which it goes to its address: `sent_at`, else `undeliverable` with its
    reason in words (`why`), else it is on its way.
    """
    maker = model.User.get(link.made_by)
    undeliverable = letter.undeliverable if letter else None
    return {
        "id": link.id,
        "case_id": link.case_id,
        **key_of(link).as_dict(),
        "actor": link.actor,
        "name": link.name,
        "email": link.email,
        "made_by": {"id": link.made_by, "name": maker.display_name if maker else ""},
        "made_at": link.made_at.isoformat(),
        "expires_at": link.expires_at.isoformat(),
        "used_at": link.used_at.isoformat() if link.used_at else None,
        "withdrawn_at": link.withdrawn_at.isoformat() if link.withdrawn_at else None,
        "state": state_word(link),
        "sent_at": letter.sent_at.isoformat() if letter and letter.sent_at else None,
        "undeliverable": undeliverable,
        "why": undelivered.why(undeliverable) if undeliverable else None,
    }


def state_word(link: LinkRow) -> str:
    """`used`, `withdrawn`, `expired`, or `open`; that its visit has ended is not looked at."""
    if link.used_at is not None:
        return "used"
    if link.withdrawn_at is not None:
        return "withdrawn"
    return "expired" if link.expires_at <= clock.now() else "open"


def address(token: str) -> str:
    """The address of a link, whole, in the portal's own language."""
    return tk.h.url_for("satudata_link.read", token=token, qualified=True, locale="default")


def event_body(link: LinkRow, **more: Any) -> dict[str, Any]:
    """What an event about a link says of it."""
    about = {"id": link.id, "name": link.name}
    return {"step": link.step, "visit": key_of(link).as_dict(), "link": about, **more}


def outside_actors(sop: Sop, step: int) -> list[str]:
    """The actors of a step who work outside the office."""
    return [one for one in sop.step(step).pelaksana if sop.pelaksana[one].pihak_luar]


def outsiders(case_id: str, step: int) -> list[tuple[str, str]]:
    """Key and name of the actors of a step of a case who work outside the office."""
    case = cases.get_case(case_id)
    sop = casework.sop_of_case(case) if case is not None else None
    if sop is None:
        return []
    return [(one, sop.pelaksana[one].nama) for one in outside_actors(sop, step)]


def _key_meant(case: CaseRow, data: Mapping[str, Any]) -> VisitKey:
    state = cases.state_of(case)
    key = acting.attempt_of(case, state, {**_as_act(case, data), "act": Act.INVITE.value}).visit
    if key not in {visit.key for visit in state.open_visits}:
        raise Refused("step_not_open", field="step", step=key.step)
    return key


def _actor(case: CaseRow, key: VisitKey, wanted: str | None) -> str:
    """The actor of the link: the one that is asked for, or the only one there can be.

    None at a step without outsiders, where the rule table knows no link and refuses it.
    """
    sop = casework.sop_of_case(case)
    outside = outside_actors(sop, key.step)
    if not outside:
        return ""
    if wanted is None and len(outside) == 1:
        return outside[0]
    if wanted not in outside:
        names = casework.actor_names(sop, tuple(outside))
        raise Refused("link_actor", field="actor", step=key.step, actors=names)
    return wanted


def _invite(
    case: CaseRow,
    key: VisitKey,
    user: model.User,
    row: LinkRow,
    data: Mapping[str, Any],
    replaces: list[str],
) -> None:
    about = {
        "id": row.id,
        "name": row.name,
        "actor": row.actor,
        "expires_at": row.expires_at.isoformat(),
        "mailed": row.email is not None,
        "replaces": replaces,
    }
    attempt = {**_as_act(case, data), "act": Act.INVITE.value, "dataset_id": key.item}
    acting.act(case.id, acting.UserActor(user, {"link": about}), attempt)


def _as_act(case: CaseRow, data: Mapping[str, Any]) -> dict[str, Any]:
    """The input of an act; a version is not asked for, since a link changes nothing."""
    version = case.version if data.get("version") is None else data["version"]
    names = ("step", "visit", "dataset_id")
    return {"version": version, **{name: data.get(name) for name in names}}


def _check_inviter(
    sop: Sop, case: CaseRow, state: CaseState, user: model.User, key: VisitKey
) -> None:
    """The same row that lets somebody make a link lets him take it back, ended or not."""
    visit = next((one for one in state.visits if one.key == key), None)
    row = _row(sop, state, key.step)
    person = people.person_at(user, sop, case, state, visit) if visit is not None else None
    if row is None or person is None or not person.actors.intersection(row.actors):
        names = casework.actor_names(sop, row.actors if row else sop.sop.pengendali)
        raise Refused("not_holder", step=key.step, holders=names)


def _row(sop: Sop, state: CaseState, step: int) -> Move | None:
    rows = rules_at(sop, step, state.bound)
    return next((row for row in rows if row.act is Act.INVITE), None)
