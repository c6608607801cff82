"""A messenger that a site plugs in takes the place of the e-mail, for those whom it reaches."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ckan import plugins as p

from ckanext.satudata.logic.notices import channels
from tests.integration.delivered import delivery
from tests.integration.mail_scene import Letters, deliver, free_port, mail_at, serving
from tests.integration.messenger import Messenger
from tests.integration.office import Office, submit
from tests.integration.test_notices import due_ids, told

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture
def messenger(office: Office, monkeypatch: pytest.MonkeyPatch) -> Messenger:
    """Plugged in; it reaches the admin data and nobody else."""
    made = Messenger(name="pesan")
    made.sent, made.broken = [], False
    made.users = {office["admin_data"]}
    others = list(p.PluginImplementations(p.INotifier))
    monkeypatch.setattr(channels, "_plugged", lambda: [*others, made])
    return made


@pytest.fixture
def letters(office: Office) -> Iterator[Letters]:
    made, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold(), serving(made, port):
        yield made


def test_whom_it_reaches_it_tells_in_place_of_an_e_mail(
    office: Office, messenger: Messenger, letters: Letters
) -> None:
    submit(office)
    deliver()

    assert ([one["user"] for one in messenger.sent], len(letters.got)) == (
        [office["admin_data"]],
        1,
    )


def test_it_gets_the_id_of_the_notice(
    office: Office, messenger: Messenger, letters: Letters
) -> None:
    submit(office)
    deliver()

    assert sorted([one["Message-ID"] for one in messenger.sent] + letters.ids) == due_ids()


def test_what_it_told_it_is_not_asked_to_tell_again(
    office: Office, messenger: Messenger, letters: Letters
) -> None:
    submit(office)
    deliver()
    deliver()

    assert len(messenger.sent) == 1


def test_the_notice_says_by_what_it_went(
    office: Office, messenger: Messenger, letters: Letters
) -> None:
    submit(office)
    deliver()

    assert [row.sent_by for row in told(office, "admin_data")] == ["pesan"]


def test_one_that_breaks_stops_no_e_mail_and_no_log_has_what_it_said(
    office: Office, messenger: Messenger, letters: Letters, caplog: pytest.LogCaptureFixture
) -> None:
    messenger.broken = True
    submit(office)
    deliver()

    assert (len(letters.got), "rahasia" in caplog.text) == (2, False)


def test_with_a_messenger_alone_people_are_told_without_a_mail_server(
    office: Office, messenger: Messenger
) -> None:
    with delivery.on_hold():
        submit(office)
        deliver()

    assert [one["user"] for one in messenger.sent] == [office["admin_data"]]
