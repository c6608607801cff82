"""What is done beside the steps of a case is one commit, too, and nothing inside it commits.

The acts of the five SOPs are counted where they are walked (five_sops/conftest.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from sqlalchemy import event

from tests.integration.counted import Ledger, counting
from tests.integration.delivered import delivery
from tests.integration.link_scene import RETURN, Phone, make_scene
from tests.integration.office import (
    Office,
    call,
    dataset_values,
    resource_values,
    submit,
    upload,
    walk,
)

NAME = "jumlah-penduduk"
WHY = "Angka keliru (rekaan)."


def upload_opens_case(office: Office) -> Ledger:
    producer = office["produsen_data"]
    dataset = call(producer, "package_create", **dataset_values(office))
    with counting() as ledger:
        call(producer, "resource_create", **resource_values(dataset["id"]))
    return ledger


def attach(office: Office) -> Ledger:
    case = submit(office)
    sent = upload(b"%PDF-1.7\nRekaan\n%%EOF\n", "surat.pdf")
    with counting() as ledger:
        call(office["admin_data"], "satudata_attachment_create", upload=sent, case_id=case["id"])
    return ledger


def withdraw(office: Office) -> Ledger:
    walk(office, submit(office), until=10)
    with counting() as ledger:
        call(office["pengelola_data"], "satudata_release_withdraw", id=NAME, reason=WHY)
    return ledger


def force(office: Office) -> Ledger:
    made = call(office["sysadmin"], "package_create", **dataset_values(office))
    call(office["sysadmin"], "resource_create", **resource_values(made["id"]))
    with counting() as ledger:
        call(office["sysadmin"], "satudata_release_force", id=NAME, reason=WHY)
    return ledger


def apply_copy(office: Office) -> Ledger:
    producer = office["produsen_data"]
    walk(office, submit(office), until=10)
    with counting("act") as ledger:
        copy = call(producer, "satudata_working_copy_create", id=NAME)
        call(producer, "package_patch", id=copy["id"], title="Judul baru")
        walk(office, call(producer, "satudata_case_show", id=copy["id"]), until=10)
    return ledger


def drop_copy(office: Office) -> Ledger:
    producer = office["produsen_data"]
    walk(office, submit(office), until=10)
    copy = call(producer, "satudata_working_copy_create", id=NAME)
    case = call(office["sysadmin"], "satudata_case_show", id=copy["id"])
    visit = case["open_visits"][0]
    end = {"step": visit["step"], "visit": visit["number"], "act": "cancel", "reason": WHY}
    with counting("act") as ledger:
        call(
            office["pimpinan_tim_data"],
            "satudata_case_act",
            id=case["id"],
            version=case["version"],
            **end,
        )
        call(producer, "satudata_working_copy_drop", id=copy["id"], reason="Keliru.")
    return ledger


DEEDS: dict[str, Callable[[Office], Ledger]] = {
    "an upload that opens a case": upload_opens_case,
    "an attachment": attach,
    "a withdrawal": withdraw,
    "a forced publication": force,
    "a working copy that is applied": apply_copy,
    "a working copy that is dropped": drop_copy,
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_beside_the_steps_is_one_commit(office: Office, storage: Any, deed: str):
    ledger = DEEDS[deed](office)

    assert ledger.calls
    assert ledger.surprises() == {}


def test_an_upload_has_its_case_in_its_first_commit(office: Office, storage: Any):
    producer = office["produsen_data"]
    dataset = call(producer, "package_create", **dataset_values(office))
    kept: list[tuple[int, int]] = []
    with delivery.on_hold(), after_each_commit(lambda: kept.append(resources_and_cases())):
        call(producer, "resource_create", **resource_values(dataset["id"]))

    assert kept[0] == (1, 1)


@contextmanager
def after_each_commit(look: Callable[[], None]) -> Iterator[None]:
    """`look` after each commit of a session, savepoints left out."""

    def committed(session: Any) -> None:
        if session.get_nested_transaction() is None:
            look()

    event.listen(model.Session, "after_commit", committed)
    try:
        yield
    finally:
        event.remove(model.Session, "after_commit", committed)


def resources_and_cases() -> tuple[int, int]:
    """How many of each the database has for everybody, asked on a connection of its own."""
    query = "SELECT (SELECT count(*) FROM resource), (SELECT count(*) FROM satudata_case)"
    assert model.meta.engine is not None
    with model.meta.engine.connect() as connection:
        resources, of_cases = connection.execute(sa.text(query)).one()
    return resources, of_cases


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
class TestALink:
    def test_making_and_withdrawing_one_are_one_commit_each(self):
        scene = make_scene()
        with counting() as ledger:
            made = scene.link()
            call(scene.cast["kasi"], "satudata_link_withdraw", id=made["id"])

        assert ledger.surprises() == {}
        assert len(ledger.calls) > 1

    def test_an_answer_by_it_is_one_commit(self, app: Any):
        scene = make_scene()
        url = scene.link()["url"]
        phone = Phone(app)
        form = {**phone.form(url), "outcome": "perlu_perbaikan", **RETURN}
        before = scene.count()
        with counting() as ledger:
            ledger.call("answer", lambda: phone.post(url, **form))

        assert scene.count() > before
        (came,) = ledger.table()["answer"]
        assert came.replace("c", "") == "C"
