"""Files that belong to a case, not to a dataset: evidence of paper, decrees, letters."""

from __future__ import annotations

from collections.abc import Iterable

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.model.tables import AttachmentRow


def check(ids: Iterable[str], case_id: str) -> None:
    """Raise Refused `attachment_unknown` unless every id is an attachment of the case."""
    for one in ids:
        row = model.Session.get(AttachmentRow, one)
        if row is None or row.case_id != case_id:
            raise Refused("attachment_unknown", field="attachments")
