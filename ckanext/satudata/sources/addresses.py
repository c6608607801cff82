"""Which addresses on the network may be connected to.

The list of refused networks is IANA's of special-purpose addresses, written out: what Python's
`ipaddress` calls global differs between its versions. An IPv6 address that carries an IPv4 one is
judged by both.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NEVER = (
    "0.0.0.0/8",  # this host
    "169.254.0.0/16",  # link-local; clouds answer with their secrets here
    "168.63.129.16/32",  # a public address at which one cloud answers its machines
    "224.0.0.0/4",  # many at once
    "240.0.0.0/4",  # reserved, broadcast
    "::/128",
    "fe80::/10",
    "fec0::/10",
    "fd00:ec2::/32",  # secrets of a cloud
    "fd20:ce::/32",  # of another
    "ff00::/8",
    "100::/64",  # discarded
    "2001::/32",  # Teredo: an IPv4 address in disguise
    "2002::/16",  # 6to4: the same
    "3fff::/20",  # documentation
    "5f00::/16",
)
_INSIDE = (
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "::1/128",
    "64:ff9b:1::/48",
    "2001::/23",
    "2001:db8::/32",
    "fc00::/7",
)
NEVER = tuple(ipaddress.ip_network(one) for one in _NEVER)
"""Not connected to by any name, an allowed one either."""
INSIDE = tuple(ipaddress.ip_network(one) for one in _INSIDE)
"""Connected to for a host that the operator allowed by name."""
_IN_LAST_32_BITS = tuple(
    ipaddress.IPv6Network(one)
    for one in (
        "::/96",  # IPv4-compatible
        "::ffff:0:0/96",  # IPv4-mapped
        "::ffff:0:0:0/96",  # IPv4-translated
        "64:ff9b::/96",  # NAT64
    )
)
_ISATAP = (0x00005EFE, 0x02005EFE)
_WEB_PORTS = (80, 443)


def read_address(text: str) -> Address:
    """What a resolver gave, without the name of an interface. ValueError when it is none."""
    return ipaddress.ip_address(text.partition("%")[0])


def may_connect(address: Address, *, allowed_host: bool = False) -> bool:
    """Whether to connect; `allowed_host`: the operator allowed this host by name and port."""
    for one in _read_as(address):
        if _within(one, NEVER) or (not allowed_host and _within(one, INSIDE)):
            return False
        if not allowed_host and (one.is_private or one.is_reserved or one.is_multicast):
            return False
    return True


def _read_as(address: Address) -> tuple[Address, ...]:
    """The address a machine may end up at, and the one it was written as."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in net for net in _IN_LAST_32_BITS) and int(address) > 1:
        return (inner,)
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return (address, inner)
    return (address,)


def _within(
    address: Address, networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
) -> bool:
    return any(address.version == net.version and address in net for net in networks)


@dataclass(frozen=True)
class AllowedHosts:
    """The operator's list of inner hosts: `name`, for ports 80 and 443, or `name:port`."""

    names: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def read(cls, lines: str) -> AllowedHosts:
        """Read names divided by blanks or commas. ValueError for a port that is none."""
        names: set[tuple[str, int]] = set()
        for word in lines.replace(",", " ").lower().split():
            host, port = _host_and_port(word)
            names |= {(host, one) for one in ((port,) if port else _WEB_PORTS)}
        return cls(frozenset(names))

    def holds(self, host: str, port: int) -> bool:
        """Whether this host may be an inner one at this port."""
        return (host.lower().rstrip("."), port) in self.names


def _host_and_port(word: str) -> tuple[str, int]:
    """`[::1]:80`, `::1`, `name:80` or `name`; port 0 where none is written."""
    if word.startswith("["):
        host, _, rest = word[1:].partition("]")
        port = rest.removeprefix(":")
    elif word.count(":") == 1:
        host, _, port = word.partition(":")
    else:
        host, port = word, ""
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError(word)
    return host.rstrip("."), int(port or 0)
