"""Somebody without an account, and what he can ask."""

from __future__ import annotations

from typing import Any

from ckan.tests.helpers import CKANTestApp

SECRET = "penyakit-langka-xq7"
"""A word that stands in unreleased data alone."""


class Public:
    """Opens pages and asks actions. With a token he is that person."""

    def __init__(self, app: CKANTestApp, token: str | None = None) -> None:
        self.app = app
        self.headers = {"Authorization": token} if token else {}

    def get(self, path: str) -> Any:
        return self.app.test_client().get(path, headers=self.headers, follow_redirects=False)

    def ask(self, action: str, **values: Any) -> Any:
        """The answer of an action as the web gives it."""
        path = f"/api/3/action/{action}"
        return self.app.test_client().post(path, json=values, headers=self.headers)

    def reads(self, action: str, **values: Any) -> str:
        """What the body of an answer says, whatever its status."""
        return self.ask(action, **values).get_data(as_text=True)
