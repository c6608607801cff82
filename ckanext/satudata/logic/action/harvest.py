"""Actions of ckanext-harvest that ask no permission, or delete what has a case."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import guards_harvest
from ckanext.satudata.logic.datasets import gate
from ckanext.satudata.logic.wording import as_ckan_error, sentence

Original = Callable[..., Any]

NO_ACTIONS = (
    "InactiveSource",
    "get_mail_extra_vars",
    "prepare_error_mail",
    "prepare_summary_mail",
    "send_error_email",
    "send_mail",
    "send_summary_email",
)
"""Whatever harvest's modules hold is an action to it: its helpers too."""

_all_of_them: ContextVar[bool] = ContextVar("all_of_them", default=False)


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
    if not _all_of_them.get():
        tk.check_access("harvest_source_reindex", context, data_dict)
    # The original makes its context one that asks no permission, and callers go on with theirs.
    asked: Any = dict(context)
    return original(asked, data_dict)


@tk.chained_action
def harvest_sources_reindex(original: Original, context: Context, data_dict: dict[str, Any]) -> Any:
    """Ask once for all sources: the original asks for each of them as nobody."""
    tk.check_access("harvest_sources_reindex", context, data_dict)
    mark = _all_of_them.set(True)
    try:
        return original(context, data_dict)
    finally:
        _all_of_them.reset(mark)


@tk.side_effect_free
@tk.chained_action
def harvest_log_list(original: Original, context: Context, data_dict: dict[str, Any]) -> Any:
    """Sysadmins alone; for anybody else the original asks itself without an end."""
    if not context.get("ignore_auth") and not authz.is_sysadmin(context.get("user", "")):
        raise tk.NotAuthorized(sentence(Refused("not_sysadmin")))
    return original(context, data_dict)


@tk.chained_action
def _no_action(original: Original, context: Context, data_dict: dict[str, Any]) -> Any:
    """What harvest offers to the web by mistake; it calls these itself, not as actions."""
    raise tk.ObjectNotFound


@tk.chained_action
def harvest_abort_failed_jobs(
    original: Original, context: Context, data_dict: dict[str, Any]
) -> Any:
    """Ask what aborting one job asks, before anything is looked up."""
    tk.check_access("harvest_job_abort", context, data_dict)
    return original(context, data_dict)


harvest_log_list.auth_audit_exempt = True  # pyright: ignore[reportFunctionMemberAccess]
# Harvest hands out its actions as auth functions too, so that core would call them to be asked.
harvest_abort_failed_jobs.auth_audit_exempt = True  # pyright: ignore[reportFunctionMemberAccess]
harvest_source_reindex.auth_audit_exempt = True  # pyright: ignore[reportFunctionMemberAccess]
harvest_source_list.auth_audit_exempt = True  # pyright: ignore[reportFunctionMemberAccess]

ACTIONS: dict[str, Any] = {
    "harvest_abort_failed_jobs": harvest_abort_failed_jobs,
    "harvest_log_list": harvest_log_list,
    "harvest_source_clear": harvest_source_clear,
    "harvest_source_list": harvest_source_list,
    "harvest_source_reindex": harvest_source_reindex,
    "harvest_sources_reindex": harvest_sources_reindex,
    **dict.fromkeys(NO_ACTIONS, _no_action),
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
