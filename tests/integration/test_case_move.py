"""A running case is moved to another revision of its SOP by an act that stays on record."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.model import adoptions
from ckanext.satudata.model.tables import CaseRow, PublishingRow, VisitRow
from tests.integration.office import SOP, act, adopt, call, submit, walk
from tests.integration.sheets import NEW_REVISION, bring, head, row, silent
from tests.integration.test_adoption import code_of

pytestmark = pytest.mark.usefixtures("with_plugins")

WHY = "Peraturan berubah (rekaan)."


def revise(office, *changes):
    """A new revision of the office's SOP, in force."""
    kept = bring(office, *changes)
    adopt(office, SOP)
    return kept


def move(office, case, who="pengelola_data", **changes):
    values = {"id": case["id"], "version": case["version"], "reason": WHY, **changes}
    return call(office[who], "satudata_case_move", **values)


def move_code(office, case, who="pengelola_data", **changes):
    return code_of(lambda: move(office, case, who, **changes))


def test_a_case_goes_on_by_the_revision_that_is_in_force(office):
    case = walk(office, submit(office), until=3)
    revise(office, NEW_REVISION)
    moved = move(office, case)
    assert moved["sop"]["revision"] == 2
    assert [one["step"] for one in moved["open_visits"]] == [3]
    assert walk(office, moved, until=10)["state"] == "closed"


def test_the_act_stays_on_record_with_both_revisions_and_the_reason(office):
    case = submit(office)
    new = revise(office, NEW_REVISION)
    event = move(office, case)["events"][-1]
    assert event["kind"] == "revision_changed"
    assert event["actor"]["id"] == model.User.get(office["pengelola_data"]).id
    assert event["body"]["sop"] == new["sha256"]
    assert event["body"]["from"] == case["sop"]["sha256"]
    assert event["body"]["reason"] == WHY


def test_the_case_names_who_adopted_the_revision_it_runs_on_now(office):
    case = submit(office)
    revise(office, NEW_REVISION)
    adopted = move(office, case)["sop"]["adopted_by"]
    assert adopted["id"] == model.User.get(office["pimpinan_walidata"]).id


def test_a_step_waits_after_the_move_for_whom_the_new_revision_names(office):
    case = walk(office, submit(office), until=3)
    revise(office, row(3, pelaksana=["verifikator", "validator"]))
    move(office, case)
    open_visit = sa.select(VisitRow).where(
        VisitRow.case_id == case["id"], VisitRow.closed_by.is_(None)
    )
    visit = model.Session.scalars(open_visit).one()
    assert visit.actors == ["verifikator", "validator"]
    waiting = call(office["validator"], "satudata_case_list", waiting_for="me")
    assert waiting["count"] == 1


@pytest.mark.parametrize("who", ["pengelola_data", "pimpinan_tim_data", "pimpinan_walidata"])
def test_who_steers_the_case_or_heads_the_walidata_moves_it(office, who):
    case = submit(office)
    revise(office, NEW_REVISION)
    assert move(office, case, who)["sop"]["revision"] == 2


@pytest.mark.parametrize("who", ["verifikator", "produsen_data", "sysadmin"])
def test_nobody_else_moves_it(office, who):
    case = submit(office)
    revise(office, NEW_REVISION)
    assert move_code(office, case, who) == "not_steering"


def test_an_outsider_does_not_learn_that_there_is_a_case(office):
    case = submit(office)
    with pytest.raises(tk.ObjectNotFound, match="not_found"):
        move(office, case, "outsider")


def test_a_move_needs_a_reason(office):
    case = submit(office)
    revise(office, NEW_REVISION)
    assert move_code(office, case, reason=" ") == "move_reason_missing"


def test_a_case_is_not_moved_to_the_revision_it_runs_on(office):
    assert move_code(office, submit(office)) == "revision_same"


def test_a_case_goes_to_no_text_that_nobody_adopted(office):
    case = submit(office)
    revise(office, NEW_REVISION)
    draft = bring(office, head(penutup="Lain lagi (rekaan)."))
    assert move_code(office, case, sop=draft["sha256"]) == "revision_not_in_force"


def test_a_case_is_moved_to_the_text_that_is_named(office):
    case = submit(office)
    new = revise(office, NEW_REVISION)
    assert move(office, case, sop=new["sha256"])["sop"]["sha256"] == new["sha256"]


def test_where_its_step_is_gone_a_case_stays(office):
    case = walk(office, submit(office), until=3)
    revise(office, row(3, nama="Periksa"))
    assert move_code(office, case) == "revision_step_gone"
    stored = model.Session.get(CaseRow, case["id"], populate_existing=True)
    assert stored.version == case["version"]


def test_who_had_not_seen_the_last_act_is_told(office):
    case = submit(office)
    revise(office, NEW_REVISION)
    act(office, case, "admin_data", "selesai")
    assert move_code(office, case) == "version_conflict"


def test_a_closed_case_is_not_moved(office):
    case = walk(office, submit(office), until=10)
    revise(office, NEW_REVISION)
    assert move_code(office, case) == "case_closed"


def test_without_a_revision_in_force_nothing_is_moved(office):
    case = submit(office)
    adoption = adoptions.of_office(SOP, office.walidata["id"])
    call(office["pimpinan_walidata"], "satudata_adoption_end", id=adoption.id)
    assert move_code(office, case) == "no_sop_in_force"


def test_a_case_that_can_publish_no_longer_lets_its_dataset_go(office):
    case = submit(office)
    revise(office, silent)
    assert not move(office, case)["publishes"]
    assert model.Session.get(PublishingRow, case["datasets"][0]["id"]) is None


def test_what_was_done_by_the_old_revision_is_told_in_its_words(office):
    case = walk(office, submit(office), until=3)
    revise(office, row(1, nama="Catat", perintah="Catat data"))
    moved = move(office, case)
    first = next(one for one in moved["events"] if one["body"].get("step") == 1)
    assert (first["step_name"], first["outcome_label"]) == ("Terima", "Terima data")
    assert moved["visits"][0]["name"] == "Terima"
    assert moved["steps"][0]["name"] == "Catat"


def test_a_history_beyond_the_last_row_of_a_shorter_revision_is_still_read(office):
    def shorter(sheet):
        for actor in sheet["pelaksana"].values():
            actor["lajur"] = False
        sheet["sop"]["pengendali"] = ["admin_data"]
        del sheet["langkah"][3:]
        sheet["langkah"][2].update(keputusan=[], kembali=[], efek=["kunci"])
        sheet["langkah"][2]["mutu_baku"]["waktu"] = None

    case = walk(office, submit(office), until=4)
    case = act(
        office,
        case,
        "validator",
        "tidak_valid",
        reason=WHY,
        points=[{"kind": "all", "where": "", "note": WHY}],
    )
    revise(office, shorter)
    moved = move(office, case)
    assert moved["open_visits"][0]["step"] == 3
    assert [one["name"] for one in moved["visits"] if one["step"] == 4] == ["Validasi"]
