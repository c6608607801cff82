"""Mail goes to no server that cannot prove who it is (CVE-2026-41132)."""

from __future__ import annotations

import inspect
import smtplib
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from ckan.lib import mailer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ckanext.satudata.logic import mail_check

pytestmark = pytest.mark.usefixtures("with_plugins")


class SelfSigned:
    """A mail server whose certificate nobody vouches for; keeps what it was sent."""

    def __init__(self, folder: Path) -> None:
        self.certificate, self.got = folder / "certificate.pem", b""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.now(timezone.utc)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .sign(key, hashes.SHA256())
        )
        plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        words = key.private_bytes(*plain, serialization.NoEncryption())
        self.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        both = folder / "both.pem"
        both.write_bytes(words + self.certificate.read_bytes())
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(both)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"localhost:{self.listening.getsockname()[1]}"
        self.thread = Thread(target=self._serve, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.listening.close()
        self.thread.join(5)

    def _serve(self) -> None:
        try:
            line, _ = self.listening.accept()
            line.settimeout(10)
            self._talk(line)
        except OSError:
            return

    def _talk(self, line: Any) -> None:
        line.sendall(b"220 localhost\r\n")
        while text := line.recv(65536):
            self.got += text
            word = text[:4].upper()
            if word == b"EHLO":
                line.sendall(b"250-localhost\r\n250 STARTTLS\r\n")
            elif word == b"STAR":
                line.sendall(b"220 go on\r\n")
                line = self.context.wrap_socket(line, server_side=True)
            elif word == b"DATA":
                line.sendall(b"354 go on\r\n")
            elif word == b"QUIT":
                line.sendall(b"221 bye\r\n")
                return
            elif b"\r\n.\r\n" in self.got or word in (b"MAIL", b"RCPT", b"RSET"):
                line.sendall(b"250 ok\r\n")


@pytest.fixture
def server(tmp_path, monkeypatch, ckan_config) -> Iterator[SelfSigned]:
    made = SelfSigned(tmp_path)
    values = {"server": made.address, "starttls": True, "mail_from": "portal@contoh.example"}
    for name, value in values.items():
        monkeypatch.setitem(ckan_config, f"smtp.{name}", value)
    yield made
    made.close()


def send() -> None:
    mailer.mail_recipient("Rani (rekaan)", "rani@contoh.example", "Hal", "Isi yang rahasia")


def test_a_server_with_a_certificate_of_its_own_gets_no_mail(server):
    with pytest.raises(mailer.MailerException, match="certificate"):
        send()

    assert b"MAIL FROM" not in server.got.upper()


def test_a_server_with_a_certificate_that_is_known_gets_it(server, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    send()

    assert b"To: " in server.got


def test_core_alone_would_send_to_anybody(server, monkeypatch):
    """Red as soon as core checks: then `logic/mail_check.py` and this file can go."""
    monkeypatch.setattr(mailer, "smtplib", smtplib)
    send()

    assert b"To: " in server.got


def test_core_still_passes_no_context():
    """Red as soon as core passes one: then `logic/mail_check.py` and this file can go."""
    assert ".starttls()" in inspect.getsource(mailer._mail_recipient)


def test_only_the_mailer_of_core_gets_it():
    assert smtplib.SMTP is not mail_check.CheckedSMTP
