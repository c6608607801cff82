"""SOP 000 carries one dataset from upload to public, on the real services."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.audit import chain
from ckanext.satudata.model import cases, records
from ckanext.satudata.model.tables import VisitRow
from tests.integration.office import act, call, dataset_values, submit, walk

NAME = "jumlah-penduduk"
POINTS = [{"kind": "column", "where": "jumlah", "note": "Satuan tidak ditulis."}]


def refusal(office, case, actor: str, outcome: str, **more) -> str:
    """What the refusal of an act says; fails when it is allowed."""
    with pytest.raises((tk.NotAuthorized, tk.ValidationError)) as caught:
        act(office, case, actor, outcome, **more)
    model.Session.rollback()
    return str(caught.value)


def returned(office, case, reason="Satuan belum ada."):
    """The case after the verifikator has sent it back to step 2."""
    case = walk(office, case, until=3)
    return act(office, case, "verifikator", "tidak_sesuai", reason=reason, points=POINTS)


def test_an_upload_by_a_produsen_opens_a_case_at_step_1(office):
    case = submit(office)

    assert [visit["step"] for visit in case["open_visits"]] == [1]
    assert case["datasets"][0]["status"] == "dikumpulkan"


def test_a_dataset_without_a_file_opens_no_case(office):
    call(office["produsen_data"], "package_create", **dataset_values(office))

    assert cases.find_case(NAME) is None


def test_the_straight_way_publishes_the_dataset(office):
    case = walk(office, submit(office), until=9)

    shown = helpers.call_action("package_show", {"ignore_auth": False}, id=NAME)
    assert shown["private"] is False
    assert shown["validation_status"] == "terbit"
    assert [visit["step"] for visit in case["open_visits"]] == [9]


def test_the_public_finds_what_was_published(office, app):
    walk(office, submit(office), until=9)

    found = app.get("/api/3/action/package_search?fq=validation_status:terbit").json["result"]
    assert [dataset["name"] for dataset in found["results"]] == [NAME]


def test_the_evaluation_closes_the_case(office):
    case = walk(office, submit(office), until=10)

    assert case["state"] == "closed"


def test_a_return_opens_a_second_visit_and_keeps_the_first(office):
    case = returned(office, submit(office))

    visits = [(v["step"], v["number"], v["outcome"]) for v in case["visits"]]
    assert visits == [
        (1, 1, "selesai"),
        (2, 1, "selesai"),
        (3, 1, "tidak_sesuai"),
        (2, 2, None),
    ]
    assert case["datasets"][0]["status"] == "perlu_perbaikan"


def test_the_reason_and_the_points_of_a_return_are_in_the_record(office):
    case = returned(office, submit(office))

    body = case["events"][-1]["body"]
    assert (body["reason"], body["points"]) == ("Satuan belum ada.", POINTS)


def test_only_admin_data_ends_the_repair(office):
    case = returned(office, submit(office))

    assert "not_holder" in refusal(office, case, "produsen_data", "selesai")


def test_who_repaired_the_data_does_not_judge_it(office):
    verifier = office["verifikator"]
    helpers.call_action(
        "satudata_assignment_create", user=verifier, sop="manajemen-data", actor="admin_data"
    )
    case = returned(office, submit(office))
    call(verifier, "package_patch", id=NAME, unit="Jiwa")
    case = call(verifier, "satudata_case_show", id=NAME)
    case = act(office, case, "admin_data", "selesai")

    assert "four_eyes" in refusal(office, case, "verifikator", "sesuai")


IMPOSSIBLE = (
    ({"outcome": "tidak_sesuai", "points": POINTS}, "reason_missing"),
    ({"outcome": "tidak_sesuai", "reason": "Salah."}, "points_missing"),
    ({"outcome": "entah"}, "outcome_unknown"),
    ({"outcome": "sesuai", "step": 4}, "step_not_open"),
    ({"outcome": "sesuai", "visit": 7}, "step_not_open"),
    ({"outcome": "sesuai", "version": 1}, "version_conflict"),
    (
        {"outcome": "tidak_sesuai", "reason": "Salah.", "points": [{"kind": "apa"}]},
        "point_invalid",
    ),
    ({"outcome": "tidak_sesuai", "reason": "a" * 4001, "points": POINTS}, "text_too_long"),
    (
        {"outcome": "tidak_sesuai", "reason": "a", "points": [{"kind": "all", "note": "a" * 4001}]},
        "text_too_long",
    ),
    ({"outcome": "tidak_sesuai", "reason": "a\0b", "points": POINTS}, "text_unreadable"),
    ({"outcome": "tidak_sesuai", "reason": "a\ud800", "points": POINTS}, "text_unreadable"),
)


def test_an_act_that_cannot_be_is_refused_with_its_code(office):
    case = walk(office, submit(office), until=3)

    for more, code in IMPOSSIBLE:
        assert code in refusal(office, case, "verifikator", **more)


def test_the_longest_reason_is_kept_whole(office):
    case = returned(office, submit(office), reason="a" * 4000)

    assert case["events"][-1]["body"]["reason"] == "a" * 4000


def test_the_verifikator_does_not_validate(office):
    case = walk(office, submit(office), until=4)

    assert "not_holder" in refusal(office, case, "verifikator", "valid")


def test_an_outsider_sees_no_case(office):
    submit(office)

    with pytest.raises(tk.ObjectNotFound):
        call(office["outsider"], "satudata_case_show", id=NAME)


def test_metadata_that_handover_asks_for_must_be_there_at_step_2(office):
    case = walk(office, submit(office, definition=""), until=2)

    assert "metadata_lengkap" in refusal(office, case, "admin_data", "selesai")


def test_the_same_version_is_acted_on_once(office):
    case = submit(office)
    act(office, case, "admin_data", "selesai")

    assert "version_conflict" in refusal(office, case, "admin_data", "selesai")


def test_an_act_is_one_commit(office):
    case = walk(office, submit(office), until=8)
    commits = []

    def count(_connection):
        commits.append(1)

    sa.event.listen(model.meta.engine, "commit", count)
    try:
        act(office, case, "pengelola_data", "selesai")
    finally:
        sa.event.remove(model.meta.engine, "commit", count)
    assert len(commits) == 1


def test_a_refused_act_leaves_nothing_behind(office):
    case = walk(office, submit(office), until=3)
    refusal(office, case, "validator", "sesuai")

    assert call(office["verifikator"], "satudata_case_show", id=NAME)["version"] == case["version"]


def test_the_event_table_refuses_every_change(office):
    submit(office)

    for statement in (
        "UPDATE satudata_proof.satudata_event SET actor = 'x'",
        "DELETE FROM satudata_proof.satudata_event",
        "TRUNCATE satudata_proof.satudata_event",
        "SET session_replication_role = replica; DELETE FROM satudata_proof.satudata_event",
    ):
        with pytest.raises(sa.exc.DBAPIError, match="written once|permission denied"):
            model.Session.execute(sa.text(statement))
        model.Session.rollback()


def test_the_chain_of_a_case_is_whole(office):
    case = returned(office, submit(office))
    stored = [records.chain_record(row) for row in cases.event_rows(case["id"])]

    assert len(stored) == 4
    assert chain.first_broken(stored) is None


def test_the_stored_visits_are_what_the_events_tell(office):
    case = returned(office, submit(office))
    row = cases.get_case(case["id"])
    stored = model.Session.scalars(sa.select(VisitRow).where(VisitRow.case_id == row.id))

    told = {(v.key.step, v.key.number, v.outcome, v.closed_by) for v in cases.state_of(row).visits}
    assert {(v.step, v.number, v.outcome, v.closed_by) for v in stored} == told


def test_the_inbox_of_the_verifikator_holds_what_waits_for_him(office):
    walk(office, submit(office), until=3)

    mine = call(office["verifikator"], "satudata_case_list", waiting_for="me")
    assert [row["step"] for row in mine["results"]] == [3]


def test_the_inbox_of_the_produsen_shows_who_has_his_data(office):
    walk(office, submit(office), until=3)

    others = call(office["produsen_data"], "satudata_case_list", waiting_for="others")
    assert [row["holders"] for row in others["results"]] == [["Verifikator"]]


def test_an_outsider_has_an_empty_inbox(office):
    submit(office)

    assert call(office["outsider"], "satudata_case_list")["count"] == 0
