"""An invented office and the ways its people take through SOP 000, for the tests."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from ckan import model
from ckan.tests import factories, helpers
from werkzeug.datastructures import FileStorage

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.sop import sops
from ckanext.satudata.model.sops import ensure_sop
from ckanext.satudata.model.tables import AdoptionRow, AssignmentRow
from tests.integration.remembered import remembered

SOP = "manajemen-data"
CSV = b"tahun,jumlah\n2024,1200\n2025,1250\n"


@dataclass
class Office:
    """An invented regency: an agency, a walidata, and one person for each actor."""

    agency: dict[str, Any]
    walidata: dict[str, Any]
    people: dict[str, dict[str, Any]]
    other_agency: dict[str, Any]

    def __getitem__(self, actor: str) -> str:
        return self.people[actor]["name"]


def make_office(suffix: str = "contoh") -> Office:
    """Every actor of SOP 000 held by a person of his own."""
    people = {
        actor: factories.UserWithToken()
        for actor in (
            "produsen_data",
            "admin_data",
            "verifikator",
            "validator",
            "analis_data",
            "admin_sistem",
            "pengelola_data",
            "pimpinan_tim_data",
            "outsider",
        )
    }
    people["sysadmin"] = factories.SysadminWithToken()
    people["pimpinan_walidata"] = factories.UserWithToken()
    let_head_the_walidata(people["pimpinan_walidata"]["id"])
    producer = {"name": people["produsen_data"]["name"], "capacity": "editor"}
    outsider = {"name": people["outsider"]["name"], "capacity": "admin"}
    agency = make_organization(f"dinas-{suffix}", "produsen", producer)
    other_agency = make_organization(f"dinas-lain-{suffix}", "produsen", outsider)
    walidata = make_organization(f"kominfo-{suffix}", "walidata")
    for actor, person in people.items():
        if actor in ("outsider", "sysadmin", "pimpinan_walidata"):
            continue
        helpers.call_action(
            "satudata_assignment_create",
            user=person["name"],
            sop=SOP,
            actor=actor,
            organization=agency["id"] if actor == "produsen_data" else "",
        )
    put_in_force(SOP, walidata["id"])
    return Office(agency, walidata, people, other_agency)


def let_head_the_walidata(user_id: str) -> None:
    """An office-wide assignment, which only the administrator of the portal makes."""
    row = AssignmentRow(
        user_id=user_id,
        sop="*",
        actor="pimpinan_walidata",
        valid_from=date(2026, 1, 1),
        created_by="",
        created_at=clock.now(),
    )
    model.Session.add(row)
    model.Session.commit()


def adopt(office: Office, subject: str, **terms: Any) -> dict[str, Any]:
    """Put a SOP in force through the action, as the head of the walidata does for everybody."""
    values = {"sop": subject, "organization": office.walidata["id"], "serves": "all"}
    return call(office["pimpinan_walidata"], "satudata_sop_adopt", **{**values, **terms})


def put_in_force(
    subject: str,
    organization_id: str,
    bound: dict[str, str] | None = None,
    serves: list[str] | None = None,
) -> AdoptionRow:
    """A SOP of the files, in force for every agency or for those that it `serves`, as if an
    office had adopted it."""
    row = ensure_sop(sops.loaded_sop(subject), clock.now())
    adoption = AdoptionRow(
        sop_id=row.id,
        subject=subject,
        organization_id=organization_id,
        serves=serves,
        bound=bound or {},
        adopted_by="",
        adopted_at=clock.now(),
    )
    model.Session.add(adoption)
    model.Session.commit()
    return adoption


def make_organization(name: str, role: str, *users: dict[str, Any]) -> dict[str, Any]:
    return factories.Organization(
        name=name, title=name.replace("-", " ").title(), satu_data_role=role, users=list(users)
    )


def dataset_values(office: Office, name: str = "jumlah-penduduk", **changes: Any) -> dict[str, Any]:
    """What a produsen fills in for a dataset."""
    values: dict[str, Any] = {
        "name": name,
        "title": "Jumlah penduduk menurut kecamatan",
        "notes": "Data rekaan untuk pengujian.",
        "owner_org": office.agency["id"],
        "topic": "kependudukan",
        "official_source": "Registrasi penduduk (rekaan)",
        "concept": "Penduduk",
        "definition": "Orang yang tinggal di wilayah ini (rekaan).",
        "classification": "Kecamatan",
        "measure": "Jumlah",
        "unit": "Orang",
        "region_codes": ["kemendagri:15.06"],
        "period_start": "2024",
        "period_end": "2025",
        "presentation_level": "kecamatan",
        "release_schedule": "2026-12",
        "update_frequency": "tahunan",
        "priority_data": "tidak",
        "access_class": "terbuka",
        "license_id": "cc-by",
        "maintainer": "Bidang Data",
        "maintainer_email": "data@contoh.example",
    }
    return {**values, **changes}


def call(person: str, action: str, **values: Any) -> Any:
    """An action as `person` would call it, permission included."""
    context: dict[str, Any] = {"user": person, "ignore_auth": False}
    return helpers.call_action(action, context, **values)


def system(action: str, **values: Any) -> Any:
    """An action as the portal itself calls it: nobody is asked for permission."""
    user = helpers.call_action("get_site_user")["name"]
    return helpers.call_action(action, {"user": user, "ignore_auth": True}, **values)


def upload(content: bytes = CSV, name: str = "penduduk.csv") -> FileStorage:
    return FileStorage(io.BytesIO(content), name, "upload")


def resource_values(dataset: str, **changes: Any) -> dict[str, Any]:
    values = {
        "package_id": dataset,
        "name": "Jumlah penduduk",
        "description": "Rekaan",
        "resource_type": "data",
        "format": "CSV",
        "url": "penduduk.csv",
        "upload": upload(),
    }
    return {**values, **changes}


@remembered
def submit(office: Office, name: str = "jumlah-penduduk", **changes: Any) -> dict[str, Any]:
    """A dataset with one file, brought by the produsen: its case is open at step 1."""
    producer = office["produsen_data"]
    dataset = call(producer, "package_create", **dataset_values(office, name, **changes))
    call(producer, "resource_create", **resource_values(dataset["id"]))
    return call(producer, "satudata_case_show", id=dataset["id"])


WAY = (
    (1, "admin_data", "selesai"),
    (2, "admin_data", "selesai"),
    (3, "verifikator", "sesuai"),
    (4, "validator", "valid"),
    (5, "analis_data", "selesai"),
    (6, "admin_sistem", "selesai"),
    (7, "admin_sistem", "selesai"),
    (8, "pengelola_data", "selesai"),
    (9, "pimpinan_tim_data", "selesai"),
)
"""The straight way through SOP 000: step, actor, outcome."""


def act(office: Office, case: dict[str, Any], actor: str, outcome: str, **more: Any) -> Any:
    """One outcome of the first open visit, as the holder of `actor` takes it."""
    visit = case["open_visits"][0]
    values = {
        "id": case["id"],
        "version": case["version"],
        "step": visit["step"],
        "visit": visit["number"],
        "outcome": outcome,
    }
    return call(office[actor], "satudata_case_act", **{**values, **more})


@remembered
def walk(office: Office, case: dict[str, Any], until: int) -> dict[str, Any]:
    """Walk the straight way up to, but not through, step `until` (10: to the end)."""
    for step, actor, outcome in WAY:
        at = case["open_visits"][0]["step"] if case["open_visits"] else 10
        if at >= until:
            break
        if step == at:
            case = act(office, case, actor, outcome)
    return case
