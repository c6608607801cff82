"""A withdrawal holds from its commit, however late the index learns of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib import search
from ckan.lib.search.common import make_connection
from ckan.tests import factories, helpers

from tests.integration.delivered import delivery
from tests.integration.office import Office, call, submit, walk

pytestmark = pytest.mark.usefixtures("with_plugins")

MADE_BY_SOLR = ("_version_", "title_ngram", "name_ngram")
NAME, TITLE = "jumlah-penduduk", "Jumlah penduduk menurut kecamatan"


@pytest.fixture
def published(office: Office) -> Office:
    walk(office, submit(office, tag_string="rahasia-setelah-ditarik"), until=10)
    return office


@pytest.fixture
def withdrawn(published: Office) -> Iterator[Office]:
    """It is private by now, and neither the index nor this session has been told."""
    known = model.Package.get(NAME)
    with delivery.on_hold():
        by_sql("UPDATE package SET private = true WHERE name = :name")
        assert known is not None
        yield published


@pytest.fixture
def forgotten(withdrawn: Office) -> Office:
    """And the index never will be told: the note is lost."""
    by_sql("DELETE FROM satudata_outbox")
    return withdrawn


def by_sql(statement: str) -> None:
    values = {"name": NAME} if ":name" in statement else {}
    model.Session.execute(sa.text(statement), values)
    model.Session.commit()


def found(app: Any, **values: Any) -> dict[str, Any]:
    """What the public is answered."""
    return app.get("/api/3/action/package_search", query_string=values).json["result"]


def test_what_is_published_is_found(app, published: Office):
    assert [one["name"] for one in found(app, q=TITLE)["results"]] == [NAME]


def test_what_is_withdrawn_is_not_found(app, withdrawn: Office):
    assert found(app, q=TITLE)["results"] == []


def test_what_is_withdrawn_is_not_counted(app, withdrawn: Office):
    assert found(app, q=TITLE, rows=0)["count"] == 0


def test_words_of_what_is_withdrawn_are_in_no_facet(app, withdrawn: Office):
    facets = found(app, rows=0, **{"facet.field": '["tags"]'})["search_facets"]

    assert facets["tags"]["items"] == []


def test_what_is_withdrawn_is_in_no_feed(app, withdrawn: Office):
    assert TITLE not in app.get("/feeds/dataset.atom").body


def test_what_is_withdrawn_is_on_no_page_of_its_agency(app, withdrawn: Office):
    assert NAME not in app.get(f"/organization/{withdrawn.agency['name']}").body


def test_what_is_withdrawn_is_not_suggested(app, withdrawn: Office):
    answer = app.get("/api/3/action/package_autocomplete", query_string={"q": "jumlah"})

    assert answer.json["result"] == []


def test_what_is_withdrawn_is_not_found_by_an_account_that_has_nothing_to_do_with_it(withdrawn):
    nobody = factories.User()["name"]

    answer = call(nobody, "package_search", q=TITLE)

    assert (answer["count"], answer["results"]) == (0, [])


def test_what_is_withdrawn_is_found_by_those_who_may_see_it(withdrawn: Office):
    answer = call(withdrawn["produsen_data"], "package_search", q=TITLE)

    assert [one["name"] for one in answer["results"]] == [NAME]


def test_what_is_withdrawn_is_not_found_though_its_note_is_lost(app, forgotten: Office):
    answer = found(app, q=TITLE)

    assert (answer["count"], answer["results"]) == (0, [])


def test_a_search_goes_on_after_the_database_was_away(app, withdrawn: Office):
    found(app, q=TITLE)
    by_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND query LIKE '%satudata_not_public%'"
    )

    assert found(app, q=TITLE)["results"] == []


def test_who_withdraws_does_not_find_it_before_his_commit_either(app, published: Office):
    values = {"name": NAME}
    model.Session.execute(sa.text("UPDATE package SET private = true WHERE name = :name"), values)
    answer = helpers.call_action("package_search", {"user": "", "ignore_auth": False}, q=TITLE)
    model.Session.rollback()

    assert answer["results"] == []


def test_a_document_without_a_dataset_is_not_found(app, published: Office):
    document = {one: text for one, text in search.show(NAME).items() if one not in MADE_BY_SOLR}
    phantom = {"id": "tidak-ada", "index_id": "tidak-ada", "permission_labels": ["public"]}
    make_connection().add([{**document, **phantom}], commit=True)

    answer = found(app, q=TITLE)

    assert (answer["count"], len(answer["results"])) == (1, 1)


def test_what_is_made_public_without_a_release_is_not_found(app, office: Office, no_wall):
    submit(office)
    by_sql("UPDATE package SET private = false WHERE name = :name")

    assert found(app, q=TITLE)["results"] == []


def test_upkeep_still_sees_documents_without_a_dataset(forgotten: Office):
    answer = helpers.call_action("package_search", q=TITLE)

    assert answer["count"] == 1


@pytest.mark.parametrize("fields", [["id"], ["name"], ["name", "title"], ["id", "capacity"]])
def test_fields_that_are_asked_for_come_and_no_others(app, published: Office, fields):
    (one,) = helpers.call_action(
        "package_search", {"user": "", "ignore_auth": False}, q=TITLE, fl=fields
    )["results"]

    assert set(one) == set(fields)
