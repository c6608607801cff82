"""Files of a dataset: which one people want, and what stands in it."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.logic.datasets import file_limit
from ckanext.satudata.logic.datasets.preview import Preview, preview_of


def satudata_file_limit() -> int:
    """The size in MB that a file may have."""
    return file_limit.megabytes()


def satudata_main_file(files: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The file that most people want: data, and of those the one that every program reads."""

    def rank(file: dict[str, Any]) -> tuple[bool, bool]:
        holds_data = (file.get("resource_type") or "data") == "data"
        return (not holds_data, (file.get("format") or "").upper() != "CSV")

    return min(files, key=rank, default=None)


def satudata_preview(resource: dict[str, Any]) -> Preview | None:
    """The first rows of a CSV that the reader may read."""
    return preview_of(resource)
