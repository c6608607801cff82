"""The flag `private` against the release rows, which alone license a dataset to be public."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic.reconcile.finding import Finding
from ckanext.satudata.msgid import N_

UNLICENSED = N_("Dataset %(name)s (%(id)s) is open to everybody without a release that is shown.")
HIDDEN = N_("Dataset %(name)s (%(id)s) has a release that is shown, and is closed to everybody.")

OPEN_IT = N_("Somebody who may has to publish it again, or to withdraw it.")

_PUBLIC = sa.text("""
    SELECT p.id, p.name, p.private OR p.state <> 'active'
    FROM package p LEFT JOIN LATERAL satudata_public(p.id) r ON true
    WHERE (NOT p.private AND p.state = 'active') <> (r.release_id IS NOT NULL)
    ORDER BY p.name
""")


def find() -> Iterator[Finding]:
    for key, name, private in model.Session.execute(_PUBLIC):
        facts = {"id": key, "name": name}
        yield Finding(key, HIDDEN, facts, OPEN_IT) if private else Finding(key, UNLICENSED, facts)


def mend(finding: Finding) -> bool:
    """Close what nothing licenses. What is closed is opened by an act, never by upkeep."""
    if finding.sentence != UNLICENSED:
        return False
    close = sa.text("UPDATE package SET private = true WHERE id = :id")
    model.Session.execute(close, {"id": finding.key})
    return True
