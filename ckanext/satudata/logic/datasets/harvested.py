"""What ckanext-harvest writes into the index of a dataset, and so into what is shown of it."""

from __future__ import annotations

from typing import Any

FIELDS = frozenset({"harvest_object_id", "harvest_source_id", "harvest_source_title"})
"""Its extras; never stored by it, but by whoever sends back what `package_show` returned."""


def leave_out(dataset: dict[str, Any]) -> None:
    """Take them out of a dataset that is shown: a source is not public, and what is shown is sent
    back by the next patch, which would store them and so change what was approved."""
    extras = dataset.get("extras")
    if extras:
        dataset["extras"] = [one for one in extras if one.get("key") not in FIELDS]
