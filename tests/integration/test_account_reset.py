"""A lost second factor is reset by two persons, neither of whom lost it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories

from ckanext.satudata.audit.kinds import PORTAL
from ckanext.satudata.logic.accounts import factors
from ckanext.satudata.model.accounts import FactorResetRow
from ckanext.satudata.model.records import records_of
from tests.integration.hostile import refusal
from tests.integration.office import Office, call
from tests.integration.terminal import Terminal
from tests.integration.way_in import PASSWORD, Clock, Visitor, with_factor, words

ASK, CONFIRM = "satudata_factor_reset_ask", "satudata_factor_reset_confirm"
WHY = "Telepon hilang; dikenali dari kartu pegawai (rekaan)"


@pytest.fixture
def lost(office: Office) -> Office:
    """The approver has lost what gives the codes."""
    with_factor(office.people["pengelola_data"])
    return office


def asked(office: Office, by: str = "sysadmin") -> str:
    values = {"account": office["pengelola_data"], "reason": WHY}
    return call(office[by], ASK, **values)["id"]


def is_lost(office: Office) -> bool:
    return not factors.has_one(office.people["pengelola_data"]["id"])


def test_one_person_alone_resets_nothing(lost):
    asked(lost)

    assert not is_lost(lost)


def test_two_persons_reset_it(lost):
    call(lost["pimpinan_walidata"], CONFIRM, id=asked(lost))

    assert is_lost(lost)


def test_who_asked_does_not_confirm(lost):
    assert "reset_same_person" in refusal(lost["sysadmin"], CONFIRM, id=asked(lost))


def test_nobody_asks_for_himself(lost):
    with_factor(lost.people["sysadmin"])
    values = {"account": lost["sysadmin"], "reason": WHY}

    assert "reset_own" in refusal(lost["sysadmin"], ASK, **values)


def test_nobody_confirms_his_own(lost):
    with_factor(lost.people["sysadmin"])
    values = {"account": lost["sysadmin"], "reason": WHY}
    reset = call(lost["pimpinan_walidata"], ASK, **values)["id"]

    assert "reset_own" in refusal(lost["sysadmin"], CONFIRM, id=reset)


@pytest.mark.parametrize("who", ["verifikator", "outsider", "pengelola_data"])
def test_others_neither_ask_nor_confirm(lost, who):
    values = {"account": lost["pengelola_data"], "reason": WHY}

    assert "not_head" in refusal(lost[who], ASK, **values)
    assert "not_head" in refusal(lost[who], CONFIRM, id=asked(lost))


def test_a_reset_is_confirmed_once(lost):
    reset = asked(lost)
    call(lost["pimpinan_walidata"], CONFIRM, id=reset)

    assert "reset_over" in refusal(lost["pimpinan_walidata"], CONFIRM, id=reset)


def test_a_reset_waits_for_seven_days(lost, monkeypatch):
    clock = Clock(monkeypatch)
    reset = asked(lost)
    clock.pass_by(days=7)

    assert "reset_over" in refusal(lost["pimpinan_walidata"], CONFIRM, id=reset)
    assert asked(lost) != reset


def test_a_second_request_for_the_same_person_is_told(lost):
    asked(lost)
    values = {"account": lost["pengelola_data"], "reason": WHY}

    assert "reset_waits" in refusal(lost["pimpinan_walidata"], ASK, **values)


def test_who_has_no_factor_needs_no_reset(office):
    values = {"account": office["verifikator"], "reason": WHY}

    assert "factor_missing" in refusal(office["sysadmin"], ASK, **values)


def test_the_database_knows_the_rule_too(lost):
    reset = model.Session.get(FactorResetRow, asked(lost))
    reset.confirmed_by = reset.asked_by
    with pytest.raises(sa.exc.IntegrityError):
        model.Session.commit()
    model.Session.rollback()


def test_asking_and_confirming_are_events(lost):
    reset = asked(lost)
    call(lost["pimpinan_walidata"], CONFIRM, id=reset)
    people = lost.people
    told = [(row.kind, row.actor, row.body["user"]) for row in records_of(PORTAL)]
    user = people["pengelola_data"]["id"]

    assert told[-2:] == [
        ("second_factor_reset_asked", people["sysadmin"]["id"], user),
        ("second_factor_reset", people["pimpinan_walidata"]["id"], user),
    ]


def test_a_reset_ends_the_sessions_of_the_person(app, lost, monkeypatch):
    clock = Clock(monkeypatch)
    model.User.get(lost["pengelola_data"]).password = PASSWORD
    model.Session.commit()
    visitor = Visitor(app)
    visitor.log_in(lost["pengelola_data"], PASSWORD)
    visitor.give_code(clock.code())
    before = visitor.is_in
    call(lost["pimpinan_walidata"], CONFIRM, id=asked(lost))

    assert (before, visitor.is_in) == (True, False)


def test_a_reset_revokes_no_token(app, lost):
    call(lost["pimpinan_walidata"], CONFIRM, id=asked(lost))
    token = lost.people["pengelola_data"]["token"]
    answer = app.test_client().get(
        "/api/3/action/satudata_case_list", headers={"Authorization": token}
    )

    assert answer.status_code == 200


# By the page and the command line


@pytest.fixture
def helper(app, lost) -> Callable[[str], Visitor]:
    def of(name: str) -> Visitor:
        token = lost.people[name]["token"] if name in lost.people else factories.APIToken()["token"]
        visitor = Visitor(app)
        visitor.client.environ_base["HTTP_AUTHORIZATION"] = token
        return visitor

    return of


def test_the_page_asks_and_confirms(helper, lost):
    helper("sysadmin").post("/akun/bantuan/atur-ulang", account=lost["pengelola_data"], reason=WHY)
    reset = call(lost["sysadmin"], "satudata_factor_reset_list")[0]["id"]
    page = helper("pimpinan_walidata").get("/akun/bantuan")
    helper("pimpinan_walidata").post(f"/akun/bantuan/atur-ulang/{reset}")

    assert WHY in words(page)
    assert is_lost(lost)


def test_the_page_is_not_there_for_others(helper):
    assert helper("verifikator").get("/akun/bantuan").status_code == 404


def test_a_fault_keeps_what_was_typed(helper, lost):
    answer = helper("sysadmin").post(
        "/akun/bantuan/atur-ulang", account="tidak-ada-orangnya", reason=WHY
    )

    assert answer.status_code == 422
    assert WHY in answer.get_data(as_text=True)


def test_the_command_line_asks_and_confirms(app, lost):
    terminal = Terminal(app)
    name = lost["pengelola_data"]
    made = terminal.run("account", "reset-ask", name, "--user", lost["sysadmin"], "--reason", WHY)
    reset = made.out.strip()
    done = terminal.run("account", "reset-confirm", reset, "--user", lost["pimpinan_walidata"])

    assert (made.status, done.status, is_lost(lost)) == (0, 0, True)
