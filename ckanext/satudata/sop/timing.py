"""When a release may be shown: a minute of the agency's own clock, and not before an embargo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from ckanext.satudata.errors import Refused
from ckanext.satudata.sop.acts import Attempt
from ckanext.satudata.sop.definition import Efek
from ckanext.satudata.sop.moves import Move

FARTHEST = timedelta(days=366)
"""How far ahead a release may be set: longer plans stand in the release schedule."""

_MINUTE = len("2026-12-01T08:00")


def minute_of(text: str, zone: ZoneInfo, now: datetime, field: str) -> datetime:
    """A time on the clock of `zone`, `2026-12-01T08:00`, in UTC without zone; `now` likewise.

    Raises Refused `time_invalid`, `time_not_to_the_minute`, `time_past`, `time_too_far`.
    """
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused("time_invalid", field=field) from error
    if local.tzinfo is not None or len(text.strip()) < _MINUTE:
        raise Refused("time_invalid", field=field)
    if local.second or local.microsecond:
        raise Refused("time_not_to_the_minute", field=field)
    # Compared on the local clock: at the ends of the calendar there is no UTC for it.
    here = now.replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None)
    if local <= here:
        raise Refused("time_past", field=field)
    if local > here + FARTHEST:
        raise Refused("time_too_far", field=field)
    return local.replace(tzinfo=zone).astimezone(timezone.utc).replace(tzinfo=None)


def showing_times(
    attempt: Attempt, effects: Iterable[tuple[Move, tuple[str, ...]]]
) -> Mapping[str, datetime]:
    """Dataset id -> when it is shown, for those that an act publishes, but not at once.

    An embargo that still lasts sets the time where the act names none. Raises Refused
    `nothing_to_time`, `under_embargo`.
    """
    shown = [i for move, items in effects if Efek.TERBITKAN in move.effects for i in items]
    if attempt.publish_at is not None and not shown:
        raise Refused("nothing_to_time", field="publish_at")
    return {item: at for item in shown if (at := _time_of(attempt, item)) is not None}


def _time_of(attempt: Attempt, item: str) -> datetime | None:
    held = attempt.embargoes.get(item)
    until = held if held is not None and held > attempt.at else None
    asked = attempt.publish_at
    if asked is not None and until is not None and asked < until:
        raise Refused("under_embargo", field="publish_at", until=until)
    return asked or until
