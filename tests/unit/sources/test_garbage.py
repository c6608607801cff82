"""A server that speaks no HTTP, or a broken one, ends in an outcome of ours and soon."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from ckanext.satudata.sources import sentences
from ckanext.satudata.sources.content import Kind
from ckanext.satudata.sources.failures import SourceFailed
from tests.unit.sources.asking import KEY, client

OK = b"HTTP/1.1 200 OK\r\n"
ANSWERS = {
    "nothing": b"",
    "zeros": b"\0" * 5000,
    "another protocol": b"220 surat.example.id ESMTP\r\n",
    "a status that is no number": b"HTTP/1.1 dua OK\r\n\r\n",
    "a header without a colon": OK + b"aneh\r\nContent-Length: 2\r\n\r\n{}"[:-1],
    "a header too long": OK + b"X: " + b"a" * 70_000 + b"\r\n\r\n",
    "too many headers": OK + b"X: 1\r\n" * 500 + b"\r\n",
    "a length below nought": OK + b"Content-Length: -5\r\n\r\n",
    "a length that is no number": OK + b"Content-Length: banyak\r\n\r\n",
    "two lengths": OK + b"Content-Length: 2\r\nContent-Length: 900\r\n\r\n{}",
    "a length beyond all": OK + b"Content-Length: 99999999999999999999\r\n\r\n{}",
    "a piece that is no piece": OK + b"Transfer-Encoding: chunked\r\n\r\nzzz\r\n{}\r\n",
    "pieces without an end": OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    "a piece longer than all": OK + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffff\r\n{}",
    "packed six times": OK + b"Content-Encoding: " + b"gzip, " * 5 + b"gzip\r\n\r\nx",
    "a type that is no type": OK + b"Content-Type: \xff\xfe\r\nContent-Length: 1\r\n\r\n.",
    "a redirect to nothing": b"HTTP/1.1 302 Found\r\nLocation: http://\r\n\r\n",
    "a redirect without a place": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
    "continue for ever": b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000,
    "a switch of protocols": b"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n",
}


@contextmanager
def saying(answer: bytes) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                line = listening.accept()[0]
                with line, suppress(OSError):
                    line.recv(65_536)
                    line.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    yield f"127.0.0.1:{listening.getsockname()[1]}"
    listening.close()


@pytest.mark.parametrize("name", ANSWERS)
def test_garbage_ends_in_an_outcome_and_tells_no_key(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with saying(ANSWERS[name]) as host:
        asking = client(host)
        with pytest.raises(SourceFailed) as told:
            asking.get(f"http://{host}/key/{{key}}/", Kind.JSON).json()
    assert told.value.code in sentences.ENGLISH
    assert KEY not in caplog.text + repr(told.value)
