"""SOP metadata that `package_show` gives to every reader."""

from __future__ import annotations

from typing import Any

from ckanext.satudata import config
from ckanext.satudata.model.standing import standing_of


def add_to(dataset: dict[str, Any]) -> None:
    """Put the computed fields into a dataset that is shown; the same for every reader.

    Safe to run twice: CKAN shows a dataset once for the index and again for the reader.
    """
    standing = standing_of(dataset["id"], config.walidata())
    since = standing.validation_date
    dataset["sop_number"] = standing.sop_number
    dataset["sop_name"] = standing.sop_name
    dataset["walidata"] = standing.walidata
    dataset["validation_status"] = standing.validation_status
    dataset["validation_date"] = since.isoformat() if since else None
    dataset["release_number"] = standing.release_number
