"""Notices sent: by e-mail, or by a messenger that the site has plugged in.

What the mail server has said yes to is written down at once, each in a commit of its own; only who
dies between the two sends it again, under the same Message-ID. While a notice is being sent its
row is locked, so that nobody else sends it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from pathlib import Path

from ckan import model
from sqlalchemy.exc import InterfaceError, OperationalError

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.notices import channels, letters
from ckanext.satudata.logic.notices.context import in_the_portal
from ckanext.satudata.logic.notices.letters import Letter, NothingToSend
from ckanext.satudata.logic.notices.posting import (
    MailServer,
    PutOff,
    RefusedForGood,
    sender_address,
)
from ckanext.satudata.logic.outbox.failures import Away, Failures
from ckanext.satudata.model import notices
from ckanext.satudata.model.notices import NoticeRow

BY_MAIL = "mail"

log = logging.getLogger(__name__)


def notices_of(ids: Sequence[str]) -> Failures:
    """Send the notices of these ids; those that were sent before are left alone."""
    failures: dict[str, Exception] = {}
    with in_the_portal(), MailServer() as server:
        for one in ids:
            try:
                _send(one, server)
            except (Away, InterfaceError, OperationalError):
                raise
            # Words come from templates that a site may have its own of; one notice must not keep
            # the others. What it raised is kept and told by the outbox, without what it held.
            except Exception as error:  # noqa: BLE001
                model.Session.rollback()
                failures[one] = error if isinstance(error, PutOff) else _bare(error)
    return failures


def _send(notice_id: str, server: MailServer) -> None:
    model.Session.rollback()
    row = notices.lock(notice_id)
    if row is None:
        if notices.is_there(notice_id):
            raise PutOff("somebody else is sending it")
        return
    if row.sent_at is not None or row.undeliverable is not None:
        return
    try:
        _settle(row, _delivered(row, letters.letter_of(row), server))
    except NothingToSend as nothing:
        _give_up(row, nothing.why)
    except RefusedForGood as refused:
        _give_up(row, f"refused_{refused.code}")
    model.Session.commit()


def _delivered(row: NoticeRow, letter: Letter, server: MailServer) -> str:
    """By what it went."""
    messenger = _by_messenger(row, letter)
    if messenger:
        return messenger
    if not letter.email:
        raise NothingToSend("no_address")
    if not channels.sends_mail():
        raise NothingToSend("no_server")
    mail = letter.as_mail(sender_address(), letters.recipient(letter), row)
    server.send(mail, letter.email)
    return BY_MAIL


def _by_messenger(row: NoticeRow, letter: Letter) -> str:
    """The plugin that has told the person; empty where none did. One that breaks stops no mail."""
    headers = {
        "Message-ID": letter.message_id,
        "X-Satudata-Kind": row.kind,
        "X-Satudata-User": letter.user,
    }
    found = ""
    said = (letter.name, letter.email, letter.subject, letter.text, letter.html, headers)
    for name, plugin in channels.notifiers():
        try:
            told = plugin.notify_recipient(bool(found), *said)
        except Exception as error:  # noqa: BLE001 - a site's own code, of which nothing is known
            # Without its text, which may hold what the notice says.
            log.error("the messenger %s broke: %s", name, _kind_and_place(error))  # noqa: TRY400
            continue
        if told:
            found = found or name
    return found


def _settle(row: NoticeRow, sent_by: str) -> None:
    row.sent_at, row.sent_by, row.secret = clock.now(), sent_by, None


def _give_up(row: NoticeRow, why: str) -> None:
    """What opens a link is kept as long as the letter may be sent again: while the link is open."""
    row.undeliverable, row.undeliverable_at = why, clock.now()
    if why == "link_over":
        row.secret = None


def _bare(error: Exception) -> Exception:
    """An error without its text, which may hold what the notice says."""
    return RuntimeError(_kind_and_place(error))


def _kind_and_place(error: Exception) -> str:
    """Of what kind an error is, and the file and line that it came from: no data is in those."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
