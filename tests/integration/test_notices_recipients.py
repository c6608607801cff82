"""Who is told, and of how much: of what is his, as long as it is his to see."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic.notices import lines
from ckanext.satudata.logic.notices.context import in_the_portal
from ckanext.satudata.logic.notices.sight import Sight
from ckanext.satudata.model.notices import NoticeRow
from tests.integration import list_office
from tests.integration.office import SOP, Office, act, call, submit, walk

pytestmark = pytest.mark.usefixtures("with_plugins")


RETURNED: dict[str, Any] = {
    "reason": "Satuan tidak sama (rekaan)",
    "points": [{"kind": "column", "where": "jumlah", "note": "satuan"}],
}


def told(person: dict[str, Any]) -> list[NoticeRow]:
    """What a person was told, the oldest first."""
    model.Session.rollback()
    query = sa.select(NoticeRow).where(NoticeRow.recipient == person["id"])
    return list(model.Session.scalars(query.order_by(NoticeRow.at, NoticeRow.kind)))


def kinds(office: Office, person: str) -> list[str]:
    return [row.kind for row in told(office.people[person])]


def take_away(office: Office, person: str) -> None:
    """End all that somebody holds, as a transfer does."""
    for row in call(office["sysadmin"], "satudata_assignment_list", user=office[person]):
        call(office["sysadmin"], "satudata_assignment_end", id=row["id"])


def let_verify(office: Office, person: str) -> None:
    values = {"sop": SOP, "actor": "verifikator", "user": office[person]}
    call(office["sysadmin"], "satudata_assignment_create", **values)


class TestAClaim:
    @pytest.fixture
    def claimed(self, office: Office) -> dict[str, Any]:
        """A visit that the verifikator claimed, while two others hold the step."""
        for person in ("outsider", "analis_data"):
            let_verify(office, person)
        return act(office, walk(office, submit(office), 3), "verifikator", "", act="claim")

    def comment(self, office: Office, case: dict[str, Any]) -> None:
        act(office, case, "analis_data", "", act="comment", text="Sedang dibaca (rekaan).")

    def test_one_who_holds_the_step_no_longer_is_not_told_of_what_he_claimed(
        self, office: Office, claimed: dict[str, Any]
    ) -> None:
        take_away(office, "verifikator")
        self.comment(office, claimed)

        assert "comment" not in kinds(office, "verifikator")

    def test_who_holds_a_step_is_told_though_one_who_holds_it_no_longer_claimed_it(
        self, office: Office, claimed: dict[str, Any]
    ) -> None:
        take_away(office, "verifikator")
        self.comment(office, claimed)

        assert "comment" in kinds(office, "outsider")

    def test_what_somebody_claimed_is_told_to_nobody_else(
        self, office: Office, claimed: dict[str, Any]
    ) -> None:
        self.comment(office, claimed)

        assert ("comment" in kinds(office, "verifikator"), kinds(office, "outsider")) == (
            True,
            ["task"],
        )


def leave_the_agency(office: Office) -> None:
    """The producer works elsewhere from now on; his account stays."""
    take_away(office, "produsen_data")
    values = {"id": office.agency["id"], "username": office["produsen_data"]}
    call(office["sysadmin"], "organization_member_delete", **values)


class TestWhoLeftTheAgency:
    @pytest.fixture
    def case(self, office: Office) -> dict[str, Any]:
        """A case over data that the producer brought, at the verifikator's step."""
        return walk(office, submit(office), 3)

    def send_back(self, office: Office, case: dict[str, Any]) -> None:
        act(office, case, "verifikator", "tidak_sesuai", **RETURNED)

    def test_is_told_no_more_of_what_he_brought(self, office: Office, case: dict[str, Any]) -> None:
        leave_the_agency(office)
        self.send_back(office, case)

        assert "returned" not in kinds(office, "produsen_data")

    def test_reads_no_more_why_his_data_came_back(
        self, office: Office, case: dict[str, Any]
    ) -> None:
        self.send_back(office, case)
        leave_the_agency(office)
        listed = call(office["produsen_data"], "satudata_notice_list")["results"]

        assert [one["reason"] for one in listed] == ["", ""]

    def test_gets_no_facts_in_the_digest_that_was_gathered_before(
        self, office: Office, case: dict[str, Any]
    ) -> None:
        user = model.User.get(office["produsen_data"])
        assert user is not None
        self.send_back(office, case)
        row = told(office.people["produsen_data"])[-1]
        leave_the_agency(office)
        with in_the_portal():
            line = lines.line_of(row, Sight(user))

        assert (line.facts, line.address) == ((), "")

    def test_who_stayed_reads_why(self, office: Office, case: dict[str, Any]) -> None:
        self.send_back(office, case)
        listed = call(office["produsen_data"], "satudata_notice_list")["results"]

        assert listed[0]["reason"] == RETURNED["reason"]


class TestAList:
    def test_a_producer_is_told_of_his_own_data_and_of_no_others(self, desk: Office) -> None:
        case = list_office.with_data(desk)
        list_office.act(desk, case, "kasi", act="cancel", reason="Diulang (rekaan).")

        rows = [row for row in told(desk.people["produsen_data"]) if row.kind == "cancelled"]
        assert {row.facts["count"] for row in rows} == {1}
