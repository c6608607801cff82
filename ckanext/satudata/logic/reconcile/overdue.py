"""Releases whose minute has passed and that the public does not see."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic.reconcile.finding import Finding
from ckanext.satudata.logic.reconcile.outboxes import TOO_OLD
from ckanext.satudata.model import outbox
from ckanext.satudata.msgid import N_

OVERDUE = N_("Release %(release)s of dataset %(name)s (%(id)s) was to be shown on %(at)s UTC.")
REFUSED = N_(
    "Release %(release)s of dataset %(name)s (%(id)s) was to be shown on %(at)s UTC and was "
    "refused: %(refused)s."
)

_OVERDUE = sa.text("""
    SELECT w.id, p.id, p.name, r.number, w.not_before, w.refused
    FROM satudata_work w
    JOIN satudata_release r ON r.id = w.release_id
    JOIN package p ON p.id = r.dataset_id
    WHERE w.done_at IS NULL
      AND w.not_before < satudata_now() - make_interval(secs => :seconds)
    ORDER BY w.not_before, w.id
""")


def find() -> Iterator[Finding]:
    for row in model.Session.execute(_OVERDUE, {"seconds": TOO_OLD}):
        work_id, dataset_id, name, number, due, refused = row
        facts = {"id": dataset_id, "name": name, "release": number, "refused": refused}
        facts["at"] = due.isoformat(sep=" ", timespec="minutes")
        yield Finding(str(work_id), REFUSED if refused else OVERDUE, facts)


def mend(finding: Finding) -> bool:
    """Have it shown now. What a rule refused waits for a person: to call it off, or to mend."""
    if finding.sentence == REFUSED:
        return False
    outbox.note(outbox.RELEASE, finding.key)
    return True
