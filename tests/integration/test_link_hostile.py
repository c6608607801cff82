"""Who has no link, an old one, somebody else's or half of one gets nothing, and nothing leaks."""

from __future__ import annotations

import json
import logging
import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.links import desk as link_desk
from ckanext.satudata.logic.links import links
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.model import cases
from ckanext.satudata.model import links as stored
from ckanext.satudata.model.tables import EventRow, LinkRow
from tests.integration.at_once import both_at_once
from tests.integration.beginnings import begin_with
from tests.integration.five_sops.datasets import bring
from tests.integration.link_scene import (
    PERSON,
    RETURN,
    Phone,
    Scene,
    file_url,
    make_scene,
    mark_of,
    token_of,
)
from tests.integration.office import call, system


@pytest.fixture
def scene(with_plugins: Any, clean_index: Any) -> Scene:
    return begin_with(make_scene, "Jumlah penduduk")


@pytest.fixture
def phone(app: Any) -> Phone:
    return Phone(app)


def tampered(token: str) -> list[str]:
    """Tokens that no office has made: another signature, another body, a part, nothing of it."""
    body, _, signature = token.rpartition(".")
    other = "A" if body[0] != "A" else "B"
    return [
        f"{other}{body[1:]}.{signature}",
        f"{body}.{'A' * len(signature)}",
        body,
        signature,
        token[:-1],
        "-",
        "%00",
        "x" * 5000,
        "tautan-é",
    ]


def test_a_forged_token_never_meets_the_database(scene, phone, monkeypatch):
    url = scene.link()["url"]
    asked: list[str] = []
    monkeypatch.setattr(stored, "by_digest", asked.append)

    for token in tampered(token_of({"url": url})):
        assert phone.get(f"/tautan/{token}").status_code == 404
        assert phone.post(f"/tautan/{token}", outcome="sesuai").status_code == 404
    assert asked == []


def test_a_forged_token_a_forgotten_one_and_a_wrong_address_answer_alike(scene, phone):
    token = token_of(scene.link())
    model.Session.execute(sa.delete(LinkRow))
    model.Session.commit()

    paths = [*(tampered(token)[:3]), token, f"{token}/", f"{token}/x", f"{token}/berkas/x", ""]
    answers = [phone.get(f"/tautan/{one}") for one in paths]

    assert {one.status_code for one in answers} == {404}
    assert len({one.body for one in answers}) == 1
    assert "Referrer-Policy" in answers[0].headers


def test_who_finds_nothing_is_told_whom_to_ask(scene, phone, ckan_config, monkeypatch):
    kominfo = scene.world.kominfo
    call_as_admin("organization_patch", id=kominfo["id"], office_phone="0741 123456")
    monkeypatch.setitem(ckan_config, "ckanext.satudata.walidata", kominfo["name"])

    body = phone.get("/tautan/salah").body
    assert "Kominfo Contoh" in body
    assert "0741 123456" in body


def call_as_admin(action: str, **values: Any) -> Any:
    return system(action, **values)


def test_an_expired_link_opens_nothing_and_acts_no_more(scene, phone, freezer):
    link = scene.link(days=2)
    form = phone.form(link["url"])
    before = scene.count()
    freezer.move_to(clock.now() + timedelta(days=2, seconds=1))

    page = phone.get(link["url"])
    answer = phone.post(link["url"], **form, outcome="perlu_perbaikan", **RETURN)
    file = phone.get(file_url(link, scene.first_file()))

    assert (page.status_code, answer.status_code, file.status_code) == (410, 409, 404)
    assert "link_expired" in page.body
    assert RETURN["reason"] in answer.body
    assert scene.count() == before


def test_files_of_other_data_are_not_there(scene, phone):
    link = scene.link()
    person, agency = scene.cast["produsen_data"], scene.world.dinas
    other = model.Package.get(bring(person, agency, "Data lain")).resources[0].id

    for resource in (other, "no-such-file", "../../etc/passwd", scene.datasets[0]):
        assert phone.get(file_url(link, resource)).status_code == 404
        assert phone.head(file_url(link, resource)).status_code == 404
    assert phone.get(file_url(link, scene.first_file())).status_code == 200
    assert len(scene.events("link_downloaded")) == 1


def test_a_file_is_handed_over_under_a_name_that_a_header_can_hold(scene, phone):
    resource = model.Session.get(model.Resource, scene.first_file())
    resource.url = "data\r\nX-Jahat: 1.csv"
    model.Session.commit()

    answer = phone.get(file_url(scene.link(), resource.id))

    assert answer.status_code == 200
    assert "X-Jahat" not in answer.headers


def test_a_link_acts_at_its_own_visit_only(scene, phone):
    link = scene.link()
    form = phone.form(link["url"])
    scene.act("bps", "perlu_perbaikan", reason="Kurang.", points=[{"kind": "all"}])
    scene.act("kasi", "sesuai")

    answer = phone.post(link["url"], **form, outcome="sesuai", step="6", visit="2", item="")

    assert answer.status_code == 409
    assert scene.stands() == [(6, 2)]


def test_the_holder_of_a_link_holds_one_actor_at_one_visit_and_nothing_elsewhere(scene):
    row = stored.by_id(scene.link()["id"])
    case = cases.get_case(scene.case_id)
    sop, state = casework.sop_of_case(case), cases.state_of(case)
    held = {
        visit.key: links.LinkActor(row).person(sop, case, state, visit).actors
        for visit in state.visits
    }
    assert {key for key, actors in held.items() if actors} == {links.key_of(row)}
    assert held[links.key_of(row)] == {"bps"}


def test_no_other_act_comes_through_the_form(scene, phone):
    url = scene.link()["url"]
    for act in ("cancel", "drop", "comment", "claim", "invite", "approve"):
        answer = phone.send(url, "", act=act, text="x", reason="x", datasets=scene.datasets[0])
        assert answer.status_code == 422
    assert scene.stands() == [(6, 1)]
    kinds = {one["kind"] for one in scene.case()["events"][-6:]}
    assert kinds == {"link_opened"}


def test_a_form_without_its_mark_or_with_another_links_acts_not(scene, phone):
    first = scene.link()["url"]
    mark = mark_of(phone.get(first).body)
    second = scene.link()["url"]

    for wrong in ("", "1", mark, f"{mark}x"):
        answer = phone.post(second, mark=wrong, signed=PERSON, outcome="sesuai")
        assert answer.status_code == 422
        assert "link_form" in answer.body
    assert scene.stands() == [(6, 1)]


def test_a_login_gives_the_page_of_a_link_nothing_more(scene, app):
    url = scene.link()["url"]
    phone = Phone(app, scene.cast["kasi"])

    assert phone.send(url, "sesuai").status_code == 303
    assert scene.events("step_ended")[-1]["actor"]["id"].startswith("link:")


def test_of_two_posts_at_once_one_wins(scene, phone):
    link = scene.link()
    token, mark = token_of(link), mark_of(phone.get(link["url"]).body)

    def attempt() -> None:
        with one_commit():
            link_desk.act(token, mark, PERSON, {"outcome": "sesuai"})

    assert both_at_once(attempt) == ["link_used", "won"]
    model.Session.rollback()
    assert scene.stands() == [(7, 1)]


def test_what_is_refused_does_not_use_the_link_up(scene, phone):
    link = scene.link()
    phone.send(link["url"], "no_such_outcome")

    row = stored.by_id(link["id"])
    model.Session.refresh(row)
    assert row.used_at is None


# What must not leak


def test_a_token_stands_in_no_log_no_event_no_table_and_on_no_other_page(scene, phone, app, caplog):
    for name in (None, "ckan", "ckanext", "werkzeug", "sqlalchemy.engine"):
        caplog.set_level(logging.DEBUG, logger=name)
    link = scene.link()
    token = token_of(link)
    phone.get(link["url"])
    phone.get(f"/en/tautan/{token}")
    phone.get(file_url(link, scene.first_file()))
    phone.get(f"{link['url']}/x")
    phone.post(link["url"], outcome="sesuai")
    phone.send(link["url"], "sesuai")
    phone.get(link["url"])
    phone.get(f"{link['url']}?x=1")

    assert "/tautan/-" in caplog.text
    assert token not in caplog.text
    told = json.dumps([one.body for one in model.Session.scalars(sa.select(EventRow))])
    assert token not in told
    page = Phone(app, scene.cast["kasi"]).get(f"/kasus/{scene.case()['number']}")
    assert page.status_code == 200
    assert token not in page.body
    assert token not in json.dumps(scene.case())
    assert everything_stored().find(token) == -1


def everything_stored() -> str:
    """All rows of our tables as text."""
    names = [one for one in sa.inspect(model.meta.engine).get_table_names() if "satudata" in one]
    rows = [model.Session.execute(sa.text(f'SELECT t::text FROM "{one}" t')) for one in names]
    return "\n".join(str(row[0]) for found in rows for row in found)


def test_a_token_is_long_and_never_the_same(scene):
    tokens = {token_of(scene.link()) for _ in range(3)}
    assert len(tokens) == 3
    assert all(re.fullmatch(r"[\w-]{32}\.[\w-]+", one) for one in tokens)


def test_the_address_of_a_file_elsewhere_is_a_link_only_where_it_is_the_webs(scene, phone):
    resource = model.Package.get(scene.datasets[0]).resources[0]
    resource.url_type, resource.url = "", "javascript:alert(1)"
    model.Session.commit()

    assert "javascript:" not in phone.get(scene.link()["url"]).body


def test_making_a_link_by_the_page_shows_its_address_once(scene, app):
    case = scene.case()
    kasi = Phone(app, scene.cast["kasi"])
    form = {"step": 6, "visit": 1, "item": "", "name": "BPS Contoh", "days": "5"}

    made = kasi.post(f"/kasus/{case['number']}/tautan", **form)

    assert made.status_code == 200
    (address,) = re.findall(r"https?://[^\s<]+/tautan/[\w.-]+", made.body)
    assert Phone(app).get(address).status_code == 200
    assert "no-store" in made.headers["Cache-Control"]
    link = call(scene.cast["kasi"], "satudata_link_list", id=case["id"])[0]
    answer = kasi.post(f"/kasus/{case['number']}/tautan/{link['id']}/tarik")
    assert answer.status_code == 303
    assert Phone(app).get(address).status_code == 410


def test_a_wrong_address_is_a_fault_of_its_field_and_stays_there(scene, app):
    form = {"step": 6, "visit": 1, "item": "", "name": "BPS Contoh", "days": "5"}
    path = f"/kasus/{scene.case()['number']}/tautan"
    body = Phone(app, scene.cast["kasi"]).post(path, **form, email="bps@salah").body

    (field,) = re.findall(r'<input[^>]*id="field-email"[^>]*>', body)
    assert ('value="bps@salah"' in field, 'aria-invalid="true"' in field) == (True, True)


def test_who_may_not_make_a_link_keeps_what_he_typed(scene, app):
    form = {"step": 6, "visit": 1, "item": "", "name": "BPS Contoh (rekaan)", "days": "5"}
    path = f"/kasus/{scene.case()['number']}/tautan"
    refused = Phone(app, scene.cast["bps"]).post(path, **form)

    assert "BPS Contoh (rekaan)" in refused.body.partition('id="typed"')[2]


def test_a_page_that_makes_no_link_says_why_and_keeps_what_was_typed(scene, app):
    case, form = scene.case(), {"step": 6, "visit": 1, "item": "", "name": "", "days": "5"}
    path = f"/kasus/{case['number']}/tautan"

    faulty = Phone(app, scene.cast["kasi"]).post(path, **form)
    refused = Phone(app, scene.cast["bps"]).post(path, **{**form, "name": "BPS"})
    stranger = Phone(app).post(path, **form)

    statuses = [one.status_code for one in (faulty, refused, stranger)]
    assert statuses == [422, 403, 401]
    assert 'value="5"' in faulty.body
    assert scene.events("link_made") == []
