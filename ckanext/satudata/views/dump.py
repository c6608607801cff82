"""All rows of a resource as a file: those of one table, from the first row to the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.datastore import blueprint as core
from flask import Blueprint, Response

from ckanext.satudata.logic.datasets.pointed_tables import held
from ckanext.satudata.model.resource_tables import table_of

dump = Blueprint("satudata_dump", __name__)


@dump.route("/datastore/dump/<resource_id>")
def whole(resource_id: str) -> Any:
    """Core's dump, which asks for page after page: a release between two of them is not read."""
    table = table_of(resource_id)
    if table is None:
        tk.abort(404, tk._("DataStore resource not found"))
    with held(resource_id, table):
        answer = core.dump(resource_id)
    if isinstance(answer, Response):
        pages: Any = answer.response
        answer.response = _from_one(resource_id, table, pages)
    return answer


def _from_one(resource_id: str, table: str, pages: Iterable[Any]) -> Iterator[Any]:
    upcoming = iter(pages)
    while True:
        with held(resource_id, table):
            page = next(upcoming, None)
        if page is None:
            return
        yield page
