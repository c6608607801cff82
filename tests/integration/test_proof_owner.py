"""The portal's own role may add to what is proof and do nothing else with it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.audit.kinds import PORTAL, RecordKind
from ckanext.satudata.logic import clock
from ckanext.satudata.model import proof_tables
from ckanext.satudata.model.proof_tables import TABLES
from ckanext.satudata.model.records import record, records_of
from ckanext.satudata.model.tables import PROOF_SCHEMA
from tests.integration.proof_owner import NAMES, as_owner

pytestmark = pytest.mark.usefixtures("clean_db")

EVENTS = NAMES[0]
DENIED = (
    *(
        f"UPDATE {name} SET {column} = {column}"
        for name, column in zip(NAMES, ("actor", "day", "hash"), strict=True)
    ),
    *(f"DELETE FROM {name}" for name in NAMES),
    *(f"TRUNCATE {name}" for name in NAMES),
    *(f"DROP TABLE {name} CASCADE" for name in NAMES),
    *(f"ALTER TABLE {name} DISABLE TRIGGER ALL" for name in NAMES),
    *(f'DROP TRIGGER "{table}_write_once" ON {PROOF_SCHEMA}."{table}"' for table in TABLES),
    f"DROP SCHEMA {PROOF_SCHEMA} CASCADE",
    f"ALTER SCHEMA {PROOF_SCHEMA} RENAME TO other",
    f"ALTER TABLE {EVENTS} OWNER TO CURRENT_USER",
    f"ALTER TABLE {EVENTS} ADD COLUMN note text",
    f"CREATE RULE hidden AS ON INSERT TO {EVENTS} DO INSTEAD NOTHING",
    f"CREATE OR REPLACE FUNCTION {PROOF_SCHEMA}.refuse_change() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN OLD; END'",
    f"DROP FUNCTION {PROOF_SCHEMA}.refuse_change() CASCADE",
    f"INSERT INTO {EVENTS} TABLE {EVENTS} ON CONFLICT (id) DO UPDATE SET actor = 'x'",
    "SET session_replication_role = replica",
    "SET ROLE satudata_owner_test",
)


@pytest.fixture
def one_event() -> None:
    """A stream with one event in it."""
    record(PORTAL, RecordKind.PERSON_ERASED, "u1", clock.now(), {})
    model.Session.commit()


@pytest.mark.parametrize("statement", DENIED)
def test_the_role_of_the_portal_is_refused(one_event: None, statement: str) -> None:
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied|must be owner"):
        model.Session.execute(sa.text(statement))
    model.Session.rollback()
    assert len(records_of(PORTAL)) == 1


@pytest.mark.parametrize("how", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_trigger_refuses_the_owner_too(one_event: None, how: str) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="written once"):
        as_owner([how.format(EVENTS)], awake=True)
    assert [one.actor for one in records_of(PORTAL)] == ["u1"]


def test_an_upgrade_without_the_tables_says_what_to_run() -> None:
    # Both in one transaction, which the refusal undoes.
    away = f"ALTER TABLE {EVENTS} RENAME TO away"
    told = r"is not there.*satudata proof-tables \| sudo -u postgres psql"
    with pytest.raises(proof_tables.ProofTablesMissing, match=told):
        as_owner([away, proof_tables.require_proof_tables], awake=True)


def test_a_role_that_owns_the_tables_is_no_role_for_the_portal() -> None:
    told = "belongs to the role that the portal connects"
    with pytest.raises(proof_tables.ProofTablesMissing, match=told):
        as_owner([proof_tables.require_proof_tables], awake=True)


@pytest.mark.parametrize("name", ["", "ckan\n\\! id", "ckan\x00"])
def test_a_name_that_could_end_its_line_in_psql_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        proof_tables.statements(name, "ckan")


def test_owner_and_portal_cannot_be_one_role() -> None:
    with pytest.raises(ValueError, match="cannot be owner and application"):
        proof_tables.statements("ckan", "same", "same")
