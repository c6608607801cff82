"""The six faults found in the code of the strongest rival (DataShades ckanext-workflow 3.0), each
asked of this portal. What a sentence says is what happens here instead."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.logic.sop import sops
from ckanext.satudata.model import cases
from tests.integration.at_once import both_at_once
from tests.integration.hostile import refusal
from tests.integration.office import SOP, act, adopt, call, submit, walk
from tests.integration.sheets import bring, row
from tests.integration.terminal import Terminal

pytestmark = pytest.mark.usefixtures("with_plugins")

NAME = "jumlah-penduduk"
POINTS = [{"kind": "all", "where": "", "note": "Satuan tidak ditulis (rekaan)."}]
PUBLIC: dict[str, Any] = {"user": "", "ignore_auth": False}


def returned(office) -> dict[str, Any]:
    """A case that was commented on and then sent back by the verifikator."""
    case = walk(office, submit(office), until=3)
    case = act(office, case, "verifikator", "", act="comment", text="Sedang dibaca (rekaan).")
    return act(office, case, "verifikator", "tidak_sesuai", reason="Belum.", points=POINTS)


def posted(app, office, actor: str, case: dict[str, Any], **more: Any):
    """The answer over HTTP to an act at the first open visit."""
    visit = case["open_visits"][0]
    seen = {"version": case["version"], "step": visit["step"], "visit": visit["number"]}
    return app.post(
        "/api/3/action/satudata_case_act",
        headers={"Authorization": office.people[actor]["token"]},
        json={"id": case["id"], **seen, **more},
    )


class TestFault1GoingBackWipesWhatWasDone:
    def test_the_passed_steps_keep_who_ended_them_when_and_how(self, office):
        before = walk(office, submit(office), until=3)
        ended = [v for v in before["visits"] if v["closed_at"]]
        case = act(office, before, "verifikator", "tidak_sesuai", reason="Belum.", points=POINTS)
        assert case["visits"][: len(ended)] == ended

    def test_the_comments_of_the_passed_steps_stay(self, office):
        texts = [event["body"].get("text") for event in returned(office)["events"]]
        assert "Sedang dibaca (rekaan)." in texts

    def test_no_event_is_lost_by_a_return_and_none_can_be_taken_away(self, office):
        case = returned(office)
        sequences = [event["sequence"] for event in case["events"]]
        assert sequences == list(range(1, case["version"] + 1))
        with pytest.raises(sa.exc.DBAPIError, match="permission denied"):
            model.Session.execute(sa.text("DELETE FROM satudata_proof.satudata_event"))
        model.Session.rollback()


class TestFault2EditingADefinitionRewritesThePast:
    def revise(self, office) -> None:
        bring(office, row(1, nama="Nama lain", uraian="Uraian lain."))
        adopt(office, SOP)

    def test_a_running_case_keeps_the_wording_and_the_revision_it_began_with(self, office):
        before = walk(office, submit(office), until=3)
        self.revise(office)
        case = call(office["verifikator"], "satudata_case_show", id=NAME)
        assert (case["sop"], case["steps"]) == (before["sop"], before["steps"])

    def test_what_was_done_keeps_its_name_when_the_case_moves_to_the_new_revision(self, office):
        before = walk(office, submit(office), until=3)
        self.revise(office)
        case = call(
            office["pengelola_data"],
            "satudata_case_move",
            id=before["id"],
            version=before["version"],
            reason="Peraturan berubah (rekaan).",
        )
        assert [v["name"] for v in case["visits"]] == ["Terima", "Himpun", "Verifikasi"]

    def test_every_text_that_a_case_ran_on_can_still_be_read(self, office):
        case = submit(office)
        self.revise(office)
        kept = call(office["verifikator"], "satudata_sop_show", id=case["sop"]["sha256"])
        assert kept["sha256"] == case["sop"]["sha256"]


class TestFault3RolesAreThoseOfCkanAndNobodyStopsSelfApproval:
    def hold(self, office, actor: str, *more: str) -> None:
        for one in more:
            values = {"user": office[actor], "sop": SOP, "actor": one}
            call(office["sysadmin"], "satudata_assignment_create", **values)

    def test_who_brought_the_data_ends_no_step_that_verifies_it(self, office):
        self.hold(office, "produsen_data", "verifikator")
        case = walk(office, submit(office), until=3)
        with pytest.raises(tk.NotAuthorized, match="four_eyes"):
            act(office, case, "produsen_data", "sesuai")

    def test_who_brought_the_data_does_not_approve_its_publication(self, office):
        self.hold(office, "produsen_data", "pengelola_data")
        case = walk(office, submit(office), until=8)
        with pytest.raises(tk.NotAuthorized, match="four_eyes"):
            act(office, case, "produsen_data", "selesai")

    @pytest.mark.parametrize("who", ["sysadmin", "admin"])
    def test_no_capacity_of_ckan_ends_a_step(self, office, who):
        if who == "admin":
            member = {"id": office.agency["id"], "username": office["outsider"], "role": "admin"}
            call(office["sysadmin"], "organization_member_create", **member)
        person = "sysadmin" if who == "sysadmin" else "outsider"
        case = submit(office)
        with pytest.raises(tk.NotAuthorized, match="not_holder"):
            act(office, case, person, "selesai")


class TestFault4TimesAreSecondsAndOnlyTheAdministratorRunsThem:
    """Clocks are read from the sheets now and run from a later issue on; no mail is sent yet."""

    def test_a_time_of_the_sheet_is_days_of_work_and_not_seconds(self, with_plugins):
        norm = sops.loaded_sop("pengelolaan-data-informasi").sop.step(3).mutu_baku.waktu
        assert norm is not None
        assert (norm.teks, norm.minimum, norm.maksimum, norm.satuan) == ("10 Hari", 10, 10, "hari")

    def test_a_pause_is_set_by_who_holds_the_step_and_not_by_the_administrator(self, office):
        case = walk(office, submit(office), until=3)
        with pytest.raises(tk.NotAuthorized, match="not_holder"):
            act(office, case, "sysadmin", "", act="pause", reason="Menunggu.")
        model.Session.rollback()
        case = act(office, case, "verifikator", "", act="pause", reason="Menunggu (rekaan).")
        assert case["open_visits"][0]["paused_since"]

    def test_the_command_line_does_what_the_pages_do(self, app, office):
        case = submit(office)
        said = Terminal(app).act(office["admin_data"], case, "--outcome", "selesai")
        assert (said.status, said.value["open_visits"][0]["step"]) == (0, 2)


class TestFault5ReviewHidesThePublishedAndLetsTheReviewedBeEdited:
    def test_published_data_stays_public_when_somebody_tries_to_edit_it(self, office):
        walk(office, submit(office), until=10)
        refused = refusal(office["produsen_data"], "package_patch", id=NAME, unit="Jiwa")
        assert "locked_published" in refused
        assert helpers.call_action("package_show", dict(PUBLIC), id=NAME)["private"] is False

    @pytest.mark.parametrize("who", ["produsen_data", "verifikator", "sysadmin"])
    def test_nobody_edits_what_is_under_review(self, office, who):
        walk(office, submit(office), until=3)
        refused = refusal(office[who], "package_patch", id=NAME, unit="Jiwa")
        assert "locked_in_review" in refused

    def test_a_return_without_a_reason_is_refused(self, office):
        case = walk(office, submit(office), until=3)
        with pytest.raises(tk.ValidationError, match="reason_missing"):
            act(office, case, "verifikator", "tidak_sesuai", points=POINTS)


class TestFault6RefusalsAreAnsweredWith200AndTwoClicksBothPass:
    def test_who_may_not_act_is_answered_with_403_and_the_code(self, app, office):
        answer = posted(app, office, "verifikator", submit(office), outcome="selesai")
        assert (answer.status_code, answer.json["success"]) == (403, False)
        assert "not_holder" in answer.json["error"]["message"]

    def test_who_comes_second_is_answered_with_409_and_a_code_of_its_own(self, app, office):
        case = submit(office)
        posted(app, office, "admin_data", case, outcome="selesai")
        answer = posted(app, office, "admin_data", case, outcome="selesai")
        assert (answer.status_code, answer.json["error"]["code"]) == (409, ["version_conflict"])

    def test_of_two_clicks_in_the_same_moment_one_passes(self, office):
        case = walk(office, submit(office), until=8)
        click = partial(act, office, case, "pengelola_data", "selesai")
        assert both_at_once(click) == ["version_conflict", "won"]
        model.Session.rollback()
        kinds = [event.kind.value for event in cases.events_of(case["id"])]
        assert kinds.count("release_shown") == 1

    def test_a_step_that_releases_and_publishes_is_one_commit(self, office):
        case = walk(office, submit(office), until=8)
        mine, commits = threading.get_ident(), []

        def count(_connection: Any) -> None:
            commits.append(threading.get_ident())

        sa.event.listen(model.meta.engine, "commit", count)
        try:
            act(office, case, "pengelola_data", "selesai")
        finally:
            sa.event.remove(model.meta.engine, "commit", count)
        assert commits == [mine]
