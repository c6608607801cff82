"""After ten attempts nobody gets in for a while, whatever the password."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from ckan import model
from ckan.lib.redis import connect_to_redis

from ckanext.satudata.audit.kinds import PORTAL
from ckanext.satudata.model.login_counts import LoginCountRow
from ckanext.satudata.model.records import records_of
from tests.integration.hostile import refusal
from tests.integration.office import call
from tests.integration.way_in import PASSWORD, Clock, Visitor, person, with_factor, words

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

ADMIN = "satudata_login_unlock"


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def fail(visitor: Visitor, name: str, times: int = 10) -> None:
    for _ in range(times):
        visitor.log_in(name, "keliru-sekali-lagi")


def kinds() -> list[str]:
    return [row.kind for row in records_of(PORTAL)]


def test_the_right_password_opens_the_portal_after_nine_wrong_ones(app, clock):
    user, visitor = person(), Visitor(app)
    fail(visitor, user["name"], 9)
    visitor.log_in(user["name"], PASSWORD)

    assert visitor.is_in


def test_the_eleventh_attempt_is_refused_whatever_the_password(app, clock):
    user, visitor = person(), Visitor(app)
    fail(visitor, user["name"])
    answer = visitor.log_in(user["name"], PASSWORD)

    assert (answer.status_code, visitor.is_in) == (429, False)


def test_a_lock_ends_by_itself(app, clock):
    user, visitor = person(), Visitor(app)
    fail(visitor, user["name"], 11)
    clock.pass_by(minutes=15, seconds=1)
    visitor.log_in(user["name"], PASSWORD)

    assert visitor.is_in


def test_attempts_during_a_lock_neither_end_nor_prolong_it(app, clock):
    user, visitor = person(), Visitor(app)
    fail(visitor, user["name"], 11)
    clock.pass_by(minutes=14)
    during = visitor.log_in(user["name"], PASSWORD).status_code
    clock.pass_by(minutes=2)
    visitor.log_in(user["name"], PASSWORD)

    assert (during, visitor.is_in) == (429, True)


def test_a_locked_account_answers_the_same_whether_it_exists_or_not(app, clock):
    user = person()
    told = []
    for name in (user["name"], "tidak-ada-orangnya"):
        visitor = Visitor(app, f"203.0.113.{len(told)}")
        answers = [visitor.log_in(name, "keliru-sekali-lagi") for _ in range(12)]
        told.append([(one.status_code, words(one)) for one in answers])

    assert told[0] == told[1]
    assert [status for status, _ in told[0]] == [200] * 10 + [429] * 2


def test_name_and_address_of_an_account_are_counted_together(app, clock):
    user, visitor = person(), Visitor(app)
    fail(visitor, user["name"], 5)
    fail(visitor, user["email"].upper(), 5)

    assert visitor.log_in(user["name"], PASSWORD).status_code == 429


def test_old_attempts_are_forgotten(app, clock):
    user, visitor = person(), Visitor(app)
    fail(visitor, user["name"], 10)
    clock.pass_by(minutes=16)
    visitor.log_in(user["name"], PASSWORD)

    assert visitor.is_in


def test_who_came_in_begins_to_count_anew(app, clock):
    user = person()
    for _ in range(2):
        visitor = Visitor(app)
        fail(visitor, user["name"], 9)
        visitor.log_in(user["name"], PASSWORD)

    assert visitor.is_in


def test_a_flushed_redis_lifts_no_lock(app, clock):
    user, visitor = person(), Visitor(app)
    fail(visitor, user["name"])
    connect_to_redis().flushdb()

    assert Visitor(app).log_in(user["name"], PASSWORD).status_code == 429


def test_of_many_attempts_at_once_only_ten_get_to_the_password(app, clock, monkeypatch):
    from ckanext.satudata.logic.accounts import login

    user, looked = person(), []
    real = login.default_authenticate
    monkeypatch.setattr(login, "default_authenticate", lambda one: looked.append(1) or real(one))
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda _: Visitor(app).log_in(user["name"], "keliru-lagi"), range(24)))

    assert len(looked) == 10


def test_one_address_has_a_hundred_attempts_for_all_accounts(app, clock, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.satudata.login_attempts_per_address", 3)
    user, visitor = person(), Visitor(app)
    for number in range(3):
        visitor.log_in(f"siapa-{number}", "keliru-sekali-lagi")
    here = visitor.log_in(user["name"], PASSWORD).status_code
    elsewhere = Visitor(app, "198.51.100.9").log_in(user["name"], PASSWORD).status_code

    assert (here, elsewhere) == (429, 303)


def test_an_address_cannot_be_made_up(app, clock, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.satudata.login_attempts_per_address", 3)
    visitor, last = Visitor(app), None
    for number in range(4):
        last = visitor.client.post(
            "/user/login",
            data={"login": f"siapa-{number}", "password": "keliru-sekali-lagi"},
            base_url="http://portal.test",
            environ_base={"REMOTE_ADDR": "203.0.113.7"},
            headers={"X-Forwarded-For": f"192.0.2.{number}"},
        )

    assert last is not None
    assert last.status_code == 429


def test_wrong_codes_count_as_attempts(app, clock):
    user, visitor = with_factor(person()), Visitor(app)
    visitor.log_in(user["name"], PASSWORD)
    statuses = [visitor.give_code("000000").status_code for _ in range(10)]

    assert statuses == [422] * 9 + [429]


def test_the_right_password_alone_does_not_let_codes_be_tried_anew(app, clock):
    user = with_factor(person())
    for _ in range(2):
        visitor = Visitor(app)
        visitor.log_in(user["name"], PASSWORD)
        for _ in range(4):
            visitor.give_code("000000")

    assert Visitor(app).log_in(user["name"], PASSWORD).status_code == 429


def test_a_wrong_old_password_counts_too(app, clock):
    user, visitor = person(), Visitor(app)
    visitor.log_in(user["name"], PASSWORD)
    values = {"name": user["name"], "email": user["email"], "save": "", "password1": "x" * 14}
    for _ in range(10):
        visitor.post(
            f"/user/edit/{user['name']}", **values, password2="x" * 14, old_password="keliru-lagi"
        )

    assert Visitor(app).log_in(user["name"], PASSWORD).status_code == 429


def test_what_was_counted_long_ago_is_swept_away(app, clock):
    user = person()
    for number in range(3):
        Visitor(app).log_in(f"siapa-{number}", "keliru-sekali-lagi")
    clock.pass_by(minutes=31)
    Visitor(app).log_in(user["name"], PASSWORD)

    assert model.Session.query(LoginCountRow).count() == 1


def test_an_administrator_lifts_a_lock(app, clock, office):
    visitor = Visitor(app)
    fail(visitor, office["verifikator"], 11)
    model.User.get(office["verifikator"]).password = PASSWORD
    model.Session.commit()
    call(office["pimpinan_walidata"], ADMIN, account=office["verifikator"])

    assert visitor.log_in(office["verifikator"], PASSWORD).status_code == 303


def test_lock_and_lifting_are_events(app, clock, office):
    fail(Visitor(app), office["verifikator"], 13)
    call(office["sysadmin"], ADMIN, account=office["verifikator"])

    assert [one for one in kinds() if one.startswith("account_")] == [
        "account_locked",
        "account_unlocked",
    ]


def test_others_lift_no_lock(office):
    assert "not_head" in refusal(office["verifikator"], ADMIN, account=office["outsider"])
