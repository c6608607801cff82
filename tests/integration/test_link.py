"""A link lets somebody without an account do one act at one visit, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.beginnings import begin_with
from tests.integration.five_sops.datasets import content
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
)
from tests.integration.office import Office, call, dataset_values, resource_values


@pytest.fixture
def scene(with_plugins: Any, clean_index: Any) -> Scene:
    return begin_with(make_scene)


@pytest.fixture
def phone(app: Any) -> Phone:
    return Phone(app)


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

    assert answer.data == content("Jumlah penduduk")
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
