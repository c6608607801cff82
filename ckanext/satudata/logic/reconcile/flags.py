"""The flag `private` against the release rows, which alone license a dataset to be public."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic.reconcile.finding import Finding
from ckanext.satudata.msgid import N_

UNLICENSED = N_("Dataset %(name)s (%(id)s) is open to everybody without a release that is shown.")
HIDDEN = N_("Dataset %(name)s (%(id)s) has a release that is shown, and is closed to everybody.")

_PUBLIC = sa.text("""
    SELECT p.id, p.name, p.private FROM package p LEFT JOIN LATERAL satudata_public(p.id) r ON true
    WHERE p.state = 'active' AND p.private = (r.release_id IS NOT NULL)
    ORDER BY p.name
""")


def find() -> Iterator[Finding]:
    for key, name, private in model.Session.execute(_PUBLIC):
        yield Finding(key, HIDDEN if private else UNLICENSED, {"id": key, "name": name})


def mend(finding: Finding) -> bool:
    """Close what nothing licenses. What is closed is opened by an act, never by upkeep."""
    if finding.sentence != UNLICENSED:
        return False
    close = sa.text("UPDATE package SET private = true WHERE id = :id")
    model.Session.execute(close, {"id": finding.key})
    return True
