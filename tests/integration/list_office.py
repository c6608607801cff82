"""An invented office that runs SOP 002 over a list, for the tests of pages."""

from __future__ import annotations

from typing import Any

from ckan.tests import factories, helpers

from tests.integration.office import (
    Office,
    call,
    dataset_values,
    make_organization,
    put_in_force,
    resource_values,
)
from tests.integration.remembered import remembered

SOP = "pengelolaan-data"
OF_THE_OFFICE = ("kepala_dinas", "kabid", "kasi", "staf", "bps")
REQUESTS = ("Jumlah sekolah (rekaan)", "Jumlah puskesmas (rekaan)")


def make_list_office(*, serves_other: bool = True) -> Office:
    """Each actor a person of his own; `produsen_data` and `outsider` belong to two agencies.

    The SOP is in force for both, or without `serves_other` for that of `produsen_data` only.
    """
    names = (*OF_THE_OFFICE, "produsen_data", "pimpinan_sumber_data", "outsider", "stranger")
    people = {name: factories.UserWithToken() for name in names}
    editor = {"name": people["produsen_data"]["name"], "capacity": "editor"}
    other = {"name": people["outsider"]["name"], "capacity": "editor"}
    agency = make_organization("dinas-contoh", "produsen", editor)
    other_agency = make_organization("dinas-lain-contoh", "produsen", other)
    walidata = make_organization("kominfo-contoh", "walidata")
    for name in OF_THE_OFFICE:
        _assign(people[name], name, "")
    _assign(people["produsen_data"], "produsen_data", agency["id"])
    _assign(people["pimpinan_sumber_data"], "pimpinan_sumber_data", agency["id"])
    _assign(people["outsider"], "produsen_data", other_agency["id"])
    serves = None if serves_other else [agency["id"], walidata["id"]]
    put_in_force(SOP, walidata["id"], serves=serves)
    return Office(agency, walidata, people, other_agency)


def _assign(person: dict[str, Any], actor: str, agency: str) -> None:
    values = {"user": person["name"], "sop": SOP, "actor": actor, "organization": agency}
    helpers.call_action("satudata_assignment_create", **values)


def open_list(office: Office) -> dict[str, Any]:
    return call(
        office["kepala_dinas"], "satudata_case_open", sop=SOP, organization=office.walidata["id"]
    )


def act(office: Office, case: dict[str, Any], actor: str, **more: Any) -> dict[str, Any]:
    """One act of `actor` at the first open visit, or at the one that `at` picks."""
    now = call(office[actor], "satudata_case_show", id=case["id"])
    visit = more.pop("at", lambda visits: visits[0])(now["open_visits"])
    values = {
        "id": now["id"],
        "version": now["version"],
        "step": visit["step"],
        "visit": visit["number"],
        "dataset_id": visit["item"],
    }
    return call(office[actor], "satudata_case_act", **{**values, **more})


def ask_for(office: Office, case: dict[str, Any], title: str, agency: str) -> dict[str, Any]:
    """Put a request on the list, at the step where it is made up."""
    entry = {"title": title, "organization": agency, "release_date": "2026-12"}
    return act(office, case, "staf", act="add", entry=entry)


@remembered
def at_step_4(office: Office) -> dict[str, Any]:
    case = open_list(office)
    for actor in ("kepala_dinas", "kabid", "kasi"):
        case = act(office, case, actor, outcome="selesai")
    return case


@remembered
def with_requests(office: Office) -> dict[str, Any]:
    """At step 5: a list of two requests, to two agencies."""
    case = at_step_4(office)
    ask_for(office, case, REQUESTS[0], office.agency["id"])
    ask_for(office, case, REQUESTS[1], office.other_agency["id"])
    return act(office, case, "staf", outcome="selesai")


@remembered
def at_producers(office: Office) -> dict[str, Any]:
    """At step 8: each producer has been asked for his data."""
    case = with_requests(office)
    case = act(office, case, "kasi", outcome="sesuai")
    case = act(office, case, "bps", outcome="sesuai")
    return act(office, case, "kasi", outcome="selesai")


def request_of(case: dict[str, Any], agency: str) -> str:
    """The id of the entry of an agency."""
    return next(one["id"] for one in case["datasets"] if one["organization"]["id"] == agency)


@remembered
def with_data(office: Office) -> dict[str, Any]:
    """At step 8, with data of the first agency in the place of its request."""
    case, dataset = at_producers(office), bring(office)
    return call(
        office["produsen_data"],
        "satudata_request_fulfil",
        id=case["id"],
        version=case["version"],
        request=request_of(case, office.agency["id"]),
        dataset_id=dataset["id"],
    )


@remembered
def bring(office: Office, name: str = "jumlah-sekolah", **changes: Any) -> dict[str, Any]:
    """A dataset of the first agency with a file, without a case."""
    producer = office["produsen_data"]
    dataset = call(producer, "package_create", **dataset_values(office, name, **changes))
    call(producer, "resource_create", **resource_values(dataset["id"]))
    return dataset


def ended_with_late_data(office: Office) -> tuple[dict[str, Any], str]:
    """A list that is over without the data of the first agency, and the id of that data.

    It came after the closing date; what was asked of the other agency was dropped.
    """
    case, item = _with_late_data(office)
    other = request_of(case, office.other_agency["id"])
    reason = "Tidak tersedia (rekaan)."
    return act(office, case, "kasi", act="drop", datasets=[other], reason=reason), item


def cancelled_with_late_data(office: Office) -> str:
    """The id of data that came after the closing date of a list that was then cancelled."""
    case, item = _with_late_data(office)
    act(office, case, "kasi", act="cancel", reason="Diulang tahun depan (rekaan).")
    return item


def _with_late_data(office: Office) -> tuple[dict[str, Any], str]:
    """A list past its closing date, and the id of the data that the first agency delivered then."""
    case = with_data(office)
    item = request_of(case, office.agency["id"])
    whole = act(office, case, "kasi", act="set_closing", closes_on="2026-01-31")
    for actor, does in (
        ("pimpinan_sumber_data", {"act": "approve"}),
        ("produsen_data", {"outcome": "selesai"}),
    ):
        act(office, case, actor, at=visit_of(item), **does)
    return whole, item


def cancelled_after_going_on(office: Office) -> dict[str, Any]:
    """A list that went on without what the other agency was asked for, and was then cancelled."""
    case = with_data(office)
    item = request_of(case, office.agency["id"])
    act(office, case, "pimpinan_sumber_data", at=visit_of(item), act="approve")
    act(office, case, "produsen_data", at=visit_of(item), outcome="selesai")
    whole = act(office, case, "kasi", act="set_closing", closes_on="2026-01-31")
    other = request_of(whole, office.other_agency["id"])
    act(office, case, "staf", at=visit_of(other), act="go_on")
    return act(office, case, "kasi", act="cancel", reason="Diulang tahun depan (rekaan).")


def visit_of(item: str) -> Any:
    """Picks the visit to one dataset, for `act`."""
    return lambda visits: next(one for one in visits if one["item"] == item)
