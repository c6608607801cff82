"""Duties that failed, or that nobody does; and what of their fruit is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.duties import doing
from ckanext.satudata.logic.outbox import dispatch
from ckanext.satudata.logic.proof import signing
from ckanext.satudata.logic.reconcile.finding import Finding
from ckanext.satudata.model import duties, heads
from ckanext.satudata.model.tables import EventRow
from ckanext.satudata.msgid import N_

LATE_SECONDS = 3600
"""Seconds after which a duty is not just about to be done."""

HEAD_DAYS = 1
"""For how many days there may be no signed head."""

FAILED = N_("Duty %(name)s failed %(times)s times, last with: %(error)s")
LATE = N_("Duty %(name)s has been due since %(since)s UTC, and nobody does it.")
LEASED = N_("%(who)s began duty %(name)s and never ended.")
NO_HEAD = N_("No head of the record was signed for over a day; the last one is of %(day)s.")

RUN_DISPATCHER = N_("Mend what it says; the dispatcher tries it again by itself.")
GIVE_KEY = N_("Give the dispatcher the signing key, or run ckan satudata audit head where it is.")


def find() -> Iterator[Finding]:
    late = set(duties.late(LATE_SECONDS))
    for row in duties.rows():
        if row.error:
            facts = {"name": row.name, "times": row.failures, "error": row.error}
            yield Finding(row.name, FAILED, facts, RUN_DISPATCHER)
        elif row.name in late:
            yield Finding(row.name, LATE, {"name": row.name, "since": f"{row.next_at:%F %R}"})


def mend(finding: Finding) -> bool:
    """Do it now; where it fails again its reason is another one, perhaps."""
    return doing.now(dispatch.new_name(), finding.key)


def find_leases() -> Iterator[Finding]:
    for name, who in duties.left_leases():
        yield Finding(name, LEASED, {"name": name, "who": who})


def mend_lease(finding: Finding) -> bool:
    duties.release(finding.key)
    return True


def find_head() -> Iterator[Finding]:
    """A record younger than that has nothing that should be signed by now."""
    last = heads.last_head()
    if last is not None:
        if last.day < clock.today() - timedelta(days=HEAD_DAYS):
            yield Finding("head", NO_HEAD, {"day": last.day.isoformat()}, GIVE_KEY)
        return
    first = model.Session.scalar(sa.select(sa.func.min(EventRow.at)))
    if first is not None and first < clock.now() - timedelta(days=HEAD_DAYS):
        yield Finding("head", NO_HEAD, {"day": "-"}, GIVE_KEY)


def mend_head(_finding: Finding) -> bool:
    try:
        signing.make_head()
    except Refused:
        return False
    return True
