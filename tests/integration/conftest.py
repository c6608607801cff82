"""A real CKAN on real services, and an invented office on it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model

from tests.integration.office import Office, make_office

KEPT = {
    "satudata_event": ("write_once", "no_truncate"),
    "satudata_sop": ("write_once", "no_truncate"),
    "satudata_adoption": ("only_ended", "no_delete", "no_truncate"),
}
"""The triggers of the tables that hold proof."""


@pytest.fixture
def clean_db(with_plugins, reset_db, migrate_db_for):
    """CKAN's clean database with our tables; the triggers of proof rest only meanwhile."""
    _triggers("DISABLE")
    try:
        reset_db()
        migrate_db_for("satudata")
    finally:
        _triggers("ENABLE ALWAYS")


def _triggers(how: str) -> None:
    """Turn every trigger of proof off or on; the tables may not be there yet."""
    model.Session.rollback()
    known = sa.inspect(model.meta.engine)
    for table, names in KEPT.items():
        if known.has_table(table):
            for name in names:
                statement = f"ALTER TABLE {table} {how} TRIGGER {table}_{name}"
                model.Session.execute(sa.text(statement))
    model.Session.commit()


@pytest.fixture
def office(with_plugins, clean_db, clean_index) -> Office:
    """An invented office: every actor of SOP 000 is held by a person of his own."""
    return make_office()
