"""The record leaves the portal whole, and for those only who may read it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.audit import chain
from ckanext.satudata.audit.kinds import PORTAL, RecordKind
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.proof import exporting
from ckanext.satudata.model.records import record
from tests.integration.office import call, submit, walk
from tests.integration.terminal import Terminal

ACTION = "satudata_audit_export"


def days() -> dict[str, str]:
    return dict.fromkeys(("from", "to"), clock.today().isoformat())


@pytest.fixture
def case(office):
    return walk(office, submit(office), until=3)


def test_the_events_of_a_case_leave_as_a_whole_chain(office, case) -> None:
    answer = call(office["verifikator"], ACTION, case=case["number"])
    assert chain.first_broken(answer["events"]) is None
    assert len(answer["events"]) == case["version"]


def test_whoever_cannot_see_the_case_learns_nothing(office, case) -> None:
    with pytest.raises(tk.ObjectNotFound):
        call(office["outsider"], ACTION, case=case["id"])


def test_who_sees_only_a_part_of_the_case_does_not_get_its_record(office, case, monkeypatch):
    from ckanext.satudata.logic import people

    monkeypatch.setattr(people, "seen_agencies", lambda user, case: frozenset({"x"}))
    with pytest.raises(tk.NotAuthorized, match="not_of_office"):
        call(office["verifikator"], ACTION, case=case["id"])


def test_a_period_is_for_the_head_of_the_walidata_only(office, case) -> None:
    with pytest.raises(tk.NotAuthorized, match="not_head"):
        call(office["verifikator"], ACTION, **days())


def test_the_administrator_of_the_portal_gets_a_period(office, case) -> None:
    user = model.User.get(office["verifikator"])
    user.sysadmin = True
    model.Session.commit()
    record(PORTAL, RecordKind.CORRECTION_MADE, "u1", clock.now(), {})
    model.Session.commit()
    streams = {one["stream"] for one in call(user.name, ACTION, **days())["events"]}
    assert streams == {case["id"], PORTAL}


def test_without_case_and_days_nothing_leaves(office, case) -> None:
    user = model.User.get(office["verifikator"])
    user.sysadmin = True
    model.Session.commit()
    with pytest.raises(tk.ValidationError, match="export_of_what"):
        call(user.name, ACTION)


def test_a_record_that_is_too_long_is_refused_and_not_cut(office, case, monkeypatch) -> None:
    monkeypatch.setattr(exporting, "MOST", case["version"] - 1)
    with pytest.raises(tk.ValidationError, match="export_too_long"):
        call(office["verifikator"], ACTION, case=case["id"])


def test_days_outside_leave_their_events_out(app, office, case) -> None:
    other = (clock.today() - timedelta(days=9)).isoformat()
    said = Terminal(app).run("audit", "export", "--from", other, "--to", other)
    assert said.value == []


def test_the_command_writes_csv(app, office, case) -> None:
    said = Terminal(app).run("audit", "export", "--case", case["number"], "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(said.out)))) == case["version"]


def test_the_command_writes_prov(app, office, case) -> None:
    today = clock.today().isoformat()
    words = ("--from", today, "--to", today, "--format", "prov")
    said = Terminal(app).run("audit", "export", *words)
    assert len(said.value["activity"]) == case["version"]


def test_the_command_says_what_is_missing(app, office) -> None:
    said = Terminal(app).run("audit", "export")
    assert (said.status, said.code) == (3, "export_of_what")
