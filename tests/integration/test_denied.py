"""Who tries to write what is not his leaves an event; whom nobody knows is counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.audit.kinds import PORTAL
from ckanext.satudata.logic import clock
from ckanext.satudata.model import denied
from ckanext.satudata.model.proof_rows import DeniedAnonymousRow, DeniedRow
from ckanext.satudata.model.records import records_of
from tests.integration.beginnings import begin_with
from tests.integration.link_scene import Phone, Scene, make_scene
from tests.integration.office import submit, walk
from tests.integration.terminal import Terminal

AT = datetime.fromisoformat("2026-01-05T01:00:00")


def told() -> list[dict[str, Any]]:
    model.Session.rollback()
    return [row.body for row in records_of(PORTAL)]


def counted() -> dict[str, int]:
    rows = model.Session.scalars(sa.select(DeniedAnonymousRow))
    return {row.action: row.count for row in rows}


def tried(app, office, actor: str, case: dict[str, Any], action: str = "satudata_case_act"):
    """An act at the open step, over HTTP, by whoever."""
    visit = case["open_visits"][0]
    seen = {"version": case["version"], "step": visit["step"], "visit": visit["number"]}
    headers = {"Authorization": office.people[actor]["token"]} if actor else {}
    values = {"id": case["id"], **seen, "outcome": "selesai", "reason": "rahasia sekali"}
    return app.post(f"/api/3/action/{action}", headers=headers, json=values)


@pytest.fixture
def case(office) -> dict[str, Any]:
    return walk(office, submit(office), until=3)


def test_an_act_by_somebody_who_does_not_hold_the_step_is_an_event(app, office, case) -> None:
    assert tried(app, office, "produsen_data", case).status_code == 403
    event = records_of(PORTAL)[-1]
    assert (event.kind, event.actor) == ("access_denied", _id(office, "produsen_data"))
    assert event.body["action"] == "satudata_case_act"
    assert event.body["case"] == case["id"]


def test_the_event_names_the_rule_that_refused(app, office, case) -> None:
    tried(app, office, "validator", case)
    assert told()[-1]["code"] == "not_holder"


def test_nothing_of_what_was_sent_is_kept(app, office, case) -> None:
    tried(app, office, "validator", case)
    assert "rahasia" not in str(told())


def test_an_action_of_core_is_noted_too(app, office, case) -> None:
    headers = {"Authorization": office.people["validator"]["token"]}
    where = "/api/3/action/package_patch"
    app.post(where, headers=headers, json={"id": case["datasets"][0]["name"], "title": "x"})
    assert told()[-1]["action"] == "package_patch"
    assert told()[-1]["dataset"] == case["datasets"][0]["id"]


def test_a_form_is_noted_by_its_page(app, office, case) -> None:
    headers = {"Authorization": office.people["validator"]["token"]}
    address = f"/dataset/edit/{case['datasets'][0]['name']}"
    answer = app.post(address, headers=headers, data={"title": "x"}, follow_redirects=False)
    assert answer.status_code == 403
    assert told()[-1]["action"] == "dataset.edit"


def test_the_command_line_is_noted(app, office, case) -> None:
    said = Terminal(app).act(office["validator"], case, "--outcome", "sesuai")
    assert said.code == "not_holder"
    assert told()[-1]["case"] == case["id"]


def test_a_form_of_nobody_is_only_counted(app, office, case) -> None:
    address = f"/dataset/edit/{case['datasets'][0]['name']}"
    app.post(address, data={"title": "x"}, follow_redirects=False)
    assert (told(), counted()) == ([], {"dataset.edit": 1})


def test_a_call_of_nobody_is_only_counted(app, office, case) -> None:
    tried(app, office, "", case)
    tried(app, office, "", case)
    assert (told(), counted()) == ([], {"satudata_case_act": 2})


def test_reading_what_is_not_open_is_no_attempt(app, office, case) -> None:
    app.get("/api/3/action/user_list")
    app.post("/api/3/action/organization_list_for_user", json={"id": "x"})
    assert (told(), counted()) == ([], {})


def test_an_act_that_is_allowed_is_no_attempt(app, office, case) -> None:
    visit = case["open_visits"][0]
    seen = {"version": case["version"], "step": visit["step"], "visit": visit["number"]}
    headers = {"Authorization": office.people["verifikator"]["token"]}
    values = {"id": case["id"], **seen, "act": "comment", "text": "Dibaca."}
    assert app.post("/api/3/action/satudata_case_act", headers=headers, json=values).json["success"]
    assert told() == []


def test_a_loop_makes_one_event_a_minute(app, office, case) -> None:
    for _time in range(5):
        tried(app, office, "validator", case)
    assert len(told()) == 1
    assert model.Session.scalar(sa.select(DeniedRow.further)) == 4


@pytest.fixture
def scene(with_plugins, clean_index) -> Scene:
    return begin_with(make_scene)


def test_a_link_that_was_withdrawn_is_noted_as_the_link(app, scene) -> None:
    from ckanext.satudata.model.tables import LinkRow

    made = scene.link()
    model.Session.execute(sa.update(LinkRow).values(withdrawn_at=clock.now(), withdrawn_by="x"))
    model.Session.commit()
    Phone(app).post(made["url"])
    event = records_of(PORTAL)[-1]
    assert (event.actor, event.body["code"]) == (f"link:{made['id']}", "link_withdrawn")


class TestCounting:
    pytestmark = pytest.mark.usefixtures("clean_db")

    def test_further_attempts_within_a_minute_are_told_by_the_next_event(self) -> None:
        for seconds in (0, 10, 59, 60):
            denied.note("u1", "a", AT + timedelta(seconds=seconds), {})
        assert [row.body.get("further") for row in records_of(PORTAL)] == [
            None,
            {"count": 2, "since": "2026-01-05T01:00:00.000000"},
        ]

    def test_each_actor_and_action_is_counted_for_itself(self) -> None:
        for actor, action in (("u1", "a"), ("u1", "b"), ("u2", "a")):
            denied.note(actor, action, AT, {})
        assert len(records_of(PORTAL)) == 3

    def test_a_count_that_nothing_follows_is_closed(self) -> None:
        denied.note("u1", "a", AT, {})
        denied.note("u1", "a", AT, {})
        assert denied.close_counts(AT + timedelta(seconds=60)) == 1
        assert records_of(PORTAL)[-1].body["further"]["count"] == 1

    def test_a_minute_that_is_not_over_is_not_closed(self) -> None:
        denied.note("u1", "a", AT, {})
        denied.note("u1", "a", AT, {})
        assert denied.close_counts(AT + timedelta(seconds=59)) == 0

    def test_nothing_is_said_twice_of_a_count_that_was_closed(self) -> None:
        denied.note("u1", "a", AT, {})
        denied.note("u1", "a", AT, {})
        denied.close_counts(AT + timedelta(seconds=60))
        assert denied.close_counts(AT + timedelta(seconds=90)) == 0

    def test_a_clock_that_stepped_back_hides_nothing(self) -> None:
        denied.note("u1", "a", AT, {})
        assert denied.note("u1", "a", AT - timedelta(hours=1), {})


def _id(office, actor: str) -> str:
    return model.User.get(office[actor]).id
