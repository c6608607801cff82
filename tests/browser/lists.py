"""Cases over a list on the test site: SOP 002 in force, held by people of the demo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from demo.cast import EDUCATION, HEAD, HEALTH, PRODUCER, WALIDATA
from demo.datasets import PUBLISHED
from demo.visitor import Visitor
from tests.browser.office import Office, holder

SOP = "pengelolaan-data"
KASI, STAF, KABID, BPS = (
    holder(actor) for actor in ("verifikator", "analis_data", "pengelola_data", "admin_sistem")
)
HEAD_OF = {EDUCATION: holder("admin_data"), HEALTH: holder("validator")}
"""Who approves the data of an agency before it is handed over."""
HOLDS = (
    (HEAD.name, "kepala_dinas", ""),
    (KABID, "kabid", ""),
    (KASI, "kasi", ""),
    (STAF, "staf", ""),
    (BPS, "bps", ""),
    (PRODUCER[EDUCATION], "produsen_data", EDUCATION),
    (PRODUCER[HEALTH], "produsen_data", HEALTH),
    (HEAD_OF[EDUCATION], "pimpinan_sumber_data", EDUCATION),
    (HEAD_OF[HEALTH], "pimpinan_sumber_data", HEALTH),
)
REQUESTS = (
    ("Peserta didik menurut kecamatan dan jenjang (rekaan)", EDUCATION),
    ("Guru menurut sekolah, status kepegawaian, dan ijazah tertinggi (rekaan)", EDUCATION),
    ("Puskesmas menurut kecamatan (rekaan)", HEALTH),
)


@dataclass(frozen=True)
class ListCase:
    """A case over a list, made through the API."""

    office: Office
    number: int

    def shown(self, name: str = KASI) -> dict[str, Any]:
        return self.office.people[name].action("satudata_case_show", id=str(self.number))

    def act(self, name: str, **values: Any) -> None:
        """One act at the first open visit, by a person."""
        case = self.shown(name)
        visit = case["open_visits"][0]
        where = {"step": visit["step"], "visit": visit["number"], "dataset_id": visit["item"]}
        self.office.people[name].action(
            "satudata_case_act", id=case["id"], version=case["version"], **{**where, **values}
        )

    def entry(self, title: str) -> str:
        return next(one["id"] for one in self.shown()["datasets"] if one["title"] == title)


def put_in_force(office: Office, admin: Visitor) -> None:
    """The people of the demo hold the actors of SOP 002 besides, and it is adopted."""
    for name, actor, agency in HOLDS:
        values = {"user": name, "sop": SOP, "actor": actor, "organization": agency}
        admin.action("satudata_assignment_create", **values)
    head = office.people[HEAD.name]
    head.action("satudata_sop_adopt", sop=SOP, organization=WALIDATA, serves="all")


def to_correct(office: Office) -> ListCase:
    """At step 5: a list of requests that the kasi corrects."""
    head = office.people[HEAD.name]
    opened = head.action("satudata_case_open", sop=SOP, organization=WALIDATA)
    case = ListCase(office, opened["number"])
    for name in (HEAD.name, KABID, KASI):
        case.act(name, outcome="selesai")
    for title, agency in REQUESTS:
        entry = {"title": title, "organization": agency, "release_date": "2026-12"}
        case.act(STAF, act="add", entry=entry)
    case.act(STAF, outcome="selesai")
    return case


def at_producers(office: Office, closes_on: str = "2027-01-31") -> ListCase:
    """At step 8: one request is answered, the others wait for their producers."""
    case = to_correct(office)
    case.act(KASI, outcome="sesuai")
    case.act(BPS, outcome="sesuai")
    case.act(KASI, outcome="selesai")
    case.act(KASI, act="set_closing", closes_on=closes_on)
    case.act(KASI, act="comment", text="Mohon diserahkan sebelum tanggal penutupan (rekaan).")
    producer = office.people[PRODUCER[EDUCATION]]
    values = {**PUBLISHED.values, "name": f"guru-{case.number}", "title": REQUESTS[1][0]}
    dataset = producer.action("package_create", **values, owner_org=EDUCATION)
    producer.action(
        "satudata_request_fulfil",
        id=str(case.number),
        version=case.shown()["version"],
        request=case.entry(REQUESTS[1][0]),
        dataset_id=dataset["id"],
    )
    return case


def offered(office: Office) -> ListCase:
    """At step 4: an empty list that is offered what was late on the one before."""
    before = at_producers(office, closes_on="2026-01-31")
    item, producer = before.entry(REQUESTS[1][0]), office.people[PRODUCER[EDUCATION]]
    file = {"name": "Guru (rekaan)", "url": "https://data.contoh.example/guru.csv"}
    producer.action("resource_create", package_id=item, format="CSV", **file)
    at = {"step": 8, "visit": 1, "dataset_id": item}
    before.act(holder("admin_data"), **at, act="approve")
    before.act(PRODUCER[EDUCATION], **at, outcome="selesai")
    others = [before.entry(REQUESTS[number][0]) for number in (0, 2)]
    before.act(KASI, act="drop", datasets=others, reason="Tidak tersedia (rekaan).")
    head = office.people[HEAD.name]
    opened = head.action("satudata_case_open", sop=SOP, organization=WALIDATA)
    case = ListCase(office, opened["number"])
    for name in (HEAD.name, KABID, KASI):
        case.act(name, outcome="selesai")
    return case
