"""The whole demo, from an empty portal to what a visitor finds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from demo import public
from demo.accounts import passwords
from demo.administrator import administrator
from demo.adoption import adopt
from demo.casework import OtherWay, submit, walk
from demo.cast import ADMINISTRATOR, AGENCIES, PEOPLE, Person
from demo.datasets import DATASETS, PUBLISHED, Dataset
from demo.index import told
from demo.offices import assign, make_agencies, make_people
from demo.progress import step
from demo.visitor import Visitor

PUBLISHING_STEP = 8


def run(address: str, accounts: Path) -> None:
    """Do what has not been done, check as the public, and say what there is."""
    cast = (ADMINISTRATOR, *PEOPLE)
    words = passwords(accounts, [person.name for person in cast])
    with step("Administrator's account"):
        admin = administrator(address, words[ADMINISTRATOR.name])
    with step("Agencies, invented"):
        agency_ids = make_agencies(admin)
    with step("People, invented, one for each actor of the SOP"):
        people = make_people(admin, words)
    with step("Members and assignments"):
        assign(admin, agency_ids)
    with step("The SOP in force, by the head of the walidata"):
        adopt(people)
    for dataset in DATASETS:
        _carry(people, dataset)
    with step("Search is told of what was done"):
        told()
    _check(address, people)
    _report(address, cast, accounts)


def _carry(people: Mapping[str, Visitor], dataset: Dataset) -> None:
    with step(f"Dataset {dataset.name}"):
        submit(people, dataset)
    try:
        walk(people, dataset)
    except OtherWay as other:
        # On a portal that people have played with, their case stays as they left it.
        print(f"  {dataset.name} is left as it stands: {other}.")


def _check(address: str, people: Mapping[str, Visitor]) -> None:
    anybody = Visitor(address)
    with step("As the public: page, search, files byte for byte"):
        public.check_published(anybody, PUBLISHED)
    with step("As the public: how to reach the agencies"):
        for agency in AGENCIES:
            public.check_contact(anybody, agency)
    for dataset in DATASETS:
        if dataset is PUBLISHED:
            continue
        producer = people[dataset.producer]
        if _published_by_visitors(producer, dataset):
            print(f"  {dataset.name} has been published by its case since the demo was made.")
            continue
        with step(f"As the public: no {dataset.name}"):
            public.check_hidden(anybody, producer, dataset)
    with step("As the agencies: their files byte for byte"):
        for dataset in DATASETS:
            if not _taken_over(people[dataset.producer], dataset):
                public.check_files(people[dataset.producer], dataset)


def _published_by_visitors(producer: Visitor, dataset: Dataset) -> bool:
    case = producer.action("satudata_case_show", id=dataset.name)
    steps = {visit["step"] for visit in case["visits"] if visit["closed_at"]}
    return PUBLISHING_STEP in steps


def _taken_over(producer: Visitor, dataset: Dataset) -> bool:
    """Whether people have changed its content, more often than the demo itself does."""
    case = producer.action("satudata_case_show", id=dataset.name)
    changes = [one for one in case["events"] if one["kind"] == "content_changed"]
    return len(changes) > len(dataset.way_files())


def _report(address: str, cast: tuple[Person, ...], accounts: Path) -> None:
    print(f"\nThe portal is up: {address}")
    print(f"The public reads: {address}/dataset/{PUBLISHED.name}\n")
    print("Accounts (invented people):")
    for person in cast:
        print(f"  {person.name:<30} {person.duty}")
    print(f"\nTheir passwords: {accounts}")
