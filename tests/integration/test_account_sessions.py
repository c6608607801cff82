"""When a session ends, and API tokens that end."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import jwt
import pytest
from ckan import model
from ckan.lib import api_token
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from ckanext.satudata.logic import startup, wording
from tests.integration.office import call
from tests.integration.way_in import OWN, PASSWORD, Clock, Visitor, person, with_factor

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def logged_in(app: Any, user: dict[str, Any], password: str = PASSWORD) -> Visitor:
    visitor = Visitor(app)
    visitor.log_in(user["name"], password)
    assert visitor.is_in
    return visitor


def test_an_hour_without_use_ends_a_session(app, clock):
    visitor = logged_in(app, person())
    clock.pass_by(minutes=60)

    assert not visitor.is_in


def test_a_session_in_use_goes_on(app, clock):
    visitor = logged_in(app, person())
    for _ in range(4):
        clock.pass_by(minutes=50)
        visitor.get("/")

    assert visitor.is_in


def test_no_use_carries_a_session_over_its_absolute_end(app, clock):
    visitor = logged_in(app, person())
    for _ in range(15):
        clock.pass_by(minutes=50)
        visitor.get("/")

    assert not visitor.is_in


def test_a_session_that_is_over_leads_to_the_login_and_back(app, clock):
    visitor = logged_in(app, person())
    clock.pass_by(hours=2)

    assert "came_from=" in visitor.get("/kotak-masuk").location


def test_the_id_of_a_session_is_another_one_after_the_login(app):
    user, visitor = person(), Visitor(app)
    visitor.post("/user/login", login=user["name"], password="keliru-sekali-lagi")
    visitor.get("/user/login")
    before = visitor.client.get_cookie("ckan", domain="portal.test")
    visitor.log_in(user["name"], PASSWORD)

    assert before is not None
    assert visitor.cookie() != before.value


def test_the_id_of_a_session_is_another_one_after_the_code_too(app, clock):
    user, visitor = with_factor(person()), Visitor(app)
    visitor.log_in(user["name"], PASSWORD)
    before = visitor.cookie()
    visitor.give_code(clock.code())

    assert visitor.is_in
    assert visitor.cookie() != before


def test_logging_out_ends_the_session_on_the_server(app):
    visitor = logged_in(app, person())
    stolen = visitor.cookie()
    visitor.post("/user/_logout")
    thief = Visitor(app)
    thief.client.set_cookie("ckan", stolen, domain="portal.test")

    assert not thief.is_in


def test_a_changed_password_ends_all_other_sessions(app):
    user = person()
    here, there = logged_in(app, user), logged_in(app, user)
    values = {"name": user["name"], "email": user["email"], "save": ""}
    here.post(
        f"/user/edit/{user['name']}",
        **values,
        old_password=PASSWORD,
        password1=OWN,
        password2=OWN,
    )

    assert (here.is_in, there.is_in) == (True, False)


def test_a_password_set_on_the_machine_ends_all_sessions(app):
    user = person()
    visitor = logged_in(app, user)
    model.User.get(user["id"]).password = OWN
    model.Session.commit()

    assert not visitor.is_in


def test_another_field_of_the_account_ends_no_session(app):
    user = person()
    visitor = logged_in(app, user)
    call(user["name"], "user_patch", id=user["id"], fullname="Nama Lain (rekaan)")

    assert visitor.is_in


def test_a_session_that_ended_does_not_stand_in_the_way_of_a_token(app, clock):
    user = person()
    visitor, token = logged_in(app, user), factories.APIToken(user=user["id"])["token"]
    clock.pass_by(hours=2)
    answer = visitor.client.get(
        "/api/3/action/satudata_case_list",
        base_url="http://portal.test",
        headers={"Authorization": token},
    )

    assert answer.status_code == 200


def test_a_wrong_token_does_not_bring_an_ended_session_back(app, clock):
    visitor = logged_in(app, person())
    clock.pass_by(hours=2)
    answer = visitor.client.get(
        "/api/3/action/satudata_case_list",
        base_url="http://portal.test",
        headers={"Authorization": "bukan-token"},
    )

    assert answer.status_code == 403


def test_a_portal_whose_sessions_live_in_cookies_does_not_start(monkeypatch):
    monkeypatch.setitem(tk.config, "SESSION_TYPE", "cookie")
    from ckan.exceptions import CkanConfigurationException

    with pytest.raises(CkanConfigurationException, match="SESSION_TYPE"):
        startup.check_settings()


# API tokens


def days_of(token: str) -> int:
    claims = jwt.decode(token, options={"verify_signature": False})
    return round((claims["exp"] - claims["iat"]) / 86400)


@pytest.mark.parametrize(("said", "days"), [({}, 90), ({"expires_in_days": 7}, 7)])
def test_every_new_token_ends(said, days):
    user = person()
    made = call(user["name"], "api_token_create", user=user["name"], name="uji", **said)

    assert days_of(made["token"]) == days
    assert made["expires"]


def test_no_token_lives_longer_than_a_year():
    user = person()
    with pytest.raises(tk.ValidationError, match="token_long"):
        call(user["name"], "api_token_create", user=user["name"], name="x", expires_in_days=366)


def knows(token: str) -> bool:
    return api_token.get_user_from_token(token) is not None


def old_token(days: int) -> str:
    """A token from before tokens ended."""
    made = factories.APIToken()
    then = datetime.now(timezone.utc) - timedelta(days=days)
    return api_token.encode({"jti": made["id"], "iat": int(then.timestamp())})


def test_a_token_that_has_ended_is_nobodys():
    user = person()
    made = call(user["name"], "api_token_create", user=user["name"], name="uji")
    claims = jwt.decode(made["token"], options={"verify_signature": False})
    ended = api_token.encode({**claims, "exp": claims["iat"] - 1})

    assert (knows(made["token"]), knows(ended)) == (True, False)


@pytest.mark.parametrize(("days", "good"), [(364, True), (366, False)])
def test_a_token_without_an_end_ends_as_the_longest_would(days, good):
    assert knows(old_token(days)) is good


def test_the_list_of_tokens_says_when_each_ends(app):
    user = person()
    visitor = logged_in(app, user)
    call(user["name"], "api_token_create", user=user["name"], name="uji", expires_in_days=10)
    end = wording.render_date(datetime.now(timezone.utc) + timedelta(days=10))

    page = visitor.get(f"/user/{user['name']}/api-tokens").get_data(as_text=True)

    assert end in page
    assert 'name="expires_in_days"' in page
