"""What each action of CKAN's registry is, and a payload that succeeds for a sysadmin on stock CKAN.

An action that is not here fails the test by its name: somebody decides about it first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ckan import model

from tests.integration.matrix import rows_elsewhere, rows_ours
from tests.integration.matrix.payload import Asked, Values

READS, WRITES, ELSEWHERE = "reads", "writes", "not about datasets"

Maker = Callable[[Asked], Values]


@dataclass(frozen=True)
class Row:
    """`kind`, and what the action is asked with, about the target of the cell."""

    kind: str
    payload: Maker


def _id(a: Asked) -> Values:
    return {"id": a.target.id}


def _resource(a: Asked) -> Values:
    return {"id": a.target.resource}


def _rows(a: Asked) -> Values:
    return {"resource_id": a.target.resource, "force": True}


def _relation(a: Asked) -> Values:
    return {"subject": a.target.id, "object": a.ids["other"], "type": "links_to"}


def _related(a: Asked) -> Values:
    """A relation that is there; made now, because core cannot save a dataset that has one."""
    package, other = model.Package.get(a.target.id), model.Package.get(a.ids["other"])
    assert package is not None
    package.add_relationship("links_to", other)
    model.Session.commit()
    return _relation(a)


def _tie(a: Asked) -> Values:
    return {"id": a.ids["group"], "object": a.target.id, "object_type": "package"}


def _new_dataset(a: Asked) -> Values:
    return {**a.dataset, "private": False}


_READS: dict[str, Maker] = {
    "activity_data_show": lambda a: {"id": a.target.activity},
    "activity_diff": lambda a: {"id": a.target.activity, "object_type": "package"},
    "activity_show": lambda a: {"id": a.target.activity, "include_data": True},
    "current_package_list_with_resources": lambda a: {"limit": 100},
    "dashboard_activity_list": lambda a: {},
    "dashboard_new_activities_count": lambda a: {},
    "dataset_followee_list": lambda a: {"id": a.me},
    "dataset_follower_count": _id,
    "dataset_follower_list": _id,
    "datastore_info": _resource,
    "datastore_search": lambda a: {"resource_id": a.target.resource},
    "dcat_catalog_search": lambda a: {"q": a.target.canary, "format": "ttl"},
    "dcat_catalog_show": lambda a: {"format": "ttl"},
    "dcat_dataset_show": lambda a: {"id": a.target.id, "format": "ttl"},
    "followee_list": lambda a: {"id": a.me},
    "group_package_show": lambda a: {"id": a.ids["group"]},
    "group_show": lambda a: {"id": a.ids["group"], "include_datasets": True},
    "harvest_job_list": lambda a: {"source_id": a.ids["source"]},
    "harvest_job_report": lambda a: {"id": a.ids["job"]},
    "harvest_job_show": lambda a: {"id": a.ids["job"]},
    "harvest_object_list": lambda a: {"source_id": a.ids["source"]},
    "harvest_object_show": lambda a: {"dataset_id": a.world.targets["review"].id},
    "harvest_source_list": lambda a: {},
    "harvest_source_show": lambda a: {"id": a.ids["source"]},
    "harvest_source_show_status": lambda a: {"id": a.ids["source"]},
    "organization_activity_list": lambda a: {"id": a.ids["agency"]},
    "organization_show": lambda a: {"id": a.ids["agency"], "include_datasets": True},
    "package_activity_list": _id,
    "package_autocomplete": lambda a: {"q": a.target.canary[:6]},
    "package_collaborator_list": _id,
    "package_list": lambda a: {},
    "package_relationships_list": _id,
    "package_search": lambda a: {"q": a.target.canary, "include_private": True,
                                 "include_drafts": True},
    "package_show": _id,
    "recently_changed_packages_activity_list": lambda a: {},
    "resource_search": lambda a: {"query": f"name:{a.target.canary}"},
    "resource_show": _resource,
    "resource_view_list": _resource,
    "resource_view_show": lambda a: {"id": a.target.view},
    "tag_autocomplete": lambda a: {"query": a.target.canary[:6]},
    "tag_list": lambda a: {"query": a.target.canary[:6]},
    "tag_search": lambda a: {"query": a.target.canary[:6]},
    "tag_show": lambda a: {"id": a.target.canary, "include_datasets": True},
    "user_activity_list": lambda a: {"id": a.world.office["produsen_data"]},
    "user_show": lambda a: {"id": a.world.office["produsen_data"], "include_datasets": True},
}  # fmt: skip

_WRITES: dict[str, Maker] = {
    "bulk_update_delete": lambda a: {"datasets": [a.target.id], "org_id": a.ids["agency"]},
    "bulk_update_private": lambda a: {"datasets": [a.target.id], "org_id": a.ids["agency"]},
    "bulk_update_public": lambda a: {"datasets": [a.target.id], "org_id": a.ids["agency"]},
    "dataset_purge": _id,
    "datastore_create": lambda a: {**_rows(a), "records": [{"kata": "tambahan"}]},
    "datastore_delete": _rows,
    "datastore_records_delete": lambda a: {**_rows(a), "filters": {"kata": a.target.canary}},
    "datastore_run_triggers": lambda a: {"resource_id": a.target.resource},
    "datastore_upsert": lambda a: {**_rows(a), "method": "insert", "records": [{"kata": "baru"}]},
    "follow_dataset": _id,
    "group_create": lambda a: {"name": "kelompok-baru", "packages": [_id(a)]},
    "group_patch": lambda a: {"id": a.ids["group"], "packages": [_id(a)]},
    "group_update": lambda a: {"id": a.ids["group"], "name": "kelompok", "packages": [_id(a)]},
    "harvest_object_create": lambda a: {"job_id": a.ids["job"], "content": "x",
                                        "package_id": a.target.id},
    "harvest_objects_import": lambda a: {"package_id": a.target.id},
    "harvest_source_clear": lambda a: {"id": a.ids["source"]},
    "harvest_source_create": lambda a: {"name": "sumber-baru", "url": "http://lain.example/",
                                        "source_type": "ckan", "owner_org": a.ids["agency"],
                                        "private": False},
    "harvest_source_delete": lambda a: {"id": a.ids["source"]},
    "harvest_source_index_clear": lambda a: {"id": a.ids["source"]},
    "harvest_source_patch": lambda a: {"id": a.ids["source"], "private": False},
    "harvest_source_reindex": lambda a: {"id": a.ids["source"]},
    "harvest_source_update": lambda a: {"id": a.ids["source"], "name": "sumber-dinas",
                                        "url": "http://contoh.example/", "source_type": "ckan",
                                        "owner_org": a.ids["agency"], "private": False},
    "harvest_sources_reindex": lambda a: {},
    "member_create": lambda a: {**_tie(a), "capacity": "public"},
    "member_delete": _tie,
    "package_collaborator_create": lambda a: {**_id(a), "user_id": a.ids["spare"],
                                              "capacity": "editor"},
    "package_collaborator_delete": lambda a: {**_id(a), "user_id": a.ids["spare"]},
    "package_create": _new_dataset,
    "package_create_default_resource_views": lambda a: {"package": {**_id(a), "resources": [
        {**_resource(a), "format": "CSV"}]}},
    "package_delete": _id,
    "package_owner_org_update": lambda a: {**_id(a), "organization_id": a.ids["empty"]},
    "package_patch": lambda a: {**_id(a), "private": False, "notes": "diam-diam"},
    "package_relationship_create": lambda a: {**_relation(a), "type": "child_of"},
    "package_relationship_delete": _related,
    "package_relationship_update": lambda a: {**_related(a), "comment": "diam-diam"},
    "package_resource_reorder": lambda a: {**_id(a), "order": [a.target.resource]},
    "package_revise": lambda a: {"match": _id(a), "update": {"private": False, "notes": "x"}},
    "package_update": lambda a: {**a.shown(), "private": False, "notes": "diam-diam"},
    "resource_create": lambda a: {"package_id": a.target.id, "name": "Tambahan", "format": "CSV",
                                  "url": "http://contoh.example/x.csv", "resource_type": "data"},
    "resource_create_default_resource_views": lambda a: {"resource": {
        **_resource(a), "package_id": a.target.id, "format": "CSV"}, "package": a.shown()},
    "resource_delete": _resource,
    "resource_patch": lambda a: {**_resource(a), "description": "diam-diam"},
    "resource_update": lambda a: {**a.shown()["resources"][0], "description": "diam-diam"},
    "resource_view_clear": lambda a: {},
    "resource_view_create": lambda a: {"resource_id": a.target.resource, "view_type": "text_view",
                                       "title": "Diam-diam"},
    "resource_view_delete": lambda a: {"id": a.target.view},
    "resource_view_reorder": lambda a: {**_resource(a), "order": [a.target.view]},
    "resource_view_update": lambda a: {"id": a.target.view, "resource_id": a.target.resource,
                                       "view_type": "text_view", "title": "Diam-diam"},
    "task_status_update": lambda a: {"entity_id": a.target.id, "entity_type": "dataset",
                                     "task_type": "y", "key": "y", "value": "y",
                                     "last_updated": "2026-01-01"},
    "task_status_update_many": lambda a: {"data": [{
        "entity_id": a.target.id, "entity_type": "dataset", "task_type": "y", "key": "y",
        "value": "y", "last_updated": "2026-01-01"}]},
    "unfollow_dataset": _id,
}  # fmt: skip

ROWS: dict[str, Row] = {
    **{name: Row(READS, maker) for name, maker in _READS.items()},
    **{name: Row(WRITES, maker) for name, maker in _WRITES.items()},
    **{name: Row(READS, maker) for name, maker in rows_ours.READS.items()},
    **{name: Row(WRITES, maker) for name, maker in rows_ours.WRITES.items()},
    **{name: Row(ELSEWHERE, maker) for name, maker in rows_elsewhere.ROWS.items()},
}

OF_HOLDER = " of its holder"
"""Ends the name of a row about the agency or the group that holds the target."""

HOLDERS: dict[str, Row] = {
    f"{name}{OF_HOLDER}": Row(ELSEWHERE, maker) for name, maker in rows_elsewhere.HOLDERS.items()
}

REFUSED_ANYHOW: dict[str, str] = {
    "bulk_update_public": "needs_release",
    "harvest_source_clear": "has_case",
    "package_collaborator_create": "collaborators",
    "package_collaborator_delete": "collaborators",
    "package_patch": "needs_release",
    "package_revise": "needs_release",
    "package_update": "needs_release",
    "package_relationship_update": "not bound to a Session",
    "resource_view_clear": "locked_",
}
"""Writing actions whose payload is refused to a sysadmin on data without a case too, and what the
refusal says. They ask to publish, or reach beyond the one dataset; collaborators are switched off,
and must be; and core falls over a relation that it has just changed."""
