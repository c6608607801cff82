"""Links are made, listed and taken back by those who steer the case."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from ckanext.satudata.model.tables import LinkRow
from tests.integration.beginnings import begin_with
from tests.integration.hostile import refusal
from tests.integration.link_scene import (
    BPS,
    Phone,
    Scene,
    make_scene,
    token_of,
)
from tests.integration.office import call


@pytest.fixture
def scene(with_plugins: Any, clean_index: Any) -> Scene:
    return begin_with(make_scene)


@pytest.fixture
def phone(app: Any) -> Phone:
    return Phone(app)


# Making


def test_who_steers_the_case_makes_a_link_that_says_whose_it_is_and_until_when(scene):
    link = scene.link(days=3)

    assert (link["name"], link["actor"], link["state"]) == (BPS, "bps", "open")
    assert link["expires_at"][:10] > link["made_at"][:10]
    assert link["url"].startswith(f"{tk.config['ckan.site_url']}/tautan/")


def test_a_link_is_valid_for_fourteen_days_unless_said_otherwise(scene):
    for days, valid in (({}, 14), ({"days": ""}, 14), ({"days": 60}, 60)):
        link = scene.link(**days)
        made, ends = (datetime.fromisoformat(link[name]) for name in ("made_at", "expires_at"))
        assert ends - made == timedelta(days=valid)


def test_making_a_link_is_on_record_with_name_and_expiry(scene):
    link = scene.link()

    (event,) = scene.events("link_made")
    told = event["body"]["link"]
    assert (told["id"], told["name"], told["expires_at"]) == (link["id"], BPS, link["expires_at"])


def test_nobody_else_makes_a_link(scene):
    for person in ("staf", "bps", "produsen_data", "kepala_dinas"):
        assert "not_holder" in refusal_of(scene, person)


def refusal_of(scene: Scene, person: str, **more: Any) -> str:
    values = {"step": 6, "visit": 1, "name": BPS, **more}
    return refusal(scene.cast[person], "satudata_link_create", id=scene.case_id, **values)


def test_only_a_step_of_a_party_outside_the_office_gets_a_link(scene):
    scene.act("bps", "sesuai")
    assert "act_unknown" in refusal_of(scene, "kasi", step=7)


def test_a_link_is_not_for_an_actor_of_the_office(scene):
    assert "link_actor" in refusal_of(scene, "kasi", actor="kasi")


def test_a_link_is_valid_for_one_to_sixty_days(scene):
    for days in (-1, 0, 61, 10**12):
        assert "link_days" in refusal_of(scene, "kasi", days=days)


def test_a_link_is_for_an_open_visit(scene):
    assert "step_not_open" in refusal_of(scene, "kasi", visit=2)


def test_only_the_digest_of_a_token_is_kept(scene):
    token = token_of(scene.link())

    row = model.Session.scalars(sa.select(LinkRow)).one()
    assert row.token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    assert token not in json.dumps([str(one) for one in vars(row).values()])


def test_a_new_link_withdraws_the_earlier_one_of_the_same_visit(scene, phone):
    first, second = scene.link(), scene.link()

    assert phone.get(first["url"]).status_code == 410
    assert phone.get(second["url"]).status_code == 200
    assert scene.events("link_made")[-1]["body"]["link"]["replaces"] == [first["id"]]


def test_links_are_listed_without_their_addresses(scene):
    link = scene.link()

    (told,) = call(scene.cast["kasi"], "satudata_link_list", id=scene.case_id)
    assert told == {name: value for name, value in link.items() if name != "url"}
    assert token_of(link) not in json.dumps(told)


def test_who_sees_only_his_own_data_is_not_told_of_links(scene):
    scene.link()
    person = scene.cast["produsen_data"]
    assert "not_of_office" in refusal(person, "satudata_link_list", id=scene.case_id)


# Taking back


def test_a_withdrawn_link_opens_nothing_and_says_whom_to_ask(scene, phone):
    link = scene.link()
    form = phone.form(link["url"])
    call(scene.cast["kabid"], "satudata_link_withdraw", id=link["id"])
    before = scene.count()

    answers = [phone.get(link["url"]), phone.post(link["url"], **form, outcome="sesuai")]

    assert [one.status_code for one in answers] == [410, 409]
    assert all("link_withdrawn" in one.body for one in answers)
    assert "Kominfo Contoh" in answers[0].body
    assert scene.count() == before
    assert scene.events("link_withdrawn")[-1]["body"]["link"]["id"] == link["id"]


def test_withdrawing_twice_is_harmless(scene):
    link = scene.link()
    for _ in range(2):
        answer = call(scene.cast["kasi"], "satudata_link_withdraw", id=link["id"])
        assert answer["state"] == "withdrawn"
    assert len(scene.events("link_withdrawn")) == 1


def test_a_used_link_is_not_withdrawn(scene, phone):
    link = scene.link()
    phone.send(link["url"], "sesuai")
    refused = refusal(scene.cast["kasi"], "satudata_link_withdraw", id=link["id"])
    assert "link_used" in refused


def test_nobody_else_withdraws_a_link(scene):
    link = scene.link()
    for person in ("staf", "bps", "produsen_data"):
        refused = refusal(scene.cast[person], "satudata_link_withdraw", id=link["id"])
        assert "not_holder" in refused


def test_a_link_that_is_not_there_and_one_that_is_not_open_to_me_answer_alike(scene):
    stranger = factories.User()["name"]
    link = scene.link()
    answers = {
        refusal(stranger, "satudata_link_withdraw", id=one) for one in (link["id"], "no-such-link")
    }
    assert len(answers) == 1
    assert "link_not_found" in answers.pop()
