"""Searches of one process go over one connection, and it does not matter when Solr closes it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from ckan.lib.search import index as core
from ckan.tests import helpers

from ckanext.satudata.logic.outbox.index import straight_to_solr
from tests.integration.outage import solr_at

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")

NOTHING = {"response": {"numFound": 0, "start": 0, "docs": []}, "facet_counts": {}}


class Empty(ThreadingHTTPServer):
    """A Solr that holds nothing, and counts who connected; `hangs_up` after each answer."""

    def __init__(self, *, hangs_up: bool) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.hangs_up, self.connections = hangs_up, 0


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Empty

    def setup(self) -> None:
        self.server.connections += 1
        super().setup()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps(NOTHING).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.server.hangs_up

    def log_message(self, *_: object) -> None:
        """Nothing is told of a request."""


@contextmanager
def empty_solr(*, hangs_up: bool) -> Iterator[Empty]:
    with Empty(hangs_up=hangs_up) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with solr_at(f"http://127.0.0.1:{server.server_port}/solr/ckan"):
                yield server
        finally:
            server.shutdown()


def found() -> int:
    return helpers.call_action("package_search")["count"]


def test_two_searches_go_over_one_connection():
    with empty_solr(hangs_up=False) as solr:
        found(), found()

        assert solr.connections == 1


def test_a_connection_that_solr_closed_is_opened_again():
    with empty_solr(hangs_up=True):
        assert [found(), found()] == [0, 0]


def test_making_the_index_anew_leaves_the_connection_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def mine() -> None:
        """Somebody else's way to Solr."""

    monkeypatch.setattr(core, "make_connection", mine)
    with straight_to_solr():
        pass

    assert core.make_connection is mine
