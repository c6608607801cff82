"""A SOP is in force by an act of adoption: who may, for whom, bound to what, and what remains."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers

from ckanext.satudata.logic import clock
from ckanext.satudata.model import adoptions
from ckanext.satudata.model.tables import AdoptionRow, AttachmentRow, CaseRow
from tests.integration.office import SOP, adopt, call, submit, walk
from tests.integration.sheets import NEW_REVISION, bring, head, hold_all, row, silent

pytestmark = pytest.mark.usefixtures("with_plugins")

KEEPING = "simpan-data"
SENDER, TAKER = "pengirim", "penerima"
JOINT = {"subjek": TAKER, "cara": "serahkan", "langkah": 2}
EFFECTS = ["setujui", "terbitkan", "serahkan"]


@pytest.fixture
def administrator(office):
    """An administrator of the agency, who holds no actor."""
    person = factories.User()
    helpers.call_action(
        "organization_member_create",
        id=office.agency["id"],
        username=person["name"],
        role="admin",
    )
    return person["name"]


def decree(office):
    """A decree with its number, its date and its file."""
    row = AttachmentRow(
        name="sk.pdf",
        mimetype="application/pdf",
        sha256="0" * 64,
        size=1,
        uploaded_by=model.User.get(office["sysadmin"]).id,
        uploaded_at=clock.now(),
    )
    model.Session.add(row)
    model.Session.commit()
    return {
        "decree_number": "188/SK/2026 (rekaan)",
        "decree_date": "2026-02-01",
        "decree_attachment": row.id,
    }


def code_of(act):
    with pytest.raises((tk.ValidationError, tk.NotAuthorized)) as refused:
        act()
    model.Session.rollback()
    error = refused.value
    if isinstance(error, tk.ValidationError):
        return error.error_dict["code"][0]
    return str(error.message).rpartition("[")[2].rstrip("]")


def adopt_code(person, **values):
    return code_of(lambda: call(person, "satudata_sop_adopt", **values))


def end_code(person, adoption):
    return code_of(lambda: call(person, "satudata_adoption_end", id=adoption))


def keeping(office):
    """Another SOP, which publishes nothing, with all its actors held."""
    bring(office, head(subjek=KEEPING, nama="Simpan Data (rekaan)"), silent)
    hold_all(office, KEEPING)
    return KEEPING


def connected(office, **taker):
    """A SOP that hands over at its step 8, and the one that takes it at its step 2."""
    bring(office, head(subjek=TAKER), row(2, **{"persetujuan": "produsen_data", **taker}))
    bring(office, head(subjek=SENDER), row(8, efek=EFFECTS, sambungan=JOINT))
    hold_all(office, TAKER)
    hold_all(office, SENDER)


# Who may


def test_the_head_of_the_walidata_puts_a_publishing_sop_in_force(office):
    bring(office, NEW_REVISION)
    made = adopt(office, SOP)
    assert made["in_force"]
    assert made["adopted_by"]["id"] == model.User.get(office["pimpinan_walidata"]).id


def test_the_administrator_of_the_portal_alone_puts_no_publishing_sop_in_force(office):
    values = {"sop": SOP, "organization": office.walidata["id"], "serves": "all"}
    assert adopt_code(office["sysadmin"], **values) == "adopts_publishing"


def test_who_adopts_for_others_what_publishes_says_for_whom(office):
    assert code_of(lambda: adopt(office, SOP, serves="")) == "serves_missing"


@pytest.mark.parametrize("who", ["pengelola_data", "pimpinan_tim_data", "outsider"])
def test_holding_an_actor_of_the_sop_does_not_let_one_adopt_it(office, who):
    values = {"sop": SOP, "organization": office.agency["id"]}
    assert adopt_code(office[who], **values) == "adopts_publishing"


def test_an_agency_with_a_decree_is_its_own_walidata(office, administrator):
    values = {"sop": SOP, "organization": office.agency["id"], **decree(office)}
    made = call(administrator, "satudata_sop_adopt", **values)
    assert [one["id"] for one in made["serves"]] == [office.agency["id"]]
    assert made["decree"]["number"] == values["decree_number"]


@pytest.mark.parametrize("part", ["decree_attachment", ("decree_number", "decree_date")])
def test_half_a_decree_makes_no_walidata(office, administrator, part):
    parts = part if isinstance(part, tuple) else (part,)
    values = {"sop": SOP, "organization": office.agency["id"], **decree(office)}
    kept = {name: value for name, value in values.items() if name not in parts}
    assert adopt_code(administrator, **kept) == "adopts_publishing"


def test_an_agency_that_is_its_own_walidata_serves_itself_alone(office, administrator):
    values = {"sop": SOP, "organization": office.agency["id"], **decree(office)}
    for serves in ("all", [office.other_agency["id"]]):
        assert adopt_code(administrator, **values, serves=serves) == "serves_others"


@pytest.mark.ckan_config("ckanext.satudata.walidata", "dinas-contoh")
def test_on_a_portal_of_its_own_an_agency_needs_no_decree(office, administrator):
    values = {"sop": SOP, "organization": office.agency["id"]}
    assert call(administrator, "satudata_sop_adopt", **values)["in_force"]


def test_a_decree_of_one_agency_is_no_decree_of_another(office, administrator):
    values = {"sop": SOP, "organization": office.other_agency["id"], **decree(office)}
    assert adopt_code(administrator, **values) == "adopts_publishing"


def test_a_decree_that_nobody_uploaded_is_refused(office):
    made_up = {**decree(office), "decree_attachment": "entah"}
    assert code_of(lambda: adopt(office, SOP, **made_up)) == "decree_unknown"


def test_what_publishes_nothing_is_adopted_by_the_administrator_of_its_office(
    office, administrator
):
    values = {"sop": keeping(office), "organization": office.agency["id"]}
    assert call(administrator, "satudata_sop_adopt", **values)["in_force"]


def test_what_publishes_nothing_is_adopted_by_the_administrator_of_the_portal(office):
    values = {"sop": keeping(office), "organization": office.agency["id"], "serves": "all"}
    assert call(office["sysadmin"], "satudata_sop_adopt", **values)["serves"] is None


def test_an_office_puts_nothing_in_force_for_another(office, administrator):
    values = {"sop": keeping(office), "organization": office.agency["id"], "serves": "all"}
    assert adopt_code(administrator, **values) == "serves_others"


def test_an_outsider_adopts_nothing(office):
    values = {"sop": keeping(office), "organization": office.agency["id"]}
    assert adopt_code(office["outsider"], **values) == "not_adopter"


# What it needs


def test_every_actor_of_a_step_has_a_holder_and_all_who_have_none_are_named(office):
    bring(office, head(subjek=KEEPING), silent)
    hold_all(office, KEEPING, without="validator")
    with pytest.raises(tk.ValidationError) as refused:
        adopt(office, KEEPING)
    model.Session.rollback()
    assert refused.value.error_dict["code"] == ["actor_without_holder"]
    said = refused.value.error_dict["sop"][0]
    assert "Validator" in said
    assert "Verifikator" not in said


def test_nobody_need_hold_an_actor_who_only_brings_data(office):
    bring(office, head(subjek=KEEPING), silent)
    hold_all(office, KEEPING, without="produsen_data")
    assert adopt(office, KEEPING)["in_force"]


def test_a_holder_whose_account_is_closed_holds_nothing(office):
    helpers.call_action("user_delete", id=office.people["validator"]["id"])
    bring(office, NEW_REVISION)
    assert code_of(lambda: adopt(office, SOP)) == "actor_without_holder"


def test_a_party_outside_the_office_needs_no_holder(office):
    def outside(sheet):
        sheet["pelaksana"]["validator"]["pihak_luar"] = True

    bring(office, head(subjek=KEEPING), silent, outside)
    hold_all(office, KEEPING, without="validator")
    assert adopt(office, KEEPING)["in_force"]


def test_an_agency_where_an_actor_has_no_holder_is_told_as_a_warning(office):
    bring(office, row(2, persetujuan="produsen_data"))
    told = adopt(office, SOP)["warnings"]
    found = {one["organization"]["id"]: [a["key"] for a in one["actors"]] for one in told}
    assert found[office.other_agency["id"]] == ["produsen_data"]
    assert office.agency["id"] not in found


@pytest.mark.parametrize(("scope", "told"), [("data", ["produsen_data"]), ("daftar", [])])
def test_the_people_of_the_office_act_in_cases_over_its_lists_and_not_in_those_of_an_agency(
    office, scope, told
):
    approved = row(2, persetujuan="produsen_data")
    bring(office, head(subjek=KEEPING), silent, approved, row(1, lingkup=scope))
    hold_all(office, KEEPING, without="produsen_data")
    values = {"user": office["produsen_data"], "sop": KEEPING, "actor": "produsen_data"}
    held = {**values, "organization": office.walidata["id"]}
    call(office["sysadmin"], "satudata_assignment_create", **held)
    warnings = adopt(office, KEEPING, serves=[office.agency["id"]])["warnings"]
    assert [actor["key"] for one in warnings for actor in one["actors"]] == told


# Where it leads


def test_a_step_is_bound_to_a_sop_in_force_that_takes_the_delivery(office):
    connected(office)
    adopt(office, TAKER)
    made = adopt(office, SENDER, bound={"8": TAKER})
    assert made["bound"] == {"8": TAKER}


def test_a_step_is_not_bound_to_a_sop_that_nobody_adopted(office):
    connected(office)
    assert code_of(lambda: adopt(office, SENDER, bound={"8": TAKER})) == "connector_not_in_force"


def test_a_step_is_bound_for_all_whom_the_sop_serves(office):
    connected(office)
    adopt(office, TAKER, serves=[office.agency["id"]])
    bound = {"bound": {"8": TAKER}}
    assert code_of(lambda: adopt(office, SENDER, **bound)) == "connector_not_in_force"
    assert adopt(office, SENDER, serves=[office.agency["id"]], **bound)["in_force"]


def test_a_delivery_needs_a_step_that_asks_for_a_named_approval(office):
    connected(office, persetujuan=None)
    adopt(office, TAKER)
    assert code_of(lambda: adopt(office, SENDER, bound={"8": TAKER})) == "connector_step"


@pytest.mark.parametrize(
    ("bound", "code"),
    [
        ({"7": TAKER}, "connector_unknown"),
        ({"99": TAKER}, "connector_unknown"),
        ({"8": SOP}, "connector_subject"),
    ],
)
def test_a_binding_that_the_sheet_does_not_know_is_refused(office, bound, code):
    connected(office)
    adopt(office, TAKER)
    assert code_of(lambda: adopt(office, SENDER, bound=bound)) == code


@pytest.mark.parametrize("bound", ["8: penerima", {"delapan": TAKER}, {"8": 3}, [1]])
def test_a_binding_that_is_no_mapping_of_steps_is_refused(office, bound):
    with pytest.raises(tk.ValidationError, match="bound_invalid"):
        adopt(office, SOP, bound=bound)


def test_a_sop_that_is_bound_to_hand_over_publishes_nothing_and_needs_no_head(
    office, administrator
):
    connected(office)
    adopt(office, TAKER)
    values = {"sop": SENDER, "organization": office.agency["id"]}
    assert adopt_code(administrator, **values) == "adopts_publishing"
    assert call(administrator, "satudata_sop_adopt", **values, bound={"8": TAKER})["in_force"]


def test_what_another_sop_leads_into_is_not_ended(office):
    connected(office)
    taker = adopt(office, TAKER)
    adopt(office, SENDER, bound={"8": TAKER})
    assert end_code(office["pimpinan_walidata"], taker["id"]) == "adoption_needed"
    adopt(office, SENDER)
    assert call(office["pimpinan_walidata"], "satudata_adoption_end", id=taker["id"])["ended_at"]


def test_a_new_revision_still_takes_what_others_deliver(office):
    connected(office)
    adopt(office, TAKER)
    adopt(office, SENDER, bound={"8": TAKER})
    bring(office, head(subjek=TAKER), NEW_REVISION)
    assert code_of(lambda: adopt(office, TAKER)) == "adoption_needed"
    bring(office, head(subjek=TAKER), NEW_REVISION, row(2, persetujuan="produsen_data"))
    assert adopt(office, TAKER)["in_force"]


# What remains


def test_a_new_revision_ends_the_earlier_adoption_of_the_same_office(office):
    before = adoptions.of_office(SOP, office.walidata["id"])
    bring(office, NEW_REVISION)
    made = adopt(office, SOP)
    shown = call(office["verifikator"], "satudata_sop_show", id=SOP, revision=1)["adoptions"]
    ended = next(one for one in shown if one["id"] == before.id)
    assert ended["ended_by"]["id"] == model.User.get(office["pimpinan_walidata"]).id
    assert adoptions.of_office(SOP, office.walidata["id"]).id == made["id"]


def test_a_refused_adoption_ends_nothing(office):
    before = adoptions.of_office(SOP, office.walidata["id"]).id

    def stranger(sheet):
        sheet["pelaksana"]["pemeriksa"] = sheet["pelaksana"].pop("verifikator")
        sheet["langkah"][2]["pelaksana"] = ["pemeriksa"]

    bring(office, stranger)
    assert code_of(lambda: adopt(office, SOP)) == "actor_without_holder"
    assert adoptions.of_office(SOP, office.walidata["id"]).id == before


def test_a_running_case_stays_on_its_revision_and_a_new_one_runs_on_the_new(office):
    case = submit(office)
    bring(office, NEW_REVISION)
    adopt(office, SOP)
    after = walk(office, case, until=10)
    assert after["state"] == "closed"
    assert after["sop"]["revision"] == 1
    assert submit(office, "kedua")["sop"]["revision"] == 2


def test_the_same_adoption_said_again_is_the_same(office):
    first = adopt(office, SOP)
    assert adopt(office, SOP)["id"] == first["id"]


def test_other_terms_are_another_adoption(office):
    first = adopt(office, SOP)
    second = adopt(office, SOP, serves=[office.agency["id"]])
    assert second["id"] != first["id"]
    assert adoptions.in_force(SOP, office.other_agency["id"]) is None


def test_sops_of_several_offices_are_in_force_at_once_and_ones_own_counts_first(
    office, administrator
):
    everybody = adopt(office, SOP)
    values = {"sop": SOP, "organization": office.agency["id"], **decree(office)}
    own = call(administrator, "satudata_sop_adopt", **values)
    assert adoptions.in_force(SOP, office.agency["id"]).id == own["id"]
    assert adoptions.in_force(SOP, office.other_agency["id"]).id == everybody["id"]


def test_without_an_adoption_an_upload_opens_no_case(office):
    adoption = adoptions.of_office(SOP, office.walidata["id"])
    call(office["pimpinan_walidata"], "satudata_adoption_end", id=adoption.id)
    with pytest.raises(tk.ObjectNotFound):
        submit(office)
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(CaseRow)) == 0


def test_an_adoption_ends_once(office):
    adoption = adoptions.of_office(SOP, office.walidata["id"]).id
    call(office["pimpinan_walidata"], "satudata_adoption_end", id=adoption)
    assert end_code(office["pimpinan_walidata"], adoption) == "adoption_ended"


def test_who_may_not_adopt_it_may_not_end_it(office):
    adoption = adoptions.of_office(SOP, office.walidata["id"]).id
    for who in ("sysadmin", "outsider"):
        assert end_code(office[who], adoption) == "adopts_publishing"


def test_an_adoption_is_never_taken_away_or_rewritten(office):
    adoption = adoptions.of_office(SOP, office.walidata["id"])
    call(office["pimpinan_walidata"], "satudata_adoption_end", id=adoption.id)
    for sql in (
        "DELETE FROM satudata_adoption",
        "UPDATE satudata_adoption SET adopted_by = 'lain'",
        "UPDATE satudata_adoption SET ended_at = NULL",
        "TRUNCATE satudata_adoption CASCADE",
    ):
        with pytest.raises(sa.exc.DBAPIError):
            model.Session.execute(sa.text(sql))
        model.Session.rollback()
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(AdoptionRow)) == 1
