"""Start-up time, memory and SQL statements, beside CKAN without the plugin on the same services.

    python bench/cost_of_plugin.py            both, as a table
    python bench/cost_of_plugin.py --plugins "…"   one, as JSON

Needs the environment of the test site (CKAN_INI and the addresses of its services); it writes
datasets into the database that CKAN_SQLALCHEMY_URL names.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

WITH = "satudata scheming_organizations datastore"
WITHOUT = "datastore"
CREATES = 20
PAGES = 20


def main() -> None:
    """Measure both ways and print them side by side, or measure one way and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plugins")
    wanted = parser.parse_args().plugins
    if wanted is not None:
        print(json.dumps(measure(wanted)))
        return
    rows = {"without": _apart(WITHOUT), "with": _apart(WITH)}
    print(f"{'':32}{'without':>12}{'with':>12}{'ratio':>8}")
    for name, stock in rows["without"].items():
        ours = rows["with"][name]
        print(f"{name:32}{stock:12.1f}{ours:12.1f}{ours / stock:8.2f}")


def _apart(plugins: str) -> dict[str, float]:
    """Measured in a process of its own: plugins cannot be unloaded whole."""
    command = [sys.executable, __file__, "--plugins", plugins]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(plugins: str) -> dict[str, float]:
    """Figures of a CKAN with `plugins`: seconds, megabytes, statements and milliseconds."""
    began = time.perf_counter()
    app = _app(plugins)
    started = time.perf_counter() - began
    make, name = _maker(plugins)
    creates = [_counted(lambda: make(f"ukur-{uuid.uuid4().hex[:12]}")) for _ in range(CREATES)]
    address = f"/dataset/{name}"
    pages = [_counted(lambda: _page(app, address)) for _ in range(PAGES)]
    return {
        "start-up, s": started,
        "memory, MB": _megabytes(),
        "SQL per package_create": statistics.median(n for n, _ms in creates),
        "ms per package_create": statistics.median(ms for _n, ms in creates),
        "SQL per public dataset page": statistics.median(n for n, _ms in pages),
        "ms per public dataset page": statistics.median(ms for _n, ms in pages),
    }


def _app(plugins: str) -> Any:
    from ckan.cli import CKANConfigLoader
    from ckan.config.middleware import make_app

    config = CKANConfigLoader(os.environ["CKAN_INI"]).get_config()
    config["ckan.plugins"] = plugins
    # As test.ini says: CKAN's factories make people with short passwords.
    config["ckanext.satudata.password_length"] = "8"
    return make_app(config)


def _maker(plugins: str) -> tuple[Any, str]:
    """A function that makes one dataset, and the name of one that the public may see."""
    from ckan import model
    from ckan.tests import factories, helpers

    if plugins == WITHOUT:
        editor = factories.User()
        capacity = {"name": editor["name"], "capacity": "editor"}
        agency = factories.Organization(users=[capacity])

        def make(name: str) -> Any:
            values = {"name": name, "owner_org": agency["id"], "title": "Ukur"}
            context = {"user": editor["name"], "ignore_auth": False}
            return helpers.call_action("package_create", context, **values)

        shown = factories.Dataset(owner_org=agency["id"], resources=[{"url": "http://a.example/b"}])
        return make, shown["name"]
    # By its file: some library brings a package of the name `tests`, which would be found first.
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests/integration"))
    ways = importlib.import_module("office")
    office = ways.make_office(uuid.uuid4().hex[:8])
    name = f"terbit-{uuid.uuid4().hex[:8]}"
    ways.walk(office, ways.submit(office, name), until=9)
    model.Session.remove()

    def make_ours(one: str) -> Any:
        values = ways.dataset_values(office, one)
        return ways.call(office["produsen_data"], "package_create", **values)

    return make_ours, name


def _page(app: Any, address: str) -> None:
    answer = app.test_client().get(address, base_url=os.environ["CKAN_SITE_URL"])
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")


def _counted(call: Any) -> tuple[int, float]:
    """Statements that `call` sends to the database, and its milliseconds."""
    import sqlalchemy as sa
    from ckan import model

    count = 0

    def seen(*_args: Any) -> None:
        nonlocal count
        count += 1

    sa.event.listen(model.meta.engine, "before_cursor_execute", seen)
    began = time.perf_counter()
    try:
        call()
    finally:
        sa.event.remove(model.meta.engine, "before_cursor_execute", seen)
    return count, (time.perf_counter() - began) * 1000


def _megabytes() -> float:
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
