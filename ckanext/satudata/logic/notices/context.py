"""Where letters are written: within a request of the portal's own, in its own language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ckan.plugins import toolkit as tk
from flask import Flask, has_request_context

_apps: list[Flask] = []


def keep(app: Flask) -> None:
    """The application of this process, kept when it is made."""
    _apps[:] = [app]


@contextmanager
def in_the_portal() -> Iterator[None]:
    """Addresses are whole and sentences are in the language of the portal, not of a reader."""
    if has_request_context() and not _apps:
        yield
        return
    language = {"CKAN_LANG": tk.config["ckan.locale_default"]}
    with _apps[0].test_request_context(environ_overrides=language):
        yield
