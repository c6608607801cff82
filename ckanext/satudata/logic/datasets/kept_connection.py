"""Searches of one process ask Solr over a connection that stays open.

CKAN opens one for every search; its queries take this one, by way of `patience`, and the dispatcher
for what it writes. What is open belongs to the thread and to the process that opened it: a worker
forks, and a socket has one reader. What the environment says of the way to Solr (proxy,
certificates, .netrc) is read once for each address: asked for every request, as requests does, it
takes longer than all of our own checks of an answer.
"""

from __future__ import annotations

import json
import os
import threading
from typing import Any
from urllib.parse import urlsplit

import pysolr
import requests
import urllib3
from ckan.lib.search.common import make_connection
from requests.utils import get_netrc_auth

FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}

_open = threading.local()


def connection(decode_dates: bool = True) -> pysolr.Solr:
    """CKAN's connection, address and time-out as it is configured now, over the open socket."""
    solr = make_connection(decode_dates)
    solr.session = _session(solr.url)  # pyright: ignore[reportAttributeAccessIssue]
    if not decode_dates:
        # Solr's own answers; pysolr takes simplejson for them, which is half as fast.
        solr.decoder = json.JSONDecoder()  # pyright: ignore[reportAttributeAccessIssue]
    return solr


class PlainSession:
    """Of requests' session what pysolr asks, straight over urllib3, with requests' answers and
    errors: for an address that needs no proxy, certificate, password or cookie, such as a Solr on
    the same machine. To prepare a request takes requests as long as Solr to answer it.
    """

    def __init__(self, url: str) -> None:
        self._pool = urllib3.connection_from_url(url, retries=False)

    def get(self, url: str, **asked: Any) -> requests.Response:
        """What is asked goes in the body, as pysolr sends it where it is long: an address is
        taken apart letter by letter."""
        address, _, question = url.partition("?")
        return self._ask("POST" if question else "GET", address, question or None, FORM, **asked)

    def post(self, url: str, data: Any = None, **asked: Any) -> requests.Response:
        return self._ask("POST", url, data, {}, **asked)

    def _ask(
        self,
        method: str,
        url: str,
        body: Any,
        kind: dict[str, str],
        headers: dict[str, str] | None = None,
        timeout: float | None = None,
        **_unused: Any,
    ) -> requests.Response:
        told_with = {**(headers or {}), **kind}
        path = urlsplit(url)._replace(scheme="", netloc="").geturl()
        try:
            told = self._pool.urlopen(method, path, body, told_with, timeout=timeout)
        except urllib3.exceptions.NewConnectionError as error:
            # A kind of time-out to urllib3, though nobody waited.
            raise requests.exceptions.ConnectionError(str(error)) from error
        except urllib3.exceptions.TimeoutError as error:
            raise requests.exceptions.Timeout(f"timed out: {error}") from error
        except urllib3.exceptions.HTTPError as error:
            raise requests.exceptions.ConnectionError(str(error)) from error
        answer = requests.Response()
        answer.status_code, answer.reason, answer.url = told.status, told.reason or "", url
        answer.headers.update(told.headers)
        answer._content = told.data
        return answer


def _session(url: str) -> requests.Session | PlainSession:
    if getattr(_open, "whose", None) != (os.getpid(), url):
        _open.whose, _open.session = (os.getpid(), url), _new_session(url)
    return _open.session


def _new_session(url: str) -> requests.Session | PlainSession:
    """Set once as the environment says for this address."""
    session = requests.Session()
    found = session.merge_environment_settings(url, {}, None, None, None)
    auth = get_netrc_auth(url)
    if url.startswith("http://") and "@" not in url and not found["proxies"] and not auth:
        return PlainSession(url)
    session.proxies, session.verify, session.cert = found["proxies"], found["verify"], found["cert"]
    session.auth = auth
    session.trust_env = False
    return session
