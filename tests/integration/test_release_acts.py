"""Withdrawing, forcing and dropping have pages of their own: facts, reason, verb, result."""

from __future__ import annotations

from html import unescape

import pytest
from ckan import model

from ckanext.satudata.audit.kinds import dataset_stream
from ckanext.satudata.model import records, working_copies
from tests.integration.beginnings import begin_with
from tests.integration.office import call, dataset_values, resource_values, submit, walk
from tests.integration.release_scene import (
    NAME,
    apply,
    changed_copy,
    with_changed_copy,
    with_free_copy,
    with_one_release,
)
from tests.integration.test_pages import Browser, main_part

pytestmark = pytest.mark.usefixtures("with_plugins")

WHY = "Angka tahun 2025 salah hitung (rekaan)."
WITHDRAW, FORCE = f"/dataset/{NAME}/tarik", f"/dataset/{NAME}/terbit-khusus"


@pytest.fixture
def browser(app, office):
    return Browser(app, office)


def events(name=NAME):
    stream = dataset_stream(model.Package.get(name).id)
    return [(one.kind, one.body["reason"]) for one in records.records_of(stream)]


def is_public(name=NAME):
    model.Session.expire_all()
    return not model.Package.get(name).private


class TestWithdrawing:
    @pytest.fixture
    def office(self, with_plugins, clean_index):
        return begin_with(with_one_release)

    @pytest.mark.parametrize("actor", ["pengelola_data", "pimpinan_walidata", "sysadmin"])
    def test_has_a_form_for_those_who_may(self, browser, actor):
        answer = browser.get(actor, WITHDRAW)

        assert answer.status_code == 200
        assert 'id="act-send">Tarik data ini' in main_part(answer)

    @pytest.mark.parametrize("actor", ["produsen_data", "verifikator", "outsider"])
    def test_tells_others_who_may(self, browser, actor):
        answer = browser.get(actor, WITHDRAW)

        assert answer.status_code == 403
        assert "not_withdrawer" in main_part(answer)

    def test_asks_the_public_to_log_in(self, browser):
        assert "/user/login" in browser.get(None, WITHDRAW).location

    def test_repeats_what_is_public(self, browser):
        page = main_part(browser.get("pengelola_data", WITHDRAW))

        assert "Rilis 1" in page
        assert "penduduk.csv" in page

    def test_leads_to_the_release_that_was_withdrawn(self, browser):
        answer = browser.post("pengelola_data", WITHDRAW, reason=WHY, release="1")
        result = browser.get("pengelola_data", answer.location)

        assert answer.status_code == 303
        assert WHY in main_part(result)
        assert not is_public()

    def test_without_a_reason_says_so_beside_the_field_and_keeps_the_rest(self, browser):
        answer = browser.post("pengelola_data", WITHDRAW, reason=" ", legal_basis="Pasal rekaan")

        assert answer.status_code == 422
        assert 'href="#field-reason"' in answer.body
        assert 'id="field-reason-error"' in answer.body
        assert 'value="Pasal rekaan"' in answer.body
        assert is_public()

    def test_in_favour_of_data_that_is_not_public_is_a_fault_of_that_field(self, browser):
        answer = browser.post("pengelola_data", WITHDRAW, reason=WHY, replacement="tidak-ada")

        assert answer.status_code == 422
        assert 'href="#field-replacement"' in answer.body
        assert WHY in answer.body

    def test_takes_the_address_of_what_stands_in_its_place(self, browser, office):
        call(office["sysadmin"], "package_create", **dataset_values(office, "pengganti"))
        call(office["sysadmin"], "resource_create", **resource_values("pengganti"))
        call(office["sysadmin"], "satudata_release_force", id="pengganti", reason=WHY)
        address = "http://portal.example/dataset/pengganti/"
        browser.post("pengelola_data", WITHDRAW, reason=WHY, replacement=address)

        assert 'href="/dataset/pengganti"' in browser.get(None, f"/dataset/{NAME}").body

    def test_what_another_sent_for_the_same_reason_is_not_told_as_received(self, browser):
        browser.post("pengelola_data", WITHDRAW, reason=WHY, release="1")
        other = browser.post("pimpinan_walidata", WITHDRAW, reason=WHY, release="1")

        assert other.status_code == 409

    def test_sent_twice_counts_once_and_shows_the_same_result(self, browser):
        first = browser.post("pengelola_data", WITHDRAW, reason=WHY, release="1")
        again = browser.post("pengelola_data", WITHDRAW, reason=WHY, release="1")

        assert again.status_code == 303
        assert again.location == first.location
        assert len(events()) == 1

    def test_of_a_release_that_was_replaced_meanwhile_is_refused(self, browser, office):
        apply(office, changed_copy(office))
        answer = browser.post("pengelola_data", WITHDRAW, reason=WHY, release="1")

        assert answer.status_code == 409
        assert "release_followed" in answer.body
        assert WHY in answer.body
        assert is_public()

    @pytest.mark.parametrize(
        ("actor", "offered"),
        [
            (None, False),
            ("outsider", False),
            ("produsen_data", False),
            ("pengelola_data", True),
            ("sysadmin", True),
        ],
    )
    def test_is_offered_to_those_who_may(self, browser, actor, offered):
        page = main_part(browser.get(actor, f"/dataset/{NAME}"))

        assert (f'href="{WITHDRAW}"' in page) is offered


class TestForcing:
    @pytest.fixture(autouse=True)
    def prepared(self, office):
        call(office["sysadmin"], "package_create", **dataset_values(office))
        call(office["sysadmin"], "resource_create", **resource_values(NAME))

    def test_has_a_form_for_the_administrator(self, browser):
        assert 'id="act-send"' in main_part(browser.get("sysadmin", FORCE))

    @pytest.mark.parametrize("actor", ["produsen_data"])
    def test_is_refused_to_its_own_agency(self, browser, actor):
        assert browser.get(actor, FORCE).status_code == 403
        assert browser.post(actor, FORCE, reason=WHY).status_code == 403
        assert not is_public()

    @pytest.mark.parametrize("actor", ["outsider", "verifikator", "pimpinan_walidata"])
    def test_of_data_that_one_may_not_see_answers_like_a_wrong_name(self, browser, actor):
        assert browser.get(actor, FORCE).status_code == 404

    def test_leads_to_the_release_with_the_reason(self, browser):
        answer = browser.post("sysadmin", FORCE, reason=WHY)
        result = browser.get(None, answer.location)

        assert answer.status_code == 303
        assert WHY in main_part(result)
        assert is_public()

    def test_without_a_reason_is_a_fault_of_the_field(self, browser):
        answer = browser.post("sysadmin", FORCE, reason="")

        assert answer.status_code == 422
        assert 'href="#field-reason"' in answer.body
        assert not is_public()

    def test_sent_twice_counts_once_and_shows_the_same_result(self, browser):
        first = browser.post("sysadmin", FORCE, reason=WHY)
        again = browser.post("sysadmin", FORCE, reason=WHY)

        assert (again.status_code, again.location) == (303, first.location)
        assert len(events()) == 1

    def test_of_data_in_a_case_says_which_case(self, browser, office):
        case = submit(office, "dalam-kasus")
        answer = browser.get("sysadmin", "/dataset/dalam-kasus/terbit-khusus")

        assert answer.status_code == 409
        assert str(case["number"]) in main_part(answer)


class TestForcingAWorkingCopy:
    def test_leads_to_the_public_release_also_when_sent_twice(self, app, with_plugins, clean_index):
        office, copy = begin_with(with_free_copy)
        browser = Browser(app, office)
        path = f"/dataset/{copy['name']}/terbit-khusus"
        first = browser.post("sysadmin", path, reason=WHY)
        again = browser.post("sysadmin", path, reason=WHY)

        assert first.location.endswith(f"/dataset/{NAME}/rilis/2")
        assert again.status_code == 303
        assert len(events()) == 1


class TestDropping:
    @pytest.fixture
    def begun(self, with_plugins, clean_index):
        return begin_with(with_free_copy)

    @pytest.fixture
    def office(self, begun):
        return begun[0]

    @pytest.fixture
    def copy(self, begun):
        return begun[1]

    def path(self, copy):
        return f"/dataset/{copy['name']}/buang"

    def test_has_a_form_for_the_agency(self, browser, copy):
        page = main_part(browser.get("produsen_data", self.path(copy)))

        assert 'id="act-send">Buang salinan kerja ini' in page

    @pytest.mark.parametrize("actor", ["validator", "pengelola_data"])
    def test_is_refused_to_those_who_do_not_prepare_releases(
        self, app, with_plugins, clean_index, actor
    ):
        office, copy = begin_with(with_changed_copy)
        answer = Browser(app, office).get(actor, self.path(copy))

        assert answer.status_code == 403
        assert "not_reviser" in main_part(answer)

    def test_is_not_there_for_another_agency(self, browser, copy):
        assert browser.get("outsider", self.path(copy)).status_code == 404

    def test_ends_the_copy_and_leads_to_the_public_data(self, browser, copy):
        answer = browser.post("produsen_data", self.path(copy), reason=WHY)
        result = browser.get("produsen_data", answer.location)

        assert answer.status_code == 303
        assert result.status_code == 200
        assert working_copies.working_copy(copy["id"]).ended == "dropped"

    def test_is_an_event_of_the_public_data_with_its_reason(self, browser, copy):
        browser.post("produsen_data", self.path(copy), reason=WHY)

        assert events() == [("working_copy_dropped", WHY)]

    def test_without_a_reason_is_a_fault_of_the_field(self, browser, copy):
        answer = browser.post("produsen_data", self.path(copy), reason="")

        assert answer.status_code == 422
        assert working_copies.working_copy(copy["id"]).ended is None

    def test_sent_twice_counts_once_and_leads_to_the_public_data(self, browser, copy):
        browser.post("produsen_data", self.path(copy), reason=WHY)
        again = browser.post("produsen_data", self.path(copy), reason=WHY)

        assert again.status_code == 303
        assert again.location.endswith(f"/dataset/{NAME}")
        assert len(events()) == 1

    def test_of_a_copy_that_others_have_says_in_which_case(self, app, with_plugins, clean_index):
        office, copy = begin_with(with_changed_copy)
        walk(office, call(office["admin_data"], "satudata_case_show", id=copy["id"]), until=3)
        answer = Browser(app, office).get("produsen_data", self.path(copy))

        assert answer.status_code == 409
        assert str(copy["case"]) in main_part(answer)


def test_no_page_of_an_act_runs_what_is_typed(app, with_plugins, clean_index):
    browser = Browser(app, begin_with(with_one_release))
    bad = "<script>alert(1)</script>"
    answer = browser.post("pengelola_data", WITHDRAW, reason=bad)

    body = browser.get("pengelola_data", answer.location).body
    assert bad not in body
    assert bad in unescape(body)
