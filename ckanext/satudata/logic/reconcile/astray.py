"""What lies in the storage or in the DataStore and is named by nothing; and tables that are gone.

A daily duty writes down what lies astray and removes it when it has lain long enough
(`logic/files/tidying.py`). So what is not written down, and what should be gone, is told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.files import tidying
from ckanext.satudata.logic.files.strays import Kind
from ckanext.satudata.logic.reconcile.finding import Finding
from ckanext.satudata.model import resource_tables, strays
from ckanext.satudata.model.strays import FILE, TABLE
from ckanext.satudata.msgid import N_

SPARE = timedelta(days=1)
"""How late a daily duty may be before what it left is told."""

LEFT_BY_A_WRITE = N_("%(name)s lies in the storage: a write left it behind.")
NAMED_BY_NOTHING = N_("%(name)s lies in the storage, and nothing names it.")
SET_ASIDE = N_("%(name)s lies in the storage: broken bytes in whose place the right ones came.")
FOREIGN = N_("%(name)s lies in the storage, and was not put there by the portal.")
TABLE_ASTRAY = N_("The table %(name)s lies in the DataStore, and nothing names it.")
STILL_THERE = N_("%(name)s should have been removed by now, and lies there still.")
TABLE_LOST = N_("%(whose)s has its rows in the table %(name)s, which is not in the DataStore.")

WHOSE_IS_IT = N_("Find out whose it is: it is not removed by itself.")
FROM_BACKUP = N_("The rows come back from a backup of the DataStore only.")

SENTENCES = {
    Kind.TEMPORARY: LEFT_BY_A_WRITE,
    Kind.UNNAMED: NAMED_BY_NOTHING,
    Kind.SET_ASIDE: SET_ASIDE,
    Kind.FOREIGN: FOREIGN,
}


def find_files(kinds: frozenset[Kind]) -> Iterator[Finding]:
    """What lies astray in the storage, of these kinds."""
    now = clock.now()
    found = {name: kind for name, kind in tidying.stray_files(now).items() if kind in kinds}
    known = strays.known(FILE)
    ages = {
        name: tidying.AGES[kind] + SPARE for name, kind in found.items() if kind in tidying.AGES
    }
    late = set(tidying.due(FILE, ages, now))
    for name, kind in sorted(found.items()):
        if kind not in tidying.AGES:
            yield Finding(name, SENTENCES[kind], {"name": name}, WHOSE_IS_IT)
        elif name not in known:
            yield Finding(name, SENTENCES[kind], {"name": name})
        elif name in late:
            yield Finding(name, STILL_THERE, {"name": name})


def find_left_over() -> Iterator[Finding]:
    return find_files(frozenset({Kind.TEMPORARY}))


def find_orphans() -> Iterator[Finding]:
    return find_files(frozenset(Kind) - {Kind.TEMPORARY})


def find_tables() -> Iterator[Finding]:
    now = clock.now()
    found, known = tidying.stray_tables(now), strays.known(TABLE)
    late = set(tidying.due(TABLE, dict.fromkeys(found, tidying.UNNAMED + SPARE), now))
    for name in sorted(found):
        if name not in known:
            yield Finding(name, TABLE_ASTRAY, {"name": name})
        elif name in late:
            yield Finding(name, STILL_THERE, {"name": name})


def mend_file(finding: Finding) -> bool:
    return not finding.by_hand and _mend(FILE, finding)


def mend_table(finding: Finding) -> bool:
    return _mend(TABLE, finding)


def find_lost_tables() -> Iterator[Finding]:
    for table, whose in sorted(resource_tables.lost_tables().items()):
        facts = {"name": table, "whose": "; ".join(whose)}
        yield Finding(table, TABLE_LOST, facts, FROM_BACKUP)


def _mend(place: str, finding: Finding) -> bool:
    """Remove what has lain long enough; write down what was not known, to be removed then."""
    if finding.sentence == STILL_THERE:
        return tidying.remove(place, finding.key)
    strays.note(place, [finding.key], clock.now())
    return True
