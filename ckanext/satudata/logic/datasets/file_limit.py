"""How big a file may be, and the sentence for one that is bigger."""

from __future__ import annotations

from math import ceil
from os import SEEK_END
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.logic import wording

MEGABYTE = 1024 * 1024


def megabytes() -> int:
    """The limit, in megabytes of 1024 * 1024 bytes."""
    return tk.config["ckan.max_resource_size"]


def too_big(upload: Any) -> str | None:
    """The sentence for a file beyond the limit; None for a smaller one, and for no file."""
    size = _bytes_of(upload)
    if size <= megabytes() * MEGABYTE:
        return None
    # Rounded up: a byte too much must not read like the limit itself.
    sent = ceil(size / MEGABYTE * 10) / 10
    return tk._(
        "Your file has {size}; the limit is {limit} MB. "
        "Save it as CSV or split it by year, then upload it again."
    ).format(size=f"{wording.number(sent)} MB", limit=wording.number(megabytes()))


def _bytes_of(upload: Any) -> int:
    """The bytes of a file that is sent along; 0 for anything else."""
    stream = getattr(upload, "stream", None)
    if stream is None:
        return 0
    size = stream.seek(0, SEEK_END)
    stream.seek(0)
    return size
