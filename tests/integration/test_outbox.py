"""Nothing reaches Solr before the commit, and a Solr that is away or hangs stops nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import logic, model
from ckan.lib import search
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers

from ckanext.satudata.logic.outbox import dispatch
from ckanext.satudata.model import outbox
from tests.integration.delivered import delivery
from tests.integration.office import (
    Office,
    act,
    call,
    dataset_values,
    resource_values,
    submit,
    system,
    walk,
)
from tests.integration.outage import WELL_UNDER, hanging, refusing, seconds

pytestmark = pytest.mark.usefixtures("with_plugins")

NAME = "jumlah-penduduk"
Outage = Callable[[], AbstractContextManager[None]]
away = pytest.mark.parametrize("outage", [refusing, hanging])


def indexed(name: str = NAME) -> dict[str, Any]:
    """What the index holds of a dataset, by its name; empty when nothing."""
    try:
        return search.show(name)
    except search.SearchError:
        return {}


def waiting() -> dict[str, int]:
    model.Session.rollback()
    return {row.topic: row.waiting for row in outbox.waiting()}


def make(office: Office, name: str = NAME) -> dict[str, Any]:
    return call(office["produsen_data"], "package_create", **dataset_values(office, name))


def retitle(office: Office, title: str) -> Any:
    return call(office["produsen_data"], "package_patch", id=NAME, title=title)


class TestBeforeTheCommit:
    def test_a_dataset_that_is_made_is_found_right_after_its_commit(self, office: Office):
        dataset = make(office)

        assert indexed()["id"] == dataset["id"]

    def test_what_stock_writes_to_the_index_within_a_transaction_reaches_it_after_the_commit(
        self, office: Office
    ):
        dataset = make(office)
        model.Package.get(dataset["id"]).title = "Judul baru"
        model.Session.flush()
        logic.index_update_package({"ignore_auth": True}, dataset["id"])

        assert indexed()["title"] != "Judul baru"
        model.Session.commit()
        assert indexed()["title"] == "Judul baru"

    def test_what_is_rolled_back_is_never_delivered(self, office: Office):
        dataset = make(office)
        model.Package.get(dataset["id"]).title = "Judul yang tidak jadi"
        model.Session.flush()
        logic.index_update_package({"ignore_auth": True}, dataset["id"])
        model.Session.rollback()

        assert (waiting(), indexed()["title"]) == ({}, dataset["title"])

    def test_a_note_within_a_savepoint_that_is_rolled_back_is_never_delivered(self, office):
        nested = model.Session.begin_nested()
        outbox.note(outbox.DATASET, "tidak-ada")
        nested.rollback()
        with delivery.on_hold():
            model.Session.commit()

        assert waiting() == {}

    def test_a_purged_dataset_leaves_the_index(self, office: Office):
        make(office)
        helpers.call_action("dataset_purge", id=NAME)

        assert indexed() == {}

    def test_a_deleted_dataset_leaves_the_index(self, office: Office):
        make(office)
        system("package_delete", id=NAME)

        assert indexed() == {}

    def test_another_owner_reaches_the_index_though_core_never_tells_it(self, office: Office):
        make(office)
        other = office.other_agency
        helpers.call_action("package_owner_org_update", id=NAME, organization_id=other["id"])

        assert indexed()["organization"] == other["name"]

    def test_a_flag_that_somebody_sets_by_sql_reaches_the_index(self, office: Office):
        dataset = make(office)
        state = {"id": dataset["id"]}
        model.Session.execute(sa.text("UPDATE package SET state = 'draft' WHERE id = :id"), state)
        model.Session.commit()

        assert indexed()["state"] == "draft"


class TestAway:
    @away
    def test_a_dataset_is_made_in_no_more_time(self, office: Office, outage: Outage):
        with delivery.on_hold(), outage():
            assert seconds(lambda: make(office)) < WELL_UNDER

    @away
    def test_a_file_is_brought_in_no_more_time(self, office: Office, outage: Outage):
        values = resource_values(make(office)["id"])
        with delivery.on_hold(), outage():
            taken = seconds(lambda: call(office["produsen_data"], "resource_create", **values))

        assert taken < WELL_UNDER

    @away
    def test_a_dataset_is_edited_in_no_more_time(self, office: Office, outage: Outage):
        make(office)
        with delivery.on_hold(), outage():
            assert seconds(lambda: retitle(office, "Judul lain")) < WELL_UNDER

    @away
    def test_an_act_is_done_in_no_more_time(self, office: Office, outage: Outage):
        case = submit(office)
        with delivery.on_hold(), outage():
            assert seconds(lambda: act(office, case, "admin_data", "selesai")) < WELL_UNDER

    @away
    def test_a_form_that_edits_a_dataset_answers_in_no_more_time(
        self, app, office: Office, outage: Outage
    ):
        dataset, token = make(office), token_of(office["produsen_data"])
        address = f"/dataset/edit/{dataset['id']}"
        values = {**dataset_values(office), "title": "Judul dari formulir", "save": ""}

        def post() -> None:
            answer = app.post(address, data=values, headers=token, follow_redirects=False)
            assert answer.status_code == 302, answer.body

        with delivery.on_hold(), outage():
            assert seconds(post) < WELL_UNDER

    @away
    def test_what_waits_says_how_often_it_failed(self, office: Office, outage: Outage):
        with outage():
            make(office)
            model.Session.rollback()
            (row,) = outbox.waiting()

        assert (row.topic, row.waiting, row.failing) == ("dataset", 1, 1)

    @away
    def test_what_waited_is_delivered_when_solr_is_back(self, office: Office, outage: Outage):
        with outage():
            dataset = make(office)
        due_now()
        delivery.deliver()

        assert (waiting(), indexed()["id"]) == ({}, dataset["id"])

    def test_the_password_of_solr_stands_in_no_row(self, office: Office):
        with refusing():
            tk.config["solr_user"], tk.config["solr_password"] = "orang", "rahasia-sekali"
            try:
                make(office)
            finally:
                tk.config["solr_user"] = tk.config["solr_password"] = None
        errors = model.Session.scalars(sa.text("SELECT error FROM satudata_outbox")).all()

        assert errors
        assert not [one for one in errors if "rahasia-sekali" in one or "orang" in one]


class TestDelivery:
    def test_a_change_made_while_a_delivery_runs_is_delivered_too(self, office: Office):
        dataset = make(office)
        with delivery.on_hold():
            retitle(office, "Judul pertama")
            leased = outbox.lease("the first", 20, 60)
            model.Session.commit()
            retitle(office, "Judul kedua")
            outbox.done("the first", leased)
            model.Session.commit()

        assert waiting() == {"dataset": 1}
        assert dispatch.all_due("the next").done == 1
        assert indexed()["title"] == "Judul kedua"
        assert dataset["id"] == indexed()["id"]

    def test_what_one_delivers_no_other_takes(self, office: Office):
        with delivery.on_hold():
            make(office)
            assert outbox.lease("the first", 20, 60)
            model.Session.commit()
            retitle(office, "Judul kedua")

            assert outbox.lease("the next", 20, 60) == []
            model.Session.rollback()

    def test_what_somebody_left_half_done_is_taken_when_his_lease_is_over(self, office: Office):
        with delivery.on_hold():
            dataset = make(office)
            outbox.lease("the dead", 20, 0)
            model.Session.commit()

        assert dispatch.all_due("the next").failed == 0
        assert (waiting(), indexed()["id"]) == ({}, dataset["id"])

    def test_a_dataset_that_cannot_be_shown_keeps_no_other_out(self, office: Office, monkeypatch):
        def broken(context: Any, dataset_id: str) -> Any:
            if dataset_id == first["id"]:
                raise KeyError("broken")
            return whole(context, dataset_id)

        whole = logic.package_show_default_and_custom_schemas
        with delivery.on_hold():
            first, second = make(office), make(office, "data-kedua")
            monkeypatch.setattr(logic, "package_show_default_and_custom_schemas", broken)
            came = dispatch.all_due("test")

        assert (came.done > 0, came.failed > 0, waiting()) == (True, True, {"dataset": 1})
        assert indexed("data-kedua")["id"] == second["id"]

    def test_what_fails_again_waits_longer(self, office: Office):
        with refusing():
            make(office)
            for _ in range(3):
                due_now()
                delivery.deliver()
        model.Session.rollback()

        assert 4 < (outbox.seconds_to_next() or 0) <= 8

    def test_each_change_gives_the_document_another_stamp(self, office: Office):
        make(office)
        before = indexed()["revision_id"]
        outbox.note(outbox.DATASET, model.Package.get(NAME).id)
        model.Session.commit()

        assert int(indexed()["revision_id"]) > int(before)


def due_now() -> None:
    """As if the pause before the next attempt were over."""
    with delivery.on_hold():
        model.Session.execute(sa.text("UPDATE satudata_outbox SET next_at = satudata_now()"))
        model.Session.commit()


def token_of(person: str) -> dict[str, str]:
    return {"Authorization": factories.APIToken(user=person)["token"]}


def test_a_dataset_is_shown_as_it_stands_while_the_index_is_late(app, office: Office):
    case = walk(office, submit(office), until=8)
    with delivery.on_hold():
        act(office, case, "pengelola_data", "selesai")
        shown = app.get(f"/api/3/action/package_show?id={NAME}").json["result"]

    assert shown["private"] is False
