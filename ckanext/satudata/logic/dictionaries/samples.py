"""The columns of an uploaded file, for a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckanext.satudata.dictionary.proposing import Sample
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.files import store
from ckanext.satudata.logic.personal.looking import opened
from ckanext.satudata.logic.wording import language
from ckanext.satudata.model import resource_files
from ckanext.satudata.quality.findings import ALASAN, REASONS
from ckanext.satudata.quality.first_rows import first_rows
from ckanext.satudata.quality.limits import Limits, Unread

LIMITS = Limits(seconds=10.0)
"""Somebody waits; only the beginning is read."""


def of_resource(resource: Mapping[str, Any]) -> list[Sample]:
    """Headings and some cells of the file of a resource that the caller may read.

    Raises Refused `dictionary_no_file`, `dictionary_unread`, `file_missing`.
    """
    name = str(resource.get("name") or resource["id"])
    file = resource_files.file_of(resource["id"])
    if file is None or resource.get("url_type") != "upload":
        raise Refused("dictionary_no_file", name=name)
    try:
        with opened(file.sha256) as stream:
            found = first_rows(stream, LIMITS)
    except store.Missing as error:
        raise Refused("file_missing", name=name) from error
    except Unread as unread:
        reasons = ALASAN if language() == "id" else REASONS
        raise Refused("dictionary_unread", name=name, reason=reasons[unread.reason]) from unread
    return [Sample(one, found.column(at)) for at, one in enumerate(found.headings)]
