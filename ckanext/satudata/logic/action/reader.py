"""Who may read restricted data."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.releases import readers as naming
from ckanext.satudata.logic.schema import reader as schema
from ckanext.satudata.logic.schema.release import of_dataset
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import as_ckan_error
from ckanext.satudata.model import readers, working_copies


def satudata_reader_add(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let a person, an agency or all staff read a restricted dataset once it is released.

    :param id: id or name of the dataset, or of its working copy
    :param kind: `person`, `agency` or `staff`
    :param reader: name of the account or of the agency; left out for `staff`
    :param reason: why; it is an event
    :param until: the last day, as 2026-12-31; left out: until it is taken back
    :returns: {id, kind, reader, reason, until, over, given_by, given_at}
    """
    data = validated(context, data_dict, schema.reader_add())
    tk.check_access("satudata_reader_add", context, data)
    user = asker(context)
    package = _readable(data["id"], user)
    with one_commit():
        row = naming.add(
            package,
            user,
            data["kind"],
            data.get("reader") or "",
            data["reason"],
            data.get("until"),
        )
    return naming.as_dict(row)


def satudata_reader_remove(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take back what a reader was given; it holds at once, whatever search still knows.

    :param id: id of the row, as `satudata_reader_list` gives it
    """
    data = validated(context, data_dict, of_dataset())
    tk.check_access("satudata_reader_remove", context, data)
    user = asker(context)
    with one_commit():
        row = naming.remove(data["id"], user)
    return naming.as_dict(row)


@tk.side_effect_free
def satudata_reader_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Who may read a restricted dataset, for the walidata and for its agency.

    :param id: id or name of the dataset, or of its working copy
    :returns: rows as `satudata_reader_add` gives them, the oldest first
    """
    data = validated(context, data_dict, of_dataset())
    tk.check_access("satudata_reader_list", context, data)
    user = asker(context)
    package = _readable(data["id"], user)
    if not naming.may_list(user, package):
        raise as_ckan_error(Refused("not_reader_giver"))
    dataset_id = working_copies.original_of(package.id) or package.id
    return [naming.as_dict(row) for row in readers.not_ended(dataset_id)]


def _readable(reference: str, user: model.User) -> model.Package:
    package = model.Package.get(reference)
    if package is None or not people.may_see_dataset(user, package):
        raise as_ckan_error(Refused("not_found"))
    return package
