"""Template helpers for pages of agencies: the groups of their form, what is known of one."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

ABOVE = frozenset({"title", "name", "description", "image_url"})
"""What the agency's page says in its head."""


def satudata_agency_groups() -> list[dict[str, Any]]:
    """The groups of the organization form, each with its label and fields."""
    schema = tk.h.scheming_get_organization_schema("organization")
    return [
        {
            "name": group["name"],
            "label": tk.h.scheming_language_text(group["label"]),
            "fields": [field for field in schema["fields"] if field["group"] == group["name"]],
        }
        for group in schema["groups"]
    ]


def satudata_agency_facts(agency: dict[str, Any]) -> list[dict[str, str]]:
    """What is known of an agency as {name, label, value}; what is empty is left out."""
    return [
        {
            "name": field["field_name"],
            "label": tk.h.scheming_language_text(field["label"]),
            "value": _shown(field, agency[field["field_name"]]),
        }
        for group in satudata_agency_groups()
        for field in group["fields"]
        if field["field_name"] not in ABOVE and agency.get(field["field_name"])
    ]


def _shown(field: dict[str, Any], value: Any) -> str:
    if field["field_name"] == "region_codes":
        return ", ".join(tk.h.satudata_region(one) for one in value)
    if field.get("choices"):
        return tk.h.scheming_choices_label(field["choices"], value) or value
    return value
