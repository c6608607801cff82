"""What somebody looks at while he decides: the data of a visit with its files."""

from __future__ import annotations

from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic import choices
from ckanext.satudata.logic.people import user_of
from ckanext.satudata.views import history
from ckanext.satudata.views.answers import ask

Shown = dict[str, Any]


def material(case: Shown, visit: Shown) -> dict[str, Any]:
    """For a visit to one dataset the dataset, for one to a list each of them, as far as shown.

    `item` is the entry of the list; `dataset` is None for a request that has no data yet.
    """
    item = history.dataset_of(case, visit["item"])
    listed = [(one, _dataset(one)) for one in history.datasets_at(case, visit)]
    return {
        "item": item,
        "dataset": _dataset(item) if item else None,
        "listed": listed,
        "files": list(_files(listed)),
        "answers": answers(case, item) if item else [],
    }


def answers(case: Shown, item: Shown) -> list[tuple[str, str]]:
    """The datasets by which the reader may answer a request."""
    user = user_of({"user": current_user.name})
    if not item["request"] or case["may_write"].get(item["id"]) != "semua" or user is None:
        return []
    return choices.free_datasets(user, item["organization"]["id"])


def _dataset(item: Shown) -> Shown | None:
    if item["request"] or item["ended"]:
        return None
    try:
        return ask("package_show", id=item["id"])
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None


def _files(listed: list[tuple[Shown, Shown | None]]) -> Any:
    """The files that a point may be about, each with a name that says whose it is."""
    several = len(listed) > 1
    for item, dataset in listed:
        for resource in dataset["resources"] if dataset else ():
            name = resource["name"] or tk._("File")
            words = f"{item['title']}: {name}" if several else name
            yield f"resource:{resource['id']}", words
