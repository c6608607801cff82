"""The content of a dataset: everything that is approved when it is approved, and nothing else.

Left out is what moves without anybody changing the data: the flag `private`, dates of storing,
counters, and what our own pages compute.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DATASET_FIELDS = (
    "id", "name", "title", "notes", "url", "version", "license_id", "owner_org", "type", "state",
    "author", "author_email", "maintainer", "maintainer_email",
)  # fmt: skip
RESOURCE_FIELDS = (
    "id", "name", "description", "format", "url", "url_type", "mimetype", "size", "hash",
    "last_modified", "resource_type", "mimetype_inner", "cache_url", "cache_last_updated",
)  # fmt: skip
MOVING_EXTRAS = frozenset({"datastore_active", "datastore_contains_all_records_of_source_file"})


@dataclass(frozen=True)
class Content:
    """The content of one dataset.

    `metadata`: the dataset's own fields, extras and tags; `resources`: each resource in order.
    Values are JSON without floats, so that the same content always has the same digest.
    """

    metadata: Mapping[str, Any]
    resources: tuple[Mapping[str, Any], ...]

    def as_dict(self) -> dict[str, Any]:
        return {"metadata": dict(self.metadata), "resources": [dict(r) for r in self.resources]}

    @property
    def sha256(self) -> str:
        """Digest of the whole, in hex."""
        return _sha256(self.as_dict())

    def fingerprint(self) -> dict[str, Any]:
        """Digest of the metadata and of each resource: enough to say what a change touched."""
        return {
            "metadata": _sha256(self.metadata),
            "resources": {one["id"]: _sha256(one) for one in self.resources},
            "order": [one["id"] for one in self.resources],
        }


def content_of(dataset: Mapping[str, Any]) -> Content:
    """The content of a dataset given as plain values.

    `dataset` has the fields of DATASET_FIELDS, `extras` (a mapping), `tags` (names) and
    `resources` (each with RESOURCE_FIELDS and `extras`), in the order of the page.
    """
    metadata: dict[str, Any] = {name: _plain(dataset.get(name)) for name in DATASET_FIELDS}
    metadata["extras"] = _plain(dict(dataset.get("extras") or {}))
    metadata["tags"] = sorted(dataset.get("tags") or ())
    return Content(metadata, tuple(_resource(one) for one in dataset.get("resources") or ()))


def touched(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What differs between two fingerprints: metadata or not, and ids of resources by kind."""
    old, new = before["resources"], after["resources"]
    return {
        "metadata": before["metadata"] != after["metadata"],
        "added": sorted(new.keys() - old.keys()),
        "changed": sorted(one for one in new.keys() & old.keys() if new[one] != old[one]),
        "removed": sorted(old.keys() - new.keys()),
        # A fingerprint of an older event tells no order.
        "reordered": "order" in before and _kept(before, new) != _kept(after, old),
    }


def only_adds(change: Mapping[str, Any]) -> bool:
    """Whether a change brought new resources and left everything that was there alone."""
    return not any(found for kind, found in change.items() if kind != "added")


def _kept(fingerprint: Mapping[str, Any], others: Mapping[str, Any]) -> list[str]:
    """The ids, in their order, of the resources that are in `others` too."""
    return [one for one in fingerprint["order"] if one in others]


def _resource(resource: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {name: _plain(resource.get(name)) for name in RESOURCE_FIELDS}
    extras = resource.get("extras") or {}
    kept = {name: value for name, value in extras.items() if name not in MOVING_EXTRAS}
    result["extras"] = _plain(kept)
    return result


def _plain(value: Any) -> Any:
    """JSON of a value with floats as text; dates are given as text by the caller."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(child) for key, child in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(child) for child in value]
    return value


def _sha256(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
