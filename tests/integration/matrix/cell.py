"""One cell: an action performed for real as somebody, and what the public is shown afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.lib import search
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp
from ckanext.datastore.backend.postgres import get_write_engine

from ckanext.satudata.model.proof_tables import TABLES as PROOF
from tests.integration.beginnings import begin_with
from tests.integration.bypass.public import Public
from tests.integration.matrix.payload import Asked
from tests.integration.matrix.rows import HOLDERS, OF_HOLDER, ROWS
from tests.integration.matrix.world import ACTORS, UNRELEASED, World, make_world

OUTSIDE = ("anonymous", "other OPD")
"""Whoever plays these parts reads nothing unreleased in the very answer either."""


@dataclass(frozen=True)
class Cell:
    action: str
    actor: str
    state: str

    @property
    def asks(self) -> str:
        """The action as the registry knows it."""
        return self.action.removesuffix(OF_HOLDER)

    def __str__(self) -> str:
        return f"{self.action}, {self.actor}, {self.state}"


class Matrix:
    """The world, put back whenever a cell has changed something."""

    def __init__(self, app: CKANTestApp) -> None:
        self.app = app
        search.clear_all()
        self.world: World = begin_with(make_world)
        self.kept = _Kept()
        self.rows = _rows()
        self.before = self._public_answers()
        self.canaries = [self.world.targets[state].canary for state in UNRELEASED]

    def perform(self, cell: Cell) -> tuple[int, list[str]]:
        """The status of the answer, and surprises in words."""
        mark = _written()
        status, body = self._ask(cell)
        outside = cell.actor in OUTSIDE
        found = [f"its answer holds {one}" for one in self.canaries if outside and one in body]
        if self._changed_since(mark):
            found += self._differences()
            self._put_back()
        return status, found

    def ask(self, cell: Cell) -> tuple[int, str]:
        """The status and the words of the answer alone; the world is put back."""
        mark = _written()
        answer = self._ask(cell)
        if self._changed_since(mark):
            self._put_back()
        return answer

    def _changed_since(self, mark: str) -> bool:
        """Whether any row is another but those of the record, which has a new one for whoever is
        refused."""
        return _written() != mark and _rows() != self.rows

    def _ask(self, cell: Cell) -> tuple[int, str]:
        office, person = self.world.office, ACTORS[cell.actor]
        asked = Asked(self.world, self.world.targets[cell.state], office[person or "sysadmin"])
        values = {**ROWS, **HOLDERS}[cell.action].payload(asked)
        sent = dict.fromkeys(_texts(values))
        if person is None:
            answer = Public(self.app).ask(cell.asks, **values)
            status, said = answer.status_code, answer.get_data(as_text=True)
        else:
            status, said = self._called(office[person], cell.asks, values)
        # What the caller wrote himself is no news to him.
        for text in sorted(sent, key=len, reverse=True):
            said = said.replace(text, "") if text else said
        return status, said

    def _called(self, person: str, action: str, values: dict[str, Any]) -> tuple[int, str]:
        """The action as the API calls it. Not over the web: each use of a token is a write."""
        model.Session.remove()
        context: Any = {"user": person, "auth_user_obj": model.User.get(person)}
        with self.app.flask_app.test_request_context():
            try:
                return 200, json.dumps(tk.get_action(action)(context, values), default=str)
            except tk.NotAuthorized as error:
                return 403, str(error)
            except tk.ObjectNotFound as error:
                return 404, str(error)
            except (tk.ValidationError, search.SearchError) as error:
                return 409, str(error)
            except Exception as error:  # noqa: BLE001 - what the API answers 500 to
                return 500, repr(error)
            finally:
                model.Session.remove()

    def _differences(self) -> list[str]:
        now = self._public_answers()
        changed = [
            f"the public reads {question} otherwise: {_short(self.before[question], said)}"
            for question, said in now.items()
            if said != self.before[question]
        ]
        seen = [
            f"the public reads {canary} in {question}"
            for question, said in now.items()
            for canary in self.canaries
            if canary in said
        ]
        return changed + seen

    def _public_answers(self) -> dict[str, str]:
        """What the public is told, by question, without what may differ between two readings."""
        model.Session.remove()
        public = Public(self.app)
        told = {
            name: _calm(public.reads(action, **values))
            for name, action, values in self._questions()
        }
        for path in self._paths():
            answer = public.get(path)
            told[path] = f"{answer.status_code} {_stable(path, answer.get_data())}"
        return told

    def _questions(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        yield "the search", "package_search", {"rows": 100, "include_private": True}
        yield "the list", "package_list", {}
        yield "the full list", "current_package_list_with_resources", {}
        yield "the tags", "tag_list", {}
        yield "the changes", "recently_changed_packages_activity_list", {}
        for state, one in self.world.targets.items():
            yield f"{state} dataset", "package_show", {"id": one.id}
            yield f"{state} file", "resource_show", {"id": one.resource}
            yield f"{state} rows", "datastore_search", {"resource_id": one.resource}
            yield f"{state} views", "resource_view_list", {"id": one.resource}

    def _paths(self) -> Iterator[str]:
        yield "/feeds/dataset.atom"
        for one in self.world.targets.values():
            yield f"/dataset/{one.id}/resource/{one.resource}/download/rekaan.csv"

    def _put_back(self) -> None:
        begin_with(make_world)
        self.kept.put_back()
        search.clear_all()
        search.rebuild(force=True)
        self.rows = _rows()


_LEFT_OPEN = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    " AND state LIKE 'idle in transaction%'"
)
"""Core's `datastore_run_triggers` ends its transaction never, and holds every row it touched."""


_TABLES = """
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname IN ('public', 'satudata_proof') AND NOT tablename = ANY(:record) ORDER BY 1
"""


class _Kept:
    """Files and tables of the DataStore, which no beginning puts aside."""

    def __init__(self) -> None:
        self.files = Path(tk.config["ckan.files.storage.default.path"])
        self.copy = self.files.with_name(f"{self.files.name}-matrix")
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.files, self.copy)
        self.engine = get_write_engine()
        self.tables = self._tables()
        with self.engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA IF EXISTS matrix CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA matrix"))
            for name in self.tables:
                copy = f'CREATE TABLE matrix."{name}" AS TABLE public."{name}"'
                connection.execute(sa.text(copy))

    def put_back(self) -> None:
        shutil.rmtree(self.files)
        shutil.copytree(self.copy, self.files)
        with self.engine.begin() as connection:
            connection.execute(sa.text(_LEFT_OPEN))
            for name in self._tables() - self.tables:
                connection.execute(sa.text(f'DROP TABLE public."{name}" CASCADE'))
            for name in self.tables:
                there = name in self._tables()
                make = f'DELETE FROM public."{name}"' if there else None
                if make is None:
                    make = f'CREATE TABLE public."{name}" (LIKE matrix."{name}" INCLUDING ALL)'
                connection.execute(sa.text(make))
                back = f'INSERT INTO public."{name}" TABLE matrix."{name}"'
                connection.execute(sa.text(back))

    def _tables(self) -> set[str]:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        with self.engine.connect() as connection:
            return {one for (one,) in connection.execute(sa.text(query)) if one[0] != "_"}


def _written() -> str:
    """Another text after whatever wrote a row anywhere in the cluster: a reader gets no number."""
    model.Session.remove()
    with model.meta.engine.connect() as connection:
        return str(connection.scalar(sa.text("SELECT pg_snapshot_xmax(pg_current_snapshot())")))


def _rows() -> list[str]:
    """How many rows each table of both databases holds, and which transaction wrote the last."""
    model.Session.remove()
    told: list[str] = []
    for engine in (model.meta.engine, get_write_engine()):
        with engine.connect() as connection:
            names = connection.scalars(sa.text(_TABLES), {"record": list(PROOF)}).all()
            each = (
                f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM {name}" for name in names
            )
            rows = connection.execute(sa.text(" UNION ALL ".join(each)))
            told += [" ".join(map(str, row)) for row in rows]
    return told


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


def _calm(body: str) -> str:
    """An answer without the address of its help, and without the agency, which is no release; of
    a refusal that it is one, for in which words what nobody sees is refused tells nothing."""
    told = json.loads(body)
    told.pop("help", None)
    if not told["success"]:
        return "refused"
    return json.dumps(_without_agency(told), sort_keys=True)


def _without_agency(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_agency(one) for key, one in value.items() if key != "organization"}
    return [_without_agency(one) for one in value] if isinstance(value, list) else value


def _stable(path: str, body: bytes) -> str:
    text = body.decode("utf-8", "replace")
    # A feed says when it was made; a page that is refused carries what differs between two visits.
    return text if "/download/" in path and "<html" not in text else str("kenari" in text)


def _short(before: str, now: str) -> str:
    start = next((i for i, (a, b) in enumerate(zip(before, now, strict=False)) if a != b), 0)
    return f"…{before[start - 20 : start + 60]!r} is now …{now[start - 20 : start + 60]!r}"
