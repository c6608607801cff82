from __future__ import annotations

import socket

import pytest

from ckanext.satudata.sources import wire
from ckanext.satudata.sources.addresses import AllowedHosts, may_connect, read_address
from ckanext.satudata.sources.content import Kind
from ckanext.satudata.sources.failures import SourceFailed
from tests.standins.server import Asked, Canary, Reply, StandIn
from tests.unit.sources.asking import PATIENT, client

HOSTS_THAT_ARE_INSIDE = (
    "127.0.0.1",
    "127.255.255.254",
    "localhost",
    "LocalHost",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "0.0.0.0",
    "0",
    "[::ffff:7f00:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[::127.0.0.1]",
    "[2002:7f00:1::]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "[fe80::5efe:127.0.0.1]",
    "[2400:cb00::5efe:127.0.0.1]",
    "[fe80::1]",
    "[fe80::1%25lo]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.100.100.200",
    "169.254.169.254",
    "168.63.129.16",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "127.1",
    "127.0.1",
    "127.0.0.1.",
    "127.000.000.001",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "１２７.0.0.1",
    "127.0.0.1%00.example.id",
    "user:sandi@127.0.0.1",
    "data.example.id@127.0.0.1",
    "127.0.0.1\\@data.example.id",
    "127.0.0.1#@data.example.id",
)


def refused(url: str, canary: Canary) -> str:
    with client() as asking, pytest.raises(SourceFailed) as told:
        asking.get(url, Kind.JSON)
    assert canary.settle() == 0
    return told.value.code


@pytest.mark.parametrize("host", HOSTS_THAT_ARE_INSIDE)
def test_a_host_inside_is_not_connected_to_in_any_spelling(host: str, canary: Canary) -> None:
    code = refused(f"http://{host}:{canary.port}/", canary)
    assert code in ("address_refused", "url_invalid")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/_x",
        "ftp://127.0.0.1:{port}/",
        "dict://127.0.0.1:{port}/",
        "unix:///run/x.sock",
        "//127.0.0.1:{port}/",
        "127.0.0.1:{port}",
        "javascript:alert(1)",
        "",
    ],
)
def test_another_scheme_is_not_fetched(url: str, canary: Canary) -> None:
    assert refused(url.format(port=canary.port), canary) == "url_scheme"


def test_a_line_break_in_a_url_is_refused(canary: Canary) -> None:
    url = f"http://data.example.id/%20\r\nHost: 127.0.0.1:{canary.port}/"
    assert refused(url, canary) == "url_invalid"


class Redirecting(StandIn):
    to = ""

    def answer(self, asked: Asked) -> Reply:
        return Reply(status=302, headers={"Location": self.to})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:7f00:1]", "2130706433"])
def test_a_redirect_from_an_allowed_host_does_not_lead_inside(host: str, canary: Canary) -> None:
    with Redirecting() as server, client(server.host) as asking:
        server.to = f"http://{host}:{canary.port}/"
        with pytest.raises(SourceFailed) as told:
            asking.get(server.url, Kind.JSON)
    assert (told.value.code in ("address_refused", "url_invalid"), canary.settle()) == (True, 0)


class Names:
    """A resolver whose answer changes with each question."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked, self.dialled = list(answers), 0, []

    def resolve(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers.pop(0)

    def dial(self, address: str, port: int, timeout: float) -> socket.socket:
        self.dialled.append(address)
        raise ConnectionRefusedError

    def get(self, url: str) -> str:
        line = wire.Wire(AllowedHosts(), PATIENT, resolve=self.resolve, dial=self.dial)
        with client(wire=line) as asking, pytest.raises(SourceFailed) as told:
            asking.get(url, Kind.JSON)
        return told.value.code


def test_the_connection_is_made_to_the_address_that_was_judged_when_dns_changes() -> None:
    names = Names(["93.184.216.34"], ["127.0.0.1"])
    names.get("http://berubah.example.id:8080/")
    assert (names.asked, names.dialled) == (1, ["93.184.216.34"])


def test_a_name_with_one_inner_address_among_outer_ones_is_refused() -> None:
    names = Names(["93.184.216.34", "10.0.0.5"])
    assert (names.get("http://campur.example.id/"), names.dialled) == ("address_refused", [])


def test_a_name_of_the_metadata_service_is_refused_by_its_address() -> None:
    names = Names(["169.254.169.254"])
    assert names.get("http://metadata.google.internal/") == "address_refused"


def test_ports_of_other_services_are_refused() -> None:
    assert Names(["93.184.216.34"]).get("http://surat.example.id:25/") == "port_refused"


class Answering(StandIn):
    def answer(self, asked: Asked) -> Reply:
        return Reply({"ini": "buatan"})


def test_the_same_client_reaches_a_host_that_the_operator_allowed() -> None:
    with Answering() as server, client(server.host) as asking:
        assert asking.get(server.url, Kind.JSON).json() == {"ini": "buatan"}


def test_an_allowed_host_is_allowed_at_its_port_alone(canary: Canary) -> None:
    with Answering() as server, client(server.host) as asking, pytest.raises(SourceFailed) as told:
        asking.get(f"http://127.0.0.1:{canary.port}/", Kind.JSON)
    assert (told.value.code, canary.settle()) == ("address_refused", 0)


def test_an_allowed_name_does_not_reach_the_metadata_service() -> None:
    assert not may_connect(read_address("169.254.169.254"), allowed_host=True)


def test_an_allowed_name_without_a_port_is_allowed_at_the_ports_of_the_web() -> None:
    hosts = AllowedHosts.read("data.dinas.local, [::1]:8080 arsip.local:8443")
    asked = [("data.dinas.local", 443), ("DATA.dinas.local.", 80), ("data.dinas.local", 8080),
             ("::1", 8080), ("arsip.local", 8443), ("arsip.local", 443)]  # fmt: skip
    assert [hosts.holds(*one) for one in asked] == [True, True, False, True, True, False]


@pytest.mark.parametrize("text", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_a_public_address_may_be_connected_to(text: str) -> None:
    assert may_connect(read_address(text))


def test_no_proxy_of_the_environment_is_used(
    canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{canary.port}")
    with Answering() as server, client(server.host) as asking:
        asking.get(server.url, Kind.JSON)
    assert canary.settle() == 0
