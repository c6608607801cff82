"""Mail goes only to a server that proves who it is.

Core calls `starttls()` without a context, which takes any certificate (CVE-2026-41132). Core's
mailer gets a connection that checks; this file goes when core does so itself, which
`tests/integration/test_mail_check.py` tells.
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from ckan.lib import mailer


class CheckedSMTP(smtplib.SMTP):
    """A connection whose `starttls` asks for a certificate of a known authority and this host."""

    def starttls(self, *args: Any, context: ssl.SSLContext | None = None, **more: Any) -> Any:
        try:
            return super().starttls(*args, context=context or ssl.create_default_context(), **more)
        except ssl.SSLError as error:
            self.close()
            # Core's mailer turns this one into its own error, which its callers know.
            raise smtplib.SMTPException(f"the mail server is not who it says: {error}") from error

    def quit(self) -> Any:
        """Say good-bye; where nobody listens any more there is nothing to say."""
        with suppress(smtplib.SMTPServerDisconnected):
            return super().quit()


def check_mail_servers() -> None:
    """Let core's mailer, and nothing else, use checked connections."""
    checked = SimpleNamespace(**{**vars(smtplib), "SMTP": CheckedSMTP})
    mailer.smtplib = checked  # pyright: ignore[reportAttributeAccessIssue]
