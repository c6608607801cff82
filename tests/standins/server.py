"""A real HTTP server on loopback that answers what a subclass says, and fails on demand."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FIREWALL = (
    b"<html><head><title>Perimeter WAF Block</title></head><body>Akses ini ditolak. "
    b"(Halaman buatan untuk uji.)</body></html>"
)


@dataclass(frozen=True)
class Asked:
    """A request as it came; `parts` is the path, taken apart and decoded."""

    path: str
    parts: tuple[str, ...]
    query: dict[str, str]
    headers: dict[str, str]


@dataclass
class Reply:
    """An answer; a body that is no bytes is sent as JSON."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def sent(self) -> tuple[bytes, dict[str, str]]:
        if isinstance(self.body, bytes):
            return self.body, self.headers
        kind = {"Content-Type": "application/json"}
        return json.dumps(self.body).encode(), {**kind, **self.headers}


@dataclass
class _Switch:
    fault: str
    only: Callable[[Asked], bool]
    skip: int
    left: int


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 50

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is what these tests are about."""


class StandIn:
    """Use in a `with`. `asked` holds every request, answered or not."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.ended = threading.Event()
        self._switches: list[_Switch] = []
        self._lock = threading.Lock()
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_GET(self) -> None:
                stand_in._handle(self)

            def log_message(self, *args: Any) -> None:
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.url = f"http://{self.host}"

    def __enter__(self) -> Any:
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, asked: Asked) -> Reply:
        """What a subclass answers."""
        raise NotImplementedError

    def fail(
        self,
        fault: str,
        *,
        only: Callable[[Asked], bool] = lambda _: True,
        skip: int = 0,
        times: int = 10**9,
    ) -> None:
        """From now on fail so, for requests that `only` takes, after `skip` of them, `times`."""
        assert fault in FAULTS
        self._switches.append(_Switch(fault, only, skip, times))

    def mend(self) -> None:
        """No fault any more."""
        self._switches.clear()

    def _handle(self, handler: BaseHTTPRequestHandler) -> None:
        asked = _asked(handler)
        with self._lock:
            self.asked.append(asked)
            fault = self._fault(asked)
        reply = self.answer(asked)
        if fault:
            with suppress(OSError):
                getattr(_Failing(self, handler, reply), fault)()
            handler.close_connection = True
        else:
            body, headers = reply.sent()
            _send(handler, reply.status, headers, body)

    def _fault(self, asked: Asked) -> str:
        for switch in self._switches:
            if not switch.only(asked) or switch.left <= 0:
                continue
            if switch.skip:
                switch.skip -= 1
                continue
            switch.left -= 1
            return switch.fault
        return ""


def _asked(handler: BaseHTTPRequestHandler) -> Asked:
    split = urlsplit(handler.path)
    parts = tuple(unquote(one) for one in split.path.split("/") if one)
    headers = {name.lower(): value for name, value in handler.headers.items()}
    return Asked(handler.path, parts, dict(parse_qsl(split.query)), headers)


def _send(
    handler: BaseHTTPRequestHandler,
    status: int,
    headers: dict[str, str],
    body: bytes,
    more: int = 0,
) -> None:
    """`more`: bytes that are promised and never sent."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if status != 304:
        handler.send_header("Content-Length", str(len(body) + more))
    handler.end_headers()
    handler.wfile.write(body)
    handler.wfile.flush()


@dataclass
class _Failing:
    """Each method is a fault."""

    server: StandIn
    handler: BaseHTTPRequestHandler
    reply: Reply

    def hang(self) -> None:
        self.server.ended.wait(30)

    def slow_headers(self) -> None:
        self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 2000)

    def slow_body(self) -> None:
        self.handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        self._drip(b"{" + b" " * 2000)

    def _drip(self, text: bytes) -> None:
        for one in text:
            if self.server.ended.wait(0.05):
                return
            self.handler.wfile.write(bytes((one,)))
            self.handler.wfile.flush()

    def reset(self) -> None:
        linger = struct.pack("ii", 1, 0)
        self.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.handler.connection.close()

    def cut(self) -> None:
        body, headers = self.reply.sent()
        _send(self.handler, 200, headers, body[: len(body) // 2], more=len(body) - len(body) // 2)

    def half(self) -> None:
        body, headers = self.reply.sent()
        _send(self.handler, 200, headers, body[: len(body) // 2])

    def json_500(self) -> None:
        body = b'{"success": false, "status": "Error", "message": "buatan"}'
        _send(self.handler, 500, {"Content-Type": "application/json"}, body)

    def html_500(self) -> None:
        _send(self.handler, 500, {"Content-Type": "text/html"}, b"<html>Galat buatan</html>")

    def busy_429(self) -> None:
        _send(self.handler, 429, {"Retry-After": "7"}, b"")

    def busy_503(self) -> None:
        _send(self.handler, 503, {}, b"")

    def firewall_200(self) -> None:
        _send(self.handler, 200, {"Content-Type": "text/html"}, FIREWALL)

    def firewall_403(self) -> None:
        _send(self.handler, 403, {"Content-Type": "text/html"}, FIREWALL)

    def page_200(self) -> None:
        page = b"<!DOCTYPE html>\n<html><body>Situs sedang dipelihara (buatan).</body></html>"
        _send(self.handler, 200, {"Content-Type": "application/json"}, page)

    def endless(self) -> None:
        self.handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\na,b\n")
        while not self.server.ended.is_set():
            self.handler.wfile.write(b"1,2\n" * 10_000)

    def bomb(self) -> None:
        # 200 MB of blanks in 200 kB, made of members that are packed once.
        _send(self.handler, 200, {"Content-Encoding": "gzip"}, _MEMBER * 20)

    def not_gzip(self) -> None:
        _send(self.handler, 200, {"Content-Encoding": "gzip"}, b"bukan gzip")

    def empty(self) -> None:
        _send(self.handler, 200, {"Content-Type": "application/json"}, b"")

    def redirect_inside(self) -> None:
        _send(self.handler, 302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b"")

    def redirect_loop(self) -> None:
        _send(self.handler, 302, {"Location": self.handler.path}, b"")

    def redirect_file(self) -> None:
        _send(self.handler, 302, {"Location": "file:///etc/passwd"}, b"")


FAULTS = tuple(name for name in vars(_Failing) if not name.startswith("_"))
"""Every way in which a stand-in can fail, by name."""
_MEMBER = gzip.compress(b" " * 10_000_000, 9)


class Canary:
    """Listens and counts connections: what must never be reached."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.connections = 0
        self._socket = socket.create_server((host, 0), family=family)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        with suppress(OSError):
            while True:
                self._socket.accept()[0].close()
                self.connections += 1

    def settle(self) -> int:
        """Connections so far, after one of our own was counted: nothing is still on its way."""
        before = self.connections
        socket.create_connection(self._socket.getsockname()[:2]).close()
        until = time.monotonic() + 5
        while self.connections == before and time.monotonic() < until:
            time.sleep(0.005)  # the other thread counts when it is run
        return self.connections - 1

    def close(self) -> None:
        self._socket.close()


def canaries() -> Iterator[Canary]:
    """For a fixture."""
    canary = Canary()
    yield canary
    canary.close()
