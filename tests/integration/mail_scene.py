"""A mail server on loopback that behaves as a test asks, and what it was given."""

from __future__ import annotations

import asyncio
import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.outbox import dispatch
from tests.integration.delivered import delivery

SENDER = "portal@contoh.example"


class Letters:
    """What a handler of aiosmtpd does: keeps each letter, unless the test wants it otherwise.

    `refused`: address -> answer to RCPT. `at_data`: an answer to DATA in place of yes. `silent`:
    how many letters it takes without ever answering.
    """

    def __init__(self) -> None:
        self.got: list[tuple[str, EmailMessage]] = []
        self.refused: dict[str, str] = {}
        self.at_data = ""
        self.silent = 0

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd asks for
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.silent:
            self.silent -= 1
            await asyncio.sleep(3600)  # longer than anybody waits; the server's end breaks it off
        if self.at_data:
            return self.at_data
        letter = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.got += [(to, letter) for to in envelope.rcpt_tos]
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each letter, in the order in which they came."""
        return [str(letter["Message-ID"]) for _to, letter in self.got]

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for to, letter in self.got if to == address]


class _Quiet(SMTP):
    """Says no name of this machine."""

    def __init__(self, handler: Any, **more: Any) -> None:
        super().__init__(handler, hostname="mail.test", enable_SMTPUTF8=True, **more)


class _Server(Controller):
    def factory(self) -> SMTP:
        return _Quiet(self.handler)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def serving(letters: Letters, port: int) -> Iterator[None]:
    """The server answers at a port of loopback while this lasts."""
    server = _Server(letters, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield
    finally:
        server.stop()


@contextmanager
def mail_at(port: int) -> Iterator[None]:
    """The portal has a mail server at this port, whether one answers there or not."""
    wanted = {"smtp.server": f"127.0.0.1:{port}", "smtp.mail_from": SENDER, "smtp.starttls": False}
    before = {name: tk.config.get(name) for name in wanted}
    tk.config.update(wanted)
    try:
        yield
    finally:
        tk.config.update(before)


def deliver() -> dispatch.Dispatched:
    """Send what is due, and what failed before, as if its pause were over."""
    change = "UPDATE satudata_outbox SET next_at = satudata_now(), leased_until = NULL"
    with delivery.on_hold():
        model.Session.rollback()
        model.Session.execute(sa.text(f"{change} WHERE topic = 'notice'"))
        model.Session.commit()
        return dispatch.all_due("test")


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    body = letter.get_body((kind,))
    assert body is not None
    return body.get_content()
