"""Fields of a dataset: their labels, their choices, their values in words."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.helpers.words import satudata_period, satudata_region


def satudata_field(name: str, kind: str = "dataset_fields") -> dict[str, Any] | None:
    """A field of the dataset schema by its name."""
    return tk.h.scheming_field_by_name(_schema()[kind], name)


def satudata_label(name: str) -> str:
    """The label of a dataset field in the reader's language; the name itself if there is none."""
    field = satudata_field(name)
    return tk.h.scheming_language_text(field["label"]) if field else name


def satudata_options(field: dict[str, Any], *, empty: bool = True) -> list[tuple[str, str]]:
    """The choices of a field as (value, words), the reader's language, an empty one first."""
    choices = tk.h.scheming_field_choices(field) or []
    words = [(one["value"], tk.h.scheming_language_text(one["label"])) for one in choices]
    return [("", tk._("Choose one")), *words] if empty else words


def satudata_value(name: str, value: Any, kind: str = "dataset_fields") -> Any:
    """A stored value as people read it."""
    field = satudata_field(name, kind) or {}
    if name == "region_codes":
        return ", ".join(satudata_region(one) for one in value or ())
    if field.get("preset") == "satudata_period":
        return satudata_period(value)
    if field.get("choices"):
        return tk.h.scheming_choices_label(field["choices"], value) or value
    return value


def satudata_licence(dataset: dict[str, Any]) -> str | None:
    """The licence in the reader's language; the stored title keeps the one it was indexed in."""
    known = dict(tk.h.license_options())
    return known.get(dataset.get("license_id")) or dataset.get("license_title")


def satudata_form_groups() -> list[dict[str, Any]]:
    """The groups of the dataset form, each with its label and fields; the address is made by us."""
    schema = _schema()
    groups = []
    for group in schema["groups"]:
        fields = [
            field
            for field in schema["dataset_fields"]
            if field.get("group") == group["name"] and field["field_name"] != "name"
        ]
        if fields:
            label = tk.h.scheming_language_text(group["label"])
            groups.append({"name": group["name"], "label": label, "fields": fields})
    return groups


def satudata_form_values(dataset: dict[str, Any]) -> dict[str, Any]:
    """A shown dataset as its form is filled in."""
    names = [field["field_name"] for field in _schema()["dataset_fields"]]
    tags = ", ".join(tag["name"] for tag in dataset.get("tags") or ())
    return {**{name: dataset.get(name) or "" for name in names}, "tag_string": tags}


def satudata_metadata(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    """What is known of a dataset, by group; what is empty is left out, and so is what the page
    says above (title, agency, description)."""
    above = {"title", "notes", "owner_org"}
    shown = []
    for group in satudata_form_groups():
        rows = [
            {
                "label": tk.h.scheming_language_text(field["label"]),
                "meaning": tk.h.scheming_language_text(field.get("reader_text") or ""),
                "value": _shown(dataset, field["field_name"]),
            }
            for field in group["fields"]
            if field["field_name"] not in above and _shown(dataset, field["field_name"])
        ]
        if rows:
            shown.append({**group, "rows": rows})
    return shown


def _shown(dataset: dict[str, Any], name: str) -> Any:
    if name == "tag_string":
        return ", ".join(tag["display_name"] for tag in dataset.get("tags") or ())
    if name == "license_id":
        return satudata_licence(dataset)
    value = dataset.get(name)
    return satudata_value(name, value) if value else None


def _schema() -> dict[str, Any]:
    return tk.h.scheming_get_dataset_schema("dataset")
