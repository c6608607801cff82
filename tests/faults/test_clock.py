"""A clock that steps back by an hour, of the processes and of the database, holds nothing up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.outbox import dispatch
from ckanext.satudata.model import outbox
from tests.faults.conftest import SOME
from tests.faults.picture import difference
from tests.faults.scene import Scene, disagreements

HOUR = timedelta(hours=1)
NOW = "SELECT clock_timestamp() AT TIME ZONE 'UTC'"


@contextmanager
def an_hour_ago(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clocks of this process and of the database show an hour less within."""
    now, seconds = clock.now, time.time
    _database_clock(f"{NOW} - interval '1 hour'")
    try:
        with monkeypatch.context() as patched:
            patched.setattr(clock, "now", lambda: now() - HOUR)
            patched.setattr(time, "time", lambda: seconds() - HOUR.total_seconds())
            yield
    finally:
        _database_clock(NOW)


def _database_clock(query: str) -> None:
    model.Session.rollback()
    model.Session.execute(
        sa.text(
            "CREATE OR REPLACE FUNCTION satudata_now() RETURNS timestamp LANGUAGE sql STABLE"
            f" AS $$ {query} $$"
        )
    )
    model.Session.commit()


def in_order(scene: Scene) -> list[str]:
    """What is wrong when the dispatcher has run as it does, without any help."""
    dispatch.all_due("test")
    waits = [f"still waits: {one}" for one in outbox.waiting()]
    model.Session.rollback()
    found = scene.picture.now()
    done = [] if found == scene.after else [f"done otherwise: {difference(scene.after, found)}"]
    return [*waits, *done, *disagreements()]


@pytest.mark.parametrize("scene", [one for one in SOME if one != "list"], indirect=True)
def test_an_act_after_the_step_is_done_and_delivered(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    with an_hour_ago(monkeypatch):
        scene.send()
        assert in_order(scene) == []
    assert [*scene.wrong_after_again()] == []


@pytest.mark.parametrize("scene", ["withdraw"], indirect=True)
def test_what_was_noted_before_the_step_is_delivered_after_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    scene.send()
    with an_hour_ago(monkeypatch):
        assert in_order(scene) == []


@pytest.mark.parametrize("scene", ["withdraw"], indirect=True)
def test_what_a_dead_dispatcher_had_before_the_step_is_delivered_after_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    scene.send()
    outbox.lease("dead", dispatch.BATCH, dispatch.LEASE_SECONDS)
    model.Session.commit()
    with an_hour_ago(monkeypatch):
        assert in_order(scene) == []
