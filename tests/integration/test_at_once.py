"""Two who put the same thing in force, or bring the same people, in the same moment."""

from __future__ import annotations

from ckan import model

from ckanext.satudata.model.tables import AdoptionRow, AssignmentRow
from tests.integration.at_once import both_at_once
from tests.integration.office import SOP, adopt
from tests.integration.officers_book import WHOLE, applied
from tests.integration.sheets import NEW_REVISION, bring


def test_of_two_adoptions_at_once_one_is_in_force(office):
    bring(office, NEW_REVISION)
    model.Session.rollback()

    assert both_at_once(lambda: adopt(office, SOP)) == ["won", "won"]
    model.Session.rollback()
    query = model.Session.query(AdoptionRow).filter_by(subject=SOP, ended_at=None)
    assert query.count() == 1


def test_of_two_imports_at_once_one_brings_the_people(office):
    model.Session.rollback()
    again: list[bool] = []

    def bring_people() -> None:
        again.append(applied(office, WHOLE)["again"])

    assert both_at_once(bring_people) == ["won", "won"]
    model.Session.rollback()
    person = model.User.get("rani-rekaan")
    assert person is not None
    assert sorted(again) == [False, True]
    assert model.Session.query(AssignmentRow).filter_by(user_id=person.id).count() == 1
