"""A link sent by e-mail to the party outside that it is for; what opens it is sealed until then."""

from __future__ import annotations

from ckan import model

from ckanext.satudata import config
from ckanext.satudata.accounts import sealing
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.notices import channels, deadlines
from ckanext.satudata.model import notices
from ckanext.satudata.model.notices import LINK, MAIL, Notice
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, LinkRow
from ckanext.satudata.sop.events import VisitKey


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


def _about(link: LinkRow, case: CaseRow) -> str:
    row = model.Session.get(CaseItemRow, (case.id, link.item)) if link.item else None
    return row.title if row is not None else ""
