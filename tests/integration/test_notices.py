"""Who is told of what, by which way, and that each notice is sent once and none is missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.notices import delivering, digest, posting
from ckanext.satudata.logic.reconcile import outboxes
from ckanext.satudata.model import notices
from ckanext.satudata.model.notices import NoticeRow
from ckanext.satudata.model.tables import AssignmentRow
from tests.integration.delivered import delivery
from tests.integration.mail_scene import Letters, deliver, free_port, mail_at, serving, text_of
from tests.integration.office import SOP, Office, act, call, submit, walk

pytestmark = pytest.mark.usefixtures("with_plugins")

RETURNED: dict[str, Any] = {
    "reason": "Satuan tidak sama & <keliru>",
    "points": [{"kind": "column", "where": "jumlah", "note": "satuan"}],
}


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def configured(port: int) -> Iterator[None]:
    """A mail server is set; nothing is sent by itself."""
    with mail_at(port), delivery.on_hold():
        yield


@pytest.fixture
def mailed(configured: None, port: int, letters: Letters) -> Iterator[Letters]:
    """The mail server answers; nothing is sent before the test says so."""
    with serving(letters, port):
        yield letters


def told(office: Office, person: str) -> list[NoticeRow]:
    """What a person was told, the oldest first."""
    model.Session.rollback()
    query = sa.select(NoticeRow).where(NoticeRow.recipient == office.people[person]["id"])
    return list(model.Session.scalars(query.order_by(NoticeRow.at, NoticeRow.kind)))


def kinds(office: Office, person: str) -> list[str]:
    return [row.kind for row in told(office, person)]


def address(office: Office, person: str) -> str:
    return office.people[person]["email"]


def due_ids() -> list[str]:
    """The Message-ID of every notice that goes by e-mail."""
    model.Session.rollback()
    query = sa.select(NoticeRow.message_id).where(NoticeRow.way == "mail")
    return sorted(model.Session.scalars(query))


def returned(office: Office) -> dict[str, Any]:
    """A case that the verifikator sent back."""
    case = walk(office, submit(office), 3)
    return act(office, case, "verifikator", "tidak_sesuai", **RETURNED)


class TestWhoIsTold:
    def test_the_holder_of_the_next_step_is_told_in_the_commit_of_the_act(self, office: Office):
        walk(office, submit(office), 3)

        assert kinds(office, "verifikator") == ["task"]

    def test_an_act_that_fails_tells_nobody(self, office: Office):
        case = walk(office, submit(office), 3)
        with pytest.raises(tk.ValidationError):
            act(office, case, "verifikator", "tidak_sesuai")

        assert kinds(office, "admin_data") == ["task"]

    def test_who_brought_the_data_gets_a_receipt(self, office: Office):
        submit(office)

        assert kinds(office, "produsen_data") == ["received"]

    def test_a_return_is_told_to_who_mends_it_and_to_who_brought_it(self, office: Office):
        returned(office)

        assert (kinds(office, "admin_data")[-1], kinds(office, "produsen_data")[-1]) == (
            "returned",
            "returned",
        )

    def test_nobody_is_told_of_what_he_did_himself(self, office: Office):
        returned(office)

        assert kinds(office, "verifikator") == ["task"]

    def test_somebody_outside_the_case_is_told_nothing(self, office: Office):
        returned(office)

        assert kinds(office, "outsider") == []

    def test_who_does_not_hold_the_step_any_more_is_not_told(self, office: Office):
        end = sa.update(AssignmentRow).where(
            AssignmentRow.user_id == office.people["verifikator"]["id"]
        )
        model.Session.execute(end.values(ended_on=date(2026, 1, 1)))
        model.Session.commit()
        walk(office, submit(office), 3)

        assert kinds(office, "verifikator") == []

    def test_an_account_that_is_gone_is_not_told(self, office: Office):
        model.User.get(office["verifikator"]).state = "deleted"
        model.Session.commit()
        walk(office, submit(office), 3)

        assert kinds(office, "verifikator") == []

    def test_the_plh_is_told_by_mail_and_who_is_away_on_his_page_only(
        self, office: Office, configured: None
    ):
        values = {"sop": SOP, "actor": "verifikator", "organization": "", "acting": "plh"}
        stand_in = {"user": office["outsider"], "for_user": office["verifikator"]}
        today = clock.today().isoformat()
        dates = {"valid_from": today, "valid_until": today}
        call(office["sysadmin"], "satudata_assignment_create", **values, **stand_in, **dates)
        walk(office, submit(office), 3)

        ways = [row.way for who in ("outsider", "verifikator") for row in told(office, who)]
        assert ways == ["mail", "page"]

    def test_who_brought_the_data_and_also_holds_a_step_of_four_eyes_is_not_called_to_it(
        self, office: Office
    ):
        row = {"sop": SOP, "actor": "verifikator", "organization": ""}
        call(office["sysadmin"], "satudata_assignment_create", user=office["produsen_data"], **row)
        walk(office, submit(office), 3)

        assert "task" not in kinds(office, "produsen_data")


class TestWays:
    def test_without_a_mail_server_everything_stays_on_the_page(self, office: Office):
        walk(office, submit(office), 3)

        assert {row.way for row in told(office, "verifikator")} == {"page"}

    def test_what_a_person_chose_holds_for_what_happens_from_then_on(
        self, office: Office, configured: None
    ):
        call(office["verifikator"], "satudata_notice_setting_set", kind="task", way="digest")
        walk(office, submit(office), 3)

        assert [row.way for row in told(office, "verifikator")] == ["digest"]

    def test_one_choice_may_stand_for_all_kinds(self, office: Office, configured: None):
        call(office["verifikator"], "satudata_notice_setting_set", kind="*", way="page")
        walk(office, submit(office), 3)

        assert [row.way for row in told(office, "verifikator")] == ["page"]

    @pytest.mark.parametrize(
        ("values", "code"),
        [
            ({"kind": "task", "way": "merpati"}, "notice_way_unknown"),
            ({"kind": "apa saja", "way": "mail"}, "notice_kind_unknown"),
        ],
    )
    def test_what_is_no_kind_or_way_is_refused(
        self, office: Office, values: dict[str, str], code: str
    ):
        with pytest.raises(tk.ValidationError) as refused:
            call(office["verifikator"], "satudata_notice_setting_set", **values)

        assert refused.value.error_dict["code"] == [code]


class TestLetters:
    def test_a_letter_names_actor_act_reason_and_the_way_to_the_case(
        self, office: Office, mailed: Letters
    ):
        case = returned(office)
        deliver()
        (*_before, last) = mailed.to(address(office, "produsen_data"))
        text = text_of(last)

        actor = model.User.get(office["verifikator"]).display_name
        wanted = (actor, RETURNED["reason"], f"/kasus/{case['number']}", "Jumlah penduduk")
        assert [one for one in wanted if one not in text] == []

    def test_in_html_what_people_typed_is_text(self, office: Office, mailed: Letters):
        returned(office)
        deliver()
        html = text_of(mailed.to(address(office, "produsen_data"))[-1], "html")

        assert "&amp; &lt;keliru&gt;" in html

    def test_its_message_id_is_that_of_the_notice(self, office: Office, mailed: Letters):
        returned(office)
        deliver()

        assert sorted(mailed.ids) == due_ids()

    def test_it_says_that_a_machine_wrote_it(self, office: Office, mailed: Letters):
        submit(office)
        deliver()

        assert {str(one["Auto-Submitted"]) for _to, one in mailed.got} == {"auto-generated"}

    def test_a_title_with_a_line_break_adds_no_header(self, office: Office, mailed: Letters):
        submit(office, title="Jumlah\nBcc: mata@mata.example")
        deliver()

        assert {to for to, _one in mailed.got} == {
            address(office, "admin_data"),
            address(office, "produsen_data"),
        }


class TestOnceAndNoneMissed:
    def test_what_was_sent_is_not_sent_again(self, office: Office, mailed: Letters):
        returned(office)
        deliver()
        for row in told(office, "admin_data"):
            model.Session.execute(
                sa.text("SELECT satudata_note('notice', :id, NULL)"), {"id": row.id}
            )
        model.Session.commit()
        deliver()

        assert sorted(mailed.ids) == due_ids()

    def test_a_server_that_was_away_gets_each_letter_once_under_its_first_id(
        self, office: Office, configured: None, port: int, letters: Letters
    ):
        returned(office)
        before = due_ids()
        for _try in range(3):
            deliver()
        with serving(letters, port):
            deliver()

        assert sorted(letters.ids) == before

    def test_a_recipient_who_is_refused_keeps_nobody_else(self, office: Office, mailed: Letters):
        mailed.refused[address(office, "admin_data")] = "550 no such user"
        returned(office)
        deliver()
        ours = {row.message_id for row in told(office, "admin_data")}

        assert set(mailed.ids) == set(due_ids()) - ours

    def test_a_refused_recipient_is_told_to_the_office_and_nothing_is_lost(
        self, office: Office, mailed: Letters
    ):
        mailed.refused[address(office, "admin_data")] = "550 no such user"
        submit(office)
        deliver()
        found = call(office["pimpinan_walidata"], "satudata_notice_undeliverable_list")

        assert [one["undeliverable"] for one in found["results"]] == ["refused_550"]

    def test_an_account_without_an_address_is_told_to_the_office(
        self, office: Office, mailed: Letters
    ):
        model.User.get(office["admin_data"]).email = None
        model.Session.commit()
        submit(office)
        deliver()
        found = call(office["pimpinan_walidata"], "satudata_notice_undeliverable_list")

        assert [one["undeliverable"] for one in found["results"]] == ["no_address"]

    def test_what_could_not_be_sent_is_sent_again_when_the_office_says_so(
        self, office: Office, mailed: Letters
    ):
        who = address(office, "admin_data")
        mailed.refused[who] = "550 no such user"
        submit(office)
        deliver()
        (one,) = call(office["pimpinan_walidata"], "satudata_notice_undeliverable_list")["results"]
        mailed.refused.clear()
        call(office["pimpinan_walidata"], "satudata_notice_send_again", ids=[one["id"]])
        deliver()

        assert [letter["Message-ID"] for letter in mailed.to(who)] == [
            told(office, "admin_data")[0].message_id
        ]

    def test_a_recipient_who_is_put_off_gets_it_later(self, office: Office, mailed: Letters):
        who = address(office, "admin_data")
        mailed.refused[who] = "450 busy"
        submit(office)
        deliver()
        mailed.refused.clear()
        deliver()

        assert len(mailed.to(who)) == 1

    def test_a_server_that_hangs_over_one_letter_gets_it_later(
        self, office: Office, mailed: Letters, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(posting, "SECONDS", 0.5)
        mailed.silent = 1
        returned(office)
        deliver()
        deliver()

        assert sorted(mailed.ids) == due_ids()

    def test_who_dies_between_the_yes_and_the_record_repeats_it_under_the_same_id(
        self, office: Office, mailed: Letters, monkeypatch: pytest.MonkeyPatch
    ):
        class Died(BaseException):
            pass

        def die(*_row: Any) -> None:
            raise Died

        submit(office)
        with monkeypatch.context() as patched:
            patched.setattr(delivering, "_settle", die)
            with pytest.raises(Died):
                deliver()
        model.Session.rollback()
        deliver()

        assert (sorted(set(mailed.ids)), len(mailed.ids)) == (due_ids(), len(due_ids()) + 1)

    def test_nothing_that_goes_by_mail_is_ever_without_its_place_in_the_outbox(
        self, office: Office, configured: None
    ):
        returned(office)
        deliver()

        assert notices.lost() == []

    def test_a_notice_that_waits_nowhere_is_found_and_mended(self, office: Office, mailed: Letters):
        submit(office)
        model.Session.execute(sa.text("DELETE FROM satudata_outbox WHERE topic = 'notice'"))
        model.Session.commit()
        found = list(outboxes.find_notices())
        assert all(outboxes.mend_notice(one) for one in found)
        model.Session.commit()
        deliver()

        assert (len(found), sorted(mailed.ids)) == (len(due_ids()), due_ids())


class TestDigest:
    @pytest.fixture
    def wants_digest(self, office: Office, mailed: Letters) -> Office:
        for person in ("admin_data", "verifikator"):
            call(office[person], "satudata_notice_setting_set", kind="*", way="digest")
        return office

    def test_it_tells_in_one_letter_what_came_since(self, wants_digest: Office, mailed: Letters):
        returned(wants_digest)
        list(digest.write_all())
        deliver()
        (letter,) = mailed.to(address(wants_digest, "admin_data"))

        assert text_of(letter).count("/kasus/") == len(told(wants_digest, "admin_data")) - 1

    def test_it_is_never_written_twice_on_a_day(self, wants_digest: Office, mailed: Letters):
        case = walk(wants_digest, submit(wants_digest), 3)
        list(digest.write_all())
        act(wants_digest, case, "verifikator", "tidak_sesuai", **RETURNED)
        list(digest.write_all())
        deliver()

        assert len(mailed.to(address(wants_digest, "admin_data"))) == 1

    def test_who_has_nothing_waiting_gets_none(self, wants_digest: Office, mailed: Letters):
        submit(wants_digest)
        list(digest.write_all())
        deliver()

        assert mailed.to(address(wants_digest, "verifikator")) == []


class TestPage:
    def test_a_person_reads_his_own_and_nobody_elses(self, office: Office):
        returned(office)
        answer = call(office["verifikator"], "satudata_notice_list")

        assert [one["kind"] for one in answer["results"]] == ["task"]

    def test_what_he_marked_is_read(self, office: Office):
        returned(office)
        (one,) = call(office["verifikator"], "satudata_notice_list")["results"]

        assert call(office["verifikator"], "satudata_notice_read", ids=[one["id"]])["unread"] == 0

    def test_nobody_marks_what_another_was_told(self, office: Office):
        returned(office)
        before = call(office["admin_data"], "satudata_notice_list")
        ids = [one["id"] for one in before["results"]]
        call(office["verifikator"], "satudata_notice_read", ids=ids)

        assert call(office["admin_data"], "satudata_notice_list")["unread"] == before["unread"] > 0

    def test_the_undeliverable_are_for_those_who_speak_for_the_portal(self, office: Office):
        with pytest.raises(tk.NotAuthorized):
            call(office["verifikator"], "satudata_notice_undeliverable_list")


class TestErasure:
    def test_what_an_erased_person_was_told_is_gone_with_his_account(self, office: Office):
        returned(office)
        end = sa.delete(AssignmentRow).where(
            AssignmentRow.user_id == office.people["verifikator"]["id"]
        )
        model.Session.execute(end)
        model.Session.commit()
        call(
            office["sysadmin"], "satudata_person_erase", user=office["verifikator"], reason="Rekaan"
        )

        assert kinds(office, "verifikator") == []
