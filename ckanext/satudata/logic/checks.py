"""What a step's `periksa` asks before it may end: each key is one function over a dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.scheming.helpers import scheming_language_text

from ckanext.satudata.logic.wording import language
from ckanext.satudata.metadata.rules import OPEN, handover_gaps

Facts = Mapping[str, Any]


def failed(keys: Iterable[str], dataset_ids: Iterable[str]) -> dict[str, Facts]:
    """The keys that fail for one of the datasets, with the facts of the first failure.

    A key without a function here is confirmed by the person who ends the step.
    """
    found: dict[str, Facts] = {}
    packages = [model.Package.get(one) for one in dataset_ids]
    for key in keys:
        check = CHECKS.get(key)
        for package in packages:
            facts = check(package) if check and package else None
            if facts is not None:
                found.setdefault(key, facts)
    return found


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


CHECKS: dict[str, Callable[[model.Package], Facts | None]] = {
    "berkas_ada": _file_present,
    "akses_terbuka": _access_open,
    "metadata_lengkap": _metadata_complete,
}
