"""Notices that cannot be sent: what the office is told, and what a log says of the reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.notices import lines
from ckanext.satudata.model import notices
from tests.integration.delivered import delivery
from tests.integration.mail_scene import Letters, deliver, free_port, mail_at, serving
from tests.integration.office import Office, submit, walk

pytestmark = pytest.mark.usefixtures("with_plugins")

HOLDER = "verifikator"


@pytest.fixture
def mailed() -> Iterator[Letters]:
    """The mail server answers; nothing is sent before the test says so."""
    letters, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold(), serving(letters, port):
        yield letters


def lives_at(office: Office, email: str) -> None:
    """An address as it may have come from an import, or an older portal."""
    user = model.User.get(office[HOLDER])
    assert user is not None
    user.email = email
    model.Session.commit()


def undeliverable() -> list[str | None]:
    model.Session.rollback()
    return [row.undeliverable for row in notices.undeliverable(9, 0)]


def kept_error() -> str:
    """What the outbox says of the notice that waits in it."""
    model.Session.rollback()
    query = sa.text("SELECT error FROM satudata_outbox WHERE topic = 'notice' AND error <> ''")
    return model.Session.scalar(query) or ""


@pytest.mark.parametrize("email", ["a@", "@b", "a@b..c", "a@[1", "a b@c.example", "a@b.example c"])
def test_an_address_that_is_none_is_told_to_the_office(
    office: Office, mailed: Letters, email: str
) -> None:
    lives_at(office, email)
    walk(office, submit(office), 3)
    deliver()

    assert undeliverable() == ["bad_address"]


def test_a_fault_of_the_settings_is_not_told_as_one_of_the_recipient(
    office: Office, mailed: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tk.config, "smtp.reply_to", "dinas@contoh.example\nBcc: x@contoh.example")
    walk(office, submit(office), 3)
    deliver()

    assert undeliverable() == []


def broken(_row: notices.NoticeRow, _sight: object) -> lines.Line:
    raise KeyError("Rahasia (rekaan)")


LINE = broken.__code__.co_firstlineno + 1


def test_what_broke_a_letter_is_told_with_its_place_and_without_its_text(
    office: Office, mailed: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "line_of", broken)
    walk(office, submit(office), 3)
    deliver()

    assert kept_error() == f"RuntimeError: KeyError at {Path(__file__).name}:{LINE}"
