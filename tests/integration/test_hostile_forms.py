"""Whatever is typed into a form or an address of ours: never a fault, never run, never led away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from ckan import model
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata import views
from ckanext.satudata.model.tables import EventRow
from tests.integration.attacked import SOP, Attacked, Values, standing_office
from tests.integration.doors import undone
from tests.integration.office import call
from tests.integration.test_hostile_actions import BAD

attacked = pytest.fixture(standing_office("forms"))


@pytest.fixture(autouse=True)
def as_people_meet_it(app: CKANTestApp, monkeypatch) -> None:
    """What falls is answered with 500, as on a portal, and not raised into the test."""
    monkeypatch.setitem(app.flask_app.config, "PROPAGATE_EXCEPTIONS", False)


AWAY = "https://jahat.example"
TYPED = {
    name: str(BAD[name])
    for name in ("nul", "many_digits", "other_digits", "last_year", "year_zero", "huge", "minus")
} | {
    "empty": "",
    "long": BAD["long"][:100_000],
    "script": "\"'><script>alert(1)</script>",
    "address": f"{AWAY}/\r\nX-Jahat: 1",
    "path": BAD["path"],
}
ARGUMENT = re.compile(r'args\.get\("(\w+)"|word\["(\w+)"\]|"(dari|sampai|opd|orang|instansi)"')
NAMES = sorted({
    name
    for file in Path(views.__file__).parent.glob("*.py")
    for found in ARGUMENT.findall(file.read_text(encoding="utf-8"))
    for name in found
    if name
})  # fmt: skip
"""What the views read from an address after its question mark."""


SHARES = 2
"""Parts of the addresses, so that two processes have something to do."""

OF_CASES = ("satudata_case", "satudata_beside", "satudata_list", "satudata_inbox")


@dataclass(frozen=True)
class Form:
    """A form as a page offers it: who reads the page, where it goes, what it carries."""

    person: str
    path: str
    fields: Values

    def __str__(self) -> str:
        return f"{self.person} {self.path} {self.fields.get('act', '')}"


def places(attacked: Attacked) -> dict[str, str]:
    """What stands for each part of an address of ours."""
    ids = attacked.ids
    return {
        "number": ids["case"], "step": "8", "sequence": "1", "request": ids["request"],
        "name": ids["dataset"], "subject": SOP, "link_id": ids["link"], "rest": "x/y",
        "token": attacked.judged.rsplit("/", 1)[-1], "resource_id": ids["resource"],
        "filename": "rekaan.csv", "row_id": "x", "kind": "berubah",
        "sha256": call("", "satudata_sop_show", id=SOP)["sha256"], "form": "svg",
    }  # fmt: skip


def addresses(app: CKANTestApp, attacked: Attacked, method: str) -> Iterator[tuple[str, str, str]]:
    """Endpoint, address as it should be, and the part of it that a visitor chooses."""
    known = places(attacked)
    for rule in app.flask_app.url_map.iter_rules():
        if not rule.endpoint.startswith("satudata_") or method not in (rule.methods or ()):
            continue
        at = "assignment" if "petugas" in rule.rule else "delivery"
        at = "attachment" if "lampiran" in rule.rule else at
        values = {**known, "id": attacked.ids[at]}
        path = rule.rule
        for part in rule.arguments:
            path = re.sub(rf"<(?:\w+:)?{part}>", values[part], path)
        for part in [*rule.arguments] or [""]:
            yield rule.endpoint, path, values.get(part, "")


@pytest.mark.parametrize("share", range(SHARES))
def test_no_address_makes_the_portal_fall_or_runs_what_stands_in_it(
    app: CKANTestApp, attacked: Attacked, share: int
):
    fallen = []
    for endpoint, path, part in sorted(set(addresses(app, attacked, "GET")))[share::SHARES]:
        person = "kasi" if endpoint.startswith(OF_CASES) else "head"
        for word, bad in TYPED.items():
            wrong = path.replace(part, quote(bad[:3000], safe=""), 1) if part else path
            query = "&".join(f"{name}={quote(bad[:3000], safe='')}" for name in NAMES)
            for tried in {wrong, f"{path}?{query}"}:
                fallen += _faults(_get(app, attacked, person, tried), f"{tried[:80]} {word}")

    assert not fallen, "\n".join(fallen)


def test_no_field_of_a_form_makes_the_portal_fall_or_is_run(app: CKANTestApp, attacked: Attacked):
    fallen, forms = [], list(_forms(app, attacked))
    for form in forms:
        for place, name in enumerate(_different(form.fields)):
            for word, bad in _some(place):
                answer = _send(app, attacked, form, {**form.fields, name: bad})
                fallen += _faults(answer, f"{form}: {name} {word}")

    assert not fallen, "\n".join(fallen)
    assert len(forms) > 20


def test_reading_acts_on_nothing(app: CKANTestApp, attacked: Attacked):
    before = _events()
    for _endpoint, path, _part in addresses(app, attacked, "GET"):
        if not path.startswith("/tautan"):  # each opening of a link is an event
            _get(app, attacked, "kasi", path, stays=True)

    assert _events() == before


def test_what_acts_is_not_done_by_reading(app: CKANTestApp, attacked: Attacked):
    reading = {path for _endpoint, path, _part in addresses(app, attacked, "GET")}
    acting = {path for _endpoint, path, _part in addresses(app, attacked, "POST")} - reading

    assert {_get(app, attacked, "kasi", path).status_code for path in acting} <= {404, 405}


def test_somebody_without_a_login_gets_no_case_by_any_address(app: CKANTestApp, attacked: Attacked):
    open_to_all = ("satudata_sop", "satudata_link")
    told = []
    for method in ("GET", "POST"):
        for endpoint, path, _part in addresses(app, attacked, method):
            closed = not endpoint.startswith(open_to_all) or endpoint.startswith(
                ("satudata_link_making", "satudata_sop_routes")
            )
            with undone():
                answer = app.test_client().open(path, method=method, follow_redirects=False)
            refused = (302, 303, 401, 404, 405)
            if endpoint.startswith("satudata_downloads"):
                refused = (*refused, 403)  # as core answers for a file that is not public
            if closed and answer.status_code not in refused:
                told.append((method, path, answer.status_code))

    assert told == []


def _forms(app: CKANTestApp, attacked: Attacked) -> Iterator[Form]:
    """Every form of ours that these people are offered on any page, each once."""
    seen = set()
    for person in ("head", "kasi", "produsen_data", "staf", ""):
        for _endpoint, path, _part in sorted(set(addresses(app, attacked, "GET"))):
            for form in _on_page(person, path, _get(app, attacked, person, path)):
                key = (urlsplit(form.path).path, form.fields.get("act"), tuple(form.fields))
                if key not in seen:
                    seen.add(key)
                    yield form


def _on_page(person: str, path: str, answer: Any) -> Iterator[Form]:
    if answer.status_code != 200 or "html" not in answer.content_type:
        return
    for form in BeautifulSoup(answer.get_data(as_text=True), "html.parser").find_all("form"):
        if str(form.get("method", "")).lower() != "post":
            continue
        to = str(form.get("action") or path)
        if not to.startswith(("/user", "/api")):
            yield Form(person, to, dict(_fields(form)))


def _fields(form: Tag) -> Iterator[tuple[str, Any]]:
    for field in form.find_all(["input", "select", "textarea", "button"]):
        name = field.get("name")
        if name and name != "_csrf_token" and field.get("type") != "file":
            option = field.find("option", selected=True) or field.find("option")
            yield str(name), str((option or field).get("value") or "")


def _different(fields: Values) -> list[str]:
    """Of fields whose names differ in their number alone, as those of the columns of a table, the
    first one."""
    return list({re.sub(r"\d+", "#", name): name for name in reversed(list(fields))}.values())


def _some(place: int) -> list[tuple[str, str]]:
    """A quarter of the bad texts, another one for the next field of a form."""
    return [one for number, one in enumerate(TYPED.items()) if number % 4 == place % 4]


def _get(
    app: CKANTestApp, attacked: Attacked, person: str, path: str, *, stays: bool = False
) -> Any:
    headers = {"Authorization": attacked.token(person)} if person else {}
    client = app.test_client()
    if stays:
        return client.get(path, headers=headers, follow_redirects=False)
    with undone():
        return client.get(path, headers=headers, follow_redirects=False)


def _send(app: CKANTestApp, attacked: Attacked, form: Form, fields: Values) -> Any:
    headers = {"Authorization": attacked.token(form.person)} if form.person else {}
    with undone():
        client = app.test_client()
        return client.post(form.path, data=fields, headers=headers, follow_redirects=False)


def _faults(answer: Any, what: str) -> list[str]:
    """What is wrong with an answer to an attack, whatever else it says."""
    found = []
    if answer.status_code >= 500:
        found.append(f"{what}: {answer.status_code}")
    elif b"<script>alert" in answer.get_data():
        found.append(f"{what}: it is run")
    location = urlsplit(answer.headers.get("Location", ""))
    if location.netloc not in ("", urlsplit("http://portal.test").netloc, _site(answer)):
        found.append(f"{what}: leads to {location.netloc}")
    if any(name.lower() == "x-jahat" for name, _value in answer.headers):
        found.append(f"{what}: writes a header")
    return found


def _site(answer: Any) -> str:
    return urlsplit(answer.request.url).netloc


def _events() -> int:
    model.Session.rollback()
    return model.Session.query(EventRow).filter(EventRow.case_id.isnot(None)).count()
