"""A second factor for who approves: set up at login, codes that are taken once, recovery codes."""

from __future__ import annotations

import re

import pytest
from ckan import model

from ckanext.satudata.logic.accounts import factors
from ckanext.satudata.model import accounts
from tests.integration.office import call
from tests.integration.way_in import (
    OWN,
    PASSWORD,
    SECRET,
    Clock,
    Visitor,
    person,
    secret_on,
    with_factor,
    words,
)

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

CODES = ("abcde-fghjk", "mnpqr-stuvw")


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def able_to_log_in(name: str) -> str:
    user = model.User.get(name)
    user.password = PASSWORD
    model.Session.commit()
    return name


def set_up(visitor: Visitor, clock: Clock, name: str) -> tuple[str, list[str]]:
    """Log in and set a factor up; its secret, and the recovery codes that were shown."""
    visitor.log_in(able_to_log_in(name), PASSWORD)
    secret = secret_on(visitor.get("/masuk/faktor-kedua"))
    answer = visitor.post("/masuk/faktor-kedua", code=clock.code(secret))
    return secret, re.findall(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b", words(answer))


# Who must have one


def must_have(office) -> set[str]:
    return {
        actor
        for actor, one in office.people.items()
        if factors.is_needed(model.User.get(one["id"]))
    }


def test_who_approves_or_publishes_must_have_one_and_nobody_else(office):
    approving = {"pengelola_data", "pimpinan_walidata", "sysadmin"}

    assert must_have(office) == approving


def test_nobody_must_where_the_site_says_so(office, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.satudata.second_factor", "nobody")

    assert must_have(office) == set()


def test_everyone_must_where_the_site_says_so(office, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.satudata.second_factor", "everyone")

    assert must_have(office) == set(office.people)


# Setting it up


def test_an_approver_is_led_to_setting_it_up_and_is_not_in_before(app, office, clock):
    visitor = Visitor(app)
    answer = visitor.log_in(able_to_log_in(office["pengelola_data"]), PASSWORD)

    assert answer.location == "/masuk/faktor-kedua"
    assert (visitor.is_in, visitor.get("/kotak-masuk").location) == (False, "/masuk/faktor-kedua")


def test_the_first_code_lets_the_approver_in_and_shows_ten_recovery_codes(app, office, clock):
    visitor = Visitor(app)
    _secret, codes = set_up(visitor, clock, office["pengelola_data"])

    assert (visitor.is_in, len(set(codes))) == (True, 10)


def test_a_wrong_first_code_sets_nothing_up(app, office, clock):
    visitor = Visitor(app)
    visitor.log_in(able_to_log_in(office["pengelola_data"]), PASSWORD)
    visitor.get("/masuk/faktor-kedua")
    answer = visitor.post("/masuk/faktor-kedua", code="000000")

    assert answer.status_code == 422
    assert not factors.has_one(office.people["pengelola_data"]["id"])


def test_the_secret_stays_the_same_while_it_is_set_up(app, office, clock):
    visitor = Visitor(app)
    visitor.log_in(able_to_log_in(office["pengelola_data"]), PASSWORD)
    first = secret_on(visitor.get("/masuk/faktor-kedua"))

    assert secret_on(visitor.post("/masuk/faktor-kedua", code="000000")) == first


def test_the_page_needs_nothing_from_elsewhere_and_no_script(app, office, clock):
    visitor = Visitor(app)
    visitor.log_in(able_to_log_in(office["pengelola_data"]), PASSWORD)
    text = visitor.get("/masuk/faktor-kedua").get_data(as_text=True).partition("<main")[2]
    picture = re.search(r"<svg.*?</svg>", text, re.DOTALL)

    assert picture
    assert not re.search(r"<script|style=|<img|href=\"http", text.partition("</main>")[0])


def test_the_secret_is_stored_sealed(app, office, clock):
    secret, _codes = set_up(Visitor(app), clock, office["pengelola_data"])
    kept = accounts.account(office.people["pengelola_data"]["id"])

    assert kept.sealed_secret
    assert secret not in kept.sealed_secret


def test_neither_secret_nor_codes_are_in_a_cache(app, office, clock):
    visitor = Visitor(app)
    visitor.log_in(able_to_log_in(office["pengelola_data"]), PASSWORD)
    page = visitor.get("/masuk/faktor-kedua")

    assert "no-store" in page.headers["Cache-Control"]


def test_who_must_have_none_may_still_have_one(app, clock):
    user, visitor = person(), Visitor(app)
    visitor.log_in(user["name"], PASSWORD)
    secret = secret_on(visitor.get("/akun/faktor-kedua"))
    visitor.post("/akun/faktor-kedua", code=clock.code(secret))

    assert visitor.is_in
    assert Visitor(app).log_in(user["name"], PASSWORD).location == "/masuk/kode"


# Codes


def at_code(app, clock, codes=CODES) -> tuple[dict, Visitor]:
    user, visitor = with_factor(person(), codes), Visitor(app)
    visitor.log_in(user["name"], PASSWORD)
    return user, visitor


def test_the_password_alone_lets_nobody_in(app, clock):
    _user, visitor = at_code(app, clock)

    assert (visitor.is_in, visitor.get("/kotak-masuk").location) == (False, "/masuk/kode")


def test_the_code_lets_its_person_in(app, clock):
    _user, visitor = at_code(app, clock)
    visitor.give_code(clock.code())

    assert visitor.is_in


@pytest.mark.parametrize(("ahead", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(app, clock, ahead, taken):
    _user, visitor = at_code(app, clock)
    visitor.give_code(clock.code(ahead=ahead))

    assert visitor.is_in is taken


def test_a_code_is_taken_once(app, clock):
    user, visitor = at_code(app, clock)
    visitor.give_code(clock.code())
    other = Visitor(app)
    other.log_in(user["name"], PASSWORD)

    assert other.give_code(clock.code()).status_code == 422


def test_a_code_before_the_last_one_is_not_taken_any_more(app, clock):
    user, visitor = at_code(app, clock)
    visitor.give_code(clock.code(ahead=1))
    other = Visitor(app)
    other.log_in(user["name"], PASSWORD)

    assert other.give_code(clock.code()).status_code == 422


def test_a_code_without_a_password_is_asked_of_nobody(app, clock):
    with_factor(person())

    assert Visitor(app).give_code(clock.code()).location.endswith("/user/login")


def test_ten_minutes_after_the_password_it_is_asked_anew(app, clock):
    _user, visitor = at_code(app, clock)
    clock.pass_by(minutes=10)

    assert visitor.give_code(clock.code()).location.endswith("/user/login")


def test_with_another_secret_of_the_site_no_code_is_right(app, clock, ckan_config, monkeypatch):
    _user, visitor = at_code(app, clock)
    monkeypatch.setitem(ckan_config, "ckanext.satudata.account_secret", "lain-sama-sekali")

    assert visitor.give_code(clock.code()).status_code != 200
    assert not visitor.is_in


def test_who_has_a_first_password_gives_the_code_before_choosing_another(app, clock):
    user, visitor = with_factor(person()), Visitor(app)
    accounts.lock_account(user["id"]).must_change = True
    model.Session.commit()
    visitor.log_in(user["name"], PASSWORD)
    answer = visitor.post("/masuk/kata-sandi", password1=OWN, password2=OWN)

    assert answer.location.endswith("/user/login")
    assert visitor.give_code(clock.code()).location == "/masuk/kata-sandi"


def test_a_token_works_without_a_code(app, clock, office):
    approver = with_factor(office.people["pengelola_data"])
    answer = app.test_client().get(
        "/api/3/action/satudata_case_list", headers={"Authorization": approver["token"]}
    )

    assert answer.status_code == 200


# Recovery codes


def test_a_recovery_code_stands_for_a_code(app, clock):
    _user, visitor = at_code(app, clock)
    visitor.give_code("ABCDE fghjk")

    assert visitor.is_in


def test_a_recovery_code_stands_once(app, clock):
    user, visitor = at_code(app, clock)
    visitor.give_code(CODES[0])
    other = Visitor(app)
    other.log_in(user["name"], PASSWORD)

    assert other.give_code(CODES[0]).status_code == 422
    assert other.give_code(CODES[1]).status_code == 303


def test_recovery_codes_are_stored_as_digests(app, office, clock):
    _secret, codes = set_up(Visitor(app), clock, office["pengelola_data"])
    rows = model.Session.query(accounts.RecoveryCodeRow).all()

    assert len(rows) == 10
    assert not {one.digest for one in rows} & set(codes)


def test_new_recovery_codes_end_the_old_ones(app, clock):
    user, visitor = at_code(app, clock)
    visitor.give_code(clock.code())
    clock.pass_by(seconds=60)
    answer = visitor.post("/akun/keamanan", code=clock.code(SECRET))

    assert len(re.findall(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b", words(answer))) == 10
    assert accounts.recovery_codes_left(user["id"]) == 10
    other = Visitor(app)
    other.log_in(user["name"], PASSWORD)
    assert other.give_code(CODES[0]).status_code == 422


def test_new_recovery_codes_need_a_code(app, clock):
    user, visitor = at_code(app, clock)
    visitor.give_code(clock.code())

    assert visitor.post("/akun/keamanan", code="000000").status_code == 422
    assert accounts.recovery_codes_left(user["id"]) == len(CODES)


def test_the_api_gives_no_secret_away(office, clock):
    user = with_factor(office.people["pengelola_data"])
    told = str(call(office["sysadmin"], "user_show", id=user["id"], include_plugin_extras=True))

    assert SECRET not in told
    assert accounts.account(user["id"]).sealed_secret not in told
