"""A link sent by e-mail to the party outside that it is for; what opens it is sealed until then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ckan import model

from ckanext.satudata import config
from ckanext.satudata.accounts import sealing
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.notices import channels, deadlines
from ckanext.satudata.model import links, notices
from ckanext.satudata.model.notices import LINK, MAIL, Notice
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, LinkRow
from ckanext.satudata.sop.events import VisitKey

A_DAY = timedelta(days=1)
MOST_OF_A_VISIT, MOST_OF_A_PERSON = 5, 50
"""Letters with a link that go out within a day: for one visit, and from one who invites."""


def check(link: LinkRow) -> None:
    """Raises Refused `link_letters` where this one would be a letter too many."""
    since = link.made_at - A_DAY
    for limit, found in (
        (MOST_OF_A_VISIT, links.mailed_for(link, since)),
        (MOST_OF_A_PERSON, links.mailed_by(link.made_by, since)),
    ):
        if found >= limit:
            raise Refused("link_letters", field="email", limit=limit)


def note(link: LinkRow, token: str, case: CaseRow) -> None:
    """Write down, in the caller's commit, that the link is to be sent to its address."""
    sop = casework.sop_of_case(case)
    facts = {
        "number": case.number,
        "office": sop.sop.instansi,
        "about": _about(link, case) or sop.sop.nama,
        "step_name": sop.step(link.step).nama,
        **deadlines.of_open_visits(case.id).at(VisitKey(link.item, link.step, link.visit)),
    }
    sealed = sealing.seal(token, config.account_secret())
    letter = Notice(
        key=notices.key_of_link(link.id),
        kind=LINK,
        recipient=None,
        at=link.made_at,
        way=MAIL,
        case_id=case.id,
        step=link.step,
        actor=link.made_by,
        facts=facts,
        link_id=link.id,
        secret=sealed,
    )
    notices.write([letter], channels.host())


def forget_over() -> Iterator[object]:
    """Forget what opens links that open nothing any more, where a letter of theirs did not go."""
    found = notices.forget_secrets(links.over(clock.now()))
    model.Session.commit()
    if found:
        yield found


def _about(link: LinkRow, case: CaseRow) -> str:
    row = model.Session.get(CaseItemRow, (case.id, link.item)) if link.item else None
    return row.title if row is not None else ""
