"""Searches of one process ask Solr over a connection that stays open.

CKAN opens one for every search; its queries take this one, by way of `patience`, and the dispatcher
for what it writes. What is open belongs to the thread and to the process that opened it: a worker
forks, and a socket has one reader. What the environment says of the way to Solr (proxy,
certificates, .netrc) is read once for each address: asked for every request, as requests does, it
takes longer than all of our own checks of an answer.
"""

from __future__ import annotations

import os
import threading

import pysolr
import requests
from ckan.lib.search.common import make_connection
from requests.utils import get_netrc_auth

_open = threading.local()


def connection(decode_dates: bool = True) -> pysolr.Solr:
    """CKAN's connection, address and time-out as it is configured now, over the open socket."""
    solr = make_connection(decode_dates)
    solr.session = _session(solr.url)
    return solr


def _session(url: str) -> requests.Session:
    if getattr(_open, "whose", None) != (os.getpid(), url):
        _open.whose, _open.session = (os.getpid(), url), _new_session(url)
    return _open.session


def _new_session(url: str) -> requests.Session:
    """Set once as the environment says for this address."""
    session = requests.Session()
    found = session.merge_environment_settings(url, {}, None, None, None)
    session.proxies, session.verify, session.cert = found["proxies"], found["verify"], found["cert"]
    session.auth = get_netrc_auth(url)
    session.trust_env = False
    return session
