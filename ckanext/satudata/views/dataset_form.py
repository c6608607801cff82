"""The metadata form: from its fields to the action, and its faults back to the fields."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.lib.munge import munge_title_to_name
from ckan.plugins import toolkit as tk

from ckanext.satudata.views.answers import Fault

LISTS = frozenset({"region_codes"})
MAX_NAME = 90


def field_names() -> list[str]:
    """The fields of the form, in the order of the schema; the address is made from the title."""
    fields = tk.h.scheming_get_dataset_schema("dataset")["dataset_fields"]
    return [one["field_name"] for one in fields if one["field_name"] != "name"]


def typed(form: Any) -> dict[str, Any]:
    """What was typed, by field name; a list for fields that are asked several times."""
    return {
        name: [one.strip() for one in form.getlist(name) if one.strip()]
        if name in LISTS
        else form.get(name, "").strip()
        for name in field_names()
    }


def as_action(values: dict[str, Any]) -> dict[str, Any]:
    """The values as `package_create` and `package_patch` take them."""
    words = [one.strip() for one in values["tag_string"].split(",") if one.strip()]
    tags = [{"name": one} for one in dict.fromkeys(words)]
    rest = {name: value for name, value in values.items() if name != "tag_string"}
    return {**rest, "tags": tags}


def free_name(title: str) -> str:
    """An address for a new dataset that nobody has: its title, with a number where it is taken."""
    stem = munge_title_to_name(title)[:MAX_NAME].strip("-_") or "data"
    stem = stem if len(stem) > 1 else f"data-{stem}"
    name, number = stem, 1
    while model.Package.get(name) is not None:
        number += 1
        name = f"{stem}-{number}"
    return name


def faults(error: tk.ValidationError) -> list[Fault]:
    """The faults in the order of the form, with the labels of the schema."""
    errors = dict(error.error_dict)
    errors.pop("code", None)
    if "tags" in errors:
        errors["tag_string"] = errors.pop("tags")
    if "name" in errors and "title" not in errors:
        errors["title"] = errors.pop("name")
    order = {name: place for place, name in enumerate(field_names())}
    found: list[Fault] = []
    for name in sorted(errors, key=lambda one: order.get(one, len(order))):
        known = name in order
        label = tk.h.satudata_label(name) if known else ""
        found += [(f"field-{name}" if known else "", label, one) for one in _texts(errors[name])]
    return found


def _texts(errors: Any) -> list[str]:
    """Sentences, however deep CKAN has nested them; each once."""
    if isinstance(errors, str):
        return [errors]
    inner = errors.values() if isinstance(errors, dict) else errors or ()
    return list(dict.fromkeys(text for one in inner for text in _texts(one)))
