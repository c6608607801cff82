"""The services of the test site failing: for real, or by a server of ours in front of them."""

from __future__ import annotations

import ctypes
import os
import resource
import shlex
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests
from ckan.plugins import toolkit as tk

from tests.integration.outage import solr_at

_NEW_USERS_AND_MOUNTS = 0x10000000 | 0x00020000


def restart_postgres() -> None:
    """`pg_ctl restart -m immediate`: no process ends what it has begun, and the log is replayed.

    SATUDATA_POSTGRES is the beginning of that command; SATUDATA_POSTGRES_ID the file by which
    ./portal knows the server, which is another process then.
    """
    command = shlex.split(os.environ["SATUDATA_POSTGRES"])
    with Path(os.environ["SATUDATA_POSTGRES_LOG"]).open("ab") as log:
        subprocess.run(
            [*command, "restart", "-m", "immediate", "-w", "-s"],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    pid = (Path(command[command.index("-D") + 1]) / "postmaster.pid").read_text().split()[0]
    started = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    Path(os.environ["SATUDATA_POSTGRES_ID"]).write_text(f"{pid} {started}\n")


class SolrFront:
    """A real server before the real Solr: it `passes` on, `refuses` (503), or `hangs`."""

    def __init__(self) -> None:
        self.mode = "passes"
        self._behind = tk.config["solr_url"]
        self._asked_to_end = threading.Event()
        front = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802 - the library names it
                front.answer(self)

            do_POST = do_GET  # noqa: N815 - the library names it

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Nothing to say."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @contextmanager
    def in_place(self) -> Iterator[SolrFront]:
        """The portal asks this server within."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        name = self._behind.rstrip("/").rpartition("/")[2]
        try:
            with solr_at(f"http://127.0.0.1:{self._server.server_address[1]}/solr/{name}"):
                yield self
        finally:
            self._asked_to_end.set()
            self._server.shutdown()
            self._server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        if self.mode == "hangs":
            self._asked_to_end.wait(60)
            return
        if self.mode == "refuses":
            request.send_error(503)
            return
        self._pass_on(request, body)

    def _pass_on(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        path = request.path.partition("/solr/")[2].partition("/")[2]
        kind = {"Content-Type": request.headers.get("Content-Type") or "text/xml"}
        url = f"{self._behind.rstrip('/')}/{path}"
        answer = requests.request(request.command, url, data=body, headers=kind, timeout=30)
        request.send_response(answer.status_code)
        request.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
        request.send_header("Content-Length", str(len(answer.content)))
        request.end_headers()
        request.wfile.write(answer.content)


def small_disk(folder: Path, size: int) -> str:
    """For the rest of this process `folder` is an empty disk of so many bytes; how it was made.

    A tmpfs in a mount namespace of its own, which no other process sees. Where the system lets
    nobody make one, no file of this process may be longer than that instead.
    """
    if _mounted(folder, size):
        return "tmpfs"
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return "limit"


def _mounted(folder: Path, size: int) -> bool:
    libc, user, group = ctypes.CDLL(None, use_errno=True), os.getuid(), os.getgid()
    if libc.unshare(_NEW_USERS_AND_MOUNTS) != 0:
        return False
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"0 {user} 1")
    Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    told = f"size={size}".encode()
    return libc.mount(b"tmpfs", str(folder).encode(), b"tmpfs", 0, told) == 0
