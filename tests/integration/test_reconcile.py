"""`ckan satudata reconcile` finds each disagreement, and mends it when it is asked to."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib import search

from ckanext.satudata.logic.outbox import index
from ckanext.satudata.logic.reconcile import outboxes
from ckanext.satudata.model import outbox
from tests.integration.delivered import delivery
from tests.integration.link_scene import deliver, make_scene
from tests.integration.office import Office, call, dataset_values, submit, system, walk
from tests.integration.outage import refusing
from tests.integration.terminal import Said, Terminal

pytestmark = pytest.mark.usefixtures("with_plugins", "storage", "empty_datastore")

NAME = "jumlah-penduduk"


@pytest.fixture
def terminal(app) -> Terminal:
    return Terminal(app)


@pytest.fixture
def dataset(office: Office) -> dict[str, Any]:
    return call(office["produsen_data"], "package_create", **dataset_values(office))


def by_sql(statement: str) -> None:
    """Past everything that is ours, and nobody delivers meanwhile."""
    with delivery.on_hold():
        model.Session.execute(sa.text(statement))
        model.Session.commit()


def lose_notes() -> None:
    by_sql("DELETE FROM satudata_outbox")


def clean(terminal: Terminal) -> Said:
    said = terminal.run("reconcile")
    assert said.status == 0, said.out
    return said


def named(said: Said) -> list[str]:
    """The checks that found something; the last line counts."""
    return [line.partition(":")[0] for line in said.out.splitlines()[:-1]]


def test_a_portal_in_order_has_nothing_to_mend(terminal, office: Office):
    walk(office, submit(office), until=10)

    assert named(clean(terminal)) == []


class TestSearch:
    def test_a_dataset_that_the_index_lost_is_missing(self, terminal, dataset):
        with index.straight_to_solr():
            search.clear(dataset["id"])
        said = terminal.run("reconcile")

        assert (said.status, named(said)) == (1, ["search"])
        assert f"{NAME} ({dataset['id']}) tidak ada" in said.out or "missing" in said.out

    def test_a_missing_dataset_is_indexed_again(self, terminal, dataset):
        with index.straight_to_solr():
            search.clear(dataset["id"])

        assert terminal.run("reconcile", "--fix").status == 0
        assert search.show(NAME)["id"] == dataset["id"]
        clean(terminal)

    def test_a_dataset_whose_delivery_solr_lost_is_stale(self, terminal, dataset, monkeypatch):
        with monkeypatch.context() as patched:
            patched.setattr(index.SolrBatch, "update_dict", lambda *args, **values: None)
            outbox.note(outbox.DATASET, dataset["id"])
            model.Session.commit()

        assert named(terminal.run("reconcile")) == ["search"]
        assert terminal.run("reconcile", "--fix").status == 0
        clean(terminal)

    def test_a_dataset_that_changed_past_the_outbox_is_stale(self, terminal, dataset):
        with delivery.on_hold():
            system("package_patch", id=NAME, title="Judul lain")
        lose_notes()

        assert named(terminal.run("reconcile")) == ["search"]
        assert terminal.run("reconcile", "--fix").status == 0
        assert search.show(NAME)["title"] == "Judul lain"

    def test_a_document_without_a_dataset_is_taken_out(self, terminal, dataset):
        with delivery.on_hold():
            system("dataset_purge", id=NAME)
        lose_notes()

        assert named(terminal.run("reconcile")) == ["search"]
        assert terminal.run("reconcile", "--fix").status == 0
        with pytest.raises(search.SearchError):
            search.show(NAME)

    def test_what_still_waits_is_late_and_no_disagreement(self, terminal, dataset):
        with delivery.on_hold():
            system("package_patch", id=NAME, title="Judul lain")

            assert named(clean(terminal)) == []

    def test_a_server_that_does_not_answer_is_said_and_not_mended(self, terminal, dataset):
        with refusing():
            said = terminal.run("reconcile", "--fix")

        assert (said.status, named(said)) == (1, ["search"])


class TestFlag:
    def test_a_public_dataset_without_a_release_is_closed(self, terminal, dataset, no_wall):
        by_sql("UPDATE package SET private = false")

        assert "flag" in named(terminal.run("reconcile", "--fix"))
        assert model.Package.get(NAME).private is True
        clean(terminal)

    @pytest.mark.parametrize("how", ["private = true", "state = 'draft'", "state = 'deleted'"])
    def test_a_closed_dataset_with_a_release_is_for_a_person(self, terminal, office: Office, how):
        walk(office, submit(office), until=10)
        model.Session.execute(sa.text(f"UPDATE package SET {how}"))
        model.Session.commit()

        said = terminal.run("reconcile", "--fix")
        assert (said.status, named(said)) == (1, ["flag"])


class TestOutbox:
    def test_what_waits_for_long_is_found_and_delivered(self, terminal, office: Office):
        with delivery.on_hold():
            call(office["produsen_data"], "package_create", **dataset_values(office))
            by_sql("UPDATE satudata_outbox SET made_at = made_at - interval '1 hour'")
            by_sql("UPDATE satudata_outbox SET next_at = next_at + interval '1 hour'")

            assert named(terminal.run("reconcile")) == ["outbox"]
            assert terminal.run("reconcile", "--fix").status == 0
        assert search.show(NAME)["name"] == NAME

    def test_what_cannot_be_delivered_now_is_not_called_mended(self, terminal, office: Office):
        with delivery.on_hold():
            call(office["produsen_data"], "package_create", **dataset_values(office))
            by_sql("UPDATE satudata_outbox SET made_at = made_at - interval '1 hour'")
            with refusing():
                assert terminal.run("reconcile", "--fix").status == 1

    def test_a_lease_of_the_dead_is_released(self, terminal, office: Office):
        with delivery.on_hold():
            call(office["produsen_data"], "package_create", **dataset_values(office))
            outbox.lease("the dead", 20, 0)
            model.Session.commit()

            assert named(terminal.run("reconcile", "--fix")) == ["lease"]
        assert search.show(NAME)["name"] == NAME


@pytest.mark.usefixtures("clean_db", "clean_index")
def test_work_that_nobody_does_is_given_to_the_worker_again(terminal, monkeypatch):
    monkeypatch.setattr(outboxes, "TOO_OLD", -1)
    scene = make_scene()
    deliver(scene)
    scene.act("bps", "layak")
    with delivery.on_hold():
        scene.act("kasi")
    lose_notes()

    assert named(terminal.run("reconcile")) == ["work"]
    assert terminal.run("reconcile", "--fix").status == 0
