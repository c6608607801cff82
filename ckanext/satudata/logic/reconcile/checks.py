"""The table of checks, and the run through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ckan import model

from ckanext.satudata.logic.outbox import dispatch
from ckanext.satudata.logic.reconcile import flags, outboxes, overdue, searches
from ckanext.satudata.logic.reconcile.finding import Check, Finding
from ckanext.satudata.msgid import N_

CHECKS: tuple[Check, ...] = (
    Check("search", N_("The search index and the datasets"), searches.find, searches.mend),
    Check("flag", N_("Who may read a dataset, and its release"), flags.find, flags.mend),
    Check("release", N_("Releases and the minute they are due"), overdue.find, overdue.mend),
    Check("outbox", N_("What waits to be delivered"), outboxes.find_old, outboxes.mend_old),
    Check("lease", N_("What somebody began to deliver"), outboxes.find_leases, outboxes.mend_lease),
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
