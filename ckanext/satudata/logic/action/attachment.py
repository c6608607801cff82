"""Attachments: files of a case or of a decree. Bytes are fetched at their own address."""

from __future__ import annotations

import json
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.asked import asker, validated, visible_case
from ckanext.satudata.logic.cases import attachments, dictize
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.logic.schema import attachment as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import sentence
from ckanext.satudata.model import attachments as stored
from ckanext.satudata.model.tables import AttachmentRow, CaseRow


def satudata_attachment_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Attach a file to a case, or upload a decree that belongs to none.

    :param upload: the file (multipart); pdf, png, jpg, docx, xlsx or txt
    :param case_id: id or number of the case; left out for a decree, which those upload who may
        assign or adopt
    :returns: the attachment; acts name it by its `id`
    """
    upload = data_dict.pop("upload", None)
    data = validated(context, data_dict, schema.attachment_create())
    tk.check_access("satudata_attachment_create", context, data)
    user = asker(context)
    case = visible_case(user, data["case_id"]) if data.get("case_id") else None
    with one_commit():
        row = attachments.store(upload, case.id if case else None, user)
    return attachments.attachment_dict(row)


@tk.side_effect_free
def satudata_attachment_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What is known of an attachment, for those who may see its case.

    A decree is seen by who uploaded it, the administrator and the head of the walidata.

    :param id: id of the attachment
    :returns: name, mimetype, size in bytes, sha256, who uploaded it and when
    """
    data = validated(context, data_dict, schema.attachment_show())
    tk.check_access("satudata_attachment_show", context, data)
    row = stored.attachment(data["id"])
    if row is None or not _may_see(people.user_of(context), row):
        raise tk.ObjectNotFound(sentence(Refused("attachment_not_found")))
    return attachments.attachment_dict(row)


def _may_see(user: model.User | None, row: AttachmentRow) -> bool:
    if user is None:
        return False
    if row.case_id is None:
        return row.uploaded_by == user.id or assigning.is_head(user)
    case = model.Session.get(CaseRow, row.case_id)
    if case is None or not people.may_see_case(user, case):
        return False
    if row.uploaded_by == user.id or people.seen_agencies(user, case) is None:
        return True
    return _is_told_of(user, case, row)


def _is_told_of(user: model.User, case: CaseRow, row: AttachmentRow) -> bool:
    """A producer on a list sees the papers of what he is told, not those of another agency."""
    told = dictize.case_dict(case, user)["events"]
    return any(row.id in json.dumps(event["body"], default=str) for event in told)
