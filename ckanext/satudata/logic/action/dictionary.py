"""The kamus data of a table, and the forms of BPS that it fills."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.dictionary import checks
from ckanext.satudata.dictionary.proposing import Proposal, propose
from ckanext.satudata.dictionary.table import Dictionary
from ckanext.satudata.dictionary.taking import Taken, take_over
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.dictionaries import (
    filled_forms,
    history,
    kept,
    samples,
    saving,
    tables,
    telling,
)
from ckanext.satudata.logic.schema import dictionary as schema
from ckanext.satudata.logic.schema.release import of_dataset
from ckanext.satudata.logic.wording import as_ckan_error


@tk.side_effect_free
def satudata_dictionary_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The kamus data of a table, for everybody who may read the dataset.

    Of public data it is the one that was approved with the release.

    :param id: id of the resource
    :param version: number of an earlier version, for those who see the list of versions
    :returns: {dataset, resource, name, schema (a Table Schema, or null), sha256 ("" for none),
        gaps: [{code, column, name, part, place, sentence}], may_write}
    """
    data = validated(context, data_dict, schema.show())
    tk.check_access("satudata_dictionary_show", context, data)
    dataset, resource = tables.readable(context, data["id"])
    if data.get("version"):
        dictionary = history.version(asker(context), dataset, resource["id"], data["version"])
    else:
        dictionary = kept.of_resource(resource)
    return {**_about(context, dataset, resource), **_told(dictionary)}


@tk.side_effect_free
def satudata_dictionary_propose(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """A kamus data for the file of a table, read from its headings and first rows.

    What the table's kamus data says already is kept, column by column. Nothing is saved.

    :param id: id of the resource
    :param schema: what is being edited, in place of what is saved
    :returns: {schema, gaps, doubts: [as gaps], new, vanished: names of columns,
        respelled: {name in the file: name before}}
    """
    data = validated(context, data_dict, schema.propose())
    tk.check_access("satudata_dictionary_propose", context, data)
    _dataset, resource = tables.writable(context, data["id"])
    found = _proposal(resource)
    told = data.get("schema")
    before = saving.read(told) if told else kept.of_resource(resource)
    doubts = telling.told(found.doubts, found.dictionary)
    if before is None:
        nothing = Taken(found.dictionary, {}, {}, found.dictionary.names, ())
        return {**_taken(nothing), "doubts": doubts}
    taken = take_over(found.dictionary, before)
    new = set(taken.new)
    return {**_taken(taken), "doubts": [one for one in doubts if one["name"] in new]}


@tk.side_effect_free
def satudata_dictionary_take_over(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What the kamus data of another table says, on the columns of this one. Nothing is saved.

    :param id: id of the resource
    :param source: id of the other resource, of this dataset or of any that the caller may read
    :param schema: what is being edited; left out: what is saved, else a proposal for the file
    :param keep: true keeps what this table says already and fills only what is empty
    :returns: as `satudata_dictionary_propose`, without doubts
    """
    data = validated(context, data_dict, schema.take_over())
    tk.check_access("satudata_dictionary_take_over", context, data)
    _dataset, resource = tables.writable(context, data["id"])
    _other, source = tables.readable(context, data["source"])
    former = kept.of_resource(source)
    if former is None:
        raise tables.refuse_none(source)
    if data.get("schema"):
        current = saving.read(data["schema"])
    else:
        current = kept.of_resource(resource) or _proposal(resource).dictionary
    return _taken(take_over(current, former, keep=data["keep"]))


def satudata_dictionary_save(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Save the kamus data of a table, for those who may write the dataset now.

    It is content: of public data it is changed in a working copy and approved with it.

    :param id: id of the resource
    :param schema: a Table Schema, as JSON or as its text
    :param based_on: sha256 of the version that the writer saw, "" for none; another one that
        stands there by now is not written over. Left out: whichever it is.
    :returns: as `satudata_dictionary_show`
    """
    data = validated(context, data_dict, schema.save())
    tk.check_access("satudata_dictionary_save", context, data)
    dataset, resource = tables.writable(context, data["id"])
    dictionary = saving.read(data["schema"])
    saving.save(context, dataset["id"], resource["id"], dictionary, data.get("based_on"))
    dataset, resource = tables.readable(context, data["id"])
    return {**_about(context, dataset, resource), **_told(kept.of_resource(resource))}


@tk.side_effect_free
def satudata_dictionary_version_list(
    context: Context, data_dict: dict[str, Any]
) -> list[dict[str, Any]]:
    """The versions of a kamus data, for the walidata and for the agency of the data.

    :param id: id of the resource; those of its working copies are told with it
    :returns: [{version, sha256, saved_at, saved_by, added, removed: names of columns,
        changes: [{column, part, before, after}]}], the oldest first
    """
    data = validated(context, data_dict, schema.of_resource())
    tk.check_access("satudata_dictionary_version_list", context, data)
    user = asker(context)
    dataset, resource = tables.readable(context, data["id"])
    return history.versions(user, dataset, resource["id"])


@tk.side_effect_free
def satudata_dictionary_forms(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """MS-Var, MS-Ind and MS-Keg of a dataset (Peraturan BPS 5/2020), for everybody who may read it.

    :param id: id or name of the dataset
    :returns: {regulation, head: [[label, value]], ms_var: [{table, fields: [{key, label, number}],
        rows: [{key: value}]}], ms_ind: {fields, rows},
        ms_keg: {blocks: [{number, title, lines: [{key, label, choices, value}]}],
        variables: [[name, concept, definition, time]]}}
    """
    data = validated(context, data_dict, of_dataset())
    tk.check_access("satudata_dictionary_forms", context, data)
    return filled_forms.of_dataset(tables.dataset_for(context, data["id"]))


def _proposal(resource: dict[str, Any]) -> Proposal:
    try:
        return propose(samples.of_resource(resource))
    except Refused as refused:
        raise as_ckan_error(refused) from refused


def _about(context: Context, dataset: dict[str, Any], resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "dataset": dataset["id"],
        "resource": resource["id"],
        "name": resource.get("name") or "",
        "may_write": tables.may_write(context, dataset["id"]),
    }


def _told(dictionary: Dictionary | None) -> dict[str, Any]:
    if dictionary is None:
        return {"schema": None, "sha256": "", "gaps": []}
    gaps = telling.told(checks.gaps(dictionary), dictionary)
    return {"schema": dictionary.descriptor(), "sha256": dictionary.sha256, "gaps": gaps}


def _taken(taken: Taken) -> dict[str, Any]:
    told = _told(taken.dictionary)
    return {
        "schema": told["schema"],
        "gaps": told["gaps"],
        "new": list(taken.new),
        "vanished": list(taken.vanished),
        "respelled": dict(taken.respelled),
    }
