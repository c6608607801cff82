"""What was typed into a form that was not taken, so that its writer loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk


@dataclass(frozen=True)
class Typed:
    """One field: its label, and what was typed or chosen in it."""

    label: str
    text: str
    chosen: bool = False


def satudata_typed() -> list[Typed]:
    """Every field of the sent form that says something, under the label it has there."""
    form = tk.request.form
    if "outcome" in form or "reason" in form:
        found = _decision(form)
    elif "title" in form:
        found = _described(form, "dataset_fields")
    else:
        found = _described(form, "resource_fields")
    return [one for one in found if one.text.strip()]


def _decision(form: Any) -> Iterator[Typed]:
    # The form names its choices: who is logged out may not read them in the case.
    outcome = form.get("outcome", "")
    words = form.get(f"label:{outcome}") or outcome.replace("_", " ").capitalize()
    yield Typed(tk._("Decision"), words, chosen=True)
    yield Typed(tk._("Reason"), form.get("reason", ""))
    parts = [form.getlist(f"point_{part}") for part in ("about", "where", "note")]
    for number, (about, where, note) in enumerate(zip(*parts, strict=False), 1):
        yield Typed(_of_point(number, tk._("What")), _about(about), chosen=True)
        yield Typed(_of_point(number, tk._("Where")), where)
        yield Typed(_of_point(number, tk._("What to repair")), note)


def _of_point(number: int, field: str) -> str:
    return tk._("Point {number}, {field}").format(number=number, field=field)


def _about(about: str) -> str:
    plain = {"column": tk._("A column"), "row": tk._("Rows")}
    kind, _, place = about.partition(":")
    return plain.get(kind) or (tk.h.satudata_point({"kind": kind, "where": place}) if kind else "")


def _described(form: Any, kind: str) -> Iterator[Typed]:
    schema = tk.h.scheming_get_dataset_schema("dataset")
    for field in schema[kind]:
        name = field["field_name"]
        label = tk.h.scheming_language_text(field["label"])
        for value in form.getlist(name):
            words = _chosen(field, value)
            yield Typed(label, words or value, chosen=bool(words))


def _chosen(field: dict[str, Any], value: str) -> str | None:
    """The words of a choice; None for a field that is written in."""
    if field["field_name"] == "owner_org":
        return tk.h.satudata_facet("organization", value)
    if field["field_name"] == "license_id":
        return dict(tk.h.license_options()).get(value)
    choices = tk.h.scheming_field_choices(field) or []
    labels = {one["value"]: tk.h.scheming_language_text(one["label"]) for one in choices}
    return labels.get(value)
