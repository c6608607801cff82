"""A real CKAN on real services, and an invented office on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model, plugins
from ckan.common import config
from ckan.lib.app_globals import _CONFIG_CACHE
from ckan.tests.helpers import CKANTestApp, _get_test_app

from ckanext.satudata.model import datastore
from tests import beside
from tests.integration.beginnings import begin_empty, begin_with
from tests.integration.delivered import delivery
from tests.integration.list_office import make_list_office
from tests.integration.office import Office, make_office
from tests.integration.standing import standing
from tests.integration.stored import Stored, own_storage

LONGEST_BYTES = 40
"""Such bytes still stand in the name of a test."""


def pytest_configure(config: pytest.Config) -> None:
    """Let a second process of tests have databases, queue and core of its own, before CKAN asks."""
    if os.environ.get("PYTEST_XDIST_WORKER") == "gw1":
        beside.take_second_site()
        config.option.ckan_ini = beside.INI


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Two processes name a test alike: a file that was made for it bears the time of its making."""
    return argname if isinstance(val, bytes) and len(val) > LONGEST_BYTES else None


@pytest.fixture(scope="session")
def _portal() -> Iterator[Any]:
    """CKAN with the plugins of test.ini, made once: none of it belongs to a single test.

    CKAN's own fixtures load and unload the plugins for every test, which costs a second each time.
    """
    plugins.load_all()
    sa.event.listen(model.Session, "after_commit", delivery.after_commit)
    with delivery.on_hold():  # a database that is quite new has no outbox yet
        app = _get_test_app().app
    yield app
    sa.event.remove(model.Session, "after_commit", delivery.after_commit)
    plugins.unload_all()


@pytest.fixture(autouse=True)
def _standing(request: pytest.FixtureRequest) -> None:
    """Ways are remembered where nothing is patched."""
    standing.let(request.fixturenames)


@pytest.fixture
def with_plugins(_portal: Any) -> None:
    """The plugins are loaded."""


@pytest.fixture
def _no_open_connection(with_plugins: None) -> None:
    """CKAN's fixture copies the whole configuration, and an open connection has no copy."""
    config.store.pop("SESSION_REDIS", None)


@pytest.fixture
def ckan_config(_no_open_connection: None, ckan_config: Any) -> Any:
    """The configuration, brought back after the test."""
    return ckan_config


@pytest.fixture
def app(_portal: Any) -> CKANTestApp:
    """A browser that nobody has used yet."""
    _CONFIG_CACHE.clear()
    return CKANTestApp(_portal)


@pytest.fixture
def clean_db(with_plugins: None) -> None:
    """CKAN's clean database with our tables."""
    begin_empty()


@pytest.fixture
def office(with_plugins: None, clean_index: None) -> Office:
    """An invented office: every actor of SOP 000 is held by a person of his own."""
    return begin_with(make_office)


@pytest.fixture
def storage(with_plugins: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    """An empty file storage of the resources, for this test alone."""
    return own_storage(monkeypatch, "ckan:fs", tmp_path / "storage")


@pytest.fixture
def empty_datastore(with_plugins: None) -> None:
    """No table of an earlier test is left: the DataStore is emptied by nobody else."""
    for name in datastore.table_names():
        datastore.drop_table(name)


@pytest.fixture
def desk(with_plugins: None, clean_index: None) -> Office:
    """An invented office that runs SOP 002 over a list, each actor a person of his own."""
    return begin_with(make_list_office)


@pytest.fixture
def no_wall(with_plugins: None) -> Iterator[None]:
    """The database's own wall is down, as if somebody had broken it: what others still notice."""
    tables = ("package", "resource", "satudata_resource_file", "satudata_resource_table")
    _switch_wall(tables, "DISABLE")
    yield
    model.Session.rollback()
    _switch_wall(tables, "ENABLE")


def _switch_wall(tables: tuple[str, ...], how: str) -> None:
    for table in tables:
        model.Session.execute(sa.text(f"ALTER TABLE {table} {how} TRIGGER satudata_wall"))
    model.Session.commit()
