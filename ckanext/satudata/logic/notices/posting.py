"""The way to the mail server: one connection for several letters, and what its answers mean.

What the server says may name an address, so nothing of it but its code is kept or logged.
"""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from types import TracebackType

from ckan.lib import mailer
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.mail_check import CheckedSMTP
from ckanext.satudata.logic.outbox.failures import Away

SECONDS = 15
"""How long the server may take for each answer."""

MOST_BROKEN = 2
"""After so many letters in a row over which it fell silent, the server counts as away."""

_FOR_GOOD = 500
"""Answers from here on will be the same tomorrow."""


class RefusedForGood(Exception):
    """The server takes this letter for him neither now nor later; `code` is its answer."""

    def __init__(self, code: int) -> None:
        super().__init__(f"the mail server refused it: {code}")
        self.code = code


class PutOff(Exception):
    """The server did not take this letter, and may do so later."""


class MailServer:
    """The mail server of the settings; connected to with the first letter."""

    def __init__(self) -> None:
        self._line: smtplib.SMTP | None = None
        self._broken = 0

    def __enter__(self) -> MailServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._line is not None:
            self._hang_up(self._line)

    def send(self, letter: EmailMessage, to: str) -> None:
        """Returns once the server has said yes.

        Raises RefusedForGood, PutOff, and Away where the next letter would fare no better.
        """
        sender = sender_address()
        line = self._line or self._connected()
        try:
            line.send_message(letter, sender, [to])
        except smtplib.SMTPRecipientsRefused as error:
            self._broken = 0
            raise _about_letter(min(code for code, _text in error.recipients.values())) from None
        except smtplib.SMTPDataError as error:
            self._broken = 0
            raise _about_letter(error.smtp_code) from None
        except smtplib.SMTPResponseException as error:
            self._drop()
            raise Away(f"{type(error).__name__} {error.smtp_code}") from None
        except smtplib.SMTPNotSupportedError:
            # An address that only a server with SMTPUTF8 can write to.
            raise RefusedForGood(553) from None
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            self._broken += 1
            if self._broken >= MOST_BROKEN:
                raise Away(type(error).__name__) from None
            raise PutOff(f"the mail server fell silent: {type(error).__name__}") from None
        self._broken = 0

    def _connected(self) -> smtplib.SMTP:
        server = tk.config.get("smtp.server") or ""
        host, port = mailer._parse_smtp_server(server)
        if not host:
            raise Away("no mail server is set: smtp.server")
        try:
            line = CheckedSMTP(host, port, timeout=SECONDS)
        except (smtplib.SMTPException, OSError) as error:
            raise Away(f"the mail server does not answer: {type(error).__name__}") from None
        try:
            _introduce(line)
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up(line)
            code = getattr(error, "smtp_code", "")
            raise Away(f"the mail server: {type(error).__name__} {code}".strip()) from None
        self._line = line
        return line

    def _drop(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _hang_up(self, line: smtplib.SMTP) -> None:
        self._line = None
        try:
            line.quit()
        except (smtplib.SMTPException, OSError):
            line.close()


def sender_address() -> str:
    """The address that mails come from. Raises Away where none is set."""
    address = tk.config.get("smtp.mail_from")
    if not address:
        raise Away("no sender is set: smtp.mail_from")
    return address


def _introduce(line: smtplib.SMTP) -> None:
    """Encrypted and logged in, as the settings say."""
    line.ehlo()
    if tk.config.get("smtp.starttls"):
        line.starttls()
        line.ehlo()
    user, password = tk.config.get("smtp.user"), tk.config.get("smtp.password")
    if user:
        line.login(user, password or "")


def _about_letter(code: int) -> Exception:
    return (
        RefusedForGood(code) if code >= _FOR_GOOD else PutOff(f"the mail server put it off: {code}")
    )
