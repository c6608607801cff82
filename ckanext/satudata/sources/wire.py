"""One request to one address: the connection, its deadlines, its limits. Nothing is followed here.

A name is looked up once for each connection, its addresses are judged, and the connection is made
to one of those judged: no second look-up can give another one. What urllib3 does here is what it
is good at: TLS, HTTP and unpacking within bounds.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPException, IncompleteRead
from typing import Any

from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError, InvalidChunkLength
from urllib3.exceptions import IncompleteRead as TooFew

from ckanext.satudata.sources.addresses import AllowedHosts, may_connect, read_address
from ckanext.satudata.sources.failures import NotFetched, OutOfTime, Passing, SourceFailed
from ckanext.satudata.sources.location import Location
from ckanext.satudata.sources.redact import CleanRecords

BLOCK = 1 << 16
MOST_KEPT = 8
Resolve = Callable[[str, int], list[str]]
Dial = Callable[[str, int, float], socket.socket]

for _name in ("urllib3.connection", "urllib3.connectionpool", "urllib3.response"):
    logging.getLogger(_name).addFilter(CleanRecords())


@dataclass(frozen=True)
class Limits:
    """Seconds, and bytes after unpacking. `total` covers one answer with all its redirects."""

    connect: float = 10.0
    read: float = 30.0
    total: float = 300.0
    size: int = 50_000_000
    redirects: int = 5


@dataclass
class Deadline:
    """When an answer has to be there, on a clock that cannot be set."""

    seconds: float
    until: float = field(init=False)

    def __post_init__(self) -> None:
        self.until = time.monotonic() + self.seconds

    @property
    def passed(self) -> bool:
        """Whether it is too late."""
        return time.monotonic() >= self.until

    def left(self, at_most: float) -> float:
        """Seconds to wait for the next bytes. Raises OutOfTime `deadline_passed`."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise OutOfTime("deadline_passed", seconds=self.seconds)
        return min(left, at_most)


class _Patience:
    """Each wait for bytes is as long as both limits leave; a slow drip does not renew the whole."""

    deadline: Deadline | None = None
    each: float = 30.0

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        if self.deadline is not None:
            self.settimeout(self.deadline.left(self.each))  # type: ignore[attr-defined]
        return super().recv_into(*args, **kwargs)  # type: ignore[misc]


class _Plain(_Patience, socket.socket):
    pass


class _Sealed(_Patience, ssl.SSLSocket):
    pass


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the machine's resolver gives them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def dial(address: str, port: int, timeout: float) -> socket.socket:
    """A connection to this address and no other. Raises OSError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = _Plain(family, socket.SOCK_STREAM)
    made.settimeout(timeout)
    try:
        made.connect((address, port))
    except BaseException:
        made.close()
        raise
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


@dataclass(frozen=True)
class Answer:
    """What came: status, headers in lower case, the unpacked body, whether it was cut."""

    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """Connections of one source; the last one to each origin is used again. Not for two threads."""

    def __init__(
        self,
        allowed: AllowedHosts,
        limits: Limits,
        *,
        trust: str | None = None,
        resolve: Resolve = resolve,
        dial: Dial = dial,
    ) -> None:
        """`trust` names a file of certificates of authorities, in place of the machine's own."""
        self.allowed, self.limits = allowed, limits
        self._resolve, self._dial = resolve, dial
        self._trust = trust
        self._open: dict[tuple[str, str, int], HTTPConnection] = {}

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self._trust)
        context.sslsocket_class = _Sealed
        return context

    def close(self) -> None:
        """End every connection."""
        for one in self._open.values():
            one.close()
        self._open.clear()

    def ask(
        self, where: Location, headers: dict[str, str], deadline: Deadline, size: int
    ) -> Answer:
        """GET. A body longer than `size` raises `too_large`; see `failures` for the others."""
        kept = self._open.pop(where.origin, None)
        if kept is not None:
            try:
                return self._exchange(kept, where, headers, deadline, size)
            except Passing as failed:
                # A server may have closed what we kept; only then is it asked anew.
                if failed.code != "connection_lost":
                    raise
        return self._exchange(self._connection(where, deadline), where, headers, deadline, size)

    def _connection(self, where: Location, deadline: Deadline) -> HTTPConnection:
        def connect() -> socket.socket:
            return self._connect(where, deadline)

        if where.scheme == "https":
            made: HTTPConnection = HTTPSConnection(
                where.host, where.port, ssl_context=self._tls, timeout=self.limits.connect
            )
        else:
            made = HTTPConnection(where.host, where.port, timeout=self.limits.connect)
        # The seam that urllib3's own SOCKS support uses.
        made._new_conn = connect  # type: ignore[method-assign]
        return made

    def _connect(self, where: Location, deadline: Deadline) -> socket.socket:
        last: OSError | None = None
        for address in self._addresses(where, deadline):
            try:
                return self._dial(address, where.port, deadline.left(self.limits.connect))
            except OSError as error:
                last = error
        code = "connect_timeout" if isinstance(last, TimeoutError) else "connect_failed"
        raise Passing(code, host=where.authority)

    def _addresses(self, where: Location, deadline: Deadline) -> list[str]:
        """The judged addresses. One that is refused refuses the name: nothing good mixes them."""
        allowed = self.allowed.holds(where.host, where.port)
        if not allowed and where.port < 1024 and where.port not in (80, 443):
            raise NotFetched("port_refused", host=where.authority)
        found = self._look_up(where, deadline)
        for text in found:
            try:
                fine = may_connect(read_address(text), allowed_host=allowed)
            except ValueError:
                fine = False
            if not fine:
                raise NotFetched("address_refused", host=where.authority)
        return found

    def _look_up(self, where: Location, deadline: Deadline) -> list[str]:
        """A resolver may hang for minutes, so it is left alone after the time to connect."""
        found: list[str] = []

        def look() -> None:
            try:
                found.extend(self._resolve(where.host, where.port))
            except (OSError, UnicodeError):
                found.clear()

        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        looking.join(deadline.left(self.limits.connect))
        if looking.is_alive() or not found:
            raise Passing("host_unknown", host=where.authority)
        return list(found)

    def _exchange(
        self,
        connection: HTTPConnection,
        where: Location,
        headers: dict[str, str],
        deadline: Deadline,
        size: int,
    ) -> Answer:
        """One question and its answer; whatever a library raises is told without its text."""
        answer, failed = None, None
        try:
            answer = self._talk(connection, where, headers, deadline, size)
        except SourceFailed as error:
            failed = error
        except (OSError, HTTPException, HTTPError, ValueError) as error:
            failed = _told(error, where, deadline)
        if answer is not None:
            self._keep(where, connection)
            return answer
        connection.close()
        failed = failed or Passing("connection_lost", host=where.authority)
        failed.__context__ = failed.__cause__ = None  # the library's text may hold the key
        raise failed

    def _keep(self, where: Location, connection: HTTPConnection) -> None:
        """For the next question; a page may link to thousands of hosts, so the oldest goes."""
        if len(self._open) >= MOST_KEPT:
            self._open.pop(next(iter(self._open))).close()
        self._open[where.origin] = connection

    def _talk(
        self,
        connection: HTTPConnection,
        where: Location,
        headers: dict[str, str],
        deadline: Deadline,
        size: int,
    ) -> Answer:
        if connection.sock is None:
            connection.timeout = deadline.left(self.limits.connect)
            connection.connect()
        sock: Any = connection.sock
        sock.deadline, sock.each = deadline, self.limits.read
        sock.settimeout(deadline.left(self.limits.read))
        connection.request("GET", where.target, headers=headers, preload_content=False)
        response = connection.getresponse()
        named = {name.lower(): value for name, value in response.headers.items()}
        declared = named.get("content-length", "")
        if declared.isdigit() and int(declared) > size:
            raise NotFetched("too_large", size=size)
        body = _body(response, deadline, size)
        if not response.isclosed() or named.get("connection", "").lower() == "close":
            connection.close()
        return Answer(response.status, named, body)


def _body(response: HTTPResponse, deadline: Deadline, size: int) -> bytes:
    """The body, unpacked block by block, so that a bomb bursts at the limit and not in memory."""
    blocks, total = [], 0
    while block := response.read(BLOCK, decode_content=True):
        deadline.left(0)
        total += len(block)
        if total > size:
            raise NotFetched("too_large", size=size)
        blocks.append(block)
    return b"".join(blocks)


def _told(error: Exception, where: Location, deadline: Deadline) -> SourceFailed:
    """A failure in our words. Whether it was time, trust, packing or the line."""
    reasons = [error, *error.args, error.__cause__, error.__context__]
    for one in reasons:
        if isinstance(one, SourceFailed):
            return one
    if any(isinstance(one, ssl.SSLError) for one in reasons):
        return NotFetched("tls_failed", host=where.authority)
    if any(isinstance(one, TimeoutError) for one in reasons):
        if deadline.passed:
            return OutOfTime("deadline_passed", seconds=deadline.seconds)
        return Passing("read_timeout", host=where.authority)
    if any(isinstance(one, TooFew | InvalidChunkLength | IncompleteRead) for one in reasons):
        return Passing("body_truncated", host=where.authority)
    if isinstance(error, DecodeError):
        return Passing("body_broken", host=where.authority)
    return Passing("connection_lost", host=where.authority)
