"""What a step's `periksa` asks before it may end: one function for each key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.scheming.helpers import scheming_language_text

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.wording import language
from ckanext.satudata.metadata.rules import OPEN, exclusion_gaps, handover_gaps
from ckanext.satudata.sop.case import CaseState, Item
from ckanext.satudata.sop.definition import Periksa

Facts = Mapping[str, Any]


def failed(keys: Iterable[Periksa], state: CaseState, items: Iterable[str]) -> dict[str, Facts]:
    """The checks that fail for a visit over `items`, with the facts of the first failure.

    A request has no dataset yet; it fails what asks for one.
    """
    found: dict[str, Facts] = {}
    entries = [state.entries[item] for item in items]
    for key in keys:
        facts = _first_failure(key, entries)
        if facts is not None:
            found[key.value] = facts
    return found


def lacking(
    keys: Iterable[Periksa], state: CaseState, items: Iterable[str]
) -> list[tuple[str, str, Facts]]:
    """Each dataset of a list that fails a check of its own: its id, the check, the facts."""
    asked = [key for key in keys if key in CHECKS]
    failures = [(key, item, _failure(key, state.entries[item])) for item in items for key in asked]
    return [(item, key.value, facts) for key, item, facts in failures if facts is not None]


def _first_failure(key: Periksa, entries: list[Item]) -> Facts | None:
    over_the_list = LIST_CHECKS.get(key)
    if over_the_list is not None:
        return over_the_list(entries)
    failures = (_failure(key, entry) for entry in entries)
    return next((facts for facts in failures if facts is not None), None)


def _failure(key: Periksa, entry: Item) -> Facts | None:
    package = model.Package.get(entry.id)
    facts = CHECKS[key](package) if package is not None else {}
    if facts is None:
        return None
    return {"dataset": entry.title, "missing": ["-"], "access_class": "-", **facts}


def _metadata_complete(package: model.Package) -> Facts | None:
    """What the schema asks for at handover (Perpres 39/2019 article 33)."""
    shown = tk.get_action("package_show")({"ignore_auth": True}, {"id": package.id})
    fields = tk.h.scheming_get_dataset_schema("dataset")["dataset_fields"]
    gaps = handover_gaps(shown, fields, _in_words)
    missing = [gap.facts["label"] for gap in gaps if "label" in gap.facts]
    return {"missing": missing} if missing else None


def _in_words(label: Any) -> str:
    return scheming_language_text(label, prefer_lang=language())


def _file_present(package: model.Package) -> Facts | None:
    return None if package.resources else {}


def _access_open(package: model.Package) -> Facts | None:
    access_class = (package.extras or {}).get("access_class") or "-"
    return None if access_class == OPEN else {"access_class": access_class}


def _access_classed(package: model.Package) -> Facts | None:
    """An access class for every dataset; where it is not open, its legal basis and what the
    consequence test has said (UU 14/2008)."""
    extras = package.extras or {}
    access_class = extras.get("access_class")
    if not access_class:
        return {"access_class": "-", "missing": [_label("access_class")]}
    missing = closing_gaps(extras)
    return {"access_class": access_class, "missing": missing} if missing else None


def closing_gaps(extras: Mapping[str, Any]) -> list[str]:
    """What the form calls the fields that data which is not open still needs today."""
    if extras.get("access_class") == OPEN:
        return []
    basis = () if extras.get("legal_basis") else ("legal_basis",)
    return [_label(name) for name in (*basis, *exclusion_gaps(extras, clock.today()))]


def _label(name: str) -> str:
    """What the form of a dataset calls a field."""
    fields = tk.h.scheming_get_dataset_schema("dataset")["dataset_fields"]
    return next(_in_words(one["label"]) for one in fields if one["field_name"] == name)


def _list_complete(entries: list[Item]) -> Facts | None:
    """A daftar data names each producer and release date (Perpres 39/2019 Ps 27 (3))."""
    if not entries:
        return {"missing": ["-"]}
    gaps = [one.title for one in entries if not one.organization or not one.release_date]
    return {"missing": gaps} if gaps else None


CHECKS: dict[Periksa, Callable[[model.Package], Facts | None]] = {
    Periksa.BERKAS_ADA: _file_present,
    Periksa.AKSES_TERBUKA: _access_open,
    Periksa.METADATA_LENGKAP: _metadata_complete,
    Periksa.KELAS_AKSES: _access_classed,
}

LIST_CHECKS: dict[Periksa, Callable[[list[Item]], Facts | None]] = {
    Periksa.DAFTAR_LENGKAP: _list_complete,
}
