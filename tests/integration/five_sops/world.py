"""An invented regency for walks through any of the five SOPs: who holds what, and in force what."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckan.tests import factories, helpers
from werkzeug.datastructures import FileStorage

from ckanext.satudata.logic.sop import sops
from ckanext.satudata.sop.definition import Sop
from tests.integration.office import call, let_head_the_walidata, make_organization

S000 = "manajemen-data"
S001 = "pengelolaan-pengamanan-data"
S002 = "pengelolaan-data"
S003 = "pengelolaan-data-elektronik"
S004 = "pengelolaan-data-informasi"

PDF = b"%PDF-1.7\nSurat rekaan untuk pengujian.\n%%EOF\n"


@dataclass(frozen=True)
class World:
    """Two producing agencies, a walidata with its head, and people for each SOP in force."""

    dinas: dict[str, Any]
    dinas_lain: dict[str, Any]
    kominfo: dict[str, Any]
    head: str
    cast: dict[str, Cast]


@dataclass(frozen=True)
class Cast:
    """A SOP and one person of his own for each of its actors; `_lain`: of the other agency."""

    sop: Sop
    people: Mapping[str, str]

    def __getitem__(self, actor: str) -> str:
        return self.people[actor]


def make_world(*subjects: str, bound: Mapping[str, Mapping[str, str]] | None = None) -> World:
    """Put SOPs in force, in this order, each by an act of adoption of the head of the walidata."""
    head = factories.User()
    let_head_the_walidata(head["id"])
    dinas = make_organization("dinas-contoh", "produsen")
    dinas_lain = make_organization("dinas-lain-contoh", "produsen")
    kominfo = make_organization("kominfo-contoh", "walidata")
    world = World(dinas, dinas_lain, kominfo, head["name"], {})
    for subject in subjects:
        world.cast[subject] = _cast(world, sops.loaded_sop(subject).sop)
        call(
            world.head,
            "satudata_sop_adopt",
            sop=subject,
            organization=kominfo["id"],
            serves="all",
            bound=dict((bound or {}).get(subject, {})),
        )
    return world


def _cast(world: World, sop: Sop) -> Cast:
    """The head of the walidata lets people hold the actors; producers belong to their agency."""
    people: dict[str, str] = {}
    for actor, about in sop.pelaksana.items():
        letter = _letter(world.head) if about.surat_tugas else {}
        homes = {actor: world.kominfo}
        if about.peran == "produsen":
            homes = {actor: world.dinas, f"{actor}_lain": world.dinas_lain}
        for name, home in homes.items():
            people[name] = factories.User()["name"]
            for_agency = home["id"] if about.peran == "produsen" else ""
            call(
                world.head,
                "satudata_assignment_create",
                user=people[name],
                sop=sop.sop.subjek,
                actor=actor,
                organization=for_agency,
                **letter,
            )
            if not about.pihak_luar:
                _employ(people[name], home)
    return Cast(sop, people)


def _employ(person: str, home: dict[str, Any]) -> None:
    helpers.call_action("organization_member_create", id=home["id"], username=person, role="editor")


def _letter(head: str) -> dict[str, Any]:
    """A letter of assignment, for the actors who need one."""
    kept = call(head, "satudata_attachment_create", upload=paper())
    return {
        "decree_number": "800/ST/2026 (rekaan)",
        "decree_date": "2026-01-05",
        "decree_attachment": kept["id"],
    }


def paper() -> FileStorage:
    """A scanned sheet."""
    return FileStorage(io.BytesIO(PDF), "surat.pdf", "upload")
