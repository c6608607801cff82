"""Assigning as a test does it, and what somebody holds by it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from werkzeug.datastructures import FileStorage

from ckanext.satudata.logic import clock, people
from tests.integration.hostile import refusal
from tests.integration.office import SOP, Office, call

CREATE = "satudata_assignment_create"
PIMPINAN = {"sop": "*", "actor": "pimpinan_walidata"}


def assign(office: Office, by: str = "sysadmin", **changes: Any) -> dict[str, Any]:
    values = {"user": office["verifikator"], "sop": SOP, "actor": "validator"}
    return call(office[by], CREATE, **{**values, **changes})


def refused(office: Office, by: str = "sysadmin", **changes: Any) -> str:
    values = {"user": office["verifikator"], "sop": SOP, "actor": "validator"}
    return refusal(office[by], CREATE, **{**values, **changes})


def held(office: Office, actor: str) -> set[str]:
    """What the person who was made to hold `actor` holds for the agency today."""
    user = model.User.get(office[actor])
    return set(people.person_for(user, SOP, office.agency["id"]).actors)


def day(offset: int = 0) -> str:
    return (clock.today() + timedelta(days=offset)).isoformat()


def letter(office: Office) -> dict[str, Any]:
    upload = FileStorage(io.BytesIO(b"%PDF-1.7\nSurat tugas (rekaan)"), "surat.pdf", "upload")
    kept = call(office["sysadmin"], "satudata_attachment_create", upload=upload)
    return {
        "decree_number": "800/1/2026",
        "decree_date": "2026-01-02",
        "decree_attachment": kept["id"],
    }


def by_letter_only(monkeypatch: pytest.MonkeyPatch, actor: str) -> None:
    """Let the SOP ask for a letter of assignment, as the sheets of lists do."""
    from ckanext.satudata.logic.officers import assigning

    known = assigning.actor_of(SOP, actor)
    changed = known.model_copy(update={"surat_tugas": True})
    monkeypatch.setattr(assigning, "actor_of", lambda _sop, _actor: changed)


def only(office: Office, actor: str) -> dict[str, Any]:
    """The one assignment of the person who was made to hold `actor`."""
    found = call(office["sysadmin"], "satudata_assignment_list", user=office[actor], state="all")
    assert len(found) == 1
    return found[0]


def end(office: Office, actor: str, by: str = "sysadmin", **more: Any) -> dict[str, Any]:
    return call(office[by], "satudata_assignment_end", id=only(office, actor)["id"], **more)
