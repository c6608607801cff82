"""The record of a case or a period, for whoever may read it, in the form that was asked for."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.satudata.audit import exports
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.reports.reporting import Period
from ckanext.satudata.model import proof_reading

FORMATS = ("json", "csv", "prov")
MOST = 100_000
"""Events that one export holds; what was left out in silence would be no proof."""


def of_case(case_id: str, form: str) -> dict[str, Any]:
    """The events of one case: `{format, events}`; `events` a list, a text or a document."""
    return _exported(form, stream=case_id)


def of_period(period: Period, form: str) -> dict[str, Any]:
    """All events between two days at the office, both included, by stream.

    Raises Refused `export_too_long`.
    """
    return _exported(form, begin=period.begin, end=period.end)


def _exported(form: str, **which: Any) -> dict[str, Any]:
    # What the act before this wrote in the same session is not seen by another connection.
    model.Session.rollback()
    with proof_reading.as_it_stands() as connection:
        found = []
        for one in proof_reading.records(connection, **which):
            if len(found) == MOST:
                raise Refused("export_too_long", field="to", limit=MOST)
            found.append(one)
    if form == "csv":
        return {"format": form, "events": exports.as_csv(found)}
    if form == "prov":
        return {"format": form, "events": exports.as_prov(found)}
    return {"format": form, "events": found}
