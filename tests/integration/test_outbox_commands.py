"""The outbox on the command line, core's index commands beside it, and a queue that hangs."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from ckan import model
from ckan.lib import search
from ckan.plugins import toolkit as tk
from click.testing import CliRunner

from ckanext.satudata.cli.outbox import search_index
from ckanext.satudata.logic.outbox import handlers
from ckanext.satudata.logic.outbox.index import OutboxIndex
from ckanext.satudata.model import outbox
from tests.integration.delivered import delivery
from tests.integration.office import Office, call, dataset_values
from tests.integration.outage import refusing, seconds
from tests.integration.terminal import Terminal

pytestmark = pytest.mark.usefixtures("with_plugins")

NAME = "jumlah-penduduk"


@pytest.fixture
def terminal(app) -> Terminal:
    return Terminal(app)


@pytest.fixture
def waiting(office: Office) -> dict[str, Any]:
    """A dataset that the index has not been told of."""
    with delivery.on_hold():
        return call(office["produsen_data"], "package_create", **dataset_values(office))


def test_dispatch_once_delivers_what_is_due(terminal, waiting):
    assert terminal.run("dispatch", "--once").status == 0
    assert search.show(NAME)["id"] == waiting["id"]


def test_dispatch_once_tells_that_something_was_not_delivered(terminal, waiting):
    with refusing():
        assert terminal.run("dispatch", "--once").status == 1


def test_what_waits_is_listed_by_topic(terminal, waiting):
    said = terminal.run("outbox")

    assert (said.status, said.out.splitlines()[2].split()[:3]) == (0, ["dataset", "1", "0"])


def test_waiting_in_vain_is_told_by_the_exit_code(terminal, waiting):
    assert terminal.run("outbox", "--wait", 0).status == 1


def test_waiting_ends_when_nothing_waits(terminal, office: Office):
    assert terminal.run("outbox", "--wait", 30).status == 0


def test_cores_rebuild_writes_to_solr_itself(waiting):
    with delivery.on_hold():
        done = CliRunner().invoke(search_index(), ["rebuild", NAME])

    assert (done.exit_code, search.show(NAME)["id"]) == (0, waiting["id"])


def test_after_cores_command_notes_are_written_again(waiting):
    CliRunner().invoke(search_index(), ["rebuild", NAME])

    assert isinstance(search.index_for("package"), OutboxIndex)


def test_core_clears_one_dataset_from_solr_itself(terminal, waiting):
    terminal.run("dispatch", "--once")
    CliRunner().invoke(search_index(), ["clear", NAME])

    with pytest.raises(search.SearchError):
        search.show(NAME)


def test_a_queue_that_hangs_holds_the_dispatcher_up_for_a_moment_only(office, monkeypatch):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(16)
        address = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        monkeypatch.setitem(tk.config, "ckan.redis.url", address)

        def tell() -> None:
            with pytest.raises(handlers.Away):
                handlers.works(["no case"])

        assert seconds(tell) < 2 * handlers.REDIS_SECONDS


def test_a_topic_that_nobody_here_delivers_waits(office: Office):
    outbox.note("letter", "1")
    model.Session.commit()

    model.Session.rollback()
    assert [(row.topic, row.failing) for row in outbox.waiting()] == [("letter", 1)]
