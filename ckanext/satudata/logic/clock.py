"""The one place that asks what time it is. Rooms and model get the time as an argument."""

from __future__ import annotations

from datetime import date, datetime, timezone

from ckanext.satudata import config


def now() -> datetime:
    """UTC, without zone, as the database keeps it."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def today() -> date:
    """The day at the office."""
    return datetime.now(config.display_zone()).date()


def day_of(moment: datetime) -> date:
    """The day at the office of a moment in UTC."""
    return moment.replace(tzinfo=timezone.utc).astimezone(config.display_zone()).date()
