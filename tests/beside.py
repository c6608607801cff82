"""The second of two processes that run the tests side by side has a test site of its own."""

from __future__ import annotations

import os
from pathlib import Path

INI = str(Path(__file__).parents[1] / "test2.ini")
"""test.ini with a folder of its own for files."""

_OTHERS = {
    "CKAN_SQLALCHEMY_URL": ("/ckan_test", "/ckan_test2"),
    "SATUDATA_OWNER_URL": ("/ckan_test", "/ckan_test2"),
    "CKAN_DATASTORE_WRITE_URL": ("/datastore_test", "/datastore_test2"),
    "CKAN_DATASTORE_READ_URL": ("/datastore_test", "/datastore_test2"),
    "CKAN_SOLR_URL": ("/ckan_test", "/ckan_test2"),
    "CKAN_REDIS_URL": ("/1", "/2"),
    "CKAN_INI": ("/test-site/", "/test2-site/"),
}
_NOT_ALWAYS = frozenset({"SATUDATA_OWNER_URL"})
"""A variable of the environment -> what it holds for the first process, and for the second."""


def take_second_site() -> None:
    """Name the second site in the environment; processes that tests start inherit it."""
    for name, (first, second) in _OTHERS.items():
        if name in _NOT_ALWAYS and name not in os.environ:
            continue
        head, found, tail = os.environ[name].rpartition(first)
        if not found:
            raise ValueError(f"{name} names no first test site")
        os.environ[name] = head + second + tail
