"""Which datasets an action about views or groups touches, for the rows of guards.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckan import model

Found = Iterable[model.Package]


def is_dataset(member: dict[str, Any]) -> bool:
    """Whether a member of a group is a dataset: core finds its class by `title()`, so that
    `Package` is one too."""
    return str(member.get("object_type")).title() == model.Package.__name__


def of_view(context: Any, data: dict[str, Any]) -> Found:
    """The dataset of a view that is changed or removed; core asks about the resource alone that
    the caller names."""
    view = model.ResourceView.get(data["id"]) if data.get("id") else None
    return _of_resources([getattr(view, "resource_id", None), data.get("resource_id")])


def of_new_view(context: Any, data: dict[str, Any]) -> Found:
    """The dataset of the resource that gets a view, or whose views are put in another order."""
    return _of_resources([data.get("resource_id") or data.get("id")])


def of_default_views(context: Any, data: dict[str, Any]) -> Found:
    """The datasets of the resources that get views: the caller names them beside the dataset
    that core asks about."""
    package, resource = data.get("package"), data.get("resource")
    listed = [*_list(_mapping(package).get("resources")), resource]
    named = model.Package.get(_mapping(package).get("id"))
    found = _of_resources([_mapping(one).get("id") for one in listed])
    return [*found, *([named] if named is not None else [])]


def of_all_views(context: Any, data: dict[str, Any]) -> Found:
    """Every dataset that has a view."""
    query = model.Session.query(model.ResourceView.resource_id)
    return _of_resources([one for (one,) in query.distinct()])


def of_group_anew(context: Any, data: dict[str, Any]) -> Found:
    """What is put into a group, and what falls out of it because it is not listed any more."""
    listed = data.get("packages")
    if not isinstance(listed, list):
        return []
    named = [_mapping(one).get("id") or _mapping(one).get("name") for one in listed]
    wanted = {one.id: one for one in map(model.Package.get, filter(None, named)) if one}
    held = {one.id: one for one in of_group(context, data)}
    return [one for key, one in {**wanted, **held}.items() if (key in wanted) != (key in held)]


def of_group(context: Any, data: dict[str, Any]) -> Found:
    """All that a group holds; an agency's data is not held by a tie."""
    group = model.Group.get(data.get("id"))
    if group is None or group.is_organization:
        return []
    ties = model.Session.query(model.Member.table_id).filter_by(
        group_id=group.id, table_name="package", state=model.State.ACTIVE
    )
    return _packages([one for (one,) in ties])


def _of_resources(ids: Iterable[Any]) -> list[model.Package]:
    resources = [model.Resource.get(one) for one in ids if isinstance(one, str)]
    return _packages(list({one.package_id for one in resources if one is not None}))


def _packages(ids: Iterable[Any]) -> list[model.Package]:
    found = [model.Package.get(one) for one in ids if one]
    return [one for one in found if one is not None]


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
