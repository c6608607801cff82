"""Template helpers, all with the prefix `satudata_`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ckanext.satudata.logic import wording
from ckanext.satudata.sop.statuses import STATUS_TEXTS, Status, StatusText


def satudata_datetime(moment: str | datetime) -> str:
    """A UTC time as the office reads it, with day, hour and zone."""
    return wording.render_datetime(_moment(moment))


def satudata_date(moment: str | datetime) -> str:
    """A UTC time as a day at the office."""
    return wording.render_date(_moment(moment))


def satudata_status(value: str) -> StatusText | None:
    """How a validation status is drawn; None for a value that is no status."""
    try:
        return STATUS_TEXTS[Status(value)]
    except ValueError:
        return None


def _moment(moment: str | datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return datetime.fromisoformat(moment.removesuffix("Z"))


def get_helpers() -> dict[str, Any]:
    """Every helper of ours by name."""
    return {name: value for name, value in globals().items() if name.startswith("satudata_")}
