"""A form that still names a request, after its dataset has come: where to go on, nothing lost."""

from __future__ import annotations

import io
from typing import Any

import pytest
from ckan.tests.helpers import CKANTestApp

from tests.integration.five_sops.walk import code_of
from tests.integration.list_office import (
    at_producers,
    bring,
    request_of,
    visit_of,
)
from tests.integration.office import Office, call
from tests.integration.terminal import Terminal
from tests.integration.test_list_pages import PDF, acts_path, hidden_of, shown
from tests.integration.test_page_words import text_of
from tests.integration.test_pages import Browser

pytestmark = pytest.mark.usefixtures("with_plugins")

TEXT = "Masih menunggu tanda tangan (rekaan)."


@pytest.fixture
def browser(app: CKANTestApp, desk: Office) -> Browser:
    return Browser(app, desk)


def answer(office: Office, case: dict[str, Any], dataset: str) -> dict[str, Any]:
    values = {"request": request_of(case, office.agency["id"]), "dataset_id": dataset}
    person = office["produsen_data"]
    return call(person, "satudata_request_fulfil", id=case["id"], version=case["version"], **values)


def claim(case: dict[str, Any], item: str) -> dict[str, Any]:
    """The input of an act at the visit of a request, as it was seen before the answer."""
    visit = visit_of(item)(case["open_visits"])
    seen = {"version": case["version"], "step": visit["step"], "visit": visit["number"]}
    return {"id": case["id"], **seen, "dataset_id": item, "act": "claim"}


def test_the_api_says_which_data_have_taken_its_place(desk):
    case, dataset = at_producers(desk), bring(desk)
    values = claim(case, request_of(case, desk.agency["id"]))
    answer(desk, case, dataset["id"])
    person = desk["produsen_data"]
    assert code_of(lambda: call(person, "satudata_case_act", **values)) == "request_answered"
    assert code_of(lambda: answer(desk, case, dataset["id"])) == "request_answered"


def test_the_command_line_ends_with_exit_4_and_names_the_data(app, desk):
    case, dataset = at_producers(desk), bring(desk)
    values = claim(case, request_of(case, desk.agency["id"]))
    answer(desk, case, dataset["id"])
    words = ("--version", values["version"], "--step", 8, "--visit", 1, "--act", "claim")
    told = Terminal(app).run(
        *("case", "act", case["number"], "--user", desk["produsen_data"]),
        *("--dataset", values["dataset_id"], *words),
    )
    assert (told.status, told.code, dataset["name"] in told.err) == (4, "request_answered", True)


def test_the_form_comes_back_about_the_data_with_all_that_was_typed(browser, desk):
    case, dataset = at_producers(desk), bring(desk)
    item = request_of(case, desk.agency["id"])
    path = f"{acts_path(case, 8)}?tindakan=comment&data={item}"
    form = hidden_of(browser.get("produsen_data", path).body, f"form-comment-8-{item}")
    answer(desk, case, dataset["id"])
    file = (io.BytesIO(PDF), "catatan.pdf")

    told = browser.post("produsen_data", acts_path(case, 8), **form, text=TEXT, file=file)
    assert told.status_code == 409
    assert dataset["name"] in text_of(told)
    again = hidden_of(told.body, f"form-comment-8-{dataset['id']}")
    assert (again["item"], again["file_name"]) == (dataset["id"], "catatan.pdf")
    assert TEXT in told.body

    sent = browser.post("produsen_data", acts_path(case, 8), **again, text=TEXT)
    assert sent.status_code == 303
    assert shown(desk, case)["events"][-1]["kind"] == "commented"


def test_where_the_step_of_the_data_is_over_what_was_typed_is_shown(browser, desk):
    case, dataset = at_producers(desk), bring(desk)
    item = request_of(case, desk.agency["id"])
    path = f"{acts_path(case, 8)}?tindakan=comment&data={item}"
    form = hidden_of(browser.get("kasi", path).body, f"form-comment-8-{item}")
    now = answer(desk, case, dataset["id"])
    drop = {"act": "drop", "datasets": [dataset["id"]], "reason": "Batal (rekaan)."}
    values = {**claim(case, item), **drop, "version": now["version"]}
    call(desk["kasi"], "satudata_case_act", **{**values, "dataset_id": dataset["id"]})

    told = browser.post("kasi", acts_path(case, 8), **form, text=TEXT)
    assert told.status_code == 409
    assert dataset["name"] in text_of(told)
    assert TEXT in told.body
