from __future__ import annotations

import gzip
import resource
import threading
import time
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from ckanext.satudata.sources.addresses import AllowedHosts
from ckanext.satudata.sources.client import Known
from ckanext.satudata.sources.content import Kind, read_json
from ckanext.satudata.sources.failures import NotFetched, OutOfTime, Passing, SourceFailed
from ckanext.satudata.sources.pace import retry_after
from ckanext.satudata.sources.wire import MOST_KEPT, Limits, Wire
from tests.standins.server import Asked, Reply, StandIn
from tests.unit.sources.asking import DRIP, Slept, client, limits_for


class Server(StandIn):
    """Answers what it is told to, by path."""

    def __init__(self, **replies: Reply) -> None:
        super().__init__()
        self.replies = replies

    def answer(self, asked: Asked) -> Reply:
        return self.replies.get(asked.parts[0] if asked.parts else "", Reply({"nilai": 1}))


def failure(server: StandIn, expect: Kind = Kind.JSON, path: str = "/", **changed: Any) -> str:
    with client(server.host, **changed) as asking, pytest.raises(SourceFailed) as told:
        asking.get(server.url + path, expect)
    return told.value.code


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("hang", "read_timeout"),
        ("slow_headers", "deadline_passed"),
        ("slow_body", "deadline_passed"),
        ("reset", "connection_lost"),
        ("cut", "body_truncated"),
        ("json_500", "http_status"),
        ("html_500", "http_status"),
        ("busy_429", "rate_limited"),
        ("busy_503", "http_status"),
        ("firewall_200", "firewall_page"),
        ("firewall_403", "firewall_page"),
        ("page_200", "html_instead"),
        ("endless", "too_large"),
        ("bomb", "too_large"),
        ("not_gzip", "body_broken"),
        ("empty", "empty_body"),
        ("redirect_inside", "address_refused"),
        ("redirect_loop", "too_many_redirects"),
        ("redirect_file", "url_scheme"),
    ],
)
def test_each_fault_of_a_server_has_its_own_outcome(fault: str, code: str) -> None:
    with Server() as server:
        server.fail(fault)
        assert failure(server, limits=limits_for(fault)) == code


def test_half_a_document_is_told_when_it_is_read() -> None:
    with Server() as server, client(server.host) as asking:
        server.fail("half")
        with pytest.raises(SourceFailed, match="json_broken"):
            asking.get(server.url, Kind.JSON).json()


@pytest.mark.parametrize("fault", ["slow_headers", "slow_body"])
def test_a_drip_of_bytes_does_not_renew_the_time_for_the_whole(fault: str) -> None:
    with Server() as server:
        server.fail(fault)
        begun = time.monotonic()
        failure(server, limits=DRIP)
    assert time.monotonic() - begun < 30


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    with Server() as server:
        server.fail("bomb")
        failure(server)  # packs it, once
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        failure(server)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_length_beyond_the_limit_is_refused_before_the_body() -> None:
    limits = Limits(size=1000)
    with Server(besar=Reply(b"a" * 1001)) as server:
        assert failure(server, Kind.CSV, "/besar", limits=limits) == "too_large"


def test_a_body_of_just_the_limit_is_taken() -> None:
    with Server(besar=Reply(b"a" * 1000)) as server, client(server.host) as asking:
        assert len(asking.get(f"{server.url}/besar", Kind.CSV, size=1000).body) == 1000


def test_a_packed_body_is_unpacked() -> None:
    packed = Reply(gzip.compress(b'{"a": 1}'), headers={"Content-Encoding": "gzip"})
    with Server(padat=packed) as server, client(server.host) as asking:
        assert asking.get(f"{server.url}/padat", Kind.JSON).json() == {"a": 1}


def test_nobody_listens() -> None:
    with Server() as server:
        host = server.host
    with client(host) as asking, pytest.raises(SourceFailed, match="connect_failed"):
        asking.get(f"http://{host}/", Kind.JSON)


def test_a_name_that_nobody_knows() -> None:
    with client() as asking, pytest.raises(SourceFailed, match="host_unknown"):
        asking.get("http://tidak-ada.invalid/", Kind.JSON)


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.mark.parametrize(
    ("body", "content_type", "expect", "code"),
    [
        (b"<html><body>masuk</body></html>", "text/csv", Kind.CSV, "html_instead"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "text/csv", Kind.CSV, "html_instead"),
        (b"<?xml version='1.0'?><a/>", "application/json", Kind.JSON, "html_instead"),
        (PNG, "text/csv", Kind.CSV, "kind_unknown"),
        (b"%PDF-1.7 ...", "text/csv", Kind.TABLE, "kind_unknown"),
        (b"a,b\n1,2\n", "image/png", Kind.CSV, "kind_unknown"),
        (b"a,b\n1,2\n", "text/csv", Kind.JSON, "kind_unexpected"),
        (b"PK\x03\x04rusak", "application/zip", Kind.TABLE, "kind_unknown"),
        (b'{"galat": "x"}', "application/json", Kind.TABLE, "kind_unexpected"),
        (b" \n", "text/csv", Kind.CSV, "empty_body"),
    ],
)
def test_what_is_not_what_was_asked_for(
    body: bytes, content_type: str, expect: Kind, code: str
) -> None:
    with Server(isi=Reply(body, headers={"Content-Type": content_type})) as server:
        assert failure(server, expect, "/isi") == code


@pytest.mark.parametrize(
    ("body", "content_type", "expect", "kind"),
    [
        (b"\xef\xbb\xbf{}", "text/html", Kind.JSON, Kind.JSON),
        (b"a;b\n<5 tahun;2\n", "text/html", Kind.TABLE, Kind.CSV),
        (b"<5 tahun;2\n", "text/plain", Kind.TABLE, Kind.CSV),
        ("a;b\n1;2\n".encode("utf-16"), "text/csv", Kind.TABLE, Kind.CSV),
    ],
)
def test_the_bytes_decide_where_the_type_is_only_careless(
    body: bytes, content_type: str, expect: Kind, kind: Kind
) -> None:
    isi = Reply(body, headers={"Content-Type": content_type})
    with Server(isi=isi) as server, client(server.host) as asking:
        assert asking.get(f"{server.url}/isi", expect).kind is kind


@pytest.mark.parametrize(("status", "code"), [(404, "http_status"), (401, "not_allowed")])
def test_a_status_that_does_not_pass_is_not_asked_again(status: int, code: str) -> None:
    with Server(isi=Reply({}, status=status)) as server:
        assert failure(server, path="/isi", attempts=3) == code
        assert len(server.asked) == 1


def test_a_fault_that_passes_is_asked_again_after_a_pause_that_doubles() -> None:
    slept = Slept()
    with Server() as server, client(server.host, pace=slept.pace, attempts=3) as asking:
        server.fail("json_500", times=2)
        assert asking.get(server.url, Kind.JSON).json() == {"nilai": 1}
    assert slept.slept == [2.0, 4.0]


def test_retry_after_is_kept_to() -> None:
    slept = Slept()
    with Server() as server, client(server.host, pace=slept.pace, attempts=2) as asking:
        server.fail("busy_429", times=1)
        asking.get(server.url, Kind.JSON)
    assert slept.slept == [7.0]


def test_a_host_that_wants_hours_is_left_alone_and_the_time_is_told() -> None:
    tidur = Reply(b"", status=503, headers={"Retry-After": "7200"})
    slept = Slept()
    with Server(tidur=tidur) as server:
        asking = client(server.host, pace=slept.pace, attempts=3)
        with pytest.raises(Passing) as told:
            asking.get(f"{server.url}/tidur", Kind.JSON)
    assert (told.value.facts["pause"], len(server.asked), slept.slept) == (7200.0, 1, [])


def test_retry_after_may_be_a_moment() -> None:
    now = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)
    assert retry_after("Sun, 01 Mar 2026 12:00:30 GMT", now) == 30.0


@pytest.mark.parametrize("text", ["", "besok", "-1", "99999999999999999999"])
def test_a_strange_retry_after_breaks_nothing(text: str) -> None:
    now = datetime(2026, 3, 1, tzinfo=timezone.utc)
    assert retry_after(text, now) in (None, 999999999.0)


def test_two_questions_to_a_host_have_their_time_between_them() -> None:
    slept = Slept(between=0.5)
    with Server() as server, client(server.host, pace=slept.pace) as asking:
        for _ in range(3):
            asking.get(server.url, Kind.JSON)
    assert slept.slept == [0.5, 0.5]


def test_a_connection_is_used_again() -> None:
    dialled = []
    with Server() as server, client(server.host) as asking:
        dial = asking._wire._dial
        asking._wire._dial = lambda *given: dialled.append(1) or dial(*given)
        for _ in range(5):
            asking.get(server.url, Kind.JSON)
    assert len(dialled) == 1


def test_few_connections_are_kept_however_many_hosts_are_asked() -> None:
    with ExitStack() as stack:
        servers = [stack.enter_context(Server()) for _ in range(MOST_KEPT + 3)]
        asking = stack.enter_context(client(*(one.host for one in servers)))
        for one in servers:
            asking.get(one.url, Kind.JSON)
        assert len(asking._wire._open) == MOST_KEPT


def test_a_kept_connection_that_the_server_closed_is_made_anew() -> None:
    with Server(tutup=Reply({}, headers={"Connection": "close"})) as server:
        with client(server.host) as asking:
            for _ in range(2):
                asking.get(f"{server.url}/tutup", Kind.JSON)
        assert len(server.asked) == 2


def test_what_did_not_change_is_not_sent_again() -> None:
    class Tagged(StandIn):
        def answer(self, asked: Asked) -> Reply:
            if asked.headers.get("if-none-match") == '"satu"':
                return Reply(b"", status=304)
            return Reply({"a": 1}, headers={"ETag": '"satu"'})

    with Tagged() as server, client(server.host) as asking:
        first = asking.get(server.url, Kind.JSON)
        second = asking.get(server.url, Kind.JSON, known=first.known)
    assert (first.unchanged, second.unchanged, second.known) == (False, True, Known('"satu"'))


def test_an_unasked_304_is_no_answer() -> None:
    with Server(isi=Reply(b"", status=304)) as server:
        assert failure(server, path="/isi") == "http_status"


def test_headers_with_keys_do_not_follow_to_another_host() -> None:
    with Server() as other:
        there = Reply(status=302, headers={"Location": other.url})
        with Server(sana=there) as server, client(server.host, other.host) as asking:
            asking.get(f"{server.url}/sana", Kind.JSON, headers={"Authorization": "Bearer {key}"})
        assert "authorization" in server.asked[0].headers
        assert "authorization" not in other.asked[0].headers


def test_an_answer_keeps_time_and_sha256() -> None:
    at = datetime(2026, 1, 2, tzinfo=timezone.utc) + timedelta(hours=1)
    with Server(isi=Reply(b'{"a":1}')) as server, client(server.host, now=lambda: at) as asking:
        found = asking.get(f"{server.url}/isi", Kind.JSON)
    by_hand = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    assert (found.at, found.sha256) == (at, by_hand)


def test_a_resolver_that_hangs_is_left_alone() -> None:
    limits, hung = Limits(connect=0.2), threading.Event()

    def resolve(_host: str, _port: int) -> list[str]:
        hung.wait()
        return []

    wire = Wire(AllowedHosts(), limits, resolve=resolve)
    try:
        with client(wire=wire) as asking, pytest.raises(SourceFailed, match="host_unknown"):
            asking.get("http://lambat.example.id/", Kind.JSON)
    finally:
        hung.set()


class Failing(Wire):
    """Fails in the same way whenever it is asked."""

    def __init__(self, failed: SourceFailed) -> None:
        super().__init__(AllowedHosts(), Limits())
        self.failed, self.times = failed, 0

    def ask(self, *_: Any) -> Any:
        self.times += 1
        raise self.failed


@pytest.mark.parametrize(
    ("failed", "times"),
    [
        (Passing("a code that comes later", host="x"), 3),
        (OutOfTime("deadline_passed", seconds=300), 1),
        (NotFetched("tls_failed", host="x"), 1),
    ],
    ids=["what may pass", "the time is spent", "what a person has to mend"],
)
def test_only_what_may_pass_within_the_run_is_tried_again(failed: SourceFailed, times: int) -> None:
    wire = Failing(failed)
    with client(attempts=3, wire=wire) as asking, pytest.raises(SourceFailed):
        asking.get("http://contoh.example.id/", Kind.JSON)
    assert wire.times == times


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": 1e999999999}',
        b'{"a": 1e-999999999}',
        b"[" + b"9" * 500 + b"]",
        b"[NaN]",
        b"[-Infinity]",
        b"[" * 100_000,
        b"[" * 80 + b"]" * 80,
        b'{"a": "\xff"}',
    ],
)
def test_a_document_that_costs_more_than_it_tells_is_refused(body: bytes) -> None:
    with pytest.raises(SourceFailed, match="json_broken"):
        read_json(body, "x")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb'["a\ud800b"]', "a\ufffdb"),
        (rb'["a\u0000b"]', "a\ufffdb"),
        (rb'["\ud83d\ude00"]', "\U0001f600"),
        (rb'["\\ud800"]', r"\ud800"),
        (rb'["\\\ud800"]', "\\\ufffd"),
    ],
)
def test_what_is_no_letter_is_replaced_and_all_else_stays(body: bytes, text: str) -> None:
    assert read_json(body, "x") == [text]


def test_numbers_of_a_document_keep_every_digit() -> None:
    assert [str(one) for one in read_json(b"[0.10, 12345678901234567890.5]", "x")] == [
        "0.10",
        "12345678901234567890.5",
    ]
