"""A working copy is taken back by who opened it, while nobody else has it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.audit.kinds import dataset_stream
from ckanext.satudata.model import records, working_copies
from tests.integration.delivered import delivery
from tests.integration.office import act, call, submit, walk
from tests.integration.test_working_copy import NAME, change, open_copy, shown

WHY = "Salah berkas (rekaan)."


@pytest.fixture
def copy(office):
    walk(office, submit(office), until=10)
    return open_copy(office)


def drop(office, copy, person="produsen_data"):
    return call(office[person], "satudata_working_copy_drop", id=copy["id"], reason=WHY)


def case_of(office, copy):
    return call(office["pengelola_data"], "satudata_case_show", id=str(copy["case"]))


def test_who_opened_it_drops_it_with_its_case(office, copy):
    drop(office, copy)

    assert working_copies.working_copy(copy["id"]).ended == "dropped"
    assert case_of(office, copy)["state"] == "cancelled"


def test_the_public_goes_on_reading_the_release(office, copy):
    before = shown()
    change(office, copy, title="Judul yang baru")
    drop(office, copy)

    assert shown() == before


def test_the_case_says_that_the_copy_was_dropped_and_why(office, copy):
    drop(office, copy)

    last = case_of(office, copy)["events"][-1]
    assert (last["kind"], last["body"]["reason"]) == ("case_cancelled", WHY)


def test_the_dataset_keeps_the_event(office, copy):
    drop(office, copy)

    told = records.records_of(dataset_stream(model.Package.get(NAME).id))
    assert [(one.kind, one.body["working_copy"]) for one in told] == [
        ("working_copy_dropped", copy["id"])
    ]


def test_another_copy_can_be_opened_then(office, copy):
    drop(office, copy)

    assert open_copy(office)["case"] not in (None, copy["case"])


def test_once_others_have_it_he_is_told_who_can_cancel(office, copy):
    walk(office, case_of(office, copy), until=3)

    with pytest.raises(tk.ValidationError, match="working_copy_in_case") as refused:
        drop(office, copy)
    assert "Verifikator" in str(refused.value)
    assert working_copies.working_copy(copy["id"]).ended is None


def test_returned_to_him_it_is_his_to_drop_again(office, copy):
    case = walk(office, case_of(office, copy), until=3)
    points = [{"kind": "all", "where": "", "note": "Rekaan"}]
    act(office, case, "verifikator", "tidak_sesuai", reason=WHY, points=points)
    drop(office, copy)

    assert case_of(office, copy)["state"] == "cancelled"


def test_somebody_else_who_writes_for_the_agency_does_not_drop_it_from_a_case(office, copy):
    with pytest.raises(tk.ValidationError, match="working_copy_in_case"):
        drop(office, copy, person="sysadmin")


def test_a_case_that_is_cancelled_leaves_a_copy_that_can_be_dropped(office, copy):
    case = case_of(office, copy)
    act(office, case, "pengelola_data", "", act="cancel", reason=WHY)
    drop(office, copy)

    assert working_copies.working_copy(copy["id"]).ended == "dropped"


def test_a_copy_is_dropped_once(office, copy):
    drop(office, copy)

    with pytest.raises((tk.ValidationError, tk.NotAuthorized, tk.ObjectNotFound)):
        drop(office, copy)
    told = records.records_of(dataset_stream(model.Package.get(NAME).id))
    assert len(told) == 1


def test_dropping_is_one_commit(office, copy):
    commits = []
    with delivery.on_hold():
        count = commits.append
        sa.event.listen(model.Session, "after_commit", count)
        try:
            drop(office, copy)
        finally:
            sa.event.remove(model.Session, "after_commit", count)
    assert len(commits) == 1
