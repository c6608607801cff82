"""What every reader of a released dataset is answered: its release, kept whole in one row.

Read from its own rows a dataset takes several queries, and another release may be applied between
two of them. Organization and groups are the exception: they belong to no release and are read anew.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import logic, model
from ckan import plugins as p
from ckan.lib.dictization import model_dictize
from ckan.logic.action import get as core
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.model.tables import ReleaseRow, ShownRow

KEPT = "satudata_shown"
"""Stands in the context of a dataset that comes from the row and is not to be computed anew."""

_NOT_PLAIN = ("schema", "for_update", "validate")


def keep(release: ReleaseRow) -> None:
    """Keep what `package_show` says of a release that is being shown, in its commit."""
    context: Context = {"ignore_auth": True, "use_cache": False, "user": ""}
    dataset = core.package_show(context, {"id": release.dataset_id})
    row = model.Session.get(ShownRow, release.dataset_id) or ShownRow(dataset_id=release.dataset_id)
    row.release_id, row.dataset = release.id, dataset
    model.Session.add(row)
    model.Session.flush()


def forget(dataset_id: str) -> None:
    """Nothing of a dataset is shown any more, from this commit on."""
    model.Session.execute(sa.delete(ShownRow).where(ShownRow.dataset_id == dataset_id))


def answer(context: Context, data_dict: dict[str, Any]) -> dict[str, Any] | None:
    """What a plain `package_show` answers of a released dataset; None where core has to answer.

    Raises NotAuthorized as core does.
    """
    if not _is_plain(context, data_dict):
        return None
    package = model.Package.get(data_dict.get("id") or data_dict.get("name_or_id"))
    if package is None or package.state != model.State.ACTIVE:
        return None
    if package.private and not _is_kept(package.id):
        return None
    context["package"] = package
    tk.check_access("package_show", context, data_dict)
    # A column, not the row: each caller gets a dict of his own, which hooks may change.
    query = sa.select(ShownRow.dataset).where(ShownRow.dataset_id == package.id)
    dataset = model.Session.scalar(query)
    if dataset is None:
        return None
    dataset["organization"] = _organization(package)
    dataset["groups"] = _groups(package)
    return _through_hooks(context, package, dataset)


def _is_kept(dataset_id: str) -> bool:
    query = sa.select(ShownRow.dataset_id).where(ShownRow.dataset_id == dataset_id)
    return model.Session.scalar(query) is not None


def _is_plain(context: Context, data: dict[str, Any]) -> bool:
    """Whether the caller wants what everybody gets."""
    asked: Any = context
    special = any(asked.get(name) is not None for name in _NOT_PLAIN)
    special = special or not context.get("use_cache", True)
    wants = ("use_default_schema", "include_plugin_data")
    return not special and not any(tk.asbool(data.get(name) or False) for name in wants)


def _organization(package: model.Package) -> dict[str, Any] | None:
    group = model.Session.get(model.Group, package.owner_org) if package.owner_org else None
    if group is None or group.state != model.State.ACTIVE:
        return None
    names = (
        "id", "name", "title", "type", "description", "image_url", "is_organization",
        "approval_status", "state",
    )  # fmt: skip
    told = {name: getattr(group, name) for name in names}
    return {**told, "created": group.created.isoformat() if group.created else None}


def _groups(package: model.Package) -> list[dict[str, Any]]:
    query = (
        sa.select(model.Group)
        .join(model.Member, model.Member.group_id == model.Group.id)
        .where(model.Member.table_id == package.id, model.Member.state == model.State.ACTIVE)
        .where(model.Group.is_organization.is_(False), model.Group.state == model.State.ACTIVE)
        .order_by(model.Group.title)
    )
    return [_group(group) for group in model.Session.scalars(query)]


def _group(group: model.Group) -> dict[str, Any]:
    told = model_dictize.group_dictize(group, {}, packages_field=None, include_users=False)
    names = ("id", "name", "title", "display_name", "description", "image_display_url")
    return {name: told.get(name) for name in names}


def _through_hooks(
    context: Context, package: model.Package, dataset: dict[str, Any]
) -> dict[str, Any]:
    """What plugins add to a dataset that is shown, as core asks them."""
    marked: Any = context
    marked[KEPT] = True
    for plugin in p.PluginImplementations(p.IPackageController):
        if context.get("for_view"):
            dataset = plugin.before_dataset_view(dataset)
        plugin.read(package)
    for plugin in p.PluginImplementations(p.IResourceController):
        for resource in dataset["resources"]:
            plugin.before_resource_show(resource)
    logic.apply_after_dataset_show_plugins(context, dataset)
    del marked[KEPT]
    return dataset
