"""The dispatcher as a process: woken by a commit, ended cleanly, and killed in the middle."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib import search

from ckanext.satudata.logic.outbox import serving
from ckanext.satudata.model import outbox
from tests.integration.delivered import delivery
from tests.integration.office import Office, call, dataset_values

pytestmark = pytest.mark.usefixtures("with_plugins")

TOP = Path(__file__).parents[2]
NAME = "jumlah-penduduk"


@contextmanager
def dispatcher(**environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that listens by now; killed at the end if it still runs."""
    command = [Path(sys.executable).with_name("ckan"), "-c", TOP / "test.ini"]
    started = subprocess.Popen(
        [*command, "satudata", "dispatch"],
        env={**os.environ, **environment},
        cwd=TOP,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: _listens(started.pid), 90)
        yield started
    finally:
        started.kill()
        started.wait()


def until(is_so: Callable[[], Any], limit: float) -> None:
    deadline = time.monotonic() + limit
    while not is_so():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.1)


def _listens(pid: int) -> bool:
    name = f"{serving.NAME} {pid}"
    query = sa.text("SELECT count(*) FROM pg_stat_activity WHERE application_name = :name")
    return bool(_scalar(query, name=name))


def _scalar(query: sa.TextClause, **values: Any) -> Any:
    with model.meta.engine.connect() as connection:
        return connection.scalar(query, values)


def waits() -> int:
    return _scalar(sa.text("SELECT count(*) FROM satudata_outbox"))


def leased() -> int:
    return _scalar(sa.text("SELECT count(*) FROM satudata_outbox WHERE leased_by IS NOT NULL"))


def make(office: Office) -> dict[str, Any]:
    return call(office["produsen_data"], "package_create", **dataset_values(office))


def test_a_commit_wakes_the_dispatcher_before_it_looks_by_itself(office: Office):
    with delivery.on_hold(), dispatcher():
        dataset = make(office)
        until(lambda: waits() == 0, serving.LOOK_SECONDS / 2)

    assert search.show(NAME)["id"] == dataset["id"]


def test_a_dispatcher_that_is_asked_to_end_ends_cleanly(office: Office):
    with delivery.on_hold(), dispatcher() as process:
        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=30) == 0


def test_what_a_killed_dispatcher_had_in_hand_is_delivered_by_the_next(office: Office):
    with socket.socket() as silent, delivery.on_hold():
        silent.bind(("127.0.0.1", 0))
        silent.listen(128)
        nowhere = f"http://127.0.0.1:{silent.getsockname()[1]}/solr/ckan"
        with dispatcher(CKAN_SOLR_URL=nowhere) as process:
            dataset = make(office)
            until(leased, 30)
            process.kill()
            process.wait()
        assert leased()
        model.Session.execute(sa.text("UPDATE satudata_outbox SET leased_until = satudata_now()"))
        model.Session.commit()
    delivery.deliver()

    assert (waits(), search.show(NAME)["id"]) == (0, dataset["id"])
    model.Session.rollback()
    assert outbox.waiting() == []
