"""A Solr that hangs delays no page but that of a search, and that one not for ever."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.satudata.logic.datasets import patience
from tests.integration.office import Office, call, submit, walk
from tests.integration.outage import hanging, seconds

pytestmark = pytest.mark.usefixtures("with_plugins")

NAME = "jumlah-penduduk"
AT_MOST = 1.0
"""Seconds more than with a Solr that answers."""


def delay(app: Any, path: str, **headers: str) -> float:
    """By how much a hanging Solr delays an answer, which has to be as good as without."""
    app.get(path, headers=headers)
    usual = seconds(lambda: app.get(path, headers=headers))
    answers: list[Any] = []
    with hanging():
        took = seconds(lambda: answers.append(app.get(path, headers=headers)))
    assert answers[0].status_code == 200
    print(f"{path}: {usual:.2f} s, {took:.2f} s")
    return took - usual


@pytest.fixture
def private(office: Office) -> dict[str, str]:
    submit(office)
    return {"Authorization": office.people["produsen_data"]["token"]}


@pytest.fixture
def public(office: Office) -> Office:
    walk(office, submit(office), until=10)
    return office


@pytest.mark.parametrize("path", [f"/dataset/{NAME}", f"/api/3/action/package_show?id={NAME}"])
def test_private_data_are_read_from_the_database(app, private, path):
    assert delay(app, path, **private) < AT_MOST


@pytest.mark.parametrize("path", [f"/dataset/{NAME}", f"/api/3/action/package_show?id={NAME}"])
def test_public_data_are_read_from_the_database(app, public, path):
    assert delay(app, path) < AT_MOST


def test_the_front_page_does_without_its_numbers(app, public):
    assert delay(app, "/") < AT_MOST


@pytest.mark.parametrize("path", ["/organization/", "/kotak-masuk"])
def test_lists_of_others_do_without_their_numbers(app, private, path):
    assert delay(app, path, **private) < AT_MOST


def test_a_file_is_read_from_the_database(app, public):
    file = call(public["produsen_data"], "package_show", id=NAME)["resources"][0]["id"]

    assert delay(app, f"/dataset/{NAME}/resource/{file}") < AT_MOST


def test_what_hung_is_not_waited_for_again_at_once(app, private):
    app.get(f"/dataset/{NAME}", headers=private)
    usual = seconds(lambda: app.get(f"/dataset/{NAME}", headers=private))
    with hanging():
        app.get(f"/dataset/{NAME}", headers=private)
        again = seconds(lambda: app.get(f"/dataset/{NAME}", headers=private))

    assert again - usual < patience.SHORT_SECONDS / 2


def test_who_searches_waits_longer_than_who_reads(app, public, monkeypatch):
    """A Solr that is only slow goes on searching."""
    monkeypatch.setattr(patience, "SHORT_SECONDS", 0.0001)
    app.get("/")
    assert patience.Silence.short

    found = app.get("/dataset/?q=penduduk").body
    patience.ask_again()
    assert NAME in found


def test_a_search_that_hung_says_so(app, public, monkeypatch):
    with hanging():
        page = app.get("/dataset/?q=penduduk").body
        again = seconds(lambda: app.get("/dataset/?q=penduduk"))

    assert 'role="alert"' in page
    assert again < AT_MOST


def test_a_program_that_searches_is_told_so(app, public):
    with hanging():
        answer = app.get("/api/3/action/package_search?q=penduduk", status=500)

    assert answer.json["error"]["__type"] == "Search Connection Error"


def test_the_front_page_says_that_it_cannot_search(app, public):
    with hanging():
        page = app.get("/").body

    assert 'role="alert"' in page


def test_agencies_are_counted_by_the_database_meanwhile(app, public):
    with hanging():
        answer = app.get("/api/3/action/organization_list?all_fields=true")

    counts = {one["name"]: one["package_count"] for one in answer.json["result"]}
    assert counts[public.agency["name"]] == 1
