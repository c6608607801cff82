"""What everybody is answered of a public dataset, against the release that is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.reconcile.finding import Finding
from ckanext.satudata.logic.releases import shown
from ckanext.satudata.model import releases
from ckanext.satudata.msgid import N_

NONE = N_("Release %(number)s of %(name)s is shown, and no answer is kept of it.")
LEFT = N_("An answer is kept of %(name)s, which has no release that is shown.")
OTHER = N_("The answer that is kept of %(name)s is that of another release than %(number)s.")
DIFFERS = N_("The answer that is kept of %(name)s is not what release %(number)s says: %(fields)s.")

BY_HAND = N_("The rows of the dataset are not what the release says: look at flag and wall first.")

_ROWS = sa.text("""
    SELECT coalesce(p.name, s.dataset_id) AS name, coalesce(p.id, s.dataset_id) AS id, r.number,
           r.id AS release_id, s.release_id AS kept_id, s.dataset AS kept, r.content
    FROM (
        SELECT p.id, p.name, shown.id AS release_id FROM package p JOIN LATERAL (
            SELECT id, withdrawn_at FROM satudata_release
            WHERE dataset_id = p.id AND shown_at IS NOT NULL ORDER BY number DESC LIMIT 1
        ) shown ON shown.withdrawn_at IS NULL
    ) p
    FULL JOIN satudata_shown s ON s.dataset_id = p.id
    LEFT JOIN satudata_release r ON r.id = p.release_id
    ORDER BY 1
""")

DATASET = (
    "id", "name", "title", "notes", "url", "version", "license_id", "owner_org", "type",
    "author", "author_email", "maintainer", "maintainer_email",
)  # fmt: skip
RESOURCE = ("id", "name", "description", "format", "url_type", "mimetype", "size", "hash")
"""What both sides hold under the same name and in the same form."""


def find() -> Iterator[Finding]:
    rows = model.Session.execute(_ROWS, execution_options={"yield_per": 200}).mappings()
    for row in rows:
        facts = {"name": row["name"], "number": row["number"]}
        if row["release_id"] is None:
            yield Finding(row["id"], LEFT, facts)
        elif row["kept_id"] is None:
            yield Finding(row["id"], NONE, facts, BY_HAND)
        elif row["kept_id"] != row["release_id"]:
            yield Finding(row["id"], OTHER, facts, BY_HAND)
        elif fields := differing(row["kept"], row["content"]):
            yield Finding(row["id"], DIFFERS, {**facts, "fields": ", ".join(fields)}, BY_HAND)


def mend(finding: Finding) -> bool:
    """Keep the answer anew, from rows that hold the release; or forget it."""
    casework.lock_dataset(finding.key)
    release = releases.shown_release(finding.key)
    if finding.sentence == LEFT:
        shown.forget(finding.key)
        return True
    if release is None or not releases.rows_hold(release):
        return False
    shown.keep(release)
    return True


def differing(kept: Mapping[str, Any], content: Mapping[str, Any]) -> list[str]:
    """The fields in which a kept answer is not what a release says."""
    metadata = content["metadata"]
    found = [one for one in DATASET if (kept.get(one) or "") != (metadata.get(one) or "")]
    if sorted(_tag(one) for one in kept.get("tags") or ()) != sorted(metadata["tags"]):
        found.append("tags")
    if _resources(kept.get("resources") or ()) != _resources(content["resources"]):
        found.append("resources")
    return found


def _tag(tag: Mapping[str, Any]) -> str:
    vocabulary = tag.get("vocabulary_id")
    return f"{vocabulary}/{tag['name']}" if vocabulary else tag["name"]


def _resources(resources: Any) -> list[list[Any]]:
    return [[one.get(name) or "" for name in RESOURCE] for one in resources]
