"""A link lets somebody without an account do one act at one visit, and nothing else."""

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
from tests.integration.hostile import refusal
from tests.integration.link_scene import (
    BPS,
    PERSON,
    REASON,
    RETURN,
    Phone,
    Scene,
    deliver,
    file_url,
    make_scene,
    process,
    token_of,
)
from tests.integration.office import CSV, Office, call, dataset_values, resource_values

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def scene(clean_db: Any, clean_index: Any) -> Scene:
    return make_scene()


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


# Looking


def test_the_page_shows_the_list_with_producer_metadata_and_first_rows(scene, phone):
    page = phone.get(scene.link()["url"])

    assert page.status_code == 200
    for words in ("Jumlah penduduk", "Jumlah sekolah", "Dinas Contoh", "Desember 2026", "Orang"):
        assert words in page.body
    assert "<td" in page.body
    assert "1250" in page.body


def test_the_page_shows_nothing_of_the_rest_of_the_portal(scene, phone):
    body = phone.get(scene.link()["url"]).body

    for word in ("/kasus/", "/kotak-masuk", "/user/login", "/dataset/", "<script"):
        assert word not in body


def test_each_opening_is_an_event_and_moves_nothing(scene, phone):
    url = scene.link()["url"]
    before = scene.case()

    phone.get(url)
    phone.get(url)

    after = scene.case()
    assert [one["body"]["link"]["name"] for one in scene.events("link_opened")] == [BPS, BPS]
    assert after["open_visits"] == before["open_visits"]
    assert after["visits"] == before["visits"]


def test_opening_does_not_make_the_view_of_others_out_of_date(scene, phone):
    url = scene.link()["url"]
    seen = scene.case()["version"]
    phone.get(url)
    assert scene.act("bps", "sesuai", version=seen)["open_visits"][0]["step"] == 7


def test_head_does_nothing_at_all(scene, phone):
    link = scene.link()
    before = scene.count()

    assert phone.head(link["url"]).status_code == 200
    assert phone.head(file_url(link, scene.first_file())).status_code == 200
    assert scene.count() == before


def test_a_file_is_downloaded_byte_for_byte_and_that_is_an_event(scene, phone):
    answer = phone.get(file_url(scene.link(), scene.first_file()))

    assert answer.data == CSV
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    (event,) = scene.events("link_downloaded")
    assert event["body"]["resource"] == scene.first_file()
    assert event["actor"]["id"].startswith("link:")


def test_no_cookie_is_set_and_none_is_needed(scene, phone):
    link = scene.link()
    answers = [phone.get(link["url"]), phone.send(link["url"], "sesuai"), phone.get(link["url"])]

    assert [one.status_code for one in answers] == [200, 303, 200]
    assert all("Set-Cookie" not in one.headers for one in answers)


def test_the_page_is_kept_by_no_cache_and_tells_no_other_site(scene, phone):
    link = scene.link()
    for answer in (phone.get(link["url"]), phone.get(file_url(link, scene.first_file()))):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "public" not in answer.headers["Cache-Control"]
        assert "noindex" in answer.headers["X-Robots-Tag"]


# Acting


def test_sending_the_form_ends_the_step_and_says_who_decided(scene, phone):
    link = scene.link()

    answer = phone.send(link["url"], "sesuai")

    assert answer.status_code == 303
    assert scene.stands() == [(7, 1)]
    event = scene.events("step_ended")[-1]
    assert event["actor"] == {"id": f"link:{link['id']}", "name": BPS}
    assert event["body"]["link"]["signed"] == PERSON
    assert event["body"]["outcome"] == "sesuai"


def test_a_return_takes_reason_and_points_along(scene, phone):
    phone.send(scene.link()["url"], "perlu_perbaikan", **RETURN)

    assert scene.stands() == [(5, 2)]
    body = scene.events("step_ended")[-1]["body"]
    assert body["reason"] == REASON
    assert body["points"] == [{"kind": "all", "where": "", "note": "Definisi"}]


def test_a_return_may_mean_one_dataset_of_the_list(scene, phone):
    deliver(scene)
    meant = scene.datasets[0]

    phone.send(scene.link()["url"], "tidak_layak", meant=meant, rest="wait", **RETURN)

    assert scene.events("step_ended")[-1]["body"]["items"] == [meant]
    assert scene.stands() == [(10, 2)]
    assert scene.visit()["items"] == [meant]


def test_afterwards_the_page_shows_what_was_decided_and_no_form(scene, phone):
    url = scene.link()["url"]
    phone.send(url, "perlu_perbaikan", **RETURN)

    page = phone.get(url)
    assert page.status_code == 200
    assert REASON in page.body
    assert PERSON in page.body
    assert "<form" not in page.body


def test_the_receipt_is_no_opening_and_gives_no_file(scene, phone):
    link = scene.link()
    phone.send(link["url"], "sesuai")
    before = scene.count()

    phone.get(link["url"])
    assert phone.get(file_url(link, scene.first_file())).status_code == 404
    assert scene.count() == before


def test_the_same_form_sent_twice_counts_once_and_leads_to_the_receipt(scene, phone):
    url = scene.link()["url"]
    form = {**phone.form(url), "outcome": "sesuai"}

    first, second = phone.post(url, **form), phone.post(url, **form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert scene.stands() == [(7, 1)]


def test_another_form_after_the_link_was_used_acts_no_more_and_keeps_what_was_typed(scene, phone):
    url = scene.link()["url"]
    form = phone.form(url)
    phone.post(url, **form, outcome="sesuai")

    answer = phone.post(url, **form, outcome="perlu_perbaikan", **RETURN)

    assert answer.status_code == 409
    assert REASON in answer.body
    assert scene.stands() == [(7, 1)]


MISSING = (
    ({"signed": "  "}, "field-signed"),
    ({"signed": "n" * 201}, "field-signed"),
    ({"outcome": ""}, "field-outcome"),
    ({"outcome": "perlu_perbaikan", "point_about": "all"}, "field-reason"),
    ({"outcome": "perlu_perbaikan", "reason": REASON}, "field-point_about-1"),
)


def test_what_is_missing_is_said_at_its_field_and_nothing_is_done(scene, phone):
    url = scene.link()["url"]
    empty = {"point_about": "", "point_where": "", "point_note": ""}
    for change, field in MISSING:
        answer = phone.send(url, **{"outcome": "sesuai", **empty, **change})

        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.body
    assert scene.stands() == [(6, 1)]


def test_one_more_point_keeps_what_was_typed_and_acts_not(scene, phone):
    answer = phone.send(scene.link()["url"], "perlu_perbaikan", **RETURN, point_add="1")

    assert answer.status_code == 200
    assert REASON in answer.body
    assert 'id="field-point_about-2"' in answer.body
    assert scene.stands() == [(6, 1)]


def test_what_changed_at_the_visit_meanwhile_is_a_conflict_that_keeps_what_was_typed(scene, phone):
    url = scene.link()["url"]
    form = phone.form(url)
    call(scene.cast["kasi"], "satudata_case_act", **drop(scene, scene.datasets[1]))

    answer = phone.post(url, **form, outcome="perlu_perbaikan", **RETURN)

    assert answer.status_code == 409
    assert REASON in answer.body
    assert "version_conflict" in answer.body
    assert "Jumlah sekolah" not in answer.body
    assert phone.send(url, "perlu_perbaikan", **RETURN).status_code == 303


def drop(scene: Scene, dataset: str) -> dict[str, Any]:
    case = scene.case()
    visit = case["open_visits"][0]
    return {
        "id": case["id"],
        "version": case["version"],
        "step": visit["step"],
        "visit": visit["number"],
        "act": "drop",
        "datasets": [dataset],
        "reason": "Tidak jadi diminta (rekaan).",
    }


def test_a_step_that_somebody_else_ended_is_told_with_whom_to_ask(scene, phone):
    url = scene.link()["url"]
    form = phone.form(url)
    scene.act("bps", "sesuai")

    page, answer = phone.get(url), phone.post(url, **form, outcome="perlu_perbaikan", **RETURN)

    assert (page.status_code, answer.status_code) == (410, 409)
    assert "link_over" in page.body
    assert "Kominfo Contoh" in page.body
    assert REASON in answer.body


# Coming back


def test_the_second_time_the_page_shows_the_earlier_return_and_what_changed(scene, phone):
    phone.send(scene.link()["url"], "perlu_perbaikan", **RETURN)
    scene.act("kasi", "tidak_sesuai", reason="Tambah satu data.", points=[{"kind": "all"}])
    person = scene.cast["produsen_data"]
    values = dataset_values(scene_office(scene), "jumlah-pasar", title="Jumlah pasar")
    new = call(person, "package_create", **values)
    scene.act("staf", "", act="add", entry={"dataset_id": new["id"]})
    scene.act("staf")
    scene.act("kasi", "sesuai")

    body = phone.get(scene.link()["url"]).body

    assert REASON in body
    assert "Tambah satu data." not in body
    changes = body.partition('id="changes"')[2].partition("</section>")[0]
    assert "Jumlah pasar" in changes
    assert "Jumlah sekolah" not in changes


def scene_office(scene: Scene) -> Office:
    return Office(scene.world.dinas, scene.world.kominfo, {}, scene.world.dinas_lain)


def test_a_product_that_was_changed_after_the_return_is_told_by_its_parts(scene, phone):
    deliver(scene)
    phone.send(scene.link()["url"], "tidak_layak", **RETURN)
    product = add_product(scene)
    process(scene)
    phone.send(scene.link()["url"], "tidak_layak", **RETURN)
    staf = scene.cast["staf"]
    call(staf, "package_patch", id=product, unit="Jiwa")
    call(staf, "resource_create", **resource_values(product, name="Tabel kedua"))
    process(scene)

    body = phone.get(scene.link()["url"]).body

    changes = body.partition('id="changes"')[2].partition("</section>")[0]
    assert "Olahan" in changes
    assert "Tabel kedua" in changes
    assert "Jumlah sekolah" not in changes


def add_product(scene: Scene) -> str:
    staf = scene.cast["staf"]
    office = scene_office(scene)
    values = dataset_values(office, "olahan", title="Olahan", owner_org=scene.world.kominfo["id"])
    product = call(staf, "package_create", **values)
    call(staf, "resource_create", **resource_values(product["id"]))
    scene.act("staf", "", act="add", entry={"dataset_id": product["id"]})
    return product["id"]


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
