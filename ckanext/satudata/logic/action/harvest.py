"""Actions of ckanext-harvest that ask no permission, or delete what has a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.logic import guards_harvest
from ckanext.satudata.logic.datasets import gate
from ckanext.satudata.logic.wording import as_ckan_error

Original = Callable[..., Any]


@tk.chained_action
def harvest_source_clear(original: Original, context: Context, data_dict: dict[str, Any]) -> Any:
    """Refuse to delete datasets that a case or a release knows, whoever calls."""
    tk.check_access("harvest_source_clear", context, data_dict)
    for package in _datasets_of(data_dict.get("id")):
        refused = gate.removal_refusal(package)
        if refused is not None:
            raise as_ckan_error(refused)
    return original(context, data_dict)


@tk.side_effect_free
@tk.chained_action
def harvest_source_list(original: Original, context: Context, data_dict: dict[str, Any]) -> Any:
    """The sources that the caller may update: their settings hold keys of other portals."""
    found = original(context, data_dict)
    if context.get("ignore_auth") or authz.is_sysadmin(context.get("user", "")):
        return found
    return [one for one in found if guards_harvest.may_update_source(context, one["id"])]


@tk.chained_action
def harvest_source_reindex(original: Original, context: Context, data_dict: dict[str, Any]) -> Any:
    """Ask what the action for all sources asks; the original asks nobody, and by GET too."""
    tk.check_access("harvest_source_reindex", context, data_dict)
    # The original makes its context one that asks no permission, and callers go on with theirs.
    asked: Any = dict(context)
    return original(asked, data_dict)


@tk.chained_action
def harvest_abort_failed_jobs(
    original: Original, context: Context, data_dict: dict[str, Any]
) -> Any:
    """Ask what aborting one job asks, before anything is looked up."""
    tk.check_access("harvest_job_abort", context, data_dict)
    return original(context, data_dict)


# Harvest hands out its actions as auth functions too, so that core would call them to be asked.
harvest_abort_failed_jobs.auth_audit_exempt = True  # pyright: ignore[reportFunctionMemberAccess]
harvest_source_list.auth_audit_exempt = True  # pyright: ignore[reportFunctionMemberAccess]

ACTIONS: dict[str, Any] = {
    "harvest_abort_failed_jobs": harvest_abort_failed_jobs,
    "harvest_source_clear": harvest_source_clear,
    "harvest_source_list": harvest_source_list,
    "harvest_source_reindex": harvest_source_reindex,
}


def _datasets_of(source_id: str | None) -> list[model.Package]:
    """Datasets that a source ever brought, and those that its SQL deletes besides: harvest marks
    what it deletes by a state, and takes along whatever bears that state already."""
    from ckanext.harvest.model import HarvestObject

    brought = model.Session.query(HarvestObject.package_id).filter_by(harvest_source_id=source_id)
    query = model.Session.query(model.Package)
    return query.filter(
        model.Package.id.in_(brought.subquery().select()) | (model.Package.state == "to_delete")
    ).all()
