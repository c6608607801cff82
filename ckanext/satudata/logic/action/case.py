"""Cases: open, show, list, act. Every door comes through here."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import (
    casework,
    checks,
    clock,
    dictize,
    effects,
    inbox,
    people,
    reindex,
    schema,
)
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import as_ckan_error
from ckanext.satudata.model import cases
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import CaseState, Kind, VisitKey

MAX_OFFSET = 2**31 - 1
"""Beyond it there is nothing, and the database falls over a number that is far beyond."""


def satudata_case_open(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Open a case of the SOP in force over a dataset.

    An upload by a produsen opens one by itself; this is for data that came another way.

    :param dataset_id: id or name of the dataset
    :returns: the case as `satudata_case_show` gives it
    """
    data = _validated(context, data_dict, schema.case_open())
    tk.check_access("satudata_case_open", context, data)
    package = model.Package.get(data["dataset_id"])
    user = _user(context)
    if package is None:
        raise as_ckan_error(Refused("not_found"))
    with one_commit():
        case = casework.open_by_request(package, flushed_content(package), user)
    reindex.datasets([package.id])
    return dictize.case_dict(case, user)


@tk.side_effect_free
def satudata_case_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """A case: where it stands, who has it, what the caller may do, and what happened.

    :param id: id or number of the case, or id or name of its dataset
    """
    data = _validated(context, data_dict, schema.case_show())
    tk.check_access("satudata_case_show", context, data)
    return dictize.case_dict(_visible_case(context, data["id"]), _user(context))


@tk.side_effect_free
def satudata_case_list(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Open visits that the caller may see, those that wait longest first.

    :param waiting_for: `me` (I hold the actor), `repair` (somebody else holds it, but it was
        returned and I may write the data), `others`, or `any`
    :param limit: 0-100
    :param offset: how many to leave out
    :returns: {count, counts: {me, repair, others}, results}
    """
    data = _validated(context, data_dict, schema.case_list())
    tk.check_access("satudata_case_list", context, data)
    limit = min(data["limit"], 100)
    offset = min(data["offset"], MAX_OFFSET)
    return inbox.page(_user(context), data["waiting_for"], limit, offset)


def satudata_case_act(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take one outcome of one open visit.

    :param id: id or number of the case, or id or name of its dataset
    :param version: the case's version as the caller last saw it; a later one refuses with 409
    :param step: number of the step
    :param visit: number of the visit to that step
    :param outcome: one of the outcomes that the case lists for the visit
    :param reason: required for a return
    :param points: for a return, a list of {kind: all|column|row|field|resource, where, note}
    :param dataset_id: where the case has several datasets
    :returns: the case as `satudata_case_show` gives it
    """
    data = _validated(context, data_dict, schema.case_act())
    tk.check_access("satudata_case_act", context, data)
    user = _user(context)
    case_id = _visible_case(context, data["id"]).id
    with one_commit():
        case, state = _act(case_id, user, data)
    reindex.datasets(state.items)
    return dictize.case_dict(case, user)


def _act(case_id: str, user: model.User, data: dict[str, Any]) -> tuple[CaseRow, CaseState]:
    """Lock, decide, record, do; the caller commits."""
    case = cases.lock_case(case_id)
    if case is None:
        raise Refused("not_found")
    sop, state = casework.sop_of_case(case), cases.state_of(case)
    person = people.person_for(user, sop.sop.subjek, case.organization_id)
    attempt = _attempt(state, data)
    keys = {key for step in sop.langkah for key in step.periksa}
    items = state.items if attempt.visit.item is None else (attempt.visit.item,)
    try:
        decision = acts.decide(sop, state, person, attempt, checks.failed(keys, items))
    except Refused as refused:
        raise casework.with_holders(refused, sop) from refused
    now = clock.now()
    state = cases.append(case, state, Kind.STEP_ENDED, user.id, now, decision.body)
    return case, effects.run(effects.Doing(case, decision, user.id, now), state)


def _attempt(state: CaseState, data: dict[str, Any]) -> acts.Attempt:
    item = data.get("dataset_id") or (state.items[0] if len(state.items) == 1 else None)
    return acts.Attempt(
        visit=VisitKey(item, data["step"], data["visit"]),
        version=data["version"],
        outcome=data["outcome"],
        reason=data.get("reason") or "",
        points=tuple(_point(one) for one in data.get("points") or ()),
    )


def _point(values: dict[str, Any]) -> acts.Point:
    kinds = {kind.value: kind for kind in acts.PointKind}
    kind = kinds.get(values["kind"])
    where = values.get("where") or ""
    if kind is None or (kind is not acts.PointKind.ALL and not where):
        raise Refused("point_invalid", field="points", kinds=tuple(kinds))
    return acts.Point(kind, where, values.get("note") or "")


def _visible_case(context: Context, reference: str) -> CaseRow:
    """The case, or the same answer as for one that is not there."""
    case = cases.find_case(reference)
    if case is None or not people.may_see_case(people.user_of(context), case):
        raise tk.ObjectNotFound(casework.sentence(Refused("not_found")))
    return case


def _user(context: Context) -> model.User:
    user = people.user_of(context)
    if user is None:
        raise as_ckan_error(Refused("login_needed"))
    return user


def _validated(context: Context, data_dict: dict[str, Any], shape: Any) -> dict[str, Any]:
    data, errors = tk.navl_validate(data_dict, shape, context)
    if errors:
        raise tk.ValidationError(errors)
    return data
