"""What the page of a link shows: what the act judges, and nothing else of the case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.datasets.preview import preview_of
from ckanext.satudata.logic.links import desk as link_desk
from ckanext.satudata.logic.links import links
from ckanext.satudata.logic.links import token as link_token
from ckanext.satudata.logic.links.desk import Desk
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import Item, Visit
from ckanext.satudata.sop.events import Event, Kind, VisitKey
from ckanext.satudata.sop.moves import WAYS, Move, moves_at, rules_at

CONTACT = ("office_phone", "office_email", "office_address")


def page_of(desk: Desk) -> dict[str, Any]:
    """The page of a link as plain values.

    `standing` says whether it may be used; only then `visit`, `datasets`, `changes` and `returns`
    are filled. `receipt` is what was decided by it, `ended` how the visit ended otherwise.
    """
    step = desk.sop.step(desk.link.step)
    used = link_desk.used_by(desk) if desk.standing == link_desk.USED else None
    return {
        "standing": desk.standing,
        "link": links.link_dict(desk.link),
        "case": desk.case.number,
        "office": office(desk.case.organization_id),
        "step": {"name": step.nama, "description": step.uraian, "command": step.perintah},
        "sop": {"name": desk.sop.sop.nama, "number": desk.sop.sop.nomor},
        "receipt": _told(desk, used) if used else None,
        "ended": _ended(desk) if desk.standing == link_desk.OVER else None,
        **(_material(desk) if desk.standing == link_desk.OPEN else {}),
    }


def office(organization_id: str) -> dict[str, str]:
    """Whom to ask: title of an office and its telephone, mail and address, as far as known."""
    group = model.Group.get(organization_id) if organization_id else None
    if group is None:
        return {"title": "", **dict.fromkeys(CONTACT, "")}
    context: Any = {"ignore_auth": True}
    asked = {"id": group.id, "include_users": False, "include_datasets": False}
    shown = tk.get_action("organization_show")(context, asked)
    contact = {name: shown.get(name) or "" for name in CONTACT}
    return {"title": group.display_name, **contact}


def _material(desk: Desk) -> dict[str, Any]:
    visit = desk.visit
    if visit is None:
        return {}
    earlier = _earlier_visit(desk, visit)
    return {
        "mark": link_token.form_mark(desk.link.id, desk.state.version),
        "visit": _visit_dict(desk, visit),
        "datasets": [_entry_dict(desk.state.entries[one]) for one in visit.items],
        "changes": _changes(desk, visit, earlier) if earlier is not None else None,
        "returns": [_told(desk, one) for one in _returns(desk, visit)],
    }


def _visit_dict(desk: Desk, visit: Visit) -> dict[str, Any]:
    """The visit with its ways out, as the act form reads it."""
    person = links.LinkActor(desk.link).person(desk.sop, desk.case, desk.state, visit)
    rows = [r for r in rules_at(desk.sop, visit.key.step, desk.state.bound) if r.act in WAYS]
    refused = [acts.refusal(desk.state, visit, row, person) for row in rows]
    return {
        **visit.key.as_dict(),
        "opened_at": visit.opened_at.isoformat(),
        "items": list(visit.items),
        "moves": [_move_dict(desk, row) for row in rows],
        "refused": None if None in refused or not refused else refused[0],
        "holders": list(casework.actor_names(desk.sop, visit.together or rows[0].actors)),
    }


def _move_dict(desk: Desk, row: Move) -> dict[str, Any]:
    target = desk.sop.step(row.target) if row.target else None
    return {
        "outcome": row.outcome,
        "label": row.label,
        "act": row.act.value,
        "needs_reason": row.needs_reason,
        "target_name": target.nama if target else None,
    }


def _entry_dict(entry: Item) -> dict[str, Any]:
    """An entry of the list; `dataset` is None for a request that nothing answers yet."""
    package = None if entry.is_request else model.Package.get(entry.id)
    dataset = _shown(package.id) if package is not None else None
    return {
        "id": entry.id,
        "title": dataset["title"] if dataset else entry.title,
        "producer": office(entry.organization)["title"],
        "release_date": entry.release_date,
        "dataset": dataset,
        "files": [_file_dict(one) for one in dataset["resources"]] if dataset else [],
    }


def _shown(dataset_id: str) -> dict[str, Any]:
    # The link is the permission: it names this dataset through its visit.
    context: Any = {"ignore_auth": True}
    return tk.get_action("package_show")(context, {"id": dataset_id})


def _file_dict(resource: dict[str, Any]) -> dict[str, Any]:
    kept = ("id", "name", "format", "size", "description", "change_nature", "change_note")
    uploaded = resource.get("url_type") == link_desk.UPLOAD
    url = resource.get("url") or ""
    outside = url if not uploaded and url.startswith(("http://", "https://")) else ""
    return {
        **{name: resource.get(name) for name in kept},
        "uploaded": uploaded,
        "outside": outside,
        "preview": preview_of(resource),
    }


def _earlier_visit(desk: Desk, visit: Visit) -> Visit | None:
    """The last visit of the same step over some of the same data."""
    closed = [
        one
        for one in desk.state.visits
        if not one.is_open
        and (one.key.item, one.key.step) == (visit.key.item, visit.key.step)
        and set(one.items) & set(visit.items)
    ]
    return max(closed, key=lambda one: one.closed_by or 0, default=None)


def _changes(desk: Desk, visit: Visit, earlier: Visit) -> list[dict[str, Any]]:
    """What became different since, one line for each dataset and each that left the list."""
    since = [one for one in desk.events if one.sequence > (earlier.closed_by or 0)]
    lines = [_change(desk, item, since) for item in visit.items]
    new = set(visit.items) - set(earlier.items)
    for line in lines:
        line["new"] = line["id"] in new
    gone = [_gone(desk, item) for item in earlier.items if item not in visit.items]
    return [one for one in lines if _says_something(one)] + gone


def _change(desk: Desk, item: str, since: Iterable[Event]) -> dict[str, Any]:
    """Which parts of a dataset were touched: its metadata, and its files by name."""
    found = [e.body["change"] for e in since if _changed(e, item)]
    names = _file_names(item)

    def files(kind: str) -> list[str]:
        ids = dict.fromkeys(one for change in found for one in change.get(kind, ()))
        return [names[one] for one in ids if one in names]

    removed = {one for change in found for one in change.get("removed", ())}
    return {
        "id": item,
        "title": desk.state.entries[item].title,
        "metadata": any(change.get("metadata") for change in found),
        "added": files("added"),
        "changed": files("changed"),
        "removed": len(removed - names.keys()),
        "gone": False,
    }


def _changed(event: Event, item: str) -> bool:
    return event.kind is Kind.CONTENT_CHANGED and event.body.get("item") == item


def _gone(desk: Desk, item: str) -> dict[str, Any]:
    """A dataset that was judged here before and is not now, by the title it had."""
    title = next((one["title"] for one in _entries_told(desk) if one["id"] == item), item)
    return {"id": item, "title": title, "gone": True}


def _entries_told(desk: Desk) -> Iterable[dict[str, Any]]:
    for event in desk.events:
        yield from event.body.get("entries", ())
        if "entry" in event.body:
            yield event.body["entry"]


def _says_something(line: dict[str, Any]) -> bool:
    return any(line[one] for one in ("new", "metadata", "added", "changed", "removed"))


def _file_names(item: str) -> dict[str, str]:
    package = model.Package.get(item)
    if package is None:
        return {}
    return {one.id: one.name or one.id for one in package.resources}


def _returns(desk: Desk, visit: Visit) -> list[Event]:
    """The earlier returns of this step over some of the same data, the newest first."""
    keys = {
        one.key
        for one in desk.state.visits
        if not one.is_open and one.key.step == visit.key.step and set(one.items) & set(visit.items)
    }
    return [
        event
        for event in reversed(desk.events)
        if event.kind is Kind.STEP_ENDED
        and event.body.get("act") == "return"
        and any(VisitKey.from_dict(key) in keys for key in event.body.get("closes", ()))
    ]


def _ended(desk: Desk) -> dict[str, Any] | None:
    """How the visit of the link ended without it."""
    visit = desk.visit
    closing = visit.closed_by if visit is not None else None
    return next((_told(desk, one) for one in desk.events if one.sequence == closing), None)


def _told(desk: Desk, event: Event) -> dict[str, Any]:
    """An outcome as its step words it, with reason and points."""
    rows = moves_at(desk.sop, desk.link.step, desk.state.bound)
    outcome = str(event.body.get("outcome") or "")
    labels = {row.outcome: row.label for row in rows}
    return {
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "outcome": outcome,
        "label": labels.get(outcome, ""),
        "reason": event.body.get("reason", ""),
        "points": [_point(desk, one) for one in event.body.get("points", ())],
        "signed": event.body.get("link", {}).get("signed", ""),
        "datasets": _titles(desk, event.body.get("items", ())),
    }


def _point(desk: Desk, point: dict[str, str]) -> dict[str, str]:
    """A point, with the title of the data and the name of the file that it names by their ids."""
    named = _titles(desk, [point.get("dataset_id", "")])
    point = {**point, "title": named[0] if named else ""}
    if point["kind"] != acts.PointKind.RESOURCE.value:
        return point
    resource = model.Resource.get(point["where"])
    return {**point, "name": (resource.name or resource.id) if resource else point["where"]}


def _titles(desk: Desk, items: Iterable[str]) -> list[str]:
    entries = desk.state.entries
    return [entries[item].title for item in items if item in entries]
