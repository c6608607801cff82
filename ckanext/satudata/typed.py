"""What was typed into a form that was not taken, so that its writer loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.sop.cells import CORRECTABLE


@dataclass(frozen=True)
class Typed:
    """One field: its label, and what was typed or chosen in it."""

    label: str
    text: str
    chosen: bool = False


def satudata_typed() -> list[Typed]:
    """Every field of the sent form that says something, under the label it has there."""
    form = tk.request.form
    if "act" in form:
        found = _beside(form)
    elif "reason" in form and any(name in form for name in CORRECTABLE):
        found = chain(_described(form, "dataset_fields"), [_reason(form)])
    elif "outcome" in form or "reason" in form:
        found = _decision(form)
    elif "days" in form:
        found = _link(form)
    elif "officer_form" in form:
        found = _officer(form)
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
    for name, label in words_on_releases().items():
        yield Typed(label, form.get(name, ""))
    yield _reason(form)
    parts = [form.getlist(f"point_{part}") for part in ("about", "where", "note")]
    about_data = chain(form.getlist("point_data"), repeat(""))
    for number, (about, where, note, data) in enumerate(zip(*parts, about_data, strict=False), 1):
        yield Typed(
            _of_point(number, tk._("Which data")), form.get(f"data:{data}", data), chosen=True
        )
        yield Typed(_of_point(number, tk._("What")), _about(about), chosen=True)
        yield Typed(_of_point(number, tk._("Where")), where)
        yield Typed(_of_point(number, tk._("What to repair")), note)
    yield from _paper(form)


def _reason(form: Any) -> Typed:
    return Typed(tk._("Reason"), form.get("reason", ""))


def _beside(form: Any) -> Iterator[Typed]:
    labels = {
        "reason": tk._("Reason"),
        "text": tk._("Comment"),
        "closes_on": tk._("Last day"),
        "entry_dataset": tk._("Data that is on the portal"),
        "entry_title": tk._("Title of the data asked for"),
        "entry_release": tk._("Release date"),
    }
    for name, label in labels.items():
        yield Typed(label, form.get(name, ""))
    yield from _paper(form)


def _paper(form: Any) -> Iterator[Typed]:
    yield Typed(tk._("Day on the paper"), form.get("paper_on", ""))
    yield Typed(tk._("Name on the paper"), form.get("paper_name", ""))


def words_on_releases() -> dict[str, str]:
    """What each field of the forms about releases is called, but for the reason."""
    return {
        "publish_at": tk._("Published on"),
        "not_before": tk._("Held until"),
        "legal_basis": tk._("Legal basis"),
        "replacement": tk._("In its place"),
    }


def _link(form: Any) -> Iterator[Typed]:
    for name, label in words_on_links().items():
        yield Typed(label, form.get(name, ""))


def words_on_links() -> dict[str, str]:
    """What each field of the form that makes a link is called."""
    return {
        "name": tk._("For whom"),
        "email": tk._("E-mail address"),
        "days": tk._("Valid for (days)"),
    }


def _of_point(number: int, field: str) -> str:
    return tk._("Point {number}, {field}").format(number=number, field=field)


def _about(about: str) -> str:
    plain = {"column": tk._("A column"), "row": tk._("Rows")}
    kind, _, place = about.partition(":")
    return plain.get(kind) or (tk.h.satudata_point({"kind": kind, "where": place}) if kind else "")


def _officer(form: Any) -> Iterator[Typed]:
    for name, label in words_on_officers().items():
        for value in form.getlist(name):
            yield Typed(label, value, chosen=name in ("post", "organization", "acting"))


def words_on_officers() -> dict[str, str]:
    """What each field of the forms about officers is called."""
    return {
        "user": tk._("Person"),
        "to": tk._("To whom"),
        "post": tk._("Actor"),
        "sop": tk._("SOP"),
        "actor": tk._("Actor"),
        "organization": tk._("Agency"),
        "valid_from": tk._("First day"),
        "valid_until": tk._("Last day"),
        "acting": tk._("In what capacity"),
        "for_user": tk._("In whose place"),
        "decree_number": tk._("Number of the letter"),
        "decree_date": tk._("Date of the letter"),
        "ended_on": tk._("First day on which it is not held any more"),
    }


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
