"""Files that belong to a case or to a decree: what is known of them, not their bytes."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.tables import AttachmentRow


def attachment(attachment_id: str) -> AttachmentRow | None:
    """One attachment by its id."""
    return model.Session.get(AttachmentRow, attachment_id)


def among(ids: Sequence[str], case_id: str | None) -> list[AttachmentRow]:
    """Those of `ids` that belong to the case; with None, those that belong to no case."""
    query = sa.select(AttachmentRow).where(
        AttachmentRow.id.in_(ids), AttachmentRow.case_id.is_not_distinct_from(case_id)
    )
    return list(model.Session.scalars(query))
