"""Notices that cannot be sent: what the office is told, and what a log says of the reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

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


@pytest.mark.parametrize("email", ["a@", "@b", "a@b..c", "a@[1", "a b@c.example", "a@b.example c"])
def test_an_address_that_is_none_is_told_to_the_office(
    office: Office, mailed: Letters, email: str
) -> None:
    lives_at(office, email)
    walk(office, submit(office), 2)
    deliver()

    assert undeliverable() == ["bad_address"]


def test_a_fault_of_the_settings_is_not_told_as_one_of_the_recipient(
    office: Office, mailed: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tk.config, "smtp.reply_to", "dinas@contoh.example\nBcc: x@contoh.example")
    walk(office, submit(office), 2)
    deliver()

    assert undeliverable() == []
