"""SOP revisions: kept as they stood, found by subject or by the case that runs on them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.tables import SopRow
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.load import LoadedSop, load

_NEW_REVISION = 0x5A7D
"""Names the lock under which revisions are counted; any number that nobody else uses."""


def ensure_sop(loaded: LoadedSop, now: datetime) -> SopRow:
    """The row of this very text; a text not seen before becomes the next revision."""
    this_text = sa.select(SopRow).where(SopRow.sha256 == loaded.sha256)
    found = model.Session.scalar(this_text)
    if found is None:
        # Two who need a new text at once: the second waits for the first, and finds its row.
        model.Session.execute(sa.select(sa.func.pg_advisory_xact_lock(_NEW_REVISION)))
        found = model.Session.scalar(this_text)
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


def sop_of(row: SopRow) -> Sop:
    """The checked SOP of a stored revision."""
    return _parsed(row.sha256, row.text)


@lru_cache(maxsize=32)
def _parsed(sha256: str, text: str) -> Sop:
    """Parsed once per process: a revision never changes, its sha256 says which it is."""
    return load(text.encode("utf-8"), f"sop-{sha256[:12]}.yaml").sop
