"""Which SOP an upload opens: per agency and kind of dataset, among those in force."""

from __future__ import annotations

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers

from ckanext.satudata.model import adoptions
from tests.integration.office import SOP, adopt, call, submit
from tests.integration.sheets import bring, head, hold_all
from tests.integration.test_adoption import code_of, decree

pytestmark = pytest.mark.usefixtures("with_plugins")

OTHER = "data-prioritas"


@pytest.fixture
def two_sops(office):
    """The office has two SOPs in force that an upload can open."""
    bring(office, head(subjek=OTHER, nama="Data Prioritas (rekaan)"))
    hold_all(office, OTHER)
    adopt(office, OTHER)
    return office


def route(office, who="pimpinan_walidata", **values):
    return call(office[who], "satudata_route_set", **values)


def opened(office, name, **values):
    return submit(office, name, **values)["sop"]["subject"]


def test_without_a_route_the_portals_own_sop_opens(two_sops):
    assert opened(two_sops, "satu") == SOP


def test_a_route_for_all_agencies_opens_another_sop(two_sops):
    route(two_sops, subject=OTHER)
    assert opened(two_sops, "satu") == OTHER


def test_an_agencys_own_route_counts_before_one_for_all(two_sops):
    route(two_sops, subject=OTHER)
    route(two_sops, subject=SOP, organization=two_sops.agency["name"])
    assert opened(two_sops, "satu") == SOP


def test_priority_data_may_take_another_way(two_sops):
    route(two_sops, subject=OTHER, kind="prioritas")
    assert opened(two_sops, "satu", priority_data="ya") == OTHER
    assert opened(two_sops, "dua", priority_data="tidak") == SOP


def test_other_data_may_take_another_way(two_sops):
    route(two_sops, subject=OTHER, kind="bukan-prioritas")
    assert opened(two_sops, "satu", priority_data="ya") == SOP
    assert opened(two_sops, "dua", priority_data="") == OTHER


def test_a_route_set_again_is_the_same_route(two_sops):
    route(two_sops, subject=OTHER)
    route(two_sops, subject=SOP)
    assert [one["subject"] for one in call("", "satudata_route_list")] == [SOP]


def test_a_route_without_a_subject_goes_away(two_sops):
    route(two_sops, subject=OTHER)
    assert route(two_sops, subject="") is None
    assert opened(two_sops, "satu") == SOP


def test_a_route_leads_to_a_sop_that_is_in_force_for_its_agency(two_sops):
    adopt(two_sops, OTHER, serves=[two_sops.other_agency["id"]])
    agency = two_sops.agency["id"]
    assert code_of(lambda: route(two_sops, subject=OTHER, organization=agency)) == (
        "route_not_in_force"
    )
    assert code_of(lambda: route(two_sops, subject=OTHER)) == "route_not_in_force"
    other = two_sops.other_agency["id"]
    assert route(two_sops, subject=OTHER, organization=other)["in_force"]


def test_a_route_whose_sop_is_ended_is_shown_as_leading_nowhere(two_sops):
    route(two_sops, subject=OTHER)
    adoption = adoptions.of_office(OTHER, two_sops.walidata["id"])
    call(two_sops["pimpinan_walidata"], "satudata_adoption_end", id=adoption.id)
    assert [one["in_force"] for one in call("", "satudata_route_list")] == [False]


def test_a_kind_that_is_none_is_refused(two_sops):
    assert code_of(lambda: route(two_sops, subject=OTHER, kind="penting")) == "route_kind_unknown"


def test_an_agency_that_is_not_there_has_no_route(two_sops):
    act = lambda: route(two_sops, subject=OTHER, organization="entah")  # noqa: E731
    assert code_of(act) == "organization_unknown"


@pytest.mark.parametrize("who", ["pengelola_data", "produsen_data", "outsider"])
def test_who_speaks_for_nobody_sets_no_route(two_sops, who):
    for organization in ("", two_sops.agency["id"]):
        with pytest.raises(tk.NotAuthorized, match="not_router"):
            route(two_sops, who, subject=OTHER, organization=organization)


def test_an_agency_does_not_lead_its_uploads_round_what_the_walidata_decided(two_sops):
    """The outsider administers the other agency."""
    other = two_sops.other_agency["id"]
    with pytest.raises(tk.NotAuthorized, match="not_router"):
        route(two_sops, "outsider", subject=OTHER, organization=other)


def test_an_agency_chooses_among_what_it_put_in_force_itself(two_sops):
    person = factories.User()
    agency = two_sops.agency["id"]
    member = {"id": agency, "username": person["name"], "role": "admin"}
    helpers.call_action("organization_member_create", **member)
    values = {"sop": OTHER, "organization": agency, **decree(two_sops)}
    call(person["name"], "satudata_sop_adopt", **values)
    made = call(person["name"], "satudata_route_set", subject=OTHER, organization=agency)
    assert made["subject"] == OTHER
    route(two_sops, subject=SOP, organization=agency)
    with pytest.raises(tk.NotAuthorized, match="not_router"):
        call(person["name"], "satudata_route_set", subject=OTHER, organization=agency)
