"""The dispatcher as a process sends notices; killed in the middle, it leaves them to the next."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from tests.integration.delivered import delivery
from tests.integration.mail_scene import SENDER, Letters, free_port, mail_at, serving
from tests.integration.office import Office
from tests.integration.test_dispatcher import dispatcher, until
from tests.integration.test_notices import due_ids, returned

pytestmark = pytest.mark.usefixtures("with_plugins")


@contextmanager
def sending(port: int) -> Iterator[Any]:
    """A dispatcher that knows the mail server."""
    server = {"CKAN_SMTP_SERVER": f"127.0.0.1:{port}", "CKAN_SMTP_MAIL_FROM": SENDER}
    with dispatcher(**server) as process:
        yield process


def let_go() -> None:
    """The leases of who was killed are over, and no pause is left."""
    model.Session.rollback()
    change = "UPDATE satudata_outbox SET leased_until = NULL, next_at = satudata_now()"
    model.Session.execute(sa.text(change))
    model.Session.commit()


def waits() -> int:
    model.Session.rollback()
    query = sa.text("SELECT count(*) FROM satudata_outbox WHERE topic = 'notice'")
    return model.Session.scalar(query) or 0


def test_a_commit_sends_its_notices_soon(office: Office):
    letters, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold(), serving(letters, port), sending(port):
        returned(office)
        until(lambda: len(letters.got) >= len(due_ids()), 20)

    assert sorted(letters.ids) == due_ids()


def test_a_mail_server_that_hangs_holds_up_no_search(office: Office):
    letters, port = Letters(), free_port()
    letters.silent = 100
    with mail_at(port), delivery.on_hold(), serving(letters, port), sending(port):
        returned(office)
        began = time.monotonic()
        query = sa.text("SELECT count(*) FROM satudata_outbox WHERE topic = 'dataset'")
        until(lambda: (model.Session.rollback(), model.Session.scalar(query))[1] == 0, 20)
        took = time.monotonic() - began

    assert took < 12


def test_a_dispatcher_killed_while_it_sends_leaves_what_is_not_sent_to_the_next(office: Office):
    letters, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold():
        returned(office)
        letters.silent = 100
        with serving(letters, port), sending(port) as process:
            until(lambda: letters.silent < 100, 40)
            process.kill()
            process.wait()
        assert letters.got == []
        letters.silent = 0
        let_go()
        with serving(letters, port), sending(port):
            until(lambda: waits() == 0, 40)

    assert sorted(letters.ids) == due_ids()


def test_killed_after_the_yes_and_before_the_record_the_next_repeats_it_under_its_id(
    office: Office,
):
    """The record is held up by a lock on the row of the notices, and the process killed there."""
    letters, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold():
        returned(office)
        with serving(letters, port):
            with model.meta.engine.connect() as other:
                # Locks in share mode let the row be locked and read, and its change not be written.
                with sending(port) as process:
                    until(lambda: _holds(other) and letters.got, 40)
                    process.kill()
                    process.wait()
                other.rollback()
            let_go()
            with sending(port):
                until(lambda: waits() == 0, 40)

    assert (sorted(set(letters.ids)), len(letters.ids)) == (due_ids(), len(due_ids()) + 1)


def _holds(connection: Any) -> bool:
    if not connection.in_transaction():
        connection.execute(sa.text("LOCK TABLE satudata_notice IN SHARE MODE"))
    return True
