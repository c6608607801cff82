"""Cases: open, show, list, act. Every door comes through here."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.lib.navl.dictization_functions import DataError
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import organizations, reindex
from ckanext.satudata.logic.asked import asker, validated, visible_case
from ckanext.satudata.logic.cases import acting, dictize, opening, requests
from ckanext.satudata.logic.inbox import inbox
from ckanext.satudata.logic.schema import case as schema
from ckanext.satudata.logic.schema import inbox as schema_inbox
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import as_ckan_error
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.acts import PointKind
from ckanext.satudata.sop.moves import Act

"""Beyond it there is nothing, and the database falls over a number that is far beyond."""


def satudata_case_open(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Open a case, over one dataset or over a list.

    An upload by a produsen opens one by itself; this is for data that came another way, and for
    a SOP that begins with a list.

    :param dataset_id: id or name of the dataset
    :param sop: subject of the SOP; left out: the one that an upload of the agency opens
    :param datasets: for a list, ids or names of datasets it starts with; it may be empty
    :param organization: for a list, the office whose SOP it is, where several have one
    :returns: the case as `satudata_case_show` gives it
    """
    data = validated(context, data_dict, schema.case_open())
    tk.check_access("satudata_case_open", context, data)
    user = asker(context)
    with one_commit():
        case, indexed = _opened(data, user)
        reindex.datasets(indexed)
    return dictize.case_dict(case, user)


def _opened(data: dict[str, Any], user: model.User) -> tuple[CaseRow, list[str]]:
    if data.get("dataset_id"):
        package = _package(data["dataset_id"])
        return opening.by_request(package, user, data.get("sop")), [package.id]
    if not data.get("sop"):
        raise Refused("dataset_or_sop", field="dataset_id")
    packages = [_package(one) for one in data.get("datasets") or ()]
    office = organizations.id_of(data.get("organization"))
    case = opening.by_order(data["sop"], office, packages, user)
    return case, [package.id for package in packages]


def _package(reference: str) -> model.Package:
    package = model.Package.get(reference)
    if package is None or package.state != model.State.ACTIVE:
        raise Refused("not_found")
    return package


@tk.side_effect_free
def satudata_case_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """A case: where it stands, who has it, what the caller may do, and what happened.

    :param id: id or number of the case, or id or name of its dataset
    """
    data = validated(context, data_dict, schema.case_show())
    tk.check_access("satudata_case_show", context, data)
    user = asker(context)
    return dictize.case_dict(visible_case(user, data["id"]), user)


@tk.side_effect_free
def satudata_case_list(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Open visits that the caller may see, each in one tab; counted under the same filters.

    :param waiting_for: a tab: `mine` (I hold the actor and have claimed it or was given it),
        `unit` (I hold the actor, or its named approval is mine to give), `repair` (somebody else
        holds it, but it was returned and I may write the data), `others`; `any` (all tabs);
        `first` (the first tab that holds something); or `me` (what of mine and my unit's I can
        end now)
    :param sop: subject of the SOP
    :param step: number of the step
    :param organization: id or name of an agency whose data it is about
    :param q: part of a title, or the number of a case
    :param due: `overdue`, `near`, or `any` that has a time
    :param order: `oldest` (longest wait first), `newest`, or `due` (what is due first)
    :param limit: 0-100
    :param offset: how many to leave out
    :param choices: also say which SOPs, steps and agencies there are to narrow by
    :returns: {waiting_for, count, counts: {me, mine, repair, unit, others}, results, choices}
    """
    data = validated(context, data_dict, schema_inbox.case_list())
    tk.check_access("satudata_case_list", context, data)
    return inbox.page(
        asker(context),
        data["waiting_for"],
        data["limit"],
        data["offset"],
        inbox.Filters.of(data),
        data["order"],
        data["choices"],
    )


def satudata_case_act(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Do one act at one open visit.

    :param id: id or number of the case, or id or name of its dataset
    :param version: the case's version as the caller last saw it; where something happened at the
        visit since, the act is refused with 409
    :param step: number of the step
    :param visit: number of the visit to that step
    :param dataset_id: where several datasets stand at the step
    :param act: left out: end the step by `outcome`; else `claim`, `assign` (`to`), `hand_back`,
        `approve`, `pause`, `resume`, `comment` (`text`), `add` (`entry`), `drop` (`datasets`),
        `set_closing` (`closes_on`), `go_on`, `cancel`
    :param outcome: one of the outcomes that the case lists for the visit
    :param reason: required for a return, a drop, a pause and a cancellation
    :param points: for a return, a list of {kind: all|column|row|field|resource, where, note};
        with `dataset_id` (id or name) about one of the datasets that go back, else about all
    :param datasets: at a step over a list, the datasets that a return means; `rest`: `wait`, or
        the outcome by which the others go on
    :param publish_at: for an outcome that publishes: when what is approved is shown by itself,
        `2026-12-01T08:00` on the agency's clock, to come and within a year; left out: at once
    :param entry: {dataset_id}, or {title, organization, release_date} for a request
    :param paper: what was done on paper: {on: YYYY-MM-DD, name, evidence: id of an attachment}
    :param attachments: ids of attachments of the case
    :param idempotency_key: a repeated call under the same key does nothing more
    :returns: the case as `satudata_case_show` gives it
    """
    data = _act_input(context, data_dict)
    tk.check_access("satudata_case_act", context, data)
    user = asker(context)
    case_id = visible_case(user, data["id"]).id
    with one_commit():
        _refuse_link(data)
        acted = acting.act(case_id, acting.UserActor(user), data)
    return dictize.case_dict(acted.case, user)


def _refuse_link(data: dict[str, Any]) -> None:
    """A link is made by its own action: an invitation alone would tell of one that is not there."""
    if data.get("act") == Act.INVITE.value:
        raise Refused("act_unknown", field="act", act=data["act"], step=data["step"])


def satudata_request_fulfil(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Say which dataset answers a request of a list; from then on it walks in its place.

    :param id: id or number of the case
    :param request: id of the entry
    :param dataset_id: id or name of a dataset of the same agency that has no case
    :param version: the case's version as the caller last saw it
    :returns: the case as `satudata_case_show` gives it
    """
    data = validated(context, data_dict, schema.request_fulfil())
    tk.check_access("satudata_case_act", context, data)
    user = asker(context)
    case_id = visible_case(user, data["id"]).id
    with one_commit():
        case = requests.fulfil(case_id, user, data)
        reindex.datasets([_package(data["dataset_id"]).id])
    return dictize.case_dict(case, user)


def _act_input(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The input of an act. Points in no shape at all break core's validation, and its API would
    repeat the whole request in its answer; raises Refused `point_invalid` for them."""
    try:
        return validated(context, data_dict, schema.case_act())
    except DataError as error:
        kinds = tuple(kind.value for kind in PointKind)
        raise as_ckan_error(Refused("point_invalid", field="points", kinds=kinds)) from error
