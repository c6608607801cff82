"""The guarded client: the only code of the portal that fetches for sources.

    http(s) alone; each hop's address is judged as it is connected to (`wire`, `addresses`)
    connect, read and total deadlines; a limit on the size after unpacking
    the bytes have to be what was asked for; a page of a firewall is told as one
    so long between two questions to a host, longer when it pushes back (`pace`)
    ETag and Last-Modified; keys in no text (`redact`)

Proxies of the environment are not used: a proxy would connect where we did not look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from types import TracebackType
from typing import Any

from ckanext.satudata.sources.addresses import AllowedHosts
from ckanext.satudata.sources.content import Kind, is_page, judge, read_json, refuse_page
from ckanext.satudata.sources.failures import (
    Declined,
    NotFetched,
    OutOfTime,
    Passing,
    SourceFailed,
)
from ckanext.satudata.sources.location import Location, locate, shown
from ckanext.satudata.sources.pace import Pace, retry_after
from ckanext.satudata.sources.redact import Keys, cleaned, cleaned_bytes
from ckanext.satudata.sources.wire import Answer, Deadline, Limits, Wire

AGENT = "Mozilla/5.0 (compatible; ckanext-satudata)"
"""BPS's firewall answers the usual names of programs with a page."""
_ASK_AGAIN = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Known:
    """What the source said of itself at the last time; sent back, so that it may say: the same."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Fetched:
    """An answer as it is kept. `url` is the one asked, with placeholders; `final_url` the one that
    answered, cleaned. `unchanged`: the source says it is what `Known` described; no body then."""

    url: str
    final_url: str
    at: datetime
    body: bytes = field(repr=False)
    kind: Kind | None = None
    known: Known = Known()
    unchanged: bool = False

    @property
    def sha256(self) -> str:
        """Of the body, without keys."""
        return hashlib.sha256(self.body).hexdigest()

    def json(self) -> Any:
        """The body as a document. Raises Unexpected `json_broken`."""
        return read_json(self.body, locate(self.url).authority)


def _now() -> datetime:
    return datetime.now(timezone.utc)


class Client:
    """Fetches for one source; close it, or use it in a `with`. Not for two threads at once."""

    def __init__(
        self,
        *,
        keys: Mapping[str, str] | None = None,
        allowed: AllowedHosts | None = None,
        limits: Limits | None = None,
        pace: Pace | None = None,
        attempts: int = 3,
        now: Callable[[], datetime] = _now,
        wire: Wire | None = None,
        trust: str | None = None,
    ) -> None:
        """`attempts` for faults that may pass. Raises ValueError for a key that is too short."""
        self.limits = limits or Limits()
        self.pace = pace or Pace()
        self._keys = Keys(keys)
        self._attempts, self._now = attempts, now
        self._wire = wire or Wire(allowed or AllowedHosts(), self.limits, trust=trust)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End its connections."""
        self._wire.close()

    def get(
        self,
        url: str,
        expect: Kind,
        *,
        known: Known | None = None,
        headers: Mapping[str, str] | None = None,
        size: int | None = None,
    ) -> Fetched:
        """Fetch a URL; `{name}` in it and in `headers` stands for a key. Raises SourceFailed."""
        for attempt in range(1, self._attempts + 1):
            try:
                return self._once(url, expect, known or Known(), headers or {}, size)
            except Passing as failed:
                if attempt == self._attempts or not self._again(url, failed):
                    raise
        raise AssertionError("a last attempt returns or raises")

    def _again(self, url: str, failed: SourceFailed) -> bool:
        """Whether to ask once more, after the pause that the host was given."""
        if isinstance(failed, OutOfTime):
            return False
        if "pause" not in failed.facts:
            self.pace.pushed_back(locate(url).authority, None)
            return True
        return bool(failed.facts["pause"] <= self.pace.longest)

    def _once(
        self, url: str, expect: Kind, known: Known, headers: Mapping[str, str], size: int | None
    ) -> Fetched:
        deadline = Deadline(self.limits.total)
        where = first = self._locate(url)
        for _ in range(self.limits.redirects + 1):
            self.pace.wait(where.authority)
            sent = self._headers(where, first, known, headers)
            answer = self._wire.ask(where, sent, deadline, size or self.limits.size)
            onward = self._onward(answer, where)
            if onward is None:
                return self._fetched(url, where, answer, expect, known)
            where = onward
        raise NotFetched("too_many_redirects", host=first.authority)

    def _locate(self, url: str) -> Location:
        where = locate(url.replace("{", "%7B").replace("}", "%7D"))
        filled = where.target
        for name in self._keys.names():
            filled = filled.replace(f"%7B{name}%7D", f"{{{name}}}")
        return Location(where.scheme, where.host, where.port, self._keys.into_url(filled))

    def _headers(
        self, where: Location, first: Location, known: Known, asked: Mapping[str, str]
    ) -> dict[str, str]:
        sent = {
            "Host": where.authority,
            "User-Agent": AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
        }
        if where.origin == first.origin:
            sent |= {name: self._keys.into_header(text) for name, text in asked.items()}
        if known.etag:
            sent["If-None-Match"] = known.etag
        if known.last_modified:
            sent["If-Modified-Since"] = known.last_modified
        return sent

    def _onward(self, answer: Answer, where: Location) -> Location | None:
        """Where a redirect leads. An answer in clear text to a sealed question is refused."""
        target = answer.headers.get("location")
        if answer.status not in _MOVED or not target:
            return None
        onward = locate(target, where)
        if where.scheme == "https" and onward.scheme == "http":
            raise NotFetched("redirect_unsealed", host=where.authority)
        return onward

    def _fetched(
        self, url: str, where: Location, answer: Answer, expect: Kind, known: Known
    ) -> Fetched:
        told = Known(
            _header(answer, "etag") or known.etag,
            _header(answer, "last-modified") or known.last_modified,
        )
        final = shown(str(where))
        if answer.status == 304 and known != Known():
            self.pace.answered(where.authority)
            return Fetched(cleaned(url), final, self._now(), b"", None, told, unchanged=True)
        if answer.status != 200:
            self._refused(answer, where)
        kind = judge(answer.body, answer.headers.get("content-type", ""), expect, where.authority)
        self.pace.answered(where.authority)
        return Fetched(cleaned(url), final, self._now(), cleaned_bytes(answer.body), kind, told)

    def _refused(self, answer: Answer, where: Location) -> None:
        """Raises for every status but 200."""
        if answer.status in (401, 403, 406) and is_page(answer.body):
            refuse_page(answer.body, where.authority)
        facts = {"host": where.authority, "status": answer.status}
        if answer.status not in _ASK_AGAIN:
            if answer.status in (401, 403):
                raise Declined("not_allowed", **facts)
            raise NotFetched("http_status", **facts)
        asked = retry_after(answer.headers.get("retry-after"), self._now())
        pause = self.pace.pushed_back(where.authority, asked)
        code = "rate_limited" if answer.status == 429 or asked else "http_status"
        raise Passing(code, **facts, pause=pause)


def _header(answer: Answer, name: str) -> str:
    """A header that is sent back later: on one line, not too long."""
    value = cleaned(answer.headers.get(name, ""))
    return value if len(value) < 300 and value.isprintable() else ""
