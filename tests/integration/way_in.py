"""Somebody in front of the login page, and a clock that tests move."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from pyotp.totp import TOTP

from ckanext.satudata.accounts import sealing
from ckanext.satudata.logic import clock
from ckanext.satudata.model import accounts

SITE = "http://portal.test"
PASSWORD = "Tujuh-perahu-di-rawa-1"
OWN = "Empat-kelapa-tua-miring-2"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
START = datetime(2026, 11, 21, 8, 0, 0)  # noqa: DTZ001 - UTC without zone, as everywhere


class Clock:
    """The time of the portal, which stands until a test moves it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = START
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def pass_by(self, **parts: float) -> None:
        self.now += timedelta(**parts)

    def code(self, secret: str = SECRET, ahead: int = 0) -> str:
        """What the app shows now, or some steps of 30 seconds ahead."""
        moment = self.now + timedelta(seconds=30 * ahead)
        epoch = (moment - datetime(1970, 1, 1)).total_seconds()  # noqa: DTZ001
        return TOTP(secret).at(int(epoch))


class Visitor:
    """A browser of its own."""

    def __init__(self, app: CKANTestApp, address: str = "203.0.113.7") -> None:
        self.client = app.test_client()
        self.address = address

    def get(self, path: str) -> Any:
        return self._open("GET", path)

    def post(self, path: str, **form: str) -> Any:
        return self._open("POST", path, data=form)

    def log_in(self, name: str, password: str) -> Any:
        return self.post("/user/login", login=name, password=password)

    def give_code(self, code: str) -> Any:
        return self.post("/masuk/kode", code=code)

    @property
    def is_in(self) -> bool:
        return self.get("/akun/keamanan").status_code == 200

    def cookie(self) -> str:
        kept = self.client.get_cookie("ckan", domain="portal.test")
        assert kept
        return kept.value

    def _open(self, method: str, path: str, **more: Any) -> Any:
        remote = {"REMOTE_ADDR": self.address}
        answer = self.client.open(
            path, method=method, base_url=SITE, environ_base=remote, follow_redirects=False, **more
        )
        if answer.location:
            answer.location = urlsplit(answer.location)._replace(scheme="", netloc="").geturl()
        return answer


def person(**values: Any) -> dict[str, Any]:
    return factories.User(**{"password": PASSWORD, **values})


def with_factor(user: dict[str, Any], codes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Let somebody have a second factor with a known secret, and these recovery codes."""
    from ckanext.satudata import config
    from ckanext.satudata.logic.accounts import factors

    row = accounts.lock_account(user["id"])
    row.sealed_secret = sealing.seal(SECRET, config.account_secret())
    accounts.put_recovery_codes(user["id"], [factors._digest(user["id"], one) for one in codes])
    model.Session.commit()
    return user


def secret_on(page: Any) -> str:
    found = re.search(r'id="secret">([A-Z2-7 ]+)<', page.get_data(as_text=True))
    assert found
    return found[1].replace(" ", "")


def words(page: Any) -> str:
    text = page.get_data(as_text=True).partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())
