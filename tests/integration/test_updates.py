"""Data that come near their day are asked for by the portal itself, once; what is late says so."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.duties import table
from ckanext.satudata.logic.updates import asking
from ckanext.satudata.model import releases
from tests.integration.office import Office, call, submit, walk
from tests.integration.release_scene import apply, cancel_case, changed_copy, open_copy
from tests.integration.test_access import TEST
from tests.integration.updating import MONTHLY, NAME, Updating

pytestmark = pytest.mark.usefixtures("with_plugins")

DAY = timedelta(days=1)
WHY = "Angka tertukar (rekaan)."


def publish(office: Office, **changes: Any) -> None:
    walk(office, submit(office, **{**MONTHLY, **changes}), until=10)


@pytest.fixture
def made(office: Office, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Publish a dataset with these values."""

    def make(**changes: Any) -> Updating:
        publish(office, **changes)
        return Updating(office, monkeypatch)

    return make


@pytest.fixture
def monthly(made: Any) -> Updating:
    return made()


def test_the_portal_does_it_by_itself():
    duty = next(one for one in table.DUTIES if one.name == "updates")
    assert (duty.run, duty.every) == (asking.all_due, timedelta(minutes=30))


class TestADayThatComesNear:
    def test_asks_for_nothing_before(self, monthly: Updating):
        monthly.look(monthly.near - DAY)

        assert (monthly.events(), monthly.listed("pimpinan_walidata")) == ([], [])

    def test_asks_the_producing_agency(self, monthly: Updating):
        monthly.look(monthly.near)

        assert monthly.events() == ["update_asked"]
        assert monthly.last_event() == {
            "due_on": monthly.due.isoformat(),
            "basis": "update_frequency",
            "organization": monthly.agency,
            "list": None,
        }

    def test_asks_once_however_often_one_looks(self, monthly: Updating):
        for day in (monthly.near, monthly.near, monthly.due, monthly.due + 40 * DAY):
            monthly.look(day)

        assert monthly.events() == ["update_asked"]

    def test_asks_once_where_two_dispatchers_look_at_once(self, monthly: Updating):
        monthly.at(monthly.near)
        start, many = Barrier(2), []

        def run() -> None:
            start.wait()
            try:
                list(asking.all_due())
            finally:
                model.Session.remove()

        for _ in range(2):
            many.append(Thread(target=run))
            many[-1].start()
        for one in many:
            one.join()

        assert monthly.events() == ["update_asked"]

    def test_after_a_machine_that_stood_still_for_three_months_asks_once(self, monthly: Updating):
        monthly.look(monthly.working(monthly.due + 92 * DAY))

        assert monthly.events() == ["update_asked"]
        assert monthly.told("produsen_data") == ["update_overdue"]
        (row,) = monthly.listed("pimpinan_walidata")
        assert (row["state"], row["due_on"]) == ("overdue", monthly.due.isoformat())

    def test_asks_for_closed_data_too(self, made: Any):
        closed = made(access_class="tertutup", **TEST)
        closed.look(closed.near)

        assert closed.events() == ["update_asked"]

    @pytest.mark.parametrize("frequency", ["sewaktu-waktu", "sekali", ""])
    def test_never_comes_without_a_frequency_that_says_when(self, made: Any, frequency: str):
        never = made(update_frequency=frequency)
        never.look(clock.now().date() + 4000 * DAY)

        assert (never.row.due_on, never.events()) == (None, [])
        assert never.public()["update_status"] is None

    def test_of_a_schedule_is_that_of_the_schedule(self, made: Any):
        next_year = f"{clock.now().year + 1}-06"
        scheduled = made(release_schedule=next_year)

        assert scheduled.due.isoformat() == f"{next_year}-30"


class TestWhoIsTold:
    def test_is_who_brings_the_data(self, monthly: Updating):
        monthly.look(monthly.working(monthly.near))

        assert monthly.told("produsen_data") == ["update_asked"]
        told = [monthly.told(one) for one in ("verifikator", "pengelola_data", "outsider")]
        assert told == [[], [], []]

    def test_is_once_the_day_has_passed_who_steers_the_sop_too(self, monthly: Updating):
        monthly.look(monthly.working(monthly.near))
        monthly.look(monthly.working(monthly.due + DAY))

        assert monthly.told("produsen_data") == ["update_asked", "update_overdue"]
        assert monthly.told("pengelola_data") == ["update_overdue"]

    def test_is_nobody_on_the_day_itself(self, monthly: Updating):
        monthly.look(monthly.working(monthly.near))
        monthly.look(monthly.due)

        assert monthly.told("pengelola_data") == []

    def test_is_nobody_at_night(self, monthly: Updating):
        day = monthly.working(monthly.near)
        monthly.look(day, hour=22)
        before = monthly.told("produsen_data")
        monthly.look(monthly.working(day + DAY))

        assert (before, monthly.told("produsen_data")) == ([], ["update_asked"])

    def test_reads_what_by_when_and_where(self, monthly: Updating):
        monthly.look(monthly.working(monthly.near))
        told = call(monthly.office["produsen_data"], "satudata_notice_list", kind="update_asked")
        (one,) = told["results"]

        assert (one["case"], one["deadline"]) == (None, monthly.due.isoformat())
        assert "Jumlah penduduk" in one["sentence"]
        assert one["address"].endswith(f"/dataset/{monthly.id}")


class TestAnUpload:
    def test_answers_the_request_and_starts_the_case_at_the_receiving_step(self, monthly: Updating):
        monthly.look(monthly.near)
        copy = open_copy(monthly.office)
        case = call(monthly.office["produsen_data"], "satudata_case_show", id=copy["id"])

        assert monthly.events() == ["update_asked", "update_answered"]
        body = monthly.last_event()
        assert (body["working_copy"], body["case"]) == (copy["id"], case["number"])
        assert [one["step"] for one in case["open_visits"]] == [1]
        (row,) = monthly.listed("produsen_data")
        assert row["answered"] == {"name": copy["name"], "case": case["number"]}

    def test_that_nobody_asked_for_answers_nothing(self, monthly: Updating):
        open_copy(monthly.office)

        assert monthly.events() == []

    def test_that_was_begun_before_is_not_asked_for(self, monthly: Updating):
        open_copy(monthly.office)
        monthly.look(monthly.working(monthly.due + DAY))

        assert (monthly.events(), monthly.told("produsen_data")) == ([], [])
        (row,) = monthly.listed("pimpinan_walidata")
        assert (row["state"], row["asked_at"]) == ("overdue", None)

    def test_that_was_dropped_is_asked_for(self, monthly: Updating):
        copy = open_copy(monthly.office)
        cancel_case(monthly.office, copy)
        producer = monthly.office["produsen_data"]
        call(producer, "satudata_working_copy_drop", id=copy["id"], reason="Rekaan")
        monthly.look(monthly.near)

        assert monthly.events() == ["update_asked"]

    def test_that_is_released_ends_the_request_and_a_new_time_begins(self, monthly: Updating):
        monthly.look(monthly.near)
        before = monthly.due
        apply(monthly.office, changed_copy(monthly.office))
        monthly.look(monthly.near)

        assert monthly.events() == ["update_asked", "update_answered", "update_ended"]
        assert monthly.last_event() == {
            "due_on": before.isoformat(),
            "why": "released",
            "release": 2,
        }
        assert (monthly.due > before, monthly.row.asked_at) == (True, None)

    def test_that_is_released_is_overdue_no_more_from_its_commit_on(self, monthly: Updating):
        monthly.look(monthly.due + DAY)
        apply(monthly.office, changed_copy(monthly.office))

        assert monthly.listed("pimpinan_walidata") == []
        assert monthly.public()["update_status"] == "mutakhir"


class TestData:
    def test_that_are_withdrawn_are_asked_for_no_more(self, monthly: Updating):
        monthly.look(monthly.near)
        head = monthly.office["pimpinan_walidata"]
        call(head, "satudata_release_withdraw", id=NAME, reason=WHY)
        monthly.look(monthly.due + DAY)

        assert monthly.events() == ["update_asked", "update_ended"]
        assert (monthly.last_event()["why"], monthly.planned()) == ("withdrawn", None)
        assert monthly.listed("pimpinan_walidata") == []

    def test_that_were_withdrawn_before_are_never_asked_for(self, monthly: Updating):
        head = monthly.office["pimpinan_walidata"]
        call(head, "satudata_release_withdraw", id=NAME, reason=WHY)
        monthly.look(monthly.due + DAY)

        assert (monthly.events(), monthly.planned()) == ([], None)

    def test_that_were_only_corrected_are_due_as_before(self, monthly: Updating):
        monthly.look(monthly.near)
        due = monthly.due
        fields = {"maintainer_email": "meja-data@contoh.example"}
        values = {"id": NAME, "reason": WHY, "fields": fields}
        call(monthly.office["pengelola_data"], "satudata_release_correct", **values)
        monthly.look(monthly.due + DAY)

        assert (monthly.events(), monthly.due) == (["update_asked"], due)
        assert monthly.public()["update_due"] == due.isoformat()


class TestThePublic:
    def test_reads_that_data_were_not_updated_from_the_day_after_on(self, monthly: Updating):
        found = []
        for day in (monthly.due - DAY, monthly.due, monthly.due + DAY):
            monthly.at(day)
            found.append(monthly.public()["update_status"])

        assert found == ["mutakhir", "mutakhir", "belum_dimutakhirkan"]

    def test_reads_it_without_a_change_of_the_approved_release(self, monthly: Updating):
        before, release = monthly.public(), releases.shown_release(monthly.id)
        assert release is not None
        digests = (release.content_sha256, release.rows_digest)
        monthly.look(monthly.due + DAY)
        after = monthly.public()
        model.Session.expire_all()

        assert {name for name in before if before[name] != after[name]} == {"update_status"}
        release = releases.shown_release(monthly.id)
        assert release is not None
        assert (release.content_sha256, release.rows_digest) == digests

    def test_reads_nothing_of_a_case(self, monthly: Updating, app: Any):
        monthly.look(monthly.due + DAY)
        open_copy(monthly.office)
        page = app.get(f"/dataset/{NAME}").get_data(as_text=True)
        told = page[page.index('id="not-updated"') :].split("</p>")[0]

        assert 'id="update-asked"' not in page
        assert "/kasus/" not in page
        assert str(monthly.due.year) in told

    def test_finds_it_by_search_on_the_day_of_asking(self, monthly: Updating):
        found = []
        for day in (monthly.due, monthly.due + DAY):
            monthly.at(day)
            for status in ("belum_dimutakhirkan", "mutakhir"):
                asked = {"fq": f'update_status:"{status}"'}
                answer = helpers.call_action("package_search", {"user": ""}, **asked)
                found.append([one["update_status"] for one in answer["results"]])

        assert found == [[], ["mutakhir"], ["belum_dimutakhirkan"], []]

    def test_is_told_nothing_of_closed_data(self, made: Any):
        closed = made(access_class="tertutup", **TEST)
        closed.look(closed.due + DAY)
        found = helpers.call_action(
            "package_search", {"user": ""}, fq="update_status:belum_dimutakhirkan"
        )

        assert found["count"] == 0
        with pytest.raises(tk.NotAuthorized):
            closed.public()

    def test_writes_it_back_without_storing_it(self, monthly: Updating):
        copy = open_copy(monthly.office)
        producer = monthly.office["produsen_data"]
        dataset = call(producer, "package_show", id=copy["id"])
        dataset |= {"update_due": "1999-01-01", "update_status": "mutakhir"}
        call(producer, "package_update", **dataset)

        package = model.Package.get(copy["id"])
        assert package is not None
        assert {"update_due", "update_status"}.isdisjoint(package.extras)


class TestTheList:
    def test_is_read_by_the_office_and_by_the_agency_itself(self, monthly: Updating):
        monthly.look(monthly.due + DAY)
        readers = ("pimpinan_walidata", "verifikator", "produsen_data", "sysadmin", "outsider")

        assert [len(monthly.listed(one)) for one in readers] == [1, 1, 1, 1, 0]

    def test_of_closed_data_is_not_read_by_members_without_a_post(self, made: Any):
        closed = made(access_class="tertutup", **TEST)
        member = factories.UserWithToken()
        closed.office.people["member"] = member
        values = {"id": closed.agency, "username": member["name"], "role": "member"}
        call(closed.office["sysadmin"], "organization_member_create", **values)
        closed.look(closed.due + DAY)

        assert [len(closed.listed(one)) for one in ("produsen_data", "member")] == [1, 0]

    def test_is_narrowed_by_state_and_agency(self, monthly: Updating):
        monthly.look(monthly.due + DAY)
        head = "pimpinan_walidata"

        assert monthly.listed(head, state="near") == []
        assert len(monthly.listed(head, state="overdue")) == 1
        assert monthly.listed(head, organization=monthly.office.other_agency["name"]) == []

    def test_counts_what_comes_near_apart(self, monthly: Updating):
        monthly.look(monthly.near)
        answer = call(monthly.office["verifikator"], "satudata_update_list", limit=0)

        assert (answer["counts"], answer["count"]) == ({"overdue": 0, "near": 1}, 1)
        assert answer["results"] == []

    def test_of_an_agency_that_is_none_is_refused(self, monthly: Updating):
        with pytest.raises(tk.ValidationError):
            monthly.listed("verifikator", organization="tidak-ada")

    def test_is_asked_for_by_people_with_an_account(self, monthly: Updating):
        with pytest.raises(tk.NotAuthorized):
            call("", "satudata_update_list")
