"""A person with an account can be erased: after it nothing names him but what must."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.audit.kinds import PORTAL
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.proof import erasing_account, verifying
from ckanext.satudata.model import persons
from ckanext.satudata.model.records import records_of
from ckanext.satudata.model.tables import PROOF_SCHEMA, AssignmentRow
from tests.integration.hostile import refusal
from tests.integration.office import Office, call, submit, walk
from tests.integration.terminal import Terminal

pytestmark = pytest.mark.usefixtures("with_plugins")

ACTION = "satudata_person_erase"
WHY = "Surat 14/PDP (rekaan)"
MARK = "zqwulandari"
FULLNAME = f"Dr. {MARK.title()} (rekaan)"
EMAIL = f"{MARK}@contoh.example"
LOGIN = f"{MARK}-akun"
STEP = "verifikator"

STAYS = {
    ("package", "maintainer"),
    ("package", "maintainer_email"),
    ("satudata_release", "content"),
    ("satudata_shown", "dataset"),
    ("activity", "data"),
    (f"{PROOF_SCHEMA}.satudata_event", "body"),
}
"""Declared in docs/explanation/personal-data.md: contacts that an office published, and what people
wrote into free text of acts, which the chain covers."""


@pytest.fixture
def person(office: Office) -> str:
    """The verifikator of the office, with all that an account can hold; returns its id."""
    user = model.User.get(office[STEP])
    user.fullname, user.email, user.about = FULLNAME, EMAIL, f"Saya {MARK}."
    user.image_url = f"https://contoh.example/{MARK}.png"
    user.plugin_extras = {"lain": {"nama": MARK}}
    user.name, user.apikey, user.reset_key = LOGIN, f"kunci-{MARK}", f"ulang-{MARK}"
    model.Session.commit()
    user_id = user.id
    helpers.call_action("api_token_create", user=LOGIN, name=f"token {MARK}")
    office.people[STEP]["name"] = LOGIN
    return user_id


def hold_no_office(user_id: str) -> None:
    ended = sa.update(AssignmentRow).where(AssignmentRow.user_id == user_id)
    model.Session.execute(ended.values(ended_on=clock.today(), ended_at=clock.now()))
    model.Session.commit()


def erase(office: Office, user_id: str) -> int:
    hold_no_office(user_id)
    erased = call(office["sysadmin"], ACTION, user=user_id, reason=WHY)
    model.Session.expire_all()
    return erased["erased"]


def named_in() -> set[tuple[str, str]]:
    """Every column of a table in the database, of whatever type, in which the mark stands."""
    columns = sa.text("""
        SELECT table_schema, table_name, column_name FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE t.table_type = 'BASE TABLE' AND table_schema IN ('public', :proof)
    """)
    found = set()
    with model.meta.engine.connect() as connection:
        for schema, table, column in connection.execute(columns, {"proof": PROOF_SCHEMA}).all():
            query = (
                f'SELECT EXISTS (SELECT FROM "{schema}"."{table}" WHERE "{column}"::text ILIKE :m)'
            )
            if connection.scalar(sa.text(query), {"m": f"%{MARK}%"}):
                found.add((table if schema == "public" else f"{schema}.{table}", column))
    return found


def test_before_it_an_account_is_named_in_many_places(office: Office, person: str):
    assert {("user", one) for one in ("name", "fullname", "email", "about")} <= named_in()
    assert ("api_token", "name") in named_in()


def test_an_erased_account_is_named_nowhere_after_it_acted(app, office: Office, person: str):
    walk(office, submit(office), until=10)
    for _ in range(2):
        app.post("/user/login", data={"login": LOGIN, "password": "salah"})
    call(LOGIN, "user_patch", id=LOGIN, about=f"Masih {MARK}.")
    call(LOGIN, "follow_dataset", id="jumlah-penduduk")
    erase(office, person)

    assert named_in() == set()


def test_what_stays_is_what_is_declared(office: Office, person: str):
    contact = {"maintainer": FULLNAME, "maintainer_email": EMAIL}
    case = submit(office, **contact)
    walk(office, case, until=10)
    erase(office, person)

    assert named_in() - STAYS == set()
    assert ("satudata_release", "content") in named_in()


def test_names_on_papers_go_with_the_account(office: Office, person: str):
    persons.put_aside({"paper": {"name": FULLNAME}}, clock.now())
    model.Session.commit()
    assert ("satudata_person", "value") in named_in()
    erase(office, person)

    assert named_in() == set()


def note_activity(user_id: str, object_id: str, kind: str, data: dict[str, Any]) -> None:
    values = {"user": user_id, "object": object_id, "kind": kind, "data": json.dumps(data)}
    insert = (
        "INSERT INTO activity (id, timestamp, user_id, object_id, activity_type, data)"
        " VALUES (:kind, now(), :user, :object, :kind, :data)"
    )
    model.Session.execute(sa.text(insert), values)
    model.Session.commit()


def test_the_activity_stream_forgets_who_it_was(office: Office, person: str):
    note_activity(person, person, "changed user", {"user": {"fullname": FULLNAME}})
    note_activity(person, "lain", "changed package", {"actor": FULLNAME, "package": {"name": "a"}})
    assert ("activity", "data") in named_in()
    erase(office, person)

    assert named_in() == set()
    kept = sa.text("SELECT data FROM activity WHERE id = 'changed package'")
    assert '"name": "a"' in str(model.Session.scalar(kept))


def test_the_chain_is_whole_after_it(office: Office, person: str):
    walk(office, submit(office), until=10)
    erase(office, person)

    assert verifying.verify().broken == 0


def test_the_case_still_tells_that_the_same_one_acted(office: Office, person: str):
    case = walk(office, submit(office), until=10)
    erase(office, person)
    told = json.dumps(call(office["sysadmin"], "satudata_case_show", id=case["id"]))

    assert MARK not in told.lower()
    assert erasing_account.pseudonym(person) in told


def test_nobody_logs_in_by_it_or_acts_by_its_token(app, office: Office, person: str):
    token = helpers.call_action("api_token_create", user=LOGIN, name="lain")["token"]
    erase(office, person)
    answer = app.get(
        "/api/3/action/satudata_case_list", headers={"Authorization": token}, status=403
    )

    assert answer.json["success"] is False
    assert model.User.get(person).state == "deleted"


def test_that_it_was_done_is_an_event_that_names_the_account_by_its_id(office: Office, person: str):
    erase(office, person)
    event = records_of(PORTAL)[-1]

    assert (event.kind, event.body["account"], event.body["reason"]) == (
        "person_erased",
        person,
        WHY,
    )


def test_who_holds_an_office_is_not_erased(office: Office, person: str):
    assert "erase_in_office" in refusal(office["sysadmin"], ACTION, user=person, reason=WHY)


def test_nobody_erases_himself(office: Office):
    own: Any = model.User.get(office["sysadmin"])

    assert "erase_self" in refusal(office["sysadmin"], ACTION, user=own.id, reason=WHY)


@pytest.mark.parametrize("whom", [{}, {"name": "A", "user": "b"}])
def test_it_is_said_whom(office: Office, whom: dict[str, str]):
    assert "erase_whom" in refusal(office["sysadmin"], ACTION, reason=WHY, **whom)


def test_an_account_that_is_not_there_is_refused(office: Office):
    assert "user_unknown" in refusal(office["sysadmin"], ACTION, user="tidak-ada", reason=WHY)


def test_only_the_administrator_erases(office: Office, person: str):
    with pytest.raises(tk.NotAuthorized, match="not_sysadmin"):
        call(office["produsen_data"], ACTION, user=person, reason=WHY)


def test_the_command_erases_an_account(app, office: Office, person: str):
    hold_no_office(person)
    terminal = Terminal(app)
    whom = ("--user", office["sysadmin"], "--account", LOGIN, "--reason", WHY)

    assert terminal.run("audit", "erase", *whom).status == 0
    assert named_in() == set()
