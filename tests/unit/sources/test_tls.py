"""A sealed connection is made to the judged address, and the name on its certificate is checked."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ckanext.satudata.sources.content import Kind
from ckanext.satudata.sources.failures import SourceFailed
from tests.standins.server import Asked, Reply, StandIn
from tests.unit.sources.asking import DRIP, client


def certificate(folder: Path, name: x509.GeneralName) -> str:
    """One that vouches for itself; the key lies in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "buatan")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "sertifikat.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return str(path)


class Sealed(StandIn):
    def __init__(self, path: str) -> None:
        super().__init__()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"https://{self.host}"

    def answer(self, asked: Asked) -> Reply:
        if asked.parts == ("turun",):
            return Reply(status=302, headers={"Location": f"http://{self.host}/"})
        return Reply({"nilai": 1})


def failure(url: str, host: str, **changed: Any) -> str:
    with client(host, **changed) as asking, pytest.raises(SourceFailed) as told:
        asking.get(url, Kind.JSON)
    return told.value.code


def local() -> x509.GeneralName:
    return x509.IPAddress(ipaddress.ip_address("127.0.0.1"))


def test_a_sealed_answer_is_read(tmp_path: Path) -> None:
    path = certificate(tmp_path, local())
    with Sealed(path) as server, client(server.host, trust=path) as asking:
        assert asking.get(server.url, Kind.JSON).json() == {"nilai": 1}


def test_a_certificate_of_nobody_is_refused(tmp_path: Path) -> None:
    path = certificate(tmp_path, local())
    with Sealed(path) as server:
        assert failure(server.url, server.host) == "tls_failed"


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    path = certificate(tmp_path, x509.DNSName("lain.example.id"))
    with Sealed(path) as server:
        assert failure(server.url, server.host, trust=path) == "tls_failed"


def test_a_redirect_from_sealed_to_open_is_refused(tmp_path: Path) -> None:
    path = certificate(tmp_path, local())
    with Sealed(path) as server:
        assert failure(f"{server.url}/turun", server.host, trust=path) == "redirect_unsealed"


@pytest.mark.parametrize("fault", ["slow_body", "slow_headers"])
def test_a_drip_through_a_sealed_connection_ends_in_time(tmp_path: Path, fault: str) -> None:
    path = certificate(tmp_path, local())
    with Sealed(path) as server:
        server.fail(fault)
        assert failure(server.url, server.host, trust=path, limits=DRIP) == "deadline_passed"
