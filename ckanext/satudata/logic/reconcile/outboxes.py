"""What waits too long: rows of the outbox, leases of the dead, and work that nobody does."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic.cases.work import AWAY
from ckanext.satudata.logic.outbox import dispatch
from ckanext.satudata.logic.reconcile.finding import Finding
from ckanext.satudata.model import notices, outbox
from ckanext.satudata.msgid import N_

TOO_OLD = 300
"""Seconds after which what waits is not just on its way."""

OLD = N_("%(count)s wait under %(topic)s, the oldest for %(seconds)s seconds.")
LEASED = N_("%(who)s began to deliver %(count)s and never ended.")
LEFT = N_("Case %(case)s has work left over on %(count)s datasets, and nobody does it.")

LOST = N_("Notice %(notice)s is to go by e-mail and waits nowhere.")

_LEASES = sa.text("""
    SELECT leased_by, count(*) FROM satudata_outbox WHERE leased_until < satudata_now()
    GROUP BY leased_by ORDER BY leased_by
""")
_RELEASE = sa.text("""
    UPDATE satudata_outbox SET leased_until = NULL, leased_by = NULL, next_at = satudata_now()
    WHERE leased_by = :who AND leased_until < satudata_now()
""")
_AT_ONCE = sa.text("""
    UPDATE satudata_outbox SET next_at = satudata_now() WHERE topic = :topic AND leased_by IS NULL
      AND (topic <> 'release' OR made_at <= satudata_now())
""")
_WORK = sa.text("""
    SELECT c.id, c.number, count(*) FROM satudata_work w
    JOIN satudata_case c ON c.id = w.case_id
    JOIN satudata_proof.satudata_event e ON e.stream = w.case_id AND e.sequence = w.sequence
    WHERE w.done_at IS NULL AND w.release_id IS NULL AND coalesce(w.refused, :away) = :away
      AND e.at < satudata_now() - make_interval(secs => :seconds)
      AND NOT EXISTS (
        SELECT FROM satudata_outbox o WHERE o.topic = 'work' AND o.key = w.case_id)
    GROUP BY c.id, c.number ORDER BY c.number
""")


def find_old() -> Iterator[Finding]:
    for row in outbox.waiting():
        if row.oldest_seconds > TOO_OLD:
            facts = {"topic": row.topic, "count": row.waiting, "seconds": row.oldest_seconds}
            yield Finding(row.topic, OLD, facts)


def mend_old(finding: Finding) -> bool:
    """Try it at once, whatever pause it had; what still waits then is not mended."""
    model.Session.execute(_AT_ONCE, {"topic": finding.key})
    model.Session.commit()
    dispatch.all_due(dispatch.new_name())
    return finding.key not in {row.topic for row in outbox.waiting()}


def find_leases() -> Iterator[Finding]:
    for who, count in model.Session.execute(_LEASES):
        yield Finding(who, LEASED, {"who": who, "count": count})


def mend_lease(finding: Finding) -> bool:
    model.Session.execute(_RELEASE, {"who": finding.key})
    return True


def find_notices() -> Iterator[Finding]:
    """Notices that go by e-mail, have not gone, and wait nowhere."""
    for notice_id in notices.lost():
        yield Finding(notice_id, LOST, {"notice": notice_id})


def mend_notice(finding: Finding) -> bool:
    outbox.note(outbox.NOTICE, finding.key)
    return True


def find_work() -> Iterator[Finding]:
    """What a rule refuses waits for a person, and is shown to him on the page of the case."""
    values = {"away": AWAY, "seconds": TOO_OLD}
    for case_id, number, count in model.Session.execute(_WORK, values):
        yield Finding(case_id, LEFT, {"case": number, "count": count})


def mend_work(finding: Finding) -> bool:
    outbox.note(outbox.WORK, finding.key)
    return True
