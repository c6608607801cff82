"""A point of a return at a list step names the data it is about, through every door."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan.tests import helpers
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.cli.options import Point
from tests.integration import list_office
from tests.integration.five_sops.walk import code_of
from tests.integration.link_scene import Phone, make_scene
from tests.integration.list_office import REQUESTS, with_requests
from tests.integration.office import Office
from tests.integration.test_list_pages import hidden_of, returning, shown, step_path
from tests.integration.test_page_words import text_of
from tests.integration.test_pages import Browser

pytestmark = pytest.mark.usefixtures("with_plugins")

NOTES = ("Judul kolom tanpa satuan (rekaan)", "Angka kosong (rekaan)")


@pytest.fixture
def browser(app: CKANTestApp, desk: Office) -> Browser:
    return Browser(app, desk)


def points_about(items: list[str]) -> list[dict[str, str]]:
    """One point about each of the data."""
    return [
        {"kind": "column", "where": "jumlah", "note": note, "dataset_id": item}
        for item, note in zip(items, NOTES, strict=False)
    ]


def returned(office: Office, case: dict[str, Any], **more: Any) -> dict[str, Any]:
    reason = "Periksa lagi (rekaan)."
    return list_office.act(office, case, "kasi", outcome="tidak_sesuai", reason=reason, **more)


def test_the_form_lets_a_point_name_its_data(browser, desk):
    case = with_requests(desk)
    second = case["datasets"][1]["id"]
    form = hidden_of(browser.get("kasi", step_path(case, 5)).body, "act-form")
    sent = returning([], point_data=second)
    assert browser.post("kasi", step_path(case, 5), **form, **sent).status_code == 303
    after = shown(desk, case)
    assert after["events"][-1]["body"]["points"][0]["dataset_id"] == second
    page = browser.get("kasi", f"/kasus/{case['number']}")
    assert f"{REQUESTS[1]}: Seluruh data" in text_of(page)


def test_a_point_about_data_that_stay_comes_back_at_its_field(browser, desk):
    case = with_requests(desk)
    first, second = (one["id"] for one in case["datasets"])
    form = hidden_of(browser.get("kasi", step_path(case, 5)).body, "act-form")
    sent = returning([first], rest="wait", point_data=second)
    answer = browser.post("kasi", step_path(case, 5), **form, **sent)
    assert answer.status_code == 422
    assert 'href="#field-point_data-1"' in answer.body
    assert f'<option value="{second}" selected>' in answer.body


def test_the_api_refuses_a_point_about_data_that_stay(desk):
    case = with_requests(desk)
    first, second = (one["id"] for one in case["datasets"])
    points = points_about([second])
    code = code_of(lambda: returned(desk, case, points=points, datasets=[first], rest="wait"))
    assert code == "point_elsewhere"


def test_a_producer_reads_the_points_about_his_data_alone(browser, desk):
    case = with_requests(desk)
    returned(desk, case, points=points_about([one["id"] for one in case["datasets"]]))
    told = json.dumps(shown(desk, case, "produsen_data"))
    assert [note in told for note in NOTES] == [True, False]
    page = browser.get("produsen_data", f"/kasus/{case['number']}")
    assert f"{REQUESTS[0]}: Kolom jumlah" in text_of(page)


def test_the_page_of_a_dataset_shows_what_is_pointed_at_in_it(browser, desk):
    case = list_office.at_step_4(desk)
    reads = {"id": desk.agency["id"], "username": desk["staf"], "role": "member"}
    helpers.call_action("organization_member_create", **reads)
    names = ("data-satu", "data-dua")
    items = [list_office.bring(desk, name, title=name)["id"] for name in names]
    for item in items:
        case = list_office.act(desk, case, "staf", act="add", entry={"dataset_id": item})
    case = list_office.act(desk, case, "staf", outcome="selesai")
    returned(desk, case, points=points_about(items))
    for name, there in zip(names, ([True, False], [False, True]), strict=True):
        body = browser.get("produsen_data", f"/dataset/{name}").body
        assert [note in body for note in NOTES] == there


def test_what_was_typed_keeps_the_name_of_the_data(browser, desk):
    case = with_requests(desk)
    second = case["datasets"][1]["id"]
    sent = returning([], point_data=second, **{f"data:{second}": REQUESTS[1]})
    answer = browser.post(None, step_path(case, 5), **sent)
    assert answer.status_code == 401
    assert REQUESTS[1] in answer.body


def test_the_form_behind_a_link_lets_a_point_name_its_data(
    app, with_plugins, clean_db, clean_index
):
    scene = make_scene()
    path, phone = scene.link()["url"], Phone(app)
    second = scene.datasets[1]
    answer = phone.send(
        path,
        outcome="perlu_perbaikan",
        reason="Definisi belum sama (rekaan).",
        point_about="all",
        point_where="",
        point_note=NOTES[0],
        point_data=second,
    )
    assert answer.status_code == 303
    (event,) = [one for one in scene.events("step_ended") if one["body"]["act"] == "return"]
    assert event["body"]["points"][0]["dataset_id"] == second


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("all", {"kind": "all", "where": "", "note": ""}),
        (
            "column@data-satu:jumlah:a@b",
            {"kind": "column", "where": "jumlah", "note": "a@b", "dataset_id": "data-satu"},
        ),
    ],
)
def test_the_command_line_names_the_data_of_a_point(text, point):
    assert Point().convert(text, None, None) == point
