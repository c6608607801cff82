"""The command line: the same acts with the same answers, and the upkeep of what is stored."""

from __future__ import annotations

import json

import click
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.cli.cli import ckan

from ckanext.satudata.cli import options
from ckanext.satudata.model.tables import CaseItemRow, EventRow, VisitRow
from tests.integration.cells import make_stage
from tests.integration.five_sops.world import S002, make_world
from tests.integration.office import Office, act, call, submit, walk
from tests.integration.proof_owner import as_owner
from tests.integration.terminal import Terminal

pytestmark = pytest.mark.usefixtures("with_plugins")

RETURN = (
    *("--outcome", "tidak_sesuai", "--reason", "Satuan belum ada."),
    *("--point", "column:jumlah:Titik: ribuan", "--point", "all"),
)


@pytest.fixture
def terminal(app, office: Office) -> Terminal:
    return Terminal(app)


def test_the_command_is_there_for_whoever_has_the_plugin(cli, office):
    done = cli.invoke(ckan, ["satudata", "case", "--help"])
    assert [
        name for name in ("list", "show", "open", "act", "fulfil") if name not in done.output
    ] == []


def test_a_step_is_ended_on_the_command_line_as_its_holder(terminal, office):
    case = submit(office)
    said = terminal.act(office["admin_data"], case, "--outcome", "selesai")
    assert (said.status, said.value["open_visits"][0]["step"]) == (0, 2)


def test_a_return_brings_its_reason_and_points(terminal, office):
    case = walk(office, submit(office), until=3)
    said = terminal.act(office["verifikator"], case, *RETURN)
    body = said.value["events"][-1]["body"]
    assert body["points"] == [
        {"kind": "column", "where": "jumlah", "note": "Titik: ribuan"},
        {"kind": "all", "where": "", "note": ""},
    ]


@pytest.mark.parametrize(
    ("person", "more", "status", "code"),
    [
        ("outsider", ("--outcome", "selesai"), 3, "not_found"),
        ("produsen_data", ("--outcome", "selesai"), 3, "not_holder"),
        ("sysadmin", ("--outcome", "selesai"), 3, "not_holder"),
        ("admin_data", ("--outcome", "entah"), 3, "outcome_unknown"),
        ("admin_data", ("--act", "hand_back"), 3, "not_claimed"),
        ("admin_data", ("--act", "entah"), 3, "act_unknown"),
        ("admin_data", ("--act", "comment", "--text", "x" * 4001), 3, "text_too_long"),
    ],
)
def test_a_refusal_is_one_line_with_its_code_and_exit_3(
    terminal, office, person, more, status, code
):
    said = terminal.act(office[person], submit(office), *more)
    assert (said.status, said.code, said.err.count("\n"), said.out) == (status, code, 1, "")


def test_the_sentence_of_a_refusal_is_indonesian_and_names_its_code_once(terminal, office):
    said = terminal.act(office["produsen_data"], submit(office), "--outcome", "selesai")
    assert said.err.count("not_holder") == 1
    assert "Langkah ini dipegang" in said.err


def test_who_comes_second_ends_with_exit_4(terminal, office):
    seen = walk(office, submit(office), until=3)
    act(office, seen, "verifikator", "sesuai")
    said = terminal.act(office["verifikator"], seen, "--outcome", "sesuai")
    assert (said.status, said.code) == (4, "version_conflict")


def test_a_call_repeated_under_its_key_does_nothing_more(terminal, office):
    case = submit(office)
    words = ("--outcome", "selesai", "--idempotency-key", "sekali")
    first = terminal.act(office["admin_data"], case, *words).value
    again = terminal.act(office["admin_data"], case, *words)
    assert (again.status, again.value["version"]) == (0, first["version"])


@pytest.mark.parametrize(
    "words",
    [
        ("case", "show", "1"),
        ("case", "show", "1", "--user", "tidak-ada"),
        ("case", "act", "1", "--user", "x", "--outcome", "selesai"),
        ("case", "act", "1", "--user", "x", "--step", "satu", "--visit", "1", "--version", "1"),
        ("rebuild", "--case", "999999"),
    ],
)
def test_wrong_use_ends_with_exit_2(terminal, office, words):
    assert terminal.run(*words).status == 2


def test_nobody_acts_as_the_site_user(terminal, office):
    from ckan.plugins import toolkit as tk

    site_user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    case = submit(office)
    said = terminal.act(site_user, case, "--outcome", "selesai")
    assert (said.status, said.code) == (2, "user_unknown")


def test_a_person_lists_what_he_may_see(terminal, office):
    case = submit(office)
    mine = terminal.run("case", "list", "--user", office["admin_data"], "--json").value
    theirs = terminal.run("case", "list", "--user", office["outsider"], "--json").value
    assert ([one["case"]["id"] for one in mine["results"]], theirs["count"]) == ([case["id"]], 0)


def test_the_table_is_indonesian(terminal, office):
    submit(office)
    said = terminal.run("case", "list", "--user", office["admin_data"]).out
    assert said.split()[:4] == ["Kasus", "Data", "Langkah", "Di"]


def test_a_case_is_shown_with_what_the_person_may_do(terminal, office):
    case = submit(office)
    said = terminal.run("case", "show", case["number"], "--user", office["admin_data"]).out
    assert [
        word for word in ("Langkah 1, kunjungan 1", "selesai", "not_claimed") if word not in said
    ] == []


def test_a_case_is_opened_over_a_dataset_that_came_another_way(terminal, office):
    from tests.integration.office import dataset_values, resource_values

    name = office["sysadmin"]
    dataset = call(name, "package_create", **dataset_values(office, "lewat-baris"))
    call(name, "resource_create", **resource_values(dataset["id"]))
    words = ("case", "open", "--dataset", "lewat-baris", "--json")
    said = terminal.run(*words, "--user", office["produsen_data"])
    assert (said.status, said.value["datasets"][0]["name"]) == (0, "lewat-baris")


def test_rows_that_say_what_the_events_say_stay_as_they_are(terminal, office):
    case = walk(office, submit(office), until=3)
    act(office, case, "verifikator", "tidak_sesuai", reason="Salah.", points=[{"kind": "all"}])
    assert "Berbeda: 0" in terminal.run("rebuild").out


def test_a_changed_row_is_made_anew_and_told(terminal, office):
    case = walk(office, submit(office), until=3)
    _change(sa.update(CaseItemRow).values(status="terbit"))
    _change(sa.delete(VisitRow).where(VisitRow.step == 2))
    said = terminal.run("rebuild", "--case", case["number"])
    assert "status: 'terbit' -> 'diverifikasi'" in said.out
    assert "satudata_visit" in said.out
    after = call(office["verifikator"], "satudata_case_show", id=case["id"])
    assert after["datasets"][0]["status"] == case["datasets"][0]["status"]
    assert "Berbeda: 0" in terminal.run("rebuild").out


def test_a_dry_run_tells_and_changes_nothing(terminal, office):
    submit(office)
    _change(sa.update(CaseItemRow).values(title="Lain"))
    assert "Berbeda: 1" in terminal.run("rebuild", "--dry-run").out
    assert "Berbeda: 1" in terminal.run("rebuild", "--dry-run").out


def test_whole_chains_are_verified(terminal, office):
    walk(office, submit(office), until=4)
    said = terminal.run("audit", "verify")
    assert (said.status, said.err) == (0, "")


@pytest.mark.parametrize("sequence", [2, 3])
def test_an_event_that_was_changed_is_named(terminal, office, sequence):
    case = walk(office, submit(office), until=4)
    _tamper(sa.update(EventRow).where(EventRow.sequence == sequence).values(actor="lain"))
    said = terminal.run("audit", "verify", "--case", case["number"])
    assert said.status == 1
    assert f"{sequence}" in said.err


def test_a_tail_that_was_cut_is_noticed(terminal, office):
    case = walk(office, submit(office), until=4)
    _tamper(sa.delete(EventRow).where(EventRow.sequence == case["version"]))
    assert terminal.run("audit", "verify").status == 1


def test_work_left_over_is_counted(terminal, office):
    assert terminal.run("work").out == "Kasus: 0. Data selesai: 0. Masih ditolak: 0.\n"


def test_json_holds_what_the_api_answers(terminal, office):
    case = submit(office)
    said = terminal.run("case", "show", case["id"], "--user", office["admin_data"], "--json")
    api = call(office["admin_data"], "satudata_case_show", id=case["id"])
    assert said.value == json.loads(json.dumps(api))


def test_a_title_can_do_nothing_to_the_terminal(terminal, office):
    submit(office, title="Jumlah \x1b[31mpenduduk")
    said = terminal.run("case", "list", "--user", office["admin_data"]).out
    assert "\x1b" not in said


def _change(statement) -> None:
    model.Session.execute(statement)
    model.Session.commit()


def _tamper(statement) -> None:
    """Change an event, as only whoever owns the table can."""
    as_owner([statement])


def test_the_work_of_a_killed_worker_goes_on(app, with_plugins, clean_db, clean_index):
    stage = make_stage(make_world(S002), S002)
    stage.go_to(15)
    visit = stage.visit(15)
    stage.do(visit, {"outcome": "selesai"}, stage.sop.step(15).pelaksana[0])
    assert set(stage.visit(15).pending) == set(visit.items)
    said = Terminal(app).run("work")
    assert said.out == "Kasus: 1. Data selesai: 2. Masih ditolak: 0.\n"
    assert [one.key.step for one in stage.state().open_visits] == [16]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "on=2026-01-05,name=Siti Rekaan, S.Kom.,evidence=abc",
            {"on": "2026-01-05", "name": "Siti Rekaan, S.Kom.", "evidence": "abc"},
        ),
        ("on=2026-01-05", {"on": "2026-01-05"}),
    ],
)
def test_a_comma_in_the_name_on_a_paper_parts_nothing(text, facts):
    assert options.Paper().convert(text, None, None) == facts


@pytest.mark.parametrize("text", ["2026-01-05", "tanggal=2026-01-05"])
def test_what_is_no_fact_of_a_paper_is_wrong_use(text):
    with pytest.raises(click.BadParameter):
        options.Paper().convert(text, None, None)
