"""A Solr that is away, in the two ways in which a server can be."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.datasets import patience

WELL_UNDER = 2.5
"""Seconds: half of what a Solr that hangs may hold up whoever asks it (`solr_timeout`)."""


@contextmanager
def solr_at(url: str) -> Iterator[None]:
    before = tk.config["solr_url"]
    tk.config["solr_url"] = url
    try:
        yield
    finally:
        tk.config["solr_url"] = before
        patience.ask_again()


@contextmanager
def refusing() -> Iterator[None]:
    """Nobody listens where Solr should be."""
    with solr_at("http://127.0.0.1:1/solr/ckan"):
        yield


@contextmanager
def hanging() -> Iterator[None]:
    """Somebody takes every connection there and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(128)
        with solr_at(f"http://127.0.0.1:{server.getsockname()[1]}/solr/ckan"):
            yield


def seconds(call: Callable[[], Any]) -> float:
    """How long a call takes."""
    began = time.monotonic()
    call()
    return time.monotonic() - began
