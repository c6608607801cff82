"""A list holds data of agencies that its SOP serves, and only what its people may read."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.model import cases
from ckanext.satudata.sop.events import Kind
from tests.integration.list_office import SOP, act, at_step_4, bring, make_list_office, open_list
from tests.integration.office import Office, call, dataset_values

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def narrow() -> Office:
    """The SOP is in force for the first agency, and not for the other one."""
    return make_list_office(serves_other=False)


def data_of_the_other(office: Office) -> str:
    """A dataset of the other agency that everybody who takes part may read."""
    values = dataset_values(office, "data-lain", owner_org=office.other_agency["id"])
    dataset = call(office["outsider"], "package_create", **values)
    for actor in ("kepala_dinas", "staf"):
        let_read(office.other_agency, office[actor])
    return dataset["id"]


def let_read(agency: dict[str, Any], person: str) -> None:
    values = {"id": agency["id"], "username": person, "role": "member"}
    helpers.call_action("organization_member_create", **values)


def code_of(person: str, action: str, **values: Any) -> str:
    with pytest.raises(tk.ValidationError) as refused:
        call(person, action, **values)
    model.Session.rollback()
    codes: Any = refused.value.error_dict["code"]
    return codes[0]


def added(office: Office, case: dict[str, Any], **entry: str) -> str:
    """The code by which an entry is refused."""
    with pytest.raises(tk.ValidationError) as refused:
        act(office, case, "staf", act="add", entry=entry)
    model.Session.rollback()
    codes: Any = refused.value.error_dict["code"]
    return codes[0]


def test_data_of_an_agency_that_is_not_served_is_put_on_no_list(narrow):
    case, dataset = at_step_4(narrow), data_of_the_other(narrow)

    assert added(narrow, case, dataset_id=dataset) == "not_served"


def test_no_list_is_opened_over_data_of_an_agency_that_is_not_served(narrow):
    values = {"sop": SOP, "datasets": [data_of_the_other(narrow)]}

    assert code_of(narrow["kepala_dinas"], "satudata_case_open", **values) == "not_served"


def test_an_agency_that_is_not_served_is_asked_for_nothing(narrow):
    values = {"title": "Data lain (rekaan)", "organization": narrow.other_agency["id"]}

    assert added(narrow, at_step_4(narrow), **values) == "not_served"


def test_data_of_an_agency_that_is_not_served_answers_no_request(narrow, monkeypatch):
    case = at_step_4(narrow)
    entry = {"title": "Data (rekaan)", "organization": narrow.other_agency["id"]}
    entry["release_date"] = "2026-12"
    with monkeypatch.context() as patched:  # as an older version let it on the list
        patched.setattr(cases, "adoption_of", lambda case: None)
        act(narrow, case, "staf", act="add", entry=entry)
        for actor, outcome in (("staf", "selesai"), ("kasi", "sesuai"), ("bps", "sesuai")):
            act(narrow, case, actor, outcome=outcome)
        case = act(narrow, case, "kasi", outcome="selesai")
    values = {"request": case["datasets"][0]["id"], "version": case["version"]}
    values["dataset_id"] = data_of_the_other(narrow)

    code = code_of(narrow["outsider"], "satudata_request_fulfil", id=case["id"], **values)
    assert code == "not_served"


def test_data_that_one_may_not_read_answers_like_data_that_is_not_there():
    office = make_list_office()
    case, dataset = at_step_4(office), bring(office)

    assert added(office, case, dataset_id=dataset["id"]) == "not_found"
    assert added(office, case, dataset_id="tidak-ada") == "not_found"


def test_who_may_read_data_puts_them_on_the_list():
    office = make_list_office()
    case, dataset = open_list(office), data_of_the_other(office)
    for actor in ("kepala_dinas", "kabid", "kasi"):
        case = act(office, case, actor, outcome="selesai")

    after = act(office, case, "staf", act="add", entry={"dataset_id": dataset})
    assert after["events"][-1]["kind"] == Kind.ITEM_ADDED.value
