"""A real CKAN on real services, and an invented office on it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model

from tests.integration.office import Office, make_office


@pytest.fixture
def clean_db(with_plugins, reset_db, migrate_db_for):
    """CKAN's clean database with our tables; the write-once trigger rests only meanwhile."""
    _triggers("DISABLE")
    try:
        reset_db()
        migrate_db_for("satudata")
    finally:
        _triggers("ENABLE ALWAYS")


def _triggers(how: str) -> None:
    """Turn every trigger of the event table off or on; the table may not be there yet."""
    model.Session.rollback()
    names = ("satudata_event_write_once", "satudata_event_no_truncate")
    if sa.inspect(model.meta.engine).has_table("satudata_event"):
        for name in names:
            model.Session.execute(sa.text(f"ALTER TABLE satudata_event {how} TRIGGER {name}"))
        model.Session.commit()


@pytest.fixture
def office(with_plugins, clean_db, clean_index) -> Office:
    """An invented office: every actor of SOP 000 is held by a person of his own."""
    return make_office()
