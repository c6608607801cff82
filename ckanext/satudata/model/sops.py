"""SOP revisions: kept as they stood, found by subject or by the case that runs on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.tables import SopRow
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.load import LoadedSop, load_stored

_NEW_REVISION = 0x5A7D
"""Names the lock under which revisions are counted; any number that nobody else uses."""


def ensure_sop(loaded: LoadedSop, now: datetime) -> SopRow:
    """The row of this very text; a text not seen before becomes the next revision."""
    found = by_text(loaded.sha256)
    if found is None:
        # Two who need a new text at once: the second waits for the first, and finds its row.
        model.Session.execute(sa.select(sa.func.pg_advisory_xact_lock(_NEW_REVISION)))
        found = by_text(loaded.sha256)
    if found is not None:
        return found
    head = loaded.sop.sop
    count = sa.select(sa.func.count()).where(SopRow.subject == head.subjek)
    row = SopRow(
        subject=head.subjek,
        revision=(model.Session.scalar(count) or 0) + 1,
        number=head.nomor,
        name=head.nama,
        sha256=loaded.sha256,
        text=loaded.text,
        loaded_at=now,
    )
    model.Session.add(row)
    model.Session.flush()
    return row


def revisions(subject: str | None = None) -> Sequence[SopRow]:
    """Every stored revision, by subject, the newest first."""
    query = sa.select(SopRow).order_by(SopRow.subject, SopRow.revision.desc())
    if subject is not None:
        query = query.where(SopRow.subject == subject)
    return model.Session.scalars(query).all()


def by_text(sha256: str) -> SopRow | None:
    """The stored revision of a text; None when it is not stored."""
    return model.Session.scalar(sa.select(SopRow).where(SopRow.sha256 == sha256))


def sop_of(row: SopRow) -> Sop:
    """The checked SOP of a stored revision."""
    return _parsed(row.sha256, row.text)


@lru_cache(maxsize=32)
def _parsed(sha256: str, text: str) -> Sop:
    """Parsed once per process: a revision never changes, its sha256 says which it is."""
    return load_stored(text, f"sop-{sha256[:12]}.yaml")
