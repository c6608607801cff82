"""Small corrections of public data, as far as its SOP declares them. Nothing here commits.

A correction is a release of its own: what is public is always a release, and the one before is
kept. A working copy that has not touched the corrected fields takes them over; else the correction
is refused, so that neither is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ckan import model
from ckan.lib import plugins as lib_plugins
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.audit.kinds import RecordKind, dataset_stream
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import casework, opening, scheduled
from ckanext.satudata.logic.releases import publishing, times
from ckanext.satudata.logic.sop import routes
from ckanext.satudata.model import cases, records, releases, resource_tables, working_copies
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.model.tables import CaseRow, ReleaseRow, WorkingCopyRow
from ckanext.satudata.model.writing import write_metadata
from ckanext.satudata.release.content import DATASET_FIELDS, Content
from ckanext.satudata.sop.events import Kind


def correct(
    package: model.Package,
    user: model.User,
    asked: Mapping[str, str],
    reason: str,
    number: int | None = None,
) -> tuple[ReleaseRow, str | None]:
    """Make and show a release in which some declared fields are corrected. Returns it, and the id
    of the working copy that took it over, if there is one.

    `number`: of the release that is meant. Raises Refused `not_published`, `no_corrections`,
    `not_corrector`, `field_not_correctable`, `nothing_corrected`, `correction_scheduled`,
    `correction_in_copy`, and `release_followed` when another one is public by now;
    ValidationError for values that the form of a dataset refuses.
    """
    copy = working_copies.open_copy_of(package.id)
    case = _locked_case(copy)
    locked = casework.lock_dataset(package.id)
    before = releases.shown_release(package.id)
    if locked is None or before is None:
        raise Refused("not_published")
    if working_copies.open_copy_of(package.id) is not copy:
        raise Refused("working_copy_exists", name=package.name)
    declared = correctable(locked, user)
    for name in asked:
        if name not in declared:
            facts = {"name": name, "choices": declared}
            raise Refused("field_not_correctable", field="fields", **facts)
    if number not in (None, before.number):
        raise Refused("release_followed", number=before.number)
    old = releases.content_of_release(before)
    new = _with(old, _valid(locked, user, asked))
    # What was left empty may stand there as nothing at all.
    changed = sorted(n for n in asked if (value_of(old, n) or "") != (value_of(new, n) or ""))
    if not changed:
        raise Refused("nothing_corrected", field="fields")
    if copy is not None:
        _check_copy(copy, case, old, new, changed)
    release = _release(locked, before, new, user, {"fields": changed, "reason": reason})
    if copy is not None:
        _rebase(copy, case, release, {name: value_of(new, name) for name in changed}, user)
    return release, copy.id if copy is not None else None


def correctable(package: model.Package, user: model.User) -> tuple[str, ...]:
    """The fields that the SOP in force for public data lets a person correct today.

    Raises Refused `not_published`, `no_corrections`, `not_corrector`, `correction_scheduled`.
    """
    before = releases.shown_release(package.id)
    if before is None:
        raise Refused("not_published")
    declared = _declared(package, before, user)
    waits = scheduled.waiting_for(package.id)
    if waits is not None:
        zone = times.zone_for(package).key
        raise Refused("correction_scheduled", at=waits.not_before, zone=zone)
    return declared


def public_values(package: model.Package, names: Iterable[str]) -> dict[str, Any]:
    """What the release that the public reads says in some fields."""
    release = releases.shown_release(package.id)
    content = releases.content_of_release(release) if release is not None else None
    return {name: value_of(content, name) or "" for name in names} if content else {}


def value_of(content: Content, name: str) -> Any:
    """A field of a dataset in its content, whether a column of its own or an extra."""
    return (
        content.metadata[name] if name in DATASET_FIELDS else content.metadata["extras"].get(name)
    )


def _with(content: Content, values: Mapping[str, Any]) -> Content:
    own = {name: one for name, one in values.items() if name in DATASET_FIELDS}
    extras = {name: one for name, one in values.items() if name not in DATASET_FIELDS}
    metadata = {**content.metadata, **own}
    metadata["extras"] = {**content.metadata["extras"], **extras}
    return Content(metadata, content.resources)


def _locked_case(copy: WorkingCopyRow | None) -> CaseRow | None:
    """The open case of a working copy, locked before its dataset, as every act does it."""
    found = cases.open_cases_of(copy.id) if copy is not None else ()
    return cases.lock_case(found[0].id) if found else None


def _declared(package: model.Package, before: ReleaseRow, user: model.User) -> tuple[str, ...]:
    agency = opening.agency_of(package)
    case = cases.get_case(before.case_id) if before.case_id else None
    if case is not None:
        force = opening.in_force(cases.sop_row(case).subject, agency)
    else:
        force = opening.for_upload(agency, routes.kind_of(package))
    declared = force.sop.koreksi if force is not None else None
    if force is None or declared is None:
        raise Refused("no_corrections")
    held = people.person_for(user, force.adoption.subject, agency).actors
    if not held.intersection(declared.pelaksana):
        names = casework.actor_names(force.sop, declared.pelaksana)
        raise Refused("not_corrector", holders=names)
    return declared.bidang


def _valid(package: model.Package, user: model.User, asked: Mapping[str, str]) -> Mapping[str, Any]:
    """The values as the form of a dataset takes them; its faults are told by field."""
    context: Context = {"user": user.name, "ignore_auth": True, "use_cache": False}
    shown = tk.get_action("package_show")(context, {"id": package.id})
    plugin = lib_plugins.lookup_package_plugin(package.type)
    context = {"user": user.name, "ignore_auth": True, "package": package}
    context["session"] = model.Session
    schema = plugin.update_package_schema()
    values, errors = lib_plugins.plugin_validate(
        plugin, context, {**shown, **asked}, schema, "package_update"
    )
    wrong = {name: errors[name] for name in asked if errors.get(name)}
    if wrong:
        raise tk.ValidationError(wrong)
    extras = {one["key"]: one["value"] for one in values.get("extras") or ()}
    return {name: values.get(name, extras.get(name, "")) for name in asked}


def _check_copy(
    copy: WorkingCopyRow, case: CaseRow | None, old: Content, new: Content, changed: list[str]
) -> None:
    """A working copy takes a correction over where it has not changed the same field, and where
    its content was not approved already."""
    package = model.Session.get_one(model.Package, copy.id)
    held = flushed_content(package)
    touched = [
        name
        for name in changed
        if value_of(held, name) not in (value_of(old, name), value_of(new, name))
    ]
    approved = case is not None and copy.id in cases.state_of(case).released
    if touched or approved:
        raise Refused("correction_in_copy", fields=touched or changed, name=package.name)


def _release(
    package: model.Package,
    before: ReleaseRow,
    content: Content,
    user: model.User,
    told: Mapping[str, Any],
) -> ReleaseRow:
    now = clock.now()
    files = [
        (one.resource_id, one.name, one.sha256, one.size) for one in releases.files_of(before.id)
    ]
    body = {"corrects": before.number, "content_sha256": content.sha256, **told}
    stream = dataset_stream(package.id)
    event = records.record(stream, RecordKind.CORRECTION_MADE, user.id, now, body)
    approval = releases.Approval(package.id, before.case_id, event.sequence, user.id, now)
    release = releases.make_release(approval, before.status, content, files)
    release.corrects, release.forced = before.id, before.forced
    same = {one["id"]: one["id"] for one in content.resources}
    resource_tables.remember_released(release.id, package.id, same)
    write_metadata(package, content, now)
    publishing.publish(package.id, release, now)
    return release


def _rebase(
    copy: WorkingCopyRow,
    case: CaseRow | None,
    release: ReleaseRow,
    values: Mapping[str, Any],
    user: model.User,
) -> None:
    """Let a working copy begin with the corrected release, nothing of its own being lost."""
    package, now = model.Session.get_one(model.Package, copy.id), clock.now()
    write_metadata(package, _with(flushed_content(package), values), now)
    copy.base_release_id = release.id
    model.Session.flush()
    if case is not None:
        body = {
            "item": copy.id,
            "release": release.number,
            "fields": sorted(values),
            "content": flushed_content(package).fingerprint(),
        }
        state = cases.state_of(case)
        cases.append(case, state, Kind.COPY_REBASED, user.id, now, body)
