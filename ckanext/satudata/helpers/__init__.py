"""Template helpers, all with the prefix `satudata_`. They word and count; they decide nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckanext.satudata import typed
from ckanext.satudata.helpers import (
    accounts,
    agencies,
    cases,
    dictionaries,
    differences,
    files,
    links,
    lists,
    metadata,
    reader,
    releases,
    search,
    telling,
    updates,
    words,
)

_SUBJECTS = (
    accounts,
    agencies,
    cases,
    dictionaries,
    differences,
    files,
    links,
    lists,
    metadata,
    reader,
    releases,
    search,
    telling,
    typed,
    updates,
    words,
)


def get_helpers() -> dict[str, Callable[..., Any]]:
    """Every helper of ours by name, and the one of core's that we mend."""
    ours = {
        name: one
        for subject in _SUBJECTS
        for name, one in vars(subject).items()
        if name.startswith("satudata_")
    }
    return {**ours, "render_datetime": words.render_datetime}
