"""Moving, calling off, holding back and correcting have pages of their own, as other acts do."""

from __future__ import annotations

from html import unescape

import pytest
from ckan import model

from ckanext.satudata.audit.kinds import dataset_stream
from ckanext.satudata.model import records
from tests.integration.beginnings import begin_with
from tests.integration.office import act, call, make_office, submit, walk
from tests.integration.release_scene import NAME, changed_copy, open_copy, with_one_release
from tests.integration.scheduled import local
from tests.integration.test_pages import Browser, main_part

pytestmark = pytest.mark.usefixtures("with_plugins")

WHY = "Menunggu rilis resmi (rekaan)."
MOVE, CALL_OFF = f"/dataset/{NAME}/ubah-jadwal", f"/dataset/{NAME}/batal-jadwal"
EMBARGO, LIFT = f"/dataset/{NAME}/embargo", f"/dataset/{NAME}/cabut-embargo"
CORRECT = f"/dataset/{NAME}/koreksi"
STEERS = "pengelola_data"


def with_scheduled():
    """An office whose one dataset waits for tomorrow."""
    office = make_office()
    case = walk(office, submit(office), until=8)
    act(office, case, STEERS, "selesai", publish_at=local(days=1))
    return office


@pytest.fixture
def browser(app, office):
    return Browser(app, office)


def waiting(office):
    return call(office["sysadmin"], "satudata_case_show", id=NAME)["scheduled"]


def case_events(office, kind):
    case = call(office["sysadmin"], "satudata_case_show", id=NAME)
    return [one["body"].get("reason") for one in case["events"] if one["kind"] == kind]


def records_of_data():
    package = model.Package.get(NAME)
    assert package is not None
    return records.records_of(dataset_stream(package.id))


def data_events():
    return [(one.kind, one.body["reason"]) for one in records_of_data()]


class TestMoving:
    @pytest.fixture
    def office(self, with_plugins, clean_index):
        return begin_with(with_scheduled)

    @pytest.mark.parametrize("actor", [STEERS, "pimpinan_walidata", "sysadmin"])
    def test_has_a_form_with_the_time_it_has_and_the_zone(self, browser, office, actor):
        page = main_part(browser.get(actor, MOVE))

        assert 'type="datetime-local"' in page
        assert f'value="{local(days=1)[:10]}' in page
        assert "WIB" in page

    def test_tells_others_who_may(self, browser):
        answer = browser.get("produsen_data", MOVE)

        assert answer.status_code == 403
        assert "not_timer" in main_part(answer)

    def test_is_not_there_for_another_agency(self, browser):
        assert browser.get("outsider", MOVE).status_code == 404

    def test_leads_to_the_case_that_says_the_new_time(self, browser, office):
        at = local(days=2)
        answer = browser.post(STEERS, MOVE, publish_at=at, reason=WHY)
        result = browser.get(STEERS, answer.location)

        assert answer.status_code == 303
        assert waiting(office)[0]["at"] in main_part(result)

    def test_to_a_past_time_is_a_fault_of_the_field_and_keeps_what_was_typed(self, browser):
        past = local(days=-1)
        answer = browser.post(STEERS, MOVE, publish_at=past, reason=WHY)

        assert answer.status_code == 422
        assert 'href="#field-publish_at"' in answer.body
        assert f'value="{past}"' in answer.body
        assert WHY in answer.body

    def test_without_a_time_asks_for_one(self, browser):
        answer = browser.post(STEERS, MOVE, publish_at="", reason=WHY)

        assert answer.status_code == 422
        assert 'id="field-publish_at-error"' in answer.body

    def test_without_a_reason_is_a_fault_of_the_field(self, browser):
        answer = browser.post(STEERS, MOVE, publish_at=local(days=2), reason=" ")

        assert answer.status_code == 422
        assert 'href="#field-reason"' in answer.body

    def test_sent_twice_counts_once_and_shows_the_same_result(self, browser, office):
        values = {"publish_at": local(days=2), "reason": WHY}
        first = browser.post(STEERS, MOVE, **values)
        again = browser.post(STEERS, MOVE, **values)

        assert (again.status_code, again.location) == (303, first.location)
        assert case_events(office, "release_moved") == [WHY]

    def test_to_the_time_that_it_has_moves_nothing(self, browser, office):
        browser.post(STEERS, MOVE, publish_at=local(days=2), reason="Alasan pertama (rekaan)")
        at = browser.get(STEERS, MOVE).body.split('type="datetime-local"')[1]
        at = at.split('value="')[1].split('"')[0]
        answer = browser.post(STEERS, MOVE, publish_at=at, reason=WHY)

        assert answer.status_code == 422
        assert len(case_events(office, "release_moved")) == 1

    @pytest.mark.parametrize(
        ("actor", "offered"), [("produsen_data", False), (STEERS, True), ("sysadmin", True)]
    )
    @pytest.mark.parametrize("way", [MOVE, CALL_OFF])
    def test_is_offered_to_those_who_may(self, browser, actor, offered, way):
        page = main_part(browser.get(actor, f"/dataset/{NAME}"))

        assert (f'href="{way}"' in page) is offered

    def test_is_offered_on_the_case(self, browser, office):
        case = call(office["sysadmin"], "satudata_case_show", id=NAME)
        page = main_part(browser.get(STEERS, f"/kasus/{case['number']}"))

        assert "/ubah-jadwal" in page
        assert "/batal-jadwal" in page

    def test_staff_read_on_the_data_until_when_it_waits(self, browser, office):
        page = main_part(browser.get("produsen_data", f"/dataset/{NAME}"))

        assert waiting(office)[0]["at"] in page


class TestCallingOff:
    @pytest.fixture
    def office(self, with_plugins, clean_index):
        return begin_with(with_scheduled)

    def test_has_a_form_that_ends_with_the_verb(self, browser):
        assert 'id="act-send"' in main_part(browser.get(STEERS, CALL_OFF))

    def test_leads_to_the_case_whose_step_waits_for_a_decision(self, browser, office):
        answer = browser.post(STEERS, CALL_OFF, reason=WHY)
        result = browser.get(STEERS, answer.location)

        assert answer.status_code == 303
        assert 'id="act-link"' in main_part(result)
        assert waiting(office) == []

    def test_sent_twice_counts_once_and_shows_the_same_result(self, browser, office):
        first = browser.post(STEERS, CALL_OFF, reason=WHY)
        again = browser.post(STEERS, CALL_OFF, reason=WHY)

        assert (again.status_code, again.location) == (303, first.location)
        assert case_events(office, "release_called_off") == [WHY]

    def test_of_what_does_not_wait_says_so(self, browser):
        browser.post(STEERS, CALL_OFF, reason=WHY)
        answer = browser.get(STEERS, CALL_OFF)

        assert answer.status_code == 409
        assert "not_scheduled" in main_part(answer)

    def test_without_a_reason_calls_nothing_off(self, browser, office):
        assert browser.post(STEERS, CALL_OFF, reason="").status_code == 422
        assert waiting(office) != []


class TestAWaitingCopy:
    """The public knows nothing of it."""

    @pytest.fixture
    def office(self, with_plugins, clean_index):
        office = begin_with(with_one_release)
        copy = changed_copy(office)
        case = call(office["produsen_data"], "satudata_case_show", id=copy["id"])
        case = walk(office, case, until=8)
        act(office, case, STEERS, "selesai", publish_at=local(days=1))
        return office

    @pytest.mark.parametrize("page", [f"/dataset/{NAME}", f"/dataset/{NAME}/rilis"])
    def test_is_told_to_staff_on_the_public_data(self, browser, page):
        body = main_part(browser.get(STEERS, page))

        assert 'id="scheduled"' in body
        assert f'href="{MOVE}"' in body

    @pytest.mark.parametrize("actor", [None, "outsider"])
    def test_is_not_told_to_others(self, browser, actor):
        assert 'id="scheduled"' not in browser.get(actor, f"/dataset/{NAME}").body

    def test_cannot_be_guessed_by_another_agency(self, browser):
        answer = browser.get("outsider", MOVE)

        assert answer.status_code == 409
        assert "not_scheduled" in main_part(answer)


class TestEmbargoes:
    @pytest.fixture
    def office(self, with_plugins, clean_index):
        return begin_with(with_one_release)

    @pytest.fixture
    def browser(self, app, office):
        open_copy(office)
        return Browser(app, office)

    def test_is_set_and_the_data_says_until_when_and_why(self, browser):
        answer = browser.post(STEERS, EMBARGO, not_before=local(days=3), reason=WHY)
        page = main_part(browser.get(STEERS, answer.location))

        assert answer.status_code == 303
        assert 'id="held-back"' in page
        assert WHY in page
        assert f'href="{LIFT}"' in page

    def test_is_not_told_to_the_public(self, browser):
        browser.post(STEERS, EMBARGO, not_before=local(days=3), reason=WHY)

        assert WHY not in browser.get(None, f"/dataset/{NAME}").body
        assert WHY not in browser.get("outsider", f"/dataset/{NAME}/rilis").body

    def test_sent_twice_counts_once(self, browser):
        values = {"not_before": local(days=3), "reason": WHY}
        browser.post(STEERS, EMBARGO, **values)
        again = browser.post(STEERS, EMBARGO, **values)

        assert again.status_code == 303
        assert data_events().count(("embargo_set", WHY)) == 1

    def test_a_time_that_is_none_is_a_fault_of_the_field(self, browser):
        answer = browser.post(STEERS, EMBARGO, not_before="besok", reason=WHY)

        assert answer.status_code == 422
        assert 'href="#field-not_before"' in answer.body

    @pytest.mark.parametrize("actor", ["produsen_data", "outsider"])
    def test_is_refused_to_others(self, browser, actor):
        answer = browser.post(actor, EMBARGO, not_before=local(days=3), reason=WHY)

        assert answer.status_code == 403
        assert "embargo_set" not in dict(data_events())

    def test_is_lifted_once_with_a_reason(self, browser):
        browser.post(STEERS, EMBARGO, not_before=local(days=3), reason=WHY)
        first = browser.post(STEERS, LIFT, reason=WHY)
        again = browser.post(STEERS, LIFT, reason=WHY)

        assert (again.status_code, again.location) == (303, first.location)
        assert data_events().count(("embargo_lifted", WHY)) == 1

    def test_where_there_is_none_there_is_nothing_to_lift(self, browser):
        answer = browser.get(STEERS, LIFT)

        assert answer.status_code == 409
        assert "no_embargo" in main_part(answer)
        assert f'href="{LIFT}"' not in browser.get(STEERS, f"/dataset/{NAME}").body


class TestCorrecting:
    RIGHT = "meja-data@contoh.example"

    @pytest.fixture
    def office(self, with_plugins, clean_index):
        return begin_with(with_one_release)

    def form(self, **values):
        public = {"maintainer_email": "data@contoh.example", "release": "1", "reason": WHY}
        return {**public, **values}

    def test_asks_for_the_declared_fields_and_no_others(self, browser):
        page = main_part(browser.get(STEERS, CORRECT))

        assert 'value="data@contoh.example"' in page
        assert 'name="notes"' in page
        assert 'name="title"' not in page

    def test_leads_to_the_release_that_says_what_it_is(self, browser):
        answer = browser.post(STEERS, CORRECT, **self.form(maintainer_email=self.RIGHT))
        page = main_part(browser.get(None, answer.location))

        assert answer.location.endswith(f"/dataset/{NAME}/rilis/2")
        assert 'id="corrects"' in page
        assert data_events() == [("correction_made", WHY)]

    def test_only_what_was_changed_is_corrected(self, browser, office):
        notes = call(office["sysadmin"], "package_show", id=NAME)["notes"]
        values = self.form(maintainer_email=self.RIGHT, notes=notes.replace("\n", "\r\n") + "\r\n")
        browser.post(STEERS, CORRECT, **values)

        (event,) = records_of_data()
        assert event.body["fields"] == ["maintainer_email"]

    def test_a_value_that_the_form_refuses_is_a_fault_of_that_field(self, browser):
        answer = browser.post(STEERS, CORRECT, **self.form(maintainer_email="bukan surel"))

        assert answer.status_code == 422
        assert 'href="#field-maintainer_email"' in answer.body
        assert 'value="bukan surel"' in answer.body
        assert WHY in answer.body

    def test_nothing_changed_says_so(self, browser):
        answer = browser.post(STEERS, CORRECT, **self.form())

        assert answer.status_code == 422
        assert data_events() == []

    def test_sent_twice_counts_once_and_shows_the_same_result(self, browser):
        values = self.form(maintainer_email=self.RIGHT)
        first = browser.post(STEERS, CORRECT, **values)
        again = browser.post(STEERS, CORRECT, **values)

        assert (again.status_code, again.location) == (303, first.location)
        assert len(data_events()) == 1

    def test_another_correction_of_the_same_release_is_asked_to_look_again(self, browser):
        browser.post(STEERS, CORRECT, **self.form(maintainer_email=self.RIGHT))
        answer = browser.post(STEERS, CORRECT, **self.form(maintainer_email="lain@contoh.example"))

        assert answer.status_code == 409
        assert "release_followed" in answer.body
        assert 'value="lain@contoh.example"' in answer.body
        assert len(data_events()) == 1

    def test_tells_others_who_may(self, browser):
        answer = browser.get("verifikator", CORRECT)

        assert answer.status_code == 403
        assert "not_corrector" in main_part(answer)

    @pytest.mark.parametrize("actor", [None, "outsider", "produsen_data", STEERS])
    def test_is_offered_to_those_who_may(self, browser, actor):
        page = main_part(browser.get(actor, f"/dataset/{NAME}"))

        assert (f'href="{CORRECT}"' in page) is (actor == STEERS)


@pytest.mark.parametrize("path", [MOVE, CALL_OFF, EMBARGO, LIFT, CORRECT])
def test_the_public_is_asked_to_log_in(app, with_plugins, clean_index, path):
    browser = Browser(app, begin_with(with_one_release))

    assert "/user/login" in browser.get(None, path).location


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (MOVE, {"reason": WHY, "publish_at": "2030-01-01T08:00"}),
        (EMBARGO, {"reason": WHY, "not_before": "2030-01-01T08:00"}),
        (CORRECT, {"reason": WHY, "maintainer_email": "meja@contoh.example", "notes": "Baru"}),
    ],
)
def test_a_session_that_is_over_gives_every_field_back(app, with_plugins, clean_index, path, form):
    office = begin_with(with_one_release)
    typed = Browser(app, office).post(None, path, **form).body.partition('id="typed"')[2]

    assert [one for one in form.values() if one not in unescape(typed)] == []


def test_who_may_no_longer_correct_keeps_what_he_wrote(app, with_plugins, clean_index):
    office = begin_with(with_one_release)
    form = {"reason": WHY, "maintainer_email": "meja@contoh.example"}
    answer = Browser(app, office).post("verifikator", CORRECT, **form)

    assert "meja@contoh.example" in answer.body.partition('id="typed"')[2]


def test_no_page_runs_what_is_typed(app, with_plugins, clean_index):
    browser = Browser(app, begin_with(with_scheduled))
    bad = "<script>alert(1)</script>"
    answer = browser.post(STEERS, MOVE, publish_at=local(days=2), reason=bad)

    for path in (answer.location, f"/dataset/{NAME}"):
        body = browser.get(STEERS, path).body
        assert bad not in body
        assert bad in unescape(body)
