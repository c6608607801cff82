"""Who plays: invented agencies of an invented regency, and one invented person for each office.

No name here may look like somebody's: people are numbered, agencies are called "Contoh", and each
says `rekaan` (invented). None has a NIP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SOP = "manajemen-data"
REGENCY = "Kabupaten Contoh (rekaan)"
REGION = "kemendagri:99.99"
"""A code that no list has."""

WALIDATA = "diskominfo-contoh"
"""What deploy/ckan.ini names in `ckanext.satudata.walidata`."""
EDUCATION = "dinas-pendidikan-contoh"
HEALTH = "dinas-kesehatan-contoh"

INVENTED = f"{REGENCY} tidak ada; kantor, orang, dan angka di sini rekaan untuk peragaan."


@dataclass(frozen=True)
class Agency:
    """An organization of the portal; `role` as in schemas/organization.yaml."""

    name: str
    title: str
    role: str
    number: int

    def values(self) -> dict[str, Any]:
        """Every field of the organization form but the emblem."""
        return {
            "name": self.name,
            "title": self.title,
            "description": INVENTED,
            "satu_data_role": self.role,
            "region_codes": [REGION],
            "work_unit_code": f"9.99.{self.number:02}",
            "time_zone": "Asia/Jakarta",
            "office_phone": f"(0000) 000-00{self.number}",
            "office_email": f"{self.name}@contoh.example",
            "office_address": f"Jalan Rekaan {self.number}, {REGENCY}",
            "website": f"https://{self.name}.contoh.example",
        }


@dataclass(frozen=True)
class Person:
    """An account. `agency` and `capacity` are CKAN's membership, `actor` is the SOP's.

    `serves` names the one agency he acts for; empty: all agencies.
    """

    name: str
    number: int
    duty: str
    agency: str = ""
    capacity: str = ""
    actor: str = ""
    serves: str = ""

    @property
    def fullname(self) -> str:
        return f"Petugas Contoh {self.number} (rekaan)"

    @property
    def email(self) -> str:
        return f"petugas-{self.number}@contoh.example"


AGENCIES = (
    Agency(WALIDATA, "Dinas Kominfo Kabupaten Contoh (rekaan)", "walidata", 1),
    Agency(EDUCATION, "Dinas Pendidikan Kabupaten Contoh (rekaan)", "produsen", 2),
    Agency(HEALTH, "Dinas Kesehatan Kabupaten Contoh (rekaan)", "produsen", 3),
)

ADMINISTRATOR = Person("admin-portal-contoh", 1, "Administrator portal")
"""Makes offices and accounts, and decides about no data."""


def _producer(name: str, number: int, agency: str) -> Person:
    return Person(name, number, "Produsen Data", agency, "editor", "produsen_data", agency)


def _official(name: str, number: int, duty: str, actor: str) -> Person:
    return Person(name, number, duty, WALIDATA, "member", actor)


PEOPLE = (
    _producer("produsen-pendidikan-contoh", 2, EDUCATION),
    _producer("produsen-kesehatan-contoh", 3, HEALTH),
    _official("admin-data-contoh", 4, "Admin Data", "admin_data"),
    _official("verifikator-contoh", 5, "Verifikator", "verifikator"),
    _official("validator-contoh", 6, "Validator", "validator"),
    _official("analis-data-contoh", 7, "Analis Data", "analis_data"),
    _official("admin-sistem-contoh", 8, "Admin Sistem", "admin_sistem"),
    _official("pengelola-data-contoh", 9, "Pengelola Data", "pengelola_data"),
    _official("pimpinan-contoh", 10, "Pimpinan/Tim Data, pimpinan walidata", "pimpinan_tim_data"),
)

HOLDER = {person.actor: person.name for person in PEOPLE if not person.serves}
"""Who of the walidata holds an actor."""
PRODUCER = {person.serves: person.name for person in PEOPLE if person.serves}
"""Who brings the data of an agency."""
HEAD = next(person for person in PEOPLE if person.actor == "pimpinan_tim_data")
"""Heads the walidata besides, and puts its SOP in force."""
