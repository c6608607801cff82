"""A new password: the page answers the same for everybody, and the letter goes as notices go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.model import notices
from tests.integration.delivered import delivery
from tests.integration.mail_scene import Letters, deliver, free_port, mail_at, serving, text_of
from tests.integration.office import Office
from tests.integration.way_in import Visitor

pytestmark = pytest.mark.usefixtures("with_plugins")

ASKED: dict[str, Callable[[Office], str]] = {
    "an address of an account": lambda office: office.people["verifikator"]["email"],
    "the name of an account": lambda office: office["verifikator"],
    "an address of nobody": lambda _office: "tidak-ada@contoh.example",
    "a name of nobody": lambda _office: "tidak-ada",
}


def answer(app: CKANTestApp, who: str) -> tuple[int, str | None, str]:
    """Status, where it leads, and what is said there."""
    visitor = Visitor(app)
    posted = visitor.post("/user/reset", user=who)
    landed = visitor.get(posted.location) if posted.location else posted
    said = BeautifulSoup(landed.body, "html.parser").get_text(" ", strip=True)
    return posted.status_code, posted.location, said


def ask(app: CKANTestApp, who: str) -> None:
    Visitor(app).post("/user/reset", user=who)


@pytest.mark.parametrize("server", ["no server", "a server that is away"])
def test_the_answer_tells_nobody_who_has_an_account(
    app: CKANTestApp, office: Office, server: str
) -> None:
    def answers() -> set[Any]:
        return {answer(app, who(office)) for who in ASKED.values()}

    if server == "no server":
        found = answers()
    else:
        with mail_at(free_port()):
            found = answers()

    assert [status for status, _where, _said in found] == [302]


def test_the_letter_leads_to_the_page_for_a_new_password(app: CKANTestApp, office: Office) -> None:
    letters, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold(), serving(letters, port):
        ask(app, office["verifikator"])
        deliver()
        (letter,) = letters.to(office.people["verifikator"]["email"])

    key = model.User.get(office["verifikator"]).reset_key
    assert f"/user/reset/{office.people['verifikator']['id']}?key={key}" in text_of(letter)


def test_who_asks_twice_while_the_server_is_away_gets_one_letter(
    app: CKANTestApp, office: Office
) -> None:
    letters, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold():
        ask(app, office["verifikator"])
        ask(app, office["verifikator"])
        with serving(letters, port):
            deliver()

    assert len(letters.got) == 1


def test_without_a_server_the_office_sees_that_somebody_waits_for_it(
    app: CKANTestApp, office: Office
) -> None:
    ask(app, office["verifikator"])
    model.Session.rollback()

    assert [row.undeliverable for row in notices.undeliverable(9, 0)] == ["no_server"]


def test_no_log_has_the_key_or_the_address(
    app: CKANTestApp, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    letters, port = Letters(), free_port()
    who = office.people["verifikator"]["email"]
    letters.refused[who] = f"550 {who} is unknown"
    with mail_at(port), delivery.on_hold(), serving(letters, port):
        ask(app, office["verifikator"])
        key = model.User.get(office["verifikator"]).reset_key or "?"
        deliver()

    assert [one for one in (key, who) if one in caplog.text] == []
