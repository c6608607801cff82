"""The demo's invented office, made anew on the test site, and scenes for tests to begin with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from demo import casework
from demo.administrator import administrator
from demo.adoption import adopt
from demo.cast import ADMINISTRATOR, EDUCATION, HOLDER, PEOPLE, PRODUCER, SOP, Person
from demo.datasets import PUBLISHED, Act, Dataset
from demo.offices import assign, make_agencies, make_people, make_person
from demo.visitor import Visitor

PRODUSEN = PRODUCER[EDUCATION]
SECOND_VERIFIKATOR = "verifikator-kedua-contoh"

TO_VERIFICATION = (Act(1, "admin_data", "selesai"), Act(2, "admin_data", "selesai"))
RETURN = Act(
    3,
    "verifikator",
    "tidak_sesuai",
    reason="Angka satu kecamatan tidak sama dengan rinciannya.",
    points=({"kind": "column", "where": "SMP", "note": "Periksa jumlah kolom ini."},),
)
TO_PUBLICATION = (
    *TO_VERIFICATION,
    Act(3, "verifikator", "sesuai"),
    Act(4, "validator", "valid"),
    Act(5, "analis_data", "selesai"),
    Act(6, "admin_sistem", "selesai"),
    Act(7, "admin_sistem", "selesai"),
    Act(8, "pengelola_data", "selesai"),
)


@dataclass(frozen=True)
class Office:
    """People by account name, each logged in for the API, and the passwords for the pages."""

    people: dict[str, Visitor]
    passwords: dict[str, str]

    def scene(self, name: str, way: tuple[Act, ...] = (), **changes: str) -> Scene:
        """A dataset of its own for a test, whose case has come `way` from its upload."""
        first = replace(PUBLISHED.first_file, key=name)
        values = {**PUBLISHED.values, "title": f"Data {name} (rekaan)", **changes}
        dataset = Dataset(name, EDUCATION, first, way, values)
        casework.submit(self.people, dataset)
        casework.walk(self.people, dataset)
        return Scene(self, dataset)


@dataclass(frozen=True)
class Scene:
    """A dataset and its case, made through the API."""

    office: Office
    dataset: Dataset

    @property
    def name(self) -> str:
        return self.dataset.name

    @property
    def title(self) -> str:
        return self.dataset.values["title"]

    @property
    def file_id(self) -> str:
        return self.dataset.first_file.id

    def case(self) -> dict[str, Any]:
        """The case as its produsen reads it now."""
        return self.office.people[PRODUSEN].action("satudata_case_show", id=self.name)

    @property
    def number(self) -> int:
        return self.case()["number"]

    def open_steps(self) -> list[tuple[int, int]]:
        """Step and visit of what is open."""
        return [(one["step"], one["number"]) for one in self.case()["open_visits"]]

    def last_event(self) -> dict[str, Any]:
        return self.case()["events"][-1]


def make_office(address: str) -> Office:
    """Everybody of the demo, and a second verifikator: two people for one step."""
    names = [ADMINISTRATOR.name, SECOND_VERIFIKATOR, *(one.name for one in PEOPLE)]
    passwords = {name: secrets.token_urlsafe(18) for name in names}
    admin = administrator(address, passwords[ADMINISTRATOR.name])
    agency_ids = make_agencies(admin)
    people = make_people(admin, passwords)
    assign(admin, agency_ids)
    adopt(people)
    _add_second_verifikator(admin, passwords[SECOND_VERIFIKATOR])
    return Office(people, passwords)


def holder(actor: str) -> str:
    """The account of the one official of the walidata who holds an actor."""
    return HOLDER[actor]


def _add_second_verifikator(admin: Visitor, password: str) -> None:
    make_person(admin, Person(SECOND_VERIFIKATOR, 99, "Verifikator"), password)
    admin.action(
        "satudata_assignment_create", user=SECOND_VERIFIKATOR, sop=SOP, actor="verifikator"
    )
