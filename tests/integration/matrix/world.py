"""The world of a cell: one office with a dataset in each state, a canary in each part of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ckan import model
from ckan.tests import factories, helpers
from ckanext.activity.model import Activity

from tests.integration.bypass.harvested import fetched
from tests.integration.office import (
    SOP,
    Office,
    call,
    dataset_values,
    make_office,
    make_organization,
    resource_values,
    upload,
    walk,
)
from tests.integration.test_access import TEST

ACTORS: dict[str, str | None] = {
    "anonymous": None,
    "other OPD": "outsider",
    "own OPD": "produsen_data",
    "verifikator": "verifikator",
    "approver": "pengelola_data",
    "BPS": "bps",
    "sysadmin": "sysadmin",
}
"""The person of the office who plays each part."""


@dataclass(frozen=True)
class Target:
    """A dataset in a state; `canary` is a word in its title, its notes, its tag, the name of its
    file, the bytes and the rows of it, and nowhere else."""

    state: str
    id: str
    name: str
    resource: str
    canary: str
    view: str
    activity: str
    case: str | None


@dataclass(frozen=True)
class World:
    office: Office
    targets: dict[str, Target]
    ids: dict[str, str] = field(default_factory=dict)


def _born(office: Office, state: str, *, draft: bool, **more: str) -> tuple[str, str]:
    """A dataset of the agency with a file and rows; the upload opens its case, unless a draft."""
    producer, canary = office["produsen_data"], f"kenari{state}"
    values = dataset_values(
        office, f"data-{state}", title=canary, notes=canary, tags=[{"name": canary}], **more
    )
    dataset = call(producer, "package_create", **values)
    if draft:
        call(producer, "package_patch", id=dataset["id"], state="draft")
    content = f"tahun,jumlah\n2024,{canary}\n".encode()
    resource = call(
        producer,
        "resource_create",
        **resource_values(dataset["id"], name=canary, upload=upload(content, "rekaan.csv")),
    )
    rows = {"resource_id": resource["id"], "force": True, "records": [{"kata": canary}]}
    call(producer, "datastore_create", **rows)
    return dataset["id"], resource["id"]


def _draft(office: Office) -> tuple[str, str]:
    return _born(office, "draft", draft=True)


def _walked(state: str, until: int, **more: str) -> Callable[[Office], tuple[str, str]]:
    def made(office: Office) -> tuple[str, str]:
        dataset_id, resource_id = _born(office, state, draft=False, **more)
        case = call(office["admin_data"], "satudata_case_show", id=dataset_id)
        walk(office, case, until=until)
        return dataset_id, resource_id

    return made


def _classed(access_class: str) -> Callable[[Office], tuple[str, str]]:
    """Released to those who are entitled, never to the public."""
    return _walked(access_class, 10, access_class=access_class, **TEST)


def _withdrawn(office: Office) -> tuple[str, str]:
    dataset_id, resource_id = _walked("withdrawn", 10)(office)
    reason = "Rekaan: angkanya keliru."
    call(office["pengelola_data"], "satudata_release_withdraw", id=dataset_id, reason=reason)
    return dataset_id, resource_id


STATES: dict[str, Callable[[Office], tuple[str, str]]] = {
    "draft": _draft,
    "review": _walked("review", 3),
    "approved": _walked("approved", 8),
    "published": _walked("published", 9),
    "withdrawn": _withdrawn,
    "terbatas": _classed("terbatas"),
    "tertutup": _classed("tertutup"),
}
UNRELEASED = ("draft", "review", "approved", "withdrawn", "terbatas", "tertutup")


def make_world() -> World:
    office = make_office("matriks")
    _bps(office)
    targets = {state: _target(state, *make(office)) for state, make in STATES.items()}
    return World(office, targets, _things(office, targets))


def _bps(office: Office) -> None:
    office.people["bps"] = factories.UserWithToken()
    values = {"user": office["bps"], "sop": "pengelolaan-data", "actor": "bps"}
    helpers.call_action("satudata_assignment_create", **values, organization="")


def _target(state: str, dataset_id: str, resource_id: str) -> Target:
    view = model.ResourceView(
        resource_id=resource_id, view_type="text_view", title=f"kenari{state}", order=0
    )
    model.Session.add(view)
    model.Session.commit()
    package = model.Package.get(dataset_id)
    assert package is not None
    rows = model.Session.query(Activity).filter_by(object_id=dataset_id)
    newest = rows.order_by(Activity.timestamp.desc()).first()
    assert newest is not None
    case = None if state == "draft" else dataset_id
    name, canary = package.name, f"kenari{state}"
    return Target(state, dataset_id, name, resource_id, canary, view.id, newest.id, case)


def _things(office: Office, targets: dict[str, Target]) -> dict[str, str]:
    """What payloads name that is no dataset."""
    sysadmin = office["sysadmin"]
    spare = factories.User()
    words = call(sysadmin, "vocabulary_create", name="kosakata", tags=[{"name": "kata-satu"}])
    group = call(sysadmin, "group_create", name="kelompok")
    empty = make_organization("dinas-kosong", "produsen")
    harvested = fetched(office, targets["review"].id)
    other = _other(office)
    member = {"username": spare["name"], "role": "member"}
    call(sysadmin, "group_member_create", id=group["id"], **member)
    call(sysadmin, "organization_member_create", id=empty["id"], **member)
    token = call(sysadmin, "api_token_create", user=sysadmin, name="matriks")
    kept = model.Session.query(model.ApiToken).filter_by(name="matriks").one()
    assert token
    values = {"entity_id": "x", "entity_type": "dataset", "task_type": "x", "key": "x", "value": ""}
    task = call(sysadmin, "task_status_update", **values, last_updated="2026-01-01")
    return {
        "spare": spare["name"],
        "vocabulary": words["id"],
        "word": words["tags"][0]["id"],
        "group": group["id"],
        "other": other,
        "empty": empty["id"],
        "agency": office.agency["id"],
        "source": harvested.source["id"],
        "object": harvested.object_id,
        "job": _job_of(harvested.object_id),
        "jti": kept.id,
        "task": task["id"],
        "adoption": _adoption(sysadmin),
    }


def _other(office: Office) -> str:
    """One more dataset without a case, to which a target may be related."""
    values = dataset_values(office, "data-tetangga", title="Tetangga", notes="Tetangga")
    made = call(office["produsen_data"], "package_create", **values)
    return made["id"]


def _job_of(object_id: str) -> str:
    from ckanext.harvest.model import HarvestObject

    return HarvestObject.get(object_id).harvest_job_id


def _adoption(person: str) -> str:
    return call(person, "satudata_sop_list", subject=SOP)[0]["adoptions"][0]["id"]
