"""The content of a public dataset and that of its working copy, each told in the other's ids.

An address stays when a file is replaced: what a public file is called in its address is kept from
its first release, and the name that people get with the download stands beside the bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckanext.satudata.release.content import Content

UPLOAD = "upload"


def for_copy(content: Content, copy_id: str, name: str, pairs: Mapping[str, str]) -> Content:
    """The content that a working copy begins with.

    `pairs`: resource of the copy -> resource of the public dataset, for each resource there is.
    """
    own = {public: copied for copied, public in pairs.items()}
    metadata = {**content.metadata, "id": copy_id, "name": name}
    return Content(metadata, tuple({**one, "id": own[one["id"]]} for one in content.resources))


def for_public(content: Content, public: Content, pairs: Mapping[str, str]) -> Content:
    """The content of a working copy as the public dataset will have it.

    `public` is what the dataset holds now: its id, name, agency and addresses stay. `pairs` names
    every resource of the copy, those included that are new.
    """
    kept = {name: public.metadata[name] for name in ("id", "name", "owner_org", "type", "state")}
    addresses = {one["id"]: one for one in public.resources}
    resources = tuple(_public(one, pairs[one["id"]], addresses) for one in content.resources)
    return Content({**content.metadata, **kept}, resources)


def _public(
    resource: Mapping[str, Any], public_id: str, addresses: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    before = addresses.get(public_id)
    told = {**resource, "id": public_id}
    if before is not None and before["url_type"] == resource["url_type"] == UPLOAD:
        told["url"] = before["url"]
    return told
