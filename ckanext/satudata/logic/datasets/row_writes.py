"""Who may write rows of a resource now, and the event that says he did. Nothing here commits.

Asked by the DataStore backend itself, so that it holds for every caller: sysadmins, jobs and code
that asks nobody for permission.
"""

from __future__ import annotations

from dataclasses import dataclass

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.cases import casework, earlier
from ckanext.satudata.logic.datasets import gate
from ckanext.satudata.model import cases, personal, resource_tables
from ckanext.satudata.model.content import flushed_content


@dataclass(frozen=True)
class Writing:
    """A write of rows that is allowed: whose, into which resource, and what it points at.

    `table` is its table, `fixed` whether that one belongs to a release or to another resource too.
    """

    package: model.Package
    resource_id: str
    user: model.User | None
    table: str | None
    fixed: bool


def begin(context: Context, resource_id: str, *, in_place: bool) -> Writing:
    """Let somebody write rows, or refuse; `in_place`: those that are there are changed.

    Case and pointer stay locked until the commit: no release is made of rows half written.
    """
    resource = model.Resource.get(resource_id)
    package = model.Package.get(resource.package_id) if resource is not None else None
    if package is None:
        raise tk.ObjectNotFound(resource_id)
    user = people.user_of(context)
    case = cases.case_of_dataset(package.id)
    if case is not None:
        cases.lock_case(case.id)
    table = resource_tables.lock_table(resource_id)
    fixed = is_fixed(resource_id, table)
    if fixed and in_place:
        raise Refused("rows_released")
    refused = gate.write_refusal(package, user) or gate.products_only(package, user)
    if refused is not None:
        raise refused
    return Writing(package, resource_id, user, table, fixed)


def record(writing: Writing, act: str, table: str | None, written: int) -> None:
    """Record a write in the running case of its dataset: `act`, the table, how many rows."""
    if table is not None:
        personal.forget_rows(table)
    if writing.user is None:
        return
    case = cases.case_of_dataset(writing.package.id)
    if case is None or case.closed_at is not None:
        earlier.remember(writing.package, writing.user.id)
        return
    rows = {"resource": writing.resource_id, "act": act, "table": table, "written": written}
    content = flushed_content(writing.package)
    casework.record_rows(case.id, writing.package, content, writing.user.id, rows)


def in_running_case(resource_id: str) -> bool:
    """Whether a running case has the dataset of a resource."""
    resource = model.Resource.get(resource_id)
    dataset_id = resource.package_id if resource is not None else None
    case = cases.case_of_dataset(dataset_id) if dataset_id else None
    return case is not None and case.closed_at is None


def is_fixed(resource_id: str, table: str | None) -> bool:
    """Whether nobody may write a table for this resource, because it is not its own alone."""
    if table is None:
        return False
    return resource_tables.is_released(table) or resource_tables.is_shared(table, resource_id)
