"""The search index, caught up where a server died between its commit and its index."""

from __future__ import annotations

from typing import Any

from demo.command import ckan
from demo.datasets import Dataset
from demo.ensure import shown
from demo.visitor import Visitor

TOLD = ("private", "metadata_modified", "validation_status", "validation_date", "num_resources")


def catch_up(admin: Visitor, dataset: Dataset) -> bool:
    """Whether the index had to be told of what an earlier run left in the database.

    Asked only before this run does anything: what the portal itself fails to index now must show
    in the checks.
    """
    stored = shown(admin, "package_show", id=dataset.name)
    if stored is None or _facts(stored) == _facts(_indexed(admin, dataset)):
        return False
    ckan("search-index", "rebuild", dataset.name)
    return True


def _indexed(admin: Visitor, dataset: Dataset) -> dict[str, Any]:
    found = admin.action("package_search", fq=f"name:{dataset.name}", include_private=True)
    return found["results"][0] if found["results"] else {}


def _facts(dataset: dict[str, Any]) -> list[Any]:
    return [dataset.get(name) for name in TOLD]
