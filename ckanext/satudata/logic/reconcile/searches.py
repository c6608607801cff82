"""Solr against the database: what is missing there, stale, or about no dataset of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pysolr
import sqlalchemy as sa
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.lib.search.index import PACKAGE_TYPE, TYPE_FIELD
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.datasets.index import STAMP
from ckanext.satudata.logic.outbox.dispatch import said
from ckanext.satudata.logic.reconcile.finding import Finding
from ckanext.satudata.model import outbox
from ckanext.satudata.msgid import N_

ROWS = 1000
MILLISECONDS = len("2026-11-21T22:00:00.123")
"""Characters of a time that Solr keeps."""

SILENT = N_("The search server does not answer: %(error)s")
MISSING = N_("Dataset %(name)s (%(id)s) is missing in the search index.")
STALE = N_("Dataset %(name)s (%(id)s) has changed since the search index was told of it.")
PHANTOM = N_("The search index holds %(name)s (%(id)s), and there is no such dataset.")


@dataclass(frozen=True)
class Facts:
    """What both sides know of a dataset; equal when the index is current."""

    name: str
    stamp: int
    modified: str
    capacity: str
    state: str


_DATASETS = sa.text("""
    SELECT p.id, p.name, coalesce(i.stamp, 0), p.metadata_modified,
           CASE WHEN p.private THEN 'private' ELSE 'public' END, p.state
    FROM package p LEFT JOIN satudata_indexed i ON i.dataset_id = p.id
    WHERE (p.state <> 'deleted' OR NOT :remove_deleted)
      AND coalesce(p.extras ->> 'access_class', '') <> 'tertutup'
""")
_WAITING = sa.text("SELECT DISTINCT key FROM satudata_outbox WHERE topic = 'dataset'")


def find() -> Iterator[Finding]:
    """What disagrees twice in a row: what is just being written disagrees for a moment."""
    try:
        first = _compared()
        again = _compared() if first else {}
    except pysolr.SolrError as error:
        yield Finding("", SILENT, {"error": said(error)})
        return
    yield from (again[key] for key in sorted(first.keys() & again.keys()))


def mend(finding: Finding) -> bool:
    """Have the index told anew of one dataset, or of its absence."""
    if not finding.key:
        return False
    outbox.note(outbox.DATASET, finding.key)
    return True


def _compared() -> Mapping[str, Finding]:
    """Disagreements by id. What waits in the outbox is late, and is no disagreement."""
    model.Session.rollback()
    there = dict(_indexed())
    waits = set(model.Session.scalars(_WAITING))
    here = dict(_stored())
    found = {}
    for key in (here.keys() | there.keys()) - waits:
        sentence = _disagreement(here.get(key), there.get(key))
        if sentence:
            known = here.get(key) or there[key]
            found[key] = Finding(key, sentence, {"id": key, "name": known.name})
    return found


def _disagreement(here: Facts | None, there: Facts | None) -> str:
    if here == there:
        return ""
    if there is None:
        return MISSING
    return STALE if here is not None else PHANTOM


def _stored() -> Iterator[tuple[str, Facts]]:
    values = {"remove_deleted": tk.config["ckan.search.remove_deleted_packages"]}
    for key, name, stamp, modified, *more in model.Session.execute(_DATASETS, values):
        at = modified.isoformat(timespec="milliseconds") if modified else ""
        yield key, Facts(name, stamp, at[:MILLISECONDS], *more)


def _indexed() -> Iterator[tuple[str, Facts]]:
    """Every document of this site; walked by a cursor, so that nothing is passed over."""
    connection, cursor, before = make_connection(decode_dates=False), "*", None
    fields = f"id,name,{STAMP},metadata_modified,capacity,state"
    own = [f'+site_id:"{tk.config["ckan.site_id"]}"', f"+{TYPE_FIELD}:{PACKAGE_TYPE}"]
    while cursor != before:
        answer = connection.search(
            "*:*", fq=own, fl=fields, sort="index_id asc", rows=ROWS, cursorMark=cursor
        )
        for one in answer.docs:
            yield one["id"], _facts(one)
        cursor, before = answer.nextCursorMark, cursor


def _facts(document: Mapping[str, str]) -> Facts:
    stamp = document.get(STAMP) or "0"
    return Facts(
        document.get("name", ""),
        int(stamp) if stamp.isdecimal() else -1,
        _milliseconds(document.get("metadata_modified", "")),
        document.get("capacity", ""),
        document.get("state", ""),
    )


def _milliseconds(at: str) -> str:
    """Solr leaves out zeros at the end of a fraction."""
    whole, _, fraction = at.rstrip("Z").partition(".")
    return f"{whole}.{fraction:0<3}"[:MILLISECONDS] if at else ""
