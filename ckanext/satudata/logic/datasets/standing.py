"""SOP metadata that `package_show` gives to every reader."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from ckanext.satudata import config
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.updates import planning
from ckanext.satudata.metadata.updates import Standing, standing_on
from ckanext.satudata.model.standing import standing_of

_BY_UPDATE = re.compile(rf'\bupdate_status:"?({"|".join(one.value for one in Standing)})\b"?')


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
    due = planning.due_of(dataset["id"]) if standing.release_number else None
    dataset["update_due"] = due.isoformat() if due else None


def judge_update(dataset: dict[str, Any]) -> None:
    """Say whether the data were updated in time: of the day on which somebody asks, whenever the
    rest of the answer was put together."""
    due = dataset.get("update_due")
    found = standing_on(date.fromisoformat(due), _today()) if due else None
    dataset["update_status"] = found.value if found else None


def judge_updates(found: dict[str, Any]) -> dict[str, Any]:
    """The same of everything that a search found."""
    for dataset in found["results"]:
        if isinstance(dataset, dict) and "update_due" in dataset:
            judge_update(dataset)
    return found


def by_update(search_params: dict[str, Any]) -> dict[str, Any]:
    """A search that narrows by `update_status`, in the words of the index, which knows the day
    alone: so nothing has to be indexed anew because a day has passed."""
    asked = str(search_params.get("fq") or "")
    if "update_status:" not in asked:
        return search_params
    today = _today()
    spans = {
        Standing.OVERDUE.value: f"update_due:[* TO {today - timedelta(days=1)}]",
        Standing.CURRENT.value: f"update_due:[{today} TO *]",
    }
    return {**search_params, "fq": _BY_UPDATE.sub(lambda one: spans[one[1]], asked)}


def _today() -> date:
    return planning.day_of(clock.now())
