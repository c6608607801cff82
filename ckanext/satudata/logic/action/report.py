"""The register of cases and the activity report, read only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import organizations
from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.datasets.gate import walidata_title
from ckanext.satudata.logic.reports import activity, exceptions, register, reporting
from ckanext.satudata.logic.reports.reporting import Period
from ckanext.satudata.logic.schema import report as schema
from ckanext.satudata.logic.wording import as_ckan_error

EVERYBODY = "*"


@tk.side_effect_free
def satudata_register(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The register of cases, as far as the caller may see them: those of his agencies whole, and
    of others the part that is about his agencies' data.

    :param sop: subject of the SOP
    :param organization: id or name of an agency whose case or data it is
    :param from: first day on which a case was opened, YYYY-MM-DD
    :param to: last day
    :param state: `open`, `closed` or `cancelled`
    :param limit: at most 5000 (100 when left out)
    :param offset: how many to leave out
    :returns: {office, period: {from, to}, count, results}; each with number, days, SOP, agency,
        datasets and the open steps (`stands`)
    """
    data = validated(context, data_dict, schema.register())
    tk.check_access("satudata_register", context, data)
    with _told():
        user = asker(context)
        period = Period.of(data.get("from"), data.get("to"))
        wanted = register.Wanted(
            sop=data.get("sop") or "",
            organization=organizations.id_of(data.get("organization"), ended=True) or "",
            period=period,
            state=data.get("state") or "",
        )
        answer = register.page(user, wanted, data["limit"], data["offset"])
    return {"office": walidata_title(), "period": period.as_dict(), **answer}


@tk.side_effect_free
def satudata_activity_report(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What a person did in a period, counted by the day on the paper where there is one.

    Everybody reads his own. Who steers the cases of a SOP, the head of the walidata and the
    administrator of the portal read what others did, in the cases that they may see.

    :param person: id or name of the user; left out: the caller; `*`: everybody
    :param from: first day, YYYY-MM-DD
    :param to: last day
    :returns: {office, period: {from, to}, person, more, results, people, exceptions}; `people`
        counts the kinds of acts of each; `more`: there are more than the 5000 that `results` holds
        at most; `exceptions`: what was published past its SOP or withdrawn: {kind, on, at, person,
        reason, release, dataset, organization}
    """
    data = validated(context, data_dict, schema.activity())
    tk.check_access("satudata_activity_report", context, data)
    with _told():
        user = asker(context)
        period = Period.of(data["from"], data["to"])
        person = _person(user, data.get("person"))
        whose = activity.Whose(user, person)
        answer = activity.report(whose, period)
        found = exceptions.exceptions(whose, period)
    return {
        "office": walidata_title(),
        "period": period.as_dict(),
        "person": {"id": person.id, "name": person.display_name} if person else None,
        **answer,
        "exceptions": found,
    }


def _person(user: model.User, wanted: str | None) -> model.User | None:
    """Whose report it is; None: everybody's. Raises Refused `not_report_reader`."""
    if not wanted or wanted in (user.id, user.name):
        return user
    if not reporting.reads_all(user):
        raise Refused("not_report_reader")
    if wanted == EVERYBODY:
        return None
    person = model.User.get(wanted)
    if person is None:
        raise Refused("user_unknown", field="person", user=wanted)
    return person


@contextmanager
def _told() -> Iterator[None]:
    """Nothing is written here, so a refusal only has to be worded."""
    try:
        yield
    except Refused as refused:
        raise as_ckan_error(refused) from refused
