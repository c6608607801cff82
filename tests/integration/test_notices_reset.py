"""A new password: the page answers the same for everybody, and the letter goes as notices go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.accounts import lockout
from ckanext.satudata.logic.notices import resetting
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


def reset_rows() -> list[notices.NoticeRow]:
    model.Session.rollback()
    query = sa.select(notices.NoticeRow).where(notices.NoticeRow.kind == "reset")
    return list(model.Session.scalars(query))


def key_of(office: Office) -> str | None:
    model.Session.rollback()
    user = model.User.get(office["verifikator"])
    assert user is not None
    return user.reset_key


@pytest.fixture
def asked_once(app: CKANTestApp, office: Office) -> Iterator[Letters]:
    """A letter for the verifikator has gone; nothing goes by itself from now on."""
    letters, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold(), serving(letters, port):
        ask(app, office["verifikator"])
        deliver()
        yield letters


def test_who_asks_again_and_again_floods_nobody(
    app: CKANTestApp, office: Office, asked_once: Letters
) -> None:
    ask(app, office["verifikator"])
    deliver()

    assert len(asked_once.got) == 1


def test_a_link_stays_good_while_others_ask_for_the_same_account(
    app: CKANTestApp, office: Office, asked_once: Letters
) -> None:
    before = key_of(office)
    ask(app, office.people["verifikator"]["email"])
    deliver()

    assert key_of(office) == before


def test_after_a_quarter_of_an_hour_another_letter_goes(
    app: CKANTestApp, office: Office, asked_once: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + resetting.WINDOW + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    ask(app, office["verifikator"])
    deliver()

    assert len(asked_once.got) == 2


def test_of_an_account_one_letter_is_kept_whatever_became_of_it(
    app: CKANTestApp, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        later = clock.now() + resetting.WINDOW * number
        monkeypatch.setattr(clock, "now", lambda later=later: later)
        ask(app, office["verifikator"])

    assert len(reset_rows()) == 1


@pytest.mark.parametrize("who", ASKED.values(), ids=ASKED)
def test_from_one_address_no_more_are_asked_for_than_an_office_forgets(
    app: CKANTestApp,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    who: Callable[[Office], str],
) -> None:
    monkeypatch.setattr(lockout, "MOST_RESETS", 1)
    ask(app, "tidak-ada")

    assert Visitor(app).post("/user/reset", user=who(office)).status_code == 429


def test_the_page_asks_the_database_the_same_whoever_is_meant(
    app: CKANTestApp, office: Office
) -> None:
    with delivery.on_hold():
        ask(app, "tidak-ada")
        found = {name: statements_of(app, who(office)) for name, who in ASKED.items()}

    assert len(set(found.values())) == 1


def statements_of(app: CKANTestApp, who: str) -> tuple[str, ...]:
    """What the database is asked while the form is answered."""
    visitor, seen = Visitor(app), []

    def noted(*args: Any) -> None:
        seen.append(args[2])

    engine = model.meta.engine
    visitor.get("/user/reset")
    sa.event.listen(engine, "before_cursor_execute", noted)
    try:
        visitor.post("/user/reset", user=who)
    finally:
        sa.event.remove(engine, "before_cursor_execute", noted)
    return tuple(seen)


def test_what_was_typed_stands_nowhere_in_clear(app: CKANTestApp, office: Office) -> None:
    with delivery.on_hold():
        ask(app, "kata-sandi-salah-tempat")
        model.Session.rollback()
        kept = list(model.Session.scalars(sa.text("SELECT key FROM satudata_outbox")))

    assert ("kata-sandi-salah-tempat" in " ".join(kept), bool(kept)) == (False, True)
