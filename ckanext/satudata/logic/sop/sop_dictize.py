"""SOPs, adoptions and routes as the API and the pages read them: plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ckan import model

from ckanext.satudata.logic.sop import adopting as act
from ckanext.satudata.logic.sop import routes
from ckanext.satudata.logic.sop.sops import Revision
from ckanext.satudata.model import adoptions
from ckanext.satudata.model.tables import AdoptionRow, RouteRow
from ckanext.satudata.sop import adopting as room
from ckanext.satudata.sop import sheet
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.worktime.totals import totals_of


def revision_dicts(found: Sequence[Revision], reader: model.User | None) -> list[dict[str, Any]]:
    """Each revision with every adoption of it, ended ones too."""
    ids = [one.row.id for one in found if one.row is not None]
    rows = adoptions.of_sops(ids)
    return [
        revision_dict(one, [r for r in rows if one.row and r.sop_id == one.row.id], reader)
        for one in found
    ]


def revision_dict(
    one: Revision, rows: Sequence[AdoptionRow], reader: model.User | None
) -> dict[str, Any]:
    """The head of one revision. `id` and `revision` are empty for a file not stored yet."""
    head = one.sop.sop
    return {
        "id": one.row.id if one.row else None,
        "subject": head.subjek,
        "revision": one.row.revision if one.row else None,
        "number": head.nomor,
        "name": head.nama,
        "office": head.instansi,
        "sha256": one.sha256,
        "stored_at": _iso(one.row.loaded_at) if one.row else None,
        "publishes": room.publishes(one.sop),
        "in_force": any(row.ended_at is None for row in rows),
        "adoptions": [adoption_dict(row, reader) for row in rows],
    }


def sop_dict(
    one: Revision, rows: Sequence[AdoptionRow], reader: model.User | None
) -> dict[str, Any]:
    """A revision whole: head, actors, steps as the sheet has them, and what is not printed."""
    sop = one.sop
    return {
        **revision_dict(one, rows, reader),
        "head": _cells(sop.sop.model_dump(mode="json")),
        "missing": list(room.missing(sop)),
        "actors": {
            key: _cells(actor.model_dump(mode="json")) for key, actor in sop.pelaksana.items()
        },
        "calendar": _cells(sop.kalender.model_dump(mode="json")),
        "total_time": _total_time(sop),
        "corrections": _cells(sop.koreksi.model_dump(mode="json")) if sop.koreksi else None,
        "steps": [_step(sop, number) for number in range(1, len(sop.langkah) + 1)],
        "inferred": [mark.as_dict() for mark in sheet.marks(sop)],
        "text": one.text,
    }


def _total_time(sop: Sop) -> dict[str, Any] | None:
    """The stated total beside what the rows need, in minutes at 7.5 hours a day."""
    found = totals_of(sop)
    return {**asdict(found), "fits": found.fits} if found else None


def adoption_dict(row: AdoptionRow, reader: model.User | None) -> dict[str, Any]:
    """An adoption. Who is not logged in reads the office, not the officer."""
    known = reader is not None
    serves = row.serves
    return {
        "id": row.id,
        "sop": row.sop_id,
        "subject": row.subject,
        "organization": _organization(row.organization_id),
        "serves": None if serves is None else [_organization(one) for one in serves],
        "bound": dict(row.bound),
        "decree": _decree(row, known=known),
        "adopted_at": _iso(row.adopted_at),
        "adopted_by": _user(row.adopted_by) if known else None,
        "ended_at": _iso(row.ended_at),
        "ended_by": _user(row.ended_by) if known and row.ended_by else None,
        "in_force": row.ended_at is None,
    }


def warnings(sop: Sop, row: AdoptionRow) -> list[dict[str, Any]]:
    """Per agency, the actors whom nobody holds for it: its cases will stand still there."""
    return [
        {
            "organization": _organization(agency),
            "actors": [{"key": key, "name": sop.pelaksana[key].nama} for key in actors],
        }
        for agency, actors in act.without_holder(sop, act.terms_of(row))
    ]


def route_dict(row: RouteRow) -> dict[str, Any]:
    """A route; `in_force` is false where nothing opens because its SOP is in force no longer."""
    agency = row.organization_id
    return {
        "organization": _organization(agency) if agency else None,
        "kind": row.kind,
        "subject": row.subject,
        "in_force": routes.leads_somewhere(row),
        "set_at": _iso(row.set_at),
    }


def _step(sop: Sop, number: int) -> dict[str, Any]:
    step = sop.step(number)
    return {
        **_cells(step.model_dump(mode="json")),
        "holders": [sop.pelaksana[actor].nama for actor in step.pelaksana],
        "symbol": sheet.symbol(sop, step).value,
        "marks": [mark.as_dict() for mark in sheet.marks(sop) if mark.step == number],
    }


def _cells(values: dict[str, Any]) -> dict[str, Any]:
    """The cells of a mapping; its marks stand in a list of their own."""
    return {name: value for name, value in values.items() if name != "keyakinan"}


def _decree(row: AdoptionRow, *, known: bool) -> dict[str, Any] | None:
    if not (row.decree_number or row.decree_date or row.decree_attachment):
        return None
    return {
        "number": row.decree_number,
        "date": _iso(row.decree_date),
        "attachment": row.decree_attachment if known else None,
    }


def _organization(organization_id: str) -> dict[str, Any]:
    group = model.Group.get(organization_id)
    name, title = (group.name, group.title) if group else ("", "")
    return {"id": organization_id, "name": name, "title": title or name}


def _user(user_id: str) -> dict[str, str]:
    user = model.User.get(user_id) if user_id else None
    return {"id": user_id, "name": user.display_name if user else ""}


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
