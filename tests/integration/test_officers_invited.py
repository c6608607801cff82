"""New officers are invited by mail or get a printed password."""

from __future__ import annotations

import io
from typing import Any

import pytest
from ckan import model
from ckan.lib import mailer
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.officers import importing as officer_import
from tests.integration.hostile import refusal
from tests.integration.officers_book import (
    ACTION,
    WHOLE,
    applied,
    sent,
)

MAIL = {"smtp.server": "mail.contoh.example", "smtp.mail_from": "portal@contoh.example"}


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch, ckan_config: Any) -> list[str]:
    """A portal that can send mail, and whom it wrote to."""
    for key, value in MAIL.items():
        monkeypatch.setitem(ckan_config, key, value)
    reached: list[str] = []
    monkeypatch.setattr(mailer, "mail_user", lambda user, *_text: reached.append(user.name))
    return reached


def test_without_a_mail_server_nobody_is_invited(office):
    values = {"upload": sent(WHOLE), "dry_run": False, "invite": "mail"}

    assert "import_no_mail" in refusal(office["pimpinan_walidata"], ACTION, **values)


def test_an_invited_person_gets_a_mail_and_no_slip(office, mail, test_request_context):
    with test_request_context():
        answer = applied(office, WHOLE, invite="mail")

    assert (mail, answer["invited"], answer["accounts"]) == (["rani-rekaan"], ["rani-rekaan"], [])


def test_an_invited_person_logs_in_only_after_choosing_a_password(
    office, mail, test_request_context
):
    with test_request_context():
        applied(office, WHOLE, invite="mail")

    assert model.User.get("rani-rekaan").state == model.State.PENDING


def test_who_cannot_be_reached_gets_a_slip_instead(office, mail, monkeypatch, test_request_context):
    def unreachable(*_mail: Any) -> None:
        raise mailer.MailerException("no route")

    monkeypatch.setattr(mailer, "mail_user", unreachable)
    with test_request_context():
        answer = applied(office, WHOLE, invite="mail")

    user = model.User.get("rani-rekaan")
    assert user.validate_password(answer["accounts"][0]["password"])
    assert (user.state, answer["invited"]) == (model.State.ACTIVE, [])


def test_more_invitations_than_a_browser_waits_for_are_refused(office, mail, monkeypatch):
    monkeypatch.setattr(officer_import, "MAX_INVITATIONS", 0)
    values = {"upload": sent(WHOLE), "dry_run": False, "invite": "mail"}

    assert "import_many_mails" in refusal(office["pimpinan_walidata"], ACTION, **values)


def test_the_api_takes_a_workbook_as_it_takes_files(app, office):
    answer = app.test_client().post(
        f"/api/3/action/{ACTION}",
        data={"upload": (io.BytesIO(WHOLE), "petugas.xlsx"), "dry_run": "true"},
        headers={"Authorization": office.people["pimpinan_walidata"]["token"]},
    )

    assert (answer.status_code, answer.json["result"]["counts"]["new"]) == (200, 3)


def test_a_refusal_of_the_api_names_its_code(app, office):
    answer = app.test_client().post(
        f"/api/3/action/{ACTION}",
        data={"upload": (io.BytesIO(WHOLE), "p.xlsx"), "dry_run": "false", "plan": "lain"},
        headers={"Authorization": office.people["pimpinan_walidata"]["token"]},
    )

    assert (answer.status_code, answer.json["error"]["code"]) == (409, ["import_changed"])


def test_nothing_of_it_is_an_action_that_a_link_could_call(app, office):
    answer = app.test_client().get(
        f"/api/3/action/{ACTION}",
        headers={"Authorization": office.people["pimpinan_walidata"]["token"]},
    )

    assert answer.status_code in (400, 405, 409)
    assert tk.get_action(ACTION).__dict__.get("side_effect_free") is not True
