"""Nobody in the demo can be taken for somebody, and its way is one that SOP 000 knows."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
import yaml

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.load import load
from ckanext.satudata.sop.moves import moves_at
from demo.cast import ADMINISTRATOR, AGENCIES, PEOPLE, SOP, WALIDATA, Agency
from demo.datasets import DATASETS, PUBLISHED, Act, Dataset

ROOT = Path(__file__).parents[3]
EVERYBODY = (ADMINISTRATOR, *PEOPLE)


@pytest.fixture(scope="module")
def sop() -> Sop:
    file = ROOT / "schemas/sop/000-manajemen-data.yaml"
    return load(file.read_bytes(), file.name).sop


@pytest.mark.parametrize("text", [one.fullname for one in EVERYBODY] + [a.title for a in AGENCIES])
def test_each_name_says_that_it_is_invented(text: str) -> None:
    assert re.search(r"Contoh.*\(rekaan\)", text)


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda one: one.name)
def test_each_title_says_that_its_data_are_invented(dataset: Dataset) -> None:
    assert "(rekaan)" in dataset.values["title"]


@pytest.mark.parametrize("agency", AGENCIES, ids=lambda one: one.name)
def test_each_agency_fills_in_its_whole_form_but_the_emblem(agency: Agency) -> None:
    form = yaml.safe_load((ROOT / "schemas/organization.yaml").read_text("utf-8"))
    asked = {field["field_name"] for field in form["fields"]} - {"image_url"}
    assert {name for name, value in agency.values().items() if value} == asked


def test_addresses_lead_nowhere() -> None:
    assert {one.email.rsplit(".", 1)[-1] for one in EVERYBODY} == {"example"}


def test_the_demo_plays_the_sop_that_the_portal_has(sop: Sop) -> None:
    assert sop.sop.subjek == SOP


def test_each_actor_of_the_sop_is_held_by_somebody(sop: Sop) -> None:
    assert {one.actor for one in PEOPLE} == set(sop.pelaksana)


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda one: one.name)
def test_each_act_is_a_move_of_its_step_held_by_its_actor(sop: Sop, dataset: Dataset) -> None:
    unknown = [
        act
        for act in dataset.way
        if isinstance(act, Act)
        and not any(
            (move.outcome, act.actor in move.actors) == (act.outcome, True)
            for move in moves_at(sop, act.step)
        )
    ]
    assert unknown == []


def test_the_published_dataset_has_gone_through_every_step(sop: Sop) -> None:
    assert {move.step for move in PUBLISHED.way} == {step.langkah for step in sop.langkah}


def test_the_portal_names_the_demo_s_walidata() -> None:
    settings = configparser.RawConfigParser()
    settings.read(ROOT / "deploy/ckan.ini", "utf-8")
    assert settings["app:main"]["ckanext.satudata.walidata"] == WALIDATA
