"""The file form: a first file, another one, or another version of one."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.datasets import file_limit
from ckanext.satudata.views.answers import Fault

FIELDS = ("name", "description", "resource_type", "change_nature", "change_note")


def typed(form: Any) -> dict[str, str]:
    """What was typed, without the file."""
    return {name: form.get(name, "").strip() for name in FIELDS}


def stored(resource: dict[str, Any] | None) -> dict[str, str]:
    """A stored file as the form fills it in. The words on its last change are not repeated."""
    words = ("name", "description", "resource_type")
    return {name: (resource or {}).get(name) or "" for name in words}


def faults(values: dict[str, str], upload: Any, *, replacing: bool) -> list[Fault]:
    """What can be said before the file is stored: no file, and no word on the change."""
    found: list[Fault] = []
    sentence = _upload_fault(upload)
    if sentence:
        found.append(("field-upload", tk._("File"), sentence))
    if replacing and not values["change_nature"]:
        label = tk.h.scheming_language_text(
            tk.h.satudata_field("change_nature", "resource_fields")["label"]
        )
        found.append(("field-change_nature", label, tk._("Say what kind of change this is.")))
    return found


def _upload_fault(upload: Any) -> str | None:
    if not upload:
        return tk._("Choose the file to upload.")
    return file_limit.too_big(upload)


def as_action(values: dict[str, str], upload: Any) -> dict[str, Any]:
    """The values as `resource_create` and `resource_patch` take them; a file names itself.

    Empty values go along: left out, a patch would repeat what was said of the former change.
    """
    name = values["name"] or PurePath(upload.filename).stem
    suffix = PurePath(upload.filename).suffix.removeprefix(".").upper()
    return {**values, "name": name, "format": suffix, "url": upload.filename, "upload": upload}


def faults_of(error: tk.ValidationError) -> list[Fault]:
    """The faults of a refused file, with the labels of the schema."""
    found: list[Fault] = []
    for name, sentences in error.error_dict.items():
        if name == "code":
            continue
        name = "url" if name == "upload" else name
        field = tk.h.satudata_field(name, "resource_fields")
        place = f"field-{'upload' if name == 'url' else name}" if field else ""
        label = tk.h.scheming_language_text(field["label"]) if field else ""
        texts = sentences if isinstance(sentences, list) else [sentences]
        found += [(place, label, str(one)) for one in texts]
    return found
