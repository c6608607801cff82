"""One of the portals that `bench.stock` compares: told by its input what to do, it answers with
the seconds that it took."""

from __future__ import annotations

import importlib
import json
import logging
import os
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

from bench import inside

OURS = "satudata scheming_organizations datastore harvest dcat"
STOCK = "datastore"
CORE_FIELDS = (
    "name",
    "title",
    "notes",
    "owner_org",
    "license_id",
    "maintainer",
    "maintainer_email",
)
PATIENCE = 120
"""Seconds until a dataset that search does not find ends the bench."""


class Stock:
    """CKAN without our plugin; what our form asks stands in extras."""

    def __init__(self) -> None:
        from ckan.tests import factories

        self.person = factories.User()["name"]
        users = [{"name": self.person, "capacity": "editor"}]
        self.agency = factories.Organization(users=users)["id"]

    def values(self, name: str, fields: dict[str, Any]) -> dict[str, Any]:
        """The same fields, those that core does not know as extras."""
        known = {key: fields[key] for key in CORE_FIELDS}
        extras = [
            {"key": key, "value": value if isinstance(value, str) else json.dumps(value)}
            for key, value in fields.items()
            if key not in CORE_FIELDS
        ]
        return {**known, "name": name, "owner_org": self.agency, "extras": extras}

    def publish(self, name: str) -> None:
        """Nothing: it is public as it is made."""


class Ours:
    """CKAN with everything on, and an office that runs a SOP."""

    def __init__(self) -> None:
        self.office = importlib.import_module("tests.integration.office").make_office()
        self.person = self.office["produsen_data"]

    def values(self, name: str, fields: dict[str, Any]) -> dict[str, Any]:
        return {**fields, "name": name, "owner_org": self.office.agency["id"]}

    def publish(self, name: str) -> None:
        reason = "Untuk mengukur."
        _call(self.office["sysadmin"], "satudata_release_force", id=name, reason=reason)


class Doing:
    """What a portal can be told to do, a number of times."""

    def __init__(self, portal: Stock | Ours, fields: dict[str, Any]) -> None:
        self._portal, self._fields = portal, fields
        self._shown: list[str] = []

    def prepare(self, count: int) -> None:
        """So many datasets that the public finds."""
        self._shown = self._make(count)
        for name in self._shown:
            self._portal.publish(name)
        _until(lambda: _found("", fq="title:penduduk") == count)

    def create(self, count: int) -> None:
        last = self._make(count)[-1]
        _until(lambda: _found(self._portal.person, fq=f"name:{last}") == 1)

    def show(self, count: int) -> None:
        for number in range(count):
            _call("", "package_show", id=self._shown[number % len(self._shown)])

    def search(self, count: int) -> None:
        for _ in range(count):
            found = _call("", "package_search", q="penduduk", rows=20)
            if len(found["results"]) != 20:
                raise SystemExit(f"search found {len(found['results'])}")

    def _make(self, count: int) -> list[str]:
        names = [f"ukur-{uuid.uuid4().hex[:16]}" for _ in range(count)]
        for name in names:
            values = self._portal.values(name, self._fields)
            _call(self._portal.person, "package_create", **values)
        return names


def serve(kind: str) -> None:
    """Do what each line of the input asks: `["create", 200]`."""
    inside.find_tests()
    _load(kind)
    office = importlib.import_module("tests.integration.office")
    fields = office.dataset_values(type("Nowhere", (), {"agency": {"id": ""}})())
    doing = Doing(Ours() if kind == "ours" else Stock(), fields)
    print("seconds 0", flush=True)
    for line in sys.stdin:
        what, times = json.loads(line)
        began = time.perf_counter()
        getattr(doing, what)(times)
        print(f"seconds {time.perf_counter() - began}", flush=True)


def _load(kind: str) -> None:
    from ckan import model
    from ckan.cli import CKANConfigLoader
    from ckan.config.middleware import make_app
    from ckan.lib import search

    config = CKANConfigLoader(os.environ["CKAN_INI"]).get_config()
    config["ckan.plugins"] = OURS if kind == "ours" else STOCK
    config["ckan.search.solr_commit"] = "false" if kind == "soft" else "true"
    # As test.ini says: CKAN's factories make people with short passwords.
    config["ckanext.satudata.password_length"] = "8"
    app = make_app(config)
    logging.disable(logging.INFO)
    if kind == "stock":
        model.repo.init_db()
        search.clear_all()
    app._wsgi_app.test_request_context().push()


def _found(person: str, **asked: Any) -> int:
    return _call(person, "package_search", include_private=True, **asked)["count"]


def _until(seen: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not seen():
        if time.monotonic() > end:
            raise SystemExit("Search does not find what was made.")
        time.sleep(0.01)


def _call(person: str, action: str, **values: Any) -> Any:
    """As over the API: a new request, with the permission of `person`."""
    from ckan import model
    from ckan.tests import helpers

    try:
        return helpers.call_action(action, {"user": person, "ignore_auth": False}, **values)
    finally:
        model.Session.remove()


if __name__ == "__main__":
    serve(sys.argv[1])
