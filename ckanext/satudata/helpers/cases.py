"""Parts of a shown case that several pages draw."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.common import current_user
from ckan.plugins import toolkit as tk

from ckanext.satudata.errors import Refused
from ckanext.satudata.helpers.asking import ask
from ckanext.satudata.helpers.metadata import satudata_label
from ckanext.satudata.helpers.telling import about_one
from ckanext.satudata.logic import people
from ckanext.satudata.logic.cases import opening
from ckanext.satudata.sop.statuses import STATUS_TEXTS, Status, StatusText


def satudata_status(value: str) -> StatusText | None:
    """How a validation status is drawn; None for a value that is no status."""
    try:
        return STATUS_TEXTS[Status(value)]
    except ValueError:
        return None


def satudata_may_hand_over(dataset_id: str) -> bool:
    """Whether the reader may open a case over a dataset that has none."""
    package, user = model.Package.get(dataset_id), people.user_of({"user": current_user.name})
    if package is None or user is None:
        return False
    try:
        opening.for_request(package, user)
    except Refused:
        return False
    return True


def satudata_case(dataset_id: str) -> dict[str, Any] | None:
    """The case of a dataset, for those who may see it."""
    if current_user.is_anonymous:
        return None
    return ask("satudata_case_show", id=dataset_id)


def satudata_personal(dataset_id: str) -> dict[str, Any] | None:
    """What was found of data of persons in a dataset, for those who see its case."""
    return None if current_user.is_anonymous else ask("satudata_personal_data_show", id=dataset_id)


def satudata_opening(case: dict[str, Any], visit: dict[str, Any]) -> dict[str, Any] | None:
    """The event that opened a visit: who sent it there, and when."""
    names = ("item", "step", "number")
    key = [visit[name] for name in names]
    return next(
        (
            one
            for one in case["events"]
            for opened in one["body"].get("opens", ())
            if [opened[name] for name in names] == key
        ),
        None,
    )


def satudata_returned(
    case: dict[str, Any], visit: dict[str, Any], item: str | None = None
) -> dict[str, Any] | None:
    """The return that opened a visit, as its event; None for a visit that came forward.

    At a visit to one dataset, or asked for one (`item`), without the points about others.
    """
    opening = satudata_opening(case, visit)
    if not opening or opening["body"].get("act") != "return":
        return None
    item = item or visit["item"]
    return about_one(case, opening, item) if item else opening


def satudata_point(point: dict[str, str]) -> str:
    """What a returned point is about, in words."""
    where = point.get("where") or ""
    kind = point.get("kind")
    if kind == "all":
        return tk._("All of the data")
    if kind == "column":
        return tk._("Column {where}").format(where=where)
    if kind == "row":
        return tk._("Row {where}").format(where=where)
    if kind == "field":
        return tk._("Field {where}").format(where=satudata_label(where))
    resource = ask("resource_show", id=where)
    return tk._("File {where}").format(where=resource["name"] if resource else where)
