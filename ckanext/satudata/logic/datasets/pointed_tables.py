"""The DataStore of CKAN with one thing more: which table a resource has is a row of ours.

Everything that asks by resource id gets the rows of the table that its pointer names; a table, an
alias or a view that no pointer names is nobody's. What is written goes into a table of the
resource's own, never into one that a release points at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.datastore import plugin as datastore_plugin
from ckanext.datastore.backend.postgres import DatastorePostgresqlBackend, identifier

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.datasets import row_writes
from ckanext.satudata.model import datastore, resource_tables

_held: ContextVar[Mapping[str, str | None]] = ContextVar("satudata_held_tables", default={})  # noqa: B039


def backends() -> dict[str, type[DatastorePostgresqlBackend]]:
    """For IDatastoreBackend: the class by the schemes of the database's address.

    The datastore plugin registers its own after ours where it is listed after us: it is given
    ours to register.
    """
    datastore_plugin.DatastorePostgresqlBackend = PointedBackend  # type: ignore[misc]
    return {"postgresql": PointedBackend, "postgres": PointedBackend}


@contextmanager
def held(resource_id: str, table: str | None) -> Iterator[None]:
    """Read the rows of one table meanwhile, wherever the pointer goes."""
    token = _held.set({**_held.get(), resource_id: table})
    try:
        yield
    finally:
        _held.reset(token)


class PointedBackend(DatastorePostgresqlBackend):
    """CKAN's PostgreSQL DataStore behind the pointers. See `IDatastoreBackend`."""

    def resource_exists(self, id: str) -> bool:  # noqa: A002 - core's name
        table = _table(id)
        return table is not None and super().resource_exists(table)

    def resource_id_from_alias(self, alias: str) -> tuple[bool, str | None]:
        """Whether a resource of this id has rows. There are no aliases: see `create`."""
        return self.resource_exists(alias), None

    def get_all_ids(self) -> list[str]:
        return [one for one in resource_tables.resources_with_rows() if self.resource_exists(one)]

    def resource_fields(
        self,
        id: str,  # noqa: A002 - core's name
        include_meta: bool = True,
        include_fields_schema: bool = True,
    ) -> dict[str, Any]:
        info = super().resource_fields(_existing(id), include_meta, include_fields_schema)
        if "meta" in info:
            info["meta"]["id"] = id
        return info

    def resource_plugin_data(self, id: str) -> dict[str, Any]:  # noqa: A002 - core's name
        table = _table(id)
        return super().resource_plugin_data(table) if table is not None else {}

    def search(self, context: Context, data_dict: dict[str, Any]) -> Any:
        resource_id = data_dict["resource_id"]
        return _named(
            super().search(context, {**data_dict, "resource_id": _existing(resource_id)}),
            resource_id,
        )

    def search_sql(self, context: Context, data_dict: dict[str, Any]) -> Any:
        """Refused: SQL names tables, and a table says not whose it is."""
        raise tk.NotAuthorized

    def create(
        self,
        context: Context,
        data_dict: dict[str, Any],
        plugin_data: dict[int, dict[str, Any]],
    ) -> Any:
        """Write into the own table of a resource; it is made where there is none.

        An alias would stay with its table when the rows of the resource change: it is refused.
        """
        resource_id = data_dict["resource_id"]
        if data_dict.get("aliases"):
            raise Refused("rows_alias", field="aliases")
        writing = row_writes.begin(context, resource_id, in_place=False)
        if writing.fixed and not (data_dict.get("fields") or data_dict.get("records")):
            raise Refused("rows_released")
        own = None if writing.fixed else writing.table
        table = own or resource_tables.new_table_name(clock.now())
        asked = {**data_dict, "resource_id": table}
        result = super().create(context, asked, plugin_data)
        if table != own:
            resource_tables.point_table(resource_id, table)
        row_writes.record(writing, "create", table, len(data_dict.get("records") or ()))
        return _named(result, resource_id)

    def upsert(self, context: Context, data_dict: dict[str, Any]) -> Any:
        resource_id = data_dict["resource_id"]
        writing = row_writes.begin(context, resource_id, in_place=True)
        table = _existing(resource_id)
        result = super().upsert(context, {**data_dict, "resource_id": table})
        if not data_dict.get("dry_run"):
            written = len(data_dict.get("records") or ())
            row_writes.record(writing, data_dict.get("method") or "upsert", table, written)
        return _named(result, resource_id)

    def delete(self, context: Context, data_dict: dict[str, Any]) -> Any:
        """Delete rows of the own table, or let the resource have none.

        The table itself stays behind: its end could not be one with the commit of the pointer,
        and releases and working copies may need it. `orphan_tables` tells which nobody needs.
        """
        resource_id = data_dict["resource_id"]
        if _is_gone(resource_id):
            resource_tables.point_table(resource_id, None)
            return data_dict
        writing = row_writes.begin(context, resource_id, in_place=True)
        table = _existing(resource_id)
        before = datastore.count_rows(table)
        if "filters" not in data_dict:
            resource_tables.point_table(resource_id, None)
            row_writes.record(writing, "delete", table, before)
            return data_dict
        result = super().delete(context, {**data_dict, "resource_id": table})
        row_writes.record(writing, "delete", table, before - datastore.count_rows(table))
        return _named(result, resource_id)

    def run_triggers(self, context: Context, resource_id: str) -> int:
        """Let the triggers of the own table run over each of its rows; returns how many."""
        writing = row_writes.begin(context, resource_id, in_place=True)
        table = _existing(resource_id)
        update = sa.text(f"UPDATE {identifier(table)} SET _id = _id")  # noqa: S608 - quoted
        with self._get_write_engine().begin() as connection:
            count = connection.execute(update).rowcount
        row_writes.record(writing, "run_triggers", table, count)
        return count

    def create_function(self, *args: Any, **kwargs: Any) -> None:
        """Refused: a trigger function of one table could write any other, a released one too."""
        raise Refused("rows_functions")

    def calculate_record_count(self, resource_id: str) -> None:
        """Of the table that the resource has now; the job may come after the rows have changed."""
        if self.resource_exists(resource_id):
            super().calculate_record_count(_existing(resource_id))

    def clear_table_stats(self, resource_id: str) -> None:
        table = _table(resource_id)
        if table is not None:
            super().clear_table_stats(table)


def _table(resource_id: str) -> str | None:
    held_now = _held.get()
    if resource_id in held_now:
        return held_now[resource_id]
    return resource_tables.table_of(resource_id)


def _existing(resource_id: str) -> str:
    table = _table(resource_id)
    if table is None:
        raise tk.ObjectNotFound(f'Resource "{resource_id}" was not found.')
    return table


def _named(answer: dict[str, Any], resource_id: str) -> dict[str, Any]:
    """An answer of core's under the id that was asked for."""
    return {**answer, "resource_id": resource_id}


def _is_gone(resource_id: str) -> bool:
    resource = model.Resource.get(resource_id)
    return resource is None or resource.state != model.State.ACTIVE
