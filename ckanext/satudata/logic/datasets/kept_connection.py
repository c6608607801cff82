"""Searches of one process ask Solr over a connection that stays open.

CKAN opens one for every search; its queries take this one, by way of `patience`. What is open
belongs to the thread and to the process that opened it: a worker forks, and a socket has one
reader.
"""

from __future__ import annotations

import os
import threading

import pysolr
import requests
from ckan.lib.search.common import make_connection

_open = threading.local()


def connection(decode_dates: bool = True) -> pysolr.Solr:
    """CKAN's connection, address and time-out as it is configured now, over the open socket."""
    solr = make_connection(decode_dates)
    solr.session = _session()
    return solr


def _session() -> requests.Session:
    if getattr(_open, "process", None) != os.getpid():
        _open.process, _open.session = os.getpid(), requests.Session()
    return _open.session
