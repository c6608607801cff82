"""Who has the portal's password may switch a guard of the database off; it does not stay so."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model import wall
from tests.integration.terminal import Terminal

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "storage", "empty_datastore")

TRIGGER = "satudata_wall"


@pytest.fixture
def terminal(app, clean_index) -> Terminal:
    return Terminal(app)


@pytest.fixture
def switched_off():
    run(f"ALTER TABLE package DISABLE TRIGGER {TRIGGER}")
    yield
    run(f"ALTER TABLE package ENABLE TRIGGER {TRIGGER}")


@pytest.fixture
def taken_away():
    run(f"ALTER TRIGGER {TRIGGER} ON package RENAME TO satudata_elsewhere")
    yield
    run(f"ALTER TRIGGER satudata_elsewhere ON package RENAME TO {TRIGGER}")


def run(statement: str) -> None:
    model.Session.rollback()
    model.Session.execute(sa.text(statement))
    model.Session.commit()


def test_every_guard_of_the_migrations_is_known():
    assert wall.standing() == wall.GUARDS


def test_a_guard_that_is_off_is_said(terminal, switched_off):
    assert TRIGGER in terminal.run("reconcile").out


def test_a_guard_that_is_off_is_switched_on(terminal, switched_off):
    terminal.run("reconcile", "--fix")

    assert wall.standing() == wall.GUARDS


def test_a_guard_that_is_gone_is_for_a_person(terminal, taken_away):
    assert terminal.run("reconcile", "--fix").status == 1
