"""One person in front of the portal: his session, the actions he calls, the pages he reads."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import requests

from demo.faults import Refusal, Unreachable
from demo.upload import Upload

TIMEOUT = 120
TOKEN_FIELD = "_csrf_token"
OWN_PASSWORD = "/masuk/kata-sandi"


class Visitor:
    """Anonymous until he logs in; then the session's cookie and its form token say who he is."""

    def __init__(self, address: str, name: str = "") -> None:
        self.address = address.rstrip("/")
        self.name = name
        self._token = ""
        self._session = requests.Session()
        # The portal is on this machine or in this office; a proxy for the outside is no way to it.
        self._session.trust_env = False

    def log_in(self, password: str, own: str = "") -> bool:
        """Log in through the page that people use; False when name or password is wrong.

        Where the password is a first one that somebody else set, `own` is chosen in its place.
        """
        form = self.page("/user/login")
        answer = self._send(
            "POST",
            "/user/login",
            data={
                "login": self.name,
                "password": password,
                TOKEN_FIELD: _token_in(form.text),
            },
        )
        if answer.url.endswith(OWN_PASSWORD) and own:
            data = {"password1": own, "password2": own, TOKEN_FIELD: _token_in(answer.text)}
            answer = self._send("POST", OWN_PASSWORD, data=data)
        self._token = _token_in(answer.text)
        try:
            return self.action("user_show", id=self.name)["name"] == self.name
        except Refusal as refusal:
            if refusal.status in (403, 404):
                return False
            raise

    def action(self, name: str, /, **values: Any) -> Any:
        """The result of an action of the API. Raises Refusal."""
        return self._result(name, self._send("POST", _path(name), json=values))

    def action_with_file(self, name: str, upload: Upload, /, **values: str) -> Any:
        """The same with a file in the field `upload`."""
        file = {"upload": (upload.filename, upload.content)}
        return self._result(name, self._send("POST", _path(name), data=values, files=file))

    def page(self, path: str) -> requests.Response:
        """A page or file, given by its path or by its whole address; redirects are followed."""
        return self._send("GET", path)

    def _send(self, method: str, path: str, **more: Any) -> requests.Response:
        url = path if path.startswith(("http://", "https://")) else self.address + path
        headers = {"X-CSRFToken": self._token} if self._token else {}
        try:
            return self._session.request(method, url, headers=headers, timeout=TIMEOUT, **more)
        except requests.RequestException as error:
            raise Unreachable(f"{self.address} does not answer: {error}") from error

    def _result(self, name: str, answer: requests.Response) -> Any:
        try:
            body = answer.json()
        except ValueError:
            raise Refusal(name, answer.status_code, answer.text[:300]) from None
        if isinstance(body, dict) and body.get("success"):
            return body["result"]
        raise Refusal(
            name, answer.status_code, body.get("error") if isinstance(body, dict) else body
        )


def _path(action: str) -> str:
    return f"/api/3/action/{action}"


def _token_in(html: str) -> str:
    reader = _TokenReader()
    reader.feed(html)
    return reader.token


class _TokenReader(HTMLParser):
    """Finds the form token, which each page carries in its head and in every form."""

    def __init__(self) -> None:
        super().__init__()
        self.token = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if not self.token and values.get("name") == TOKEN_FIELD:
            self.token = values.get("content") or values.get("value") or ""
