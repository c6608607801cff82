"""What every request is asked, on core's pages as on ours."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

SITE = "http://portal.test"
PASSWORD = "Kata-sandi-rekaan-1"


class Session:
    """A browser in which somebody is logged in."""

    def __init__(self, app: CKANTestApp) -> None:
        self.client = app.test_client()
        self.name: str = factories.User(password=PASSWORD)["name"]
        self.post("/user/login", login=self.name, password=PASSWORD)
        assert self.client.get("/kotak-masuk", base_url=SITE).status_code == 200

    def post(self, path: str, **form: str) -> Any:
        return self.client.post(path, data=form, base_url=SITE, follow_redirects=False)

    def mark(self) -> dict[str, str]:
        """The hidden field of a form of the portal."""
        page = self.client.get("/kotak-masuk", base_url=SITE).get_data(as_text=True)
        found = re.search(r'<meta name="_csrf_token" content="([^"]+)"', page)
        assert found
        return {"_csrf_token": found[1]}


@pytest.fixture
def session(app: CKANTestApp, monkeypatch) -> Session:
    monkeypatch.setitem(app.flask_app.config, "WTF_CSRF_ENABLED", True)
    return Session(app)


def comes_without_a_session(app: CKANTestApp, path: str) -> None:
    """After that core's own check lets everybody pass."""
    for method in ("GET", "POST"):
        client = app.test_client()
        client.open(path, method=method, base_url=SITE, follow_redirects=False)


FORMS = ["/kasus/baru", "/kasus/1/kerja", "/petugas/tetapkan", "/dataset/new", "/unggah"]


@pytest.mark.parametrize("path", FORMS)
def test_a_form_of_another_site_does_not_act_for_who_is_logged_in(app, session, path):
    comes_without_a_session(app, path)

    assert session.post(path).status_code == 400


def test_no_other_site_makes_a_token_for_who_is_logged_in(app, session):
    path = f"/user/{session.name}/api-tokens"
    comes_without_a_session(app, path)
    session.post(path, name="curian")

    assert model.Session.query(model.ApiToken).count() == 0


def test_a_form_of_the_portal_acts(session):
    assert session.post("/kasus/baru", **session.mark()).status_code == 422


NUL = ["/dataset/%00", "/dataset/?q=%00", "/organization/a%00b", "/petugas/%00/akhiri",
       "/lampiran/%00", "/kotak-masuk?q=%00"]  # fmt: skip


@pytest.mark.parametrize("path", NUL)
def test_what_no_database_holds_is_a_wrong_request_everywhere(app, path):
    assert app.get(path).status_code == 400


def test_a_text_that_no_database_holds_is_told_at_its_field(app):
    person = factories.UserWithToken()
    agency = factories.Organization(
        satu_data_role="produsen", users=[{"name": person["name"], "capacity": "editor"}]
    )
    values = {"name": "data", "owner_org": agency["id"], "title": "a\0b", "notes": ["a\ud800"]}
    headers = {"Authorization": person["token"]}

    answer = app.post("/api/3/action/package_create", json=values, headers=headers)

    assert answer.status_code == 409
    assert {"title", "notes"} <= answer.json["error"].keys()


def sent_as_json(app: CKANTestApp, body: bytes) -> Any:
    """An action of core's, called with a body as it is."""
    path = "/api/3/action/package_search"
    return app.test_client().post(path, data=body, headers={"Content-Type": "application/json"})


BROKEN = [
    rb"a\u0000b", rb"a\ud800b", rb"a\udc00b", rb"\\\u0000", rb"\ud83d\u0041", rb"\uDC00\uD83D",
]  # fmt: skip
WHOLE = [rb"a\\u0000b", rb"\ud83d\ude00", rb"\uD83D\uDE00 \u00e9", rb"\\ud800"]


@pytest.mark.parametrize("text", BROKEN)
def test_json_with_what_no_database_holds_is_told_by_a_code(app, text):
    answer = sent_as_json(app, b'{"q": "' + text + b'"}')
    assert (answer.status_code, answer.json["error"]["code"]) == (409, ["text_unreadable"])
    assert "q" in answer.json["error"]


@pytest.mark.parametrize("text", WHOLE)
def test_json_that_only_looks_like_it_is_taken(app, text):
    assert sent_as_json(app, b'{"q": "' + text + b'"}').status_code == 200


def test_json_nested_without_end_is_told_by_a_code(app):
    answer = sent_as_json(app, b'{"q": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")
    assert (answer.status_code, answer.json["error"]["code"]) == (400, ["json_too_deep"])
