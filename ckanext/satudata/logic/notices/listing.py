"""Notices as the API and the pages read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.notices import kinds, lines, undelivered
from ckanext.satudata.logic.notices.sight import Sight
from ckanext.satudata.model import notices
from ckanext.satudata.model.cases import find_case
from ckanext.satudata.model.notices import EVERY_KIND, LINK, OF_A_DAY, RESET, NoticeRow, Wanted
from ckanext.satudata.model.tables import LinkRow
from ckanext.satudata.msgid import N_

LETTER_TITLES: Mapping[str, str] = {
    OF_A_DAY: N_("Daily digest"),
    RESET: N_("New password"),
    LINK: N_("Link for a party outside"),
}


def listed(user: model.User, data: Mapping[str, Any]) -> dict[str, Any]:
    """What a person was told, the newest first, and how much of it he has not read."""
    wanted = Wanted(user.id, data["unread"], data.get("kind") or "", _case_id(data.get("case")))
    rows = notices.listed(wanted, data["limit"], data["offset"]) if data["limit"] else []
    unread, sight = Wanted(user.id, unread=True), Sight(user)
    return {
        "count": notices.count(wanted),
        "unread": notices.count(unread),
        "results": [notice_dict(row, sight) for row in rows],
    }


def notice_dict(row: NoticeRow, sight: Sight) -> dict[str, Any]:
    """A notice as plain values, worded in the language of the request.

    Of what its reader may see no longer it says the kind and the time.
    """
    line = lines.line_of(row, sight)
    return {
        "id": row.id,
        "kind": row.kind,
        "case": line.number,
        "step": None if line.closed else row.step,
        "sentence": line.subject,
        "about": line.about,
        "actor": {"id": "" if line.closed else row.actor, "name": line.actor},
        "act": line.act,
        "reason": line.reason,
        "points": line.points,
        "deadline": None if line.closed else row.facts.get("due_at") or row.facts.get("due_on"),
        "address": line.address,
        "facts": [{"label": label, "text": text} for label, text in line.facts],
        "at": row.at.isoformat(),
        "read_at": row.read_at.isoformat() if row.read_at else None,
        "way": row.way,
        "sent_at": row.sent_at.isoformat() if row.sent_at else None,
        "undeliverable": row.undeliverable,
        "why": undelivered.why(row.undeliverable) if row.undeliverable else None,
        "mends": undelivered.mends_his_address(row.undeliverable),
    }


def settings_of(user: model.User) -> list[dict[str, Any]]:
    """Each kind with the way by which the person is told of it, and whether he chose it."""
    chosen = notices.settings_of([user.id])
    return [
        {
            "kind": one.told.value,
            "title": tk._(one.title),
            "way": kinds.way_of(chosen, user.id, one.told.value),
            "usual": one.way,
            "chosen": (user.id, one.told.value) in chosen or (user.id, EVERY_KIND) in chosen,
        }
        for one in kinds.KINDS
    ]


def undeliverable(data: Mapping[str, Any]) -> dict[str, Any]:
    """What nobody got by e-mail, and why, the newest first."""
    rows = notices.undeliverable(data["limit"], data["offset"]) if data["limit"] else []
    return {
        "count": notices.count_undeliverable(),
        "results": [_undeliverable_dict(row) for row in rows],
    }


def _undeliverable_dict(row: NoticeRow) -> dict[str, Any]:
    user = model.User.get(row.recipient) if row.recipient else None
    link = model.Session.get(LinkRow, row.link_id) if row.link_id else None
    title = LETTER_TITLES.get(row.kind) or kinds.BY_NAME[row.kind].title
    return {
        "id": row.id,
        "kind": row.kind,
        "title": tk._(title),
        "recipient": {
            "id": row.recipient or "",
            "name": user.display_name if user else link.name if link else "",
        },
        "case": row.facts.get("number"),
        "at": row.at.isoformat(),
        "undeliverable": row.undeliverable,
        "why": undelivered.why(row.undeliverable or ""),
        "again": undelivered.can_be_sent(row),
        "undeliverable_at": row.undeliverable_at.isoformat() if row.undeliverable_at else None,
    }


def _case_id(reference: str | None) -> str:
    """The id of the case that is meant; of none, what no notice has."""
    if not reference:
        return ""
    case = find_case(reference)
    return case.id if case is not None else "-"
