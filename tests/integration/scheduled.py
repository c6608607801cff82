"""The clock set, and what is due by it delivered."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock
from tests.integration.delivered import delivery

WIB = ZoneInfo("Asia/Jakarta")


def local(**ahead: int) -> str:
    """A minute to come on the clock of the office, as a person writes it."""
    at = clock.now().replace(tzinfo=timezone.utc).astimezone(WIB) + timedelta(**ahead)
    return at.strftime("%Y-%m-%dT%H:%M")


def utc(text: str) -> datetime:
    at = datetime.fromisoformat(text).replace(tzinfo=WIB).astimezone(timezone.utc)
    return at.replace(tzinfo=None)


class Clock:
    """Sets what time it is for the portal; the outbox of the database is told too."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def goes_to(self, moment: datetime) -> None:
        """It is `moment` (UTC) from now on; nothing is delivered yet."""
        self.monkeypatch.setattr(clock, "now", lambda: moment)

    def strikes(self, moment: datetime) -> None:
        """It is `moment`, and the dispatcher delivers what is due by then."""
        self.goes_to(moment)
        self.due_until(moment)
        delivery.deliver()
        model.Session.rollback()

    def due_until(self, moment: datetime) -> None:
        query = (
            "UPDATE satudata_outbox SET next_at = satudata_now() WHERE next_at <= :moment"
            " AND next_at > satudata_now()"
        )
        with model.meta.engine.begin() as connection:
            connection.execute(sa.text(query), {"moment": moment})


def waiting(topic: str = "release") -> list[Any]:
    query = sa.text("SELECT key, error, attempts FROM satudata_outbox WHERE topic = :topic")
    with model.meta.engine.connect() as connection:
        return list(connection.execute(query, {"topic": topic}))
