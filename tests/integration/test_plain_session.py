"""Solr is asked over a connection that stays open, by the shortest way to a plain address."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest
import requests

from ckanext.satudata.logic.datasets.kept_connection import PlainSession, _new_session


class Asked(BaseHTTPRequestHandler):
    """Answers with what it was asked; `/hang` only when told to."""

    protocol_version = "HTTP/1.1"
    ways: set[int]
    go_on: Event

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def do_GET(self) -> None:
        self._answer(b"")

    def _answer(self, body: bytes) -> None:
        self.ways.add(self.client_address[1])
        if self.path.endswith("/hang"):
            self.go_on.wait(30)
        told = f"{self.command} {self.path} {body.decode()}".encode()
        self.send_response(503 if self.path.endswith("/ill") else 200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    Asked.ways, Asked.go_on = set(), Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    Asked.go_on.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def url(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}/solr/ckan"


def test_a_question_goes_in_the_body(url: str):
    answer = PlainSession(url).get(f"{url}/select/?q=padi&fq=%2Bstate", timeout=5)

    assert answer.text == "POST /solr/ckan/select/ q=padi&fq=%2Bstate"


def test_an_address_without_a_question_is_only_read(url: str):
    assert PlainSession(url).get(f"{url}/schema", timeout=5).text == "GET /solr/ckan/schema "


def test_what_is_sent_arrives(url: str):
    answer = PlainSession(url).post(f"{url}/update/?commit=true", data=b"<add/>", timeout=5)

    assert answer.text == "POST /solr/ckan/update/?commit=true <add/>"


def test_one_connection_serves_many_questions(url: str):
    session = PlainSession(url)
    for _ in range(3):
        session.get(f"{url}/select/?q=padi", timeout=5)

    assert len(Asked.ways) == 1


def test_a_status_is_handed_on(url: str):
    assert PlainSession(url).get(f"{url}/ill", timeout=5).status_code == 503


def test_a_server_that_hangs_is_told_as_requests_tells_it(url: str):
    with pytest.raises(requests.exceptions.Timeout, match="timed out"):
        PlainSession(url).get(f"{url}/hang", timeout=0.2)


def test_a_server_that_is_away_is_told_as_requests_tells_it(url: str, server: ThreadingHTTPServer):
    server.shutdown()
    server.server_close()

    with pytest.raises(requests.exceptions.ConnectionError):
        PlainSession(url).get(f"{url}/select/?q=padi", timeout=1)


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("http://127.0.0.1:8983/solr/ckan", True),
        ("https://solr.example/solr/ckan", False),
        ("http://orang:sandi@127.0.0.1:8983/solr/ckan", False),
    ],
)
def test_only_a_plain_address_goes_without_the_rest(address: str, plain: bool):
    assert isinstance(_new_session(address), PlainSession) is plain


def test_a_proxy_of_the_environment_is_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    monkeypatch.setenv("no_proxy", "")

    assert isinstance(_new_session("http://solr.example:8983/solr/ckan"), requests.Session)
