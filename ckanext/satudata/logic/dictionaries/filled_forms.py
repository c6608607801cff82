"""MS-Var, MS-Ind and MS-Keg of one dataset, as values for a page and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.dictionary import ms_ind, ms_keg, ms_var
from ckanext.satudata.dictionary.forms import REGULATION, Filled, FormField, Head
from ckanext.satudata.dictionary.table import Dictionary
from ckanext.satudata.logic.dictionaries import kept, tables

LANGUAGE = "id"
"""The forms are Indonesian, whoever reads them."""


def of_dataset(dataset: dict[str, Any]) -> dict[str, Any]:
    """The three forms of a dataset as `package_show` gives it."""
    words = _in_words(dataset)
    activity: dict[str, str] = {}
    lines = ms_keg.filled(activity, words)
    head = Head(
        activity=lines["title"],
        activity_code=lines["code"],
        agency=lines["agency"],
        unit_1=lines["unit_1"],
        unit_2=lines["unit_2"],
        unit_3=lines["unit_in_charge"],
    )
    named = [(one, kept.of_resource(one)) for one in tables.holding_data(dataset)]
    known = [(resource, found) for resource, found in named if found is not None]
    dictionaries = [found for _resource, found in known]
    return {
        "regulation": REGULATION,
        "dataset": dataset["id"],
        "title": dataset.get("title") or "",
        "head": [list(one) for one in head.lines()],
        "ms_var": [
            {"table": resource.get("name") or "", **_form(ms_var.filled(found, head))}
            for resource, found in known
        ],
        "ms_ind": _form(ms_ind.filled(dictionaries, words, head)),
        "ms_keg": _activity(lines, dictionaries),
    }


def _form(filled: Filled) -> dict[str, Any]:
    return {
        "fields": [_field(one) for one in filled.fields],
        "rows": [dict(r) for r in filled.rows],
    }


def _field(field: FormField) -> dict[str, Any]:
    return {"key": field.key, "label": field.label, "number": field.number, "source": field.source}


def _activity(lines: dict[str, str], dictionaries: Sequence[Dictionary]) -> dict[str, Any]:
    blocks = [
        {
            "number": number,
            "title": title,
            "lines": [
                {**_field(one), "choices": list(one.choices), "value": lines[one.key]}
                for one in ms_keg.FIELDS
                if one.block == number
            ],
        }
        for number, title in ms_keg.BLOCKS.items()
    ]
    return {
        "blocks": blocks,
        "variable_columns": list(ms_keg.VARIABLE_COLUMNS),
        "variables": [list(one) for one in ms_keg.variables(dictionaries)],
    }


def _in_words(dataset: dict[str, Any]) -> dict[str, Any]:
    """The fields as people read them: choices by their labels, the agency by its title."""
    fields = tk.h.scheming_get_dataset_schema("dataset")["dataset_fields"]
    words = {
        one["field_name"]: _words(one, dataset.get(one["field_name"]))
        for one in fields
        if one["field_name"] != "access_class"
    }
    organization = dataset.get("organization") or {}
    return {
        **words,
        "access_class": dataset.get("access_class") or "",
        "agency": organization.get("title") or "",
        "update_frequency_value": dataset.get("update_frequency") or "",
    }


def _words(field: dict[str, Any], value: Any) -> Any:
    if not value or not field.get("choices"):
        return value
    for choice in field["choices"]:
        if choice["value"] == value:
            label = choice["label"]
            return label.get(LANGUAGE) if isinstance(label, dict) else label
    return value
