"""What differs between two releases of a dataset, or between one and its working copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.releases import comparing
from ckanext.satudata.logic.releases.sides import Side, sides
from ckanext.satudata.logic.schema import release as schema
from ckanext.satudata.logic.wording import as_ckan_error


@tk.side_effect_free
def satudata_release_differences(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What differs by metadata field, by resource, and by row of a table.

    Rows are counted and the first of each kind told; where the tables are big a job compares them,
    and until it is through `rows.state` is `pending`.

    :param id: id or name of a working copy (compared with the release that is public), or of a
        dataset
    :param from: number of the older release; left out: the one before `to`
    :param to: number of the newer release; left out: the newest
    :returns: {from, to, metadata, resources, reordered}; `metadata`: {field, kind, old, new};
        `resources`: {id, name, kind, fields, old_file, new_file, rows}, `kind` one of `added`,
        `removed`, `changed`; `rows` null, or {state, added, removed, changed, first_added,
        first_removed, first_changed, keys, columns_added, columns_removed}
    """
    data = validated(context, data_dict, schema.two_sides())
    tk.check_access("satudata_release_differences", context, data)
    with _told():
        return comparing.told(*_sides(context, data))


@tk.side_effect_free
def satudata_row_differences(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The rows of one table that differ, piece by piece; at most 500 of each kind are kept.

    :param id: as of `satudata_release_differences`, as are `from` and `to`
    :param resource: id that the resource has in the public dataset
    :param kind: `added`, `removed` or `changed`
    :param limit: at most 100 (50 when left out)
    :param offset: how many to leave out
    :returns: {from, to, title, kind, state, added, removed, changed, keys, kept, results}; of
        `changed` each {old, new}, else a row by column
    """
    data = validated(context, data_dict, schema.rows_of_two())
    tk.check_access("satudata_row_differences", context, data)
    with _told():
        if data["kind"] not in comparing.KINDS:
            raise Refused("not_found")
        place = data["resource"], data["kind"], min(data["limit"], 100), data["offset"]
        return comparing.rows_told(*_sides(context, data), *place)


def _sides(context: Context, data: dict[str, Any]) -> tuple[Side, Side]:
    user = asker(context)
    package = model.Package.get(data["id"])
    if package is None or not people.may_see_dataset(user, package):
        raise Refused("not_found")
    return sides(package, user, data.get("from"), data.get("to"))


@contextmanager
def _told() -> Iterator[None]:
    """Nothing is written here, so a refusal only has to be worded."""
    try:
        yield
    except Refused as refused:
        raise as_ckan_error(refused) from refused
