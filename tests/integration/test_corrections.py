"""A typo in a contact is corrected without a run where the SOP says so: a release, and an event."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.audit.kinds import dataset_stream
from ckanext.satudata.model import records, releases, working_copies
from tests.integration.delivered import delivery
from tests.integration.office import act, call, submit, walk
from tests.integration.scheduled import local
from tests.integration.test_working_copy import NAME, apply, change, open_copy, shown

WHY = "Alamat surel salah ketik (rekaan)."
RIGHT = "meja-data@contoh.example"


@pytest.fixture
def published(office):
    return walk(office, submit(office), until=10)


def correct(office, person="pengelola_data", **fields):
    values = {"id": NAME, "reason": WHY, "fields": fields or {"maintainer_email": RIGHT}}
    return call(office[person], "satudata_release_correct", **values)


def dataset_id():
    return model.Package.get(NAME).id


def test_a_correction_is_public_at_once(office, published):
    correct(office)

    assert shown()["maintainer_email"] == RIGHT


def test_it_is_a_release_of_its_own_that_says_what_it_corrects(office, published):
    answer = correct(office)

    assert (answer["number"], answer["corrects"]) == (2, 1)
    assert shown()["release_number"] == 2


def test_nothing_else_of_the_data_moves(office, published):
    before = shown()
    correct(office)
    after = shown()

    moving = {"maintainer_email", "release_number", "validation_date", "metadata_modified"}
    assert {name for name in before if before[name] != after[name]} <= moving


def test_the_release_before_is_kept_as_it_was(office, published):
    correct(office)

    first = releases.releases_of(dataset_id())[-1]
    assert releases.content_of_release(first).metadata["maintainer_email"] == "data@contoh.example"


def test_it_is_an_event_with_its_reason_and_without_what_was_written(office, published):
    correct(office)

    (event,) = records.records_of(dataset_stream(dataset_id()))
    assert (event.kind, event.body["fields"], event.body["reason"]) == (
        "correction_made", ["maintainer_email"], WHY,
    )  # fmt: skip
    assert RIGHT not in str(event.body)


def test_it_is_one_commit(office, published):
    commits = []
    with delivery.on_hold():
        count = commits.append
        sa.event.listen(model.Session, "after_commit", count)
        try:
            correct(office)
        finally:
            sa.event.remove(model.Session, "after_commit", count)
    assert len(commits) == 1


@pytest.mark.parametrize("person", ["produsen_data", "verifikator", "sysadmin"])
def test_only_whom_the_sop_names_corrects(office, published, person):
    with pytest.raises(tk.NotAuthorized, match="not_corrector"):
        correct(office, person)


@pytest.mark.parametrize("field", ["title", "unit", "access_class", "resources", "private"])
def test_only_declared_fields_are_corrected(office, published, field):
    with pytest.raises(tk.ValidationError, match="field_not_correctable"):
        correct(office, **{field: "Lain"})


def test_a_value_that_the_form_refuses_is_refused_here(office, published):
    with pytest.raises(tk.ValidationError, match="maintainer_email"):
        correct(office, maintainer_email="bukan surel")
    assert shown()["release_number"] == 1


def test_what_is_right_already_makes_no_release(office, published):
    with pytest.raises(tk.ValidationError, match="nothing_corrected"):
        correct(office, maintainer_email="data@contoh.example")


def test_leaving_empty_what_is_empty_makes_no_release(office, published):
    with pytest.raises(tk.ValidationError, match="nothing_corrected"):
        correct(office, maintainer_phone="")


def test_what_was_never_published_is_not_corrected(office):
    submit(office)

    with pytest.raises(tk.ValidationError, match="not_published"):
        correct(office)


def test_what_was_withdrawn_is_not_corrected(office, published):
    call(office["pengelola_data"], "satudata_release_withdraw", id=NAME, reason=WHY)

    with pytest.raises(tk.ValidationError, match="not_published"):
        correct(office)


def test_an_open_copy_takes_the_correction_over_and_keeps_its_own(office, published):
    copy = open_copy(office)
    change(office, copy, title="Judul yang baru")
    correct(office)
    apply(office, copy)

    after = shown()
    assert (after["maintainer_email"], after["title"]) == (RIGHT, "Judul yang baru")
    assert after["release_number"] == 3


def test_a_copy_that_changed_the_same_field_is_not_overwritten(office, published):
    copy = open_copy(office)
    change(office, copy, maintainer_email="lain@contoh.example")

    with pytest.raises(tk.ValidationError, match="correction_in_copy"):
        correct(office)
    assert shown()["release_number"] == 1


def test_a_copy_that_made_the_same_correction_goes_on(office, published):
    copy = open_copy(office)
    change(office, copy, maintainer_email=RIGHT)
    correct(office)
    apply(office, copy)

    assert shown()["release_number"] == 3


def test_who_corrects_may_still_approve_the_copy(office, published):
    """He brought nothing of it: apply walks past his own four-eyes step."""
    copy = open_copy(office)
    correct(office)
    apply(office, copy)

    assert working_copies.working_copy(copy["id"]).ended == "applied"


def test_nothing_is_corrected_while_the_next_release_waits(office, published):
    copy = open_copy(office)
    case = call(office["produsen_data"], "satudata_case_show", id=copy["id"])
    case = walk(office, case, until=8)
    act(office, case, "pengelola_data", "selesai", publish_at=local(days=1))

    with pytest.raises(tk.ValidationError, match="correction_scheduled"):
        correct(office)
