"""A name can be taken out of the record, and the record stays whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.audit.kinds import PORTAL
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.proof import verifying
from ckanext.satudata.model import persons
from ckanext.satudata.model.proof_rows import PersonRow
from ckanext.satudata.model.records import records_of
from ckanext.satudata.model.tables import EventRow
from tests.integration.beginnings import begin_with
from tests.integration.link_scene import BPS, PERSON, Phone, Scene, make_scene
from tests.integration.office import call

ACTION = "satudata_person_erase"
WHY = "Surat 12/PDP (rekaan)"


@pytest.fixture
def scene(app, with_plugins, clean_index) -> Scene:
    """A link by which somebody without an account judged a list."""
    found = begin_with(make_scene)
    Phone(app).send(found.link()["url"], "sesuai")
    return found


@pytest.fixture
def admin(scene: Scene) -> str:
    user = model.User.get(scene.cast["kasi"])
    user.sysadmin = True
    model.Session.commit()
    return user.name


def stored() -> str:
    """Everything that the events hold."""
    return json.dumps([row.body for row in model.Session.scalars(sa.select(EventRow))])


def test_no_event_holds_the_name_of_who_acted_by_a_link(scene: Scene) -> None:
    assert PERSON not in stored()
    assert BPS not in stored()


def test_the_case_still_says_who_it_was(scene: Scene) -> None:
    assert PERSON in json.dumps(scene.case())


def test_an_erased_name_is_told_by_nothing_any_more(scene: Scene, admin: str) -> None:
    call(admin, ACTION, name=PERSON, reason=WHY)
    assert PERSON not in json.dumps(scene.case())
    rows = model.Session.execute(sa.text("SELECT * FROM satudata_person")).fetchall()
    assert PERSON not in str(rows)


def test_the_record_is_whole_after_it_as_before(scene: Scene, admin: str) -> None:
    before = verifying.verify().broken
    call(admin, ACTION, name=PERSON, reason=WHY)
    assert (before, verifying.verify().broken) == (0, 0)


def test_other_names_stay(scene: Scene, admin: str) -> None:
    call(admin, ACTION, name=PERSON, reason=WHY)
    assert BPS in json.dumps(scene.case())


def test_the_name_of_a_link_is_erased_with_the_link(scene: Scene, admin: str) -> None:
    call(admin, ACTION, name=BPS, reason=WHY)
    assert BPS not in json.dumps(scene.case())
    assert BPS not in json.dumps(call(admin, "satudata_link_list", id=scene.case_id))


def test_the_hash_of_an_erased_name_cannot_be_tried_out(scene: Scene, admin: str) -> None:
    call(admin, ACTION, name=PERSON, reason=WHY)
    erased = model.Session.scalars(sa.select(PersonRow).where(PersonRow.erased_at.isnot(None)))
    assert [(row.salt, row.value) for row in erased] == [(None, None)]


def test_that_it_was_erased_is_an_event_without_the_name(scene: Scene, admin: str) -> None:
    call(admin, ACTION, name=PERSON, reason=WHY)
    event = records_of(PORTAL)[-1]
    assert (event.kind, event.body["reason"]) == ("person_erased", WHY)
    assert PERSON not in json.dumps(event.body)


def test_only_the_administrator_of_the_portal_erases(scene: Scene) -> None:
    with pytest.raises(tk.NotAuthorized, match="not_sysadmin"):
        call(scene.cast["kabid"], ACTION, name=PERSON, reason=WHY)
    assert PERSON in json.dumps(scene.case())


def test_a_name_that_stands_nowhere_is_refused(scene: Scene, admin: str) -> None:
    with pytest.raises(tk.ValidationError, match="person_unknown"):
        call(admin, ACTION, name="Tidak Ada (rekaan)", reason=WHY)


def test_what_is_written_again_after_an_erasure_is_a_new_reference(clean_db: None) -> None:
    body: dict[str, Any] = {"paper": {"name": PERSON}}
    first = persons.put_aside(body, clock.now())
    persons.erase(PERSON, clock.now())
    again = persons.put_aside(body, clock.now())
    assert first["paper"]["name"]["person"] != again["paper"]["name"]["person"]


EXCHANGED = sa.update(PersonRow).values(value={"name": "Orang lain (rekaan)"})


@pytest.mark.parametrize("how", [EXCHANGED, sa.delete(PersonRow)])
def test_a_stored_name_that_was_exchanged_or_taken_is_found(scene: Scene, how: Any) -> None:
    model.Session.execute(how)
    model.Session.commit()
    found = verifying.verify()
    assert {(one.what, one.stream) for one in found.faults} == {("name", scene.case_id)}
