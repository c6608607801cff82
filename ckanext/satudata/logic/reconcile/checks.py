"""The table of checks, and the run through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ckan import model

from ckanext.satudata.logic.outbox import dispatch
from ckanext.satudata.logic.reconcile import (
    astray,
    daily,
    flags,
    outboxes,
    overdue,
    searches,
    shown_rows,
    stored,
    walls,
)
from ckanext.satudata.logic.reconcile.finding import Check, Finding
from ckanext.satudata.msgid import N_

CHECKS: tuple[Check, ...] = (
    Check("search", N_("The search index and the datasets"), searches.find, searches.mend),
    Check("flag", N_("Who may read a dataset, and its release"), flags.find, flags.mend),
    Check("wall", N_("The guards of the database itself"), walls.find, walls.mend),
    Check(
        "shown", N_("What everybody is answered, and its release"), shown_rows.find, shown_rows.mend
    ),
    Check("file", N_("Recorded files and the storage"), stored.find, stored.mend),
    Check("attachment", N_("Attachments and the storage"), stored.find_attached),
    Check("temporary", N_("What writes left behind"), astray.find_left_over, astray.mend_file),
    Check("orphan", N_("Bytes that nothing names"), astray.find_orphans, astray.mend_file),
    Check("table", N_("Tables that nothing names"), astray.find_tables, astray.mend_table),
    Check("lost", N_("Rows whose table is gone"), astray.find_lost_tables),
    Check("fixity", N_("When files were last read"), stored.find_unread, stored.mend_unread),
    Check("head", N_("When the record was last signed"), daily.find_head, daily.mend_head),
    Check("duty", N_("What the portal does every day"), daily.find, daily.mend),
    Check("begun", N_("Duties that somebody began"), daily.find_leases, daily.mend_lease),
    Check("release", N_("Releases and the minute they are due"), overdue.find, overdue.mend),
    Check("outbox", N_("What waits to be delivered"), outboxes.find_old, outboxes.mend_old),
    Check("lease", N_("What somebody began to deliver"), outboxes.find_leases, outboxes.mend_lease),
    Check("notice", N_("Notices that were to go"), outboxes.find_notices, outboxes.mend_notice),
    Check(
        "work", N_("What acts over lists have left over"), outboxes.find_work, outboxes.mend_work
    ),
)
"""Each row: a name for programs, what it compares, who finds, who mends."""


@dataclass(frozen=True)
class Said:
    """A finding of a check, and whether it was mended now."""

    check: Check
    finding: Finding
    mended: bool = False


def run(*, fix: bool) -> Iterator[Said]:
    """All disagreements; with `fix` each is mended where it can be, in a commit of its own."""
    for check in CHECKS:
        model.Session.rollback()
        for finding in list(check.find()):
            mended = fix and check.mend is not None and check.mend(finding)
            if mended:
                model.Session.commit()
            else:
                model.Session.rollback()
            yield Said(check, finding, mended)
    if fix:
        dispatch.all_due(dispatch.new_name())
