"""A URL, taken apart once. What is sent is put together from these parts, so that no second reader
of the same text can see another host in it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from ckanext.satudata.sources.failures import NotFetched
from ckanext.satudata.sources.redact import cleaned

PORTS = {"http": 80, "https": 443}
LONGEST = 8000
_NAME = re.compile(r"(?=.{1,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*"
                   r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?")  # fmt: skip
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_SAFE = "!$%&'()*+,-./:;=?@_~[]"


@dataclass(frozen=True)
class Location:
    """Where to ask: `target` is path and query, `host` a name or an address without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """What has to stay the same for credentials to be sent on."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """The `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def locate(url: str, base: Location | None = None) -> Location:
    """Read a URL, one relative to `base` too. Raises NotFetched: `url_invalid`, `url_scheme`."""
    text = url.strip(" \t\r\n")
    if _UNSAFE.search(text) or len(text) > LONGEST:
        raise NotFetched("url_invalid", url=shown(url))
    try:
        parts = urlsplit(urljoin(str(base), text) if base else text)
        port = parts.port
    except ValueError:
        raise NotFetched("url_invalid", url=shown(url)) from None
    if parts.scheme not in PORTS:
        raise NotFetched("url_scheme", url=shown(url), scheme=parts.scheme[:20])
    if parts.username is not None or parts.password is not None or port == 0:
        raise NotFetched("url_invalid", url=shown(url))
    host = _host(parts.hostname or "", url)
    target = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        target += "?" + quote(parts.query, safe=_SAFE)
    return Location(parts.scheme, host, port or PORTS[parts.scheme], target)


def _host(host: str, url: str) -> str:
    """A name in ASCII or an address in its usual spelling; every other spelling is refused."""
    host = host.lower()
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        if "%" not in host:
            return str(address)
    last = host.rstrip(".").rpartition(".")[2]
    if not _NAME.fullmatch(host) or _NUMBER.fullmatch(last):
        raise NotFetched("url_invalid", url=shown(url))
    return host


def shown(url: str) -> str:
    """A URL as it may be kept: without keys and passwords."""
    return re.sub(r"//[^/@\s]*@", "//", cleaned(url))
