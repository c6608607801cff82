"""Which reminders of a clock are due now: a function of clock, calendar, what was sent, and now.

Nobody is reminded outside office hours: what falls into a night or on a holiday is due when the
office opens. After a machine that stood still, nobody gets what a later reminder to him has
overtaken.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from ckanext.satudata.sop.notices import Audience, Told


class Calendar(Protocol):
    """Working time of an agency; moments are UTC without a zone."""

    def is_open(self, at: datetime) -> bool:
        """Whether the office works at that moment."""
        ...

    def shifted(self, at: datetime, days: int) -> datetime:
        """The same time of day so many working days later."""
        ...


@dataclass(frozen=True)
class Clock:
    """A clock as reminders see it: from when it is near, when it is due (None: never), whether it
    runs.

    `effort`: a norm under an hour, which is shown and never asked for. Moments are UTC without a
    zone. A clock that was stopped and goes on has another `due_at`.
    """

    opened_at: datetime
    due_at: datetime | None
    near_at: datetime | None = None
    runs: bool = True
    effort: bool = False


class Stage(str, Enum):
    """A reminder; the value is stored."""

    BEFORE = "before"
    AT = "at"
    AFTER = "after"
    SUPERIOR = "superior"
    SUPERIOR_AGAIN = "superior_again"


@dataclass(frozen=True)
class Reminder:
    """One row: so many working days after the due time (None: when it is near), who is told."""

    stage: Stage
    days: int | None
    audience: Audience
    told: Told


REMINDERS: tuple[Reminder, ...] = (
    Reminder(Stage.BEFORE, None, Audience.HOLDERS, Told.DUE_SOON),
    Reminder(Stage.AT, 0, Audience.HOLDERS, Told.DUE),
    Reminder(Stage.AFTER, 1, Audience.HOLDERS, Told.OVERDUE),
    Reminder(Stage.SUPERIOR, 2, Audience.SUPERIORS, Told.ESCALATED),
    Reminder(Stage.SUPERIOR_AGAIN, 7, Audience.SUPERIORS, Told.ESCALATED),
)
"""The table, for each audience in the order of its days."""


def due(
    clock: Clock, calendar: Calendar, sent: Collection[Stage], now: datetime
) -> tuple[Reminder, ...]:
    """The reminders of a clock that are to be sent now, in the order of the table.

    `sent`: those that went out for this due time.
    """
    if not _counts(clock) or not calendar.is_open(now):
        return ()
    come = [one for one in REMINDERS if _has_come(one, clock, calendar, now)]
    last = {one.audience: one for one in come}
    return tuple(one for one in come if last[one.audience] is one and one.stage not in sent)


def next_moment(clock: Clock, calendar: Calendar, now: datetime) -> datetime | None:
    """When the next reminder of a running clock comes up at the earliest; None after the last.

    The moment itself may lie outside office hours; it is due when they begin.
    """
    if not _counts(clock):
        return None
    moments = (_moment(one, clock, calendar) for one in REMINDERS)
    return min((one for one in moments if one is not None and one > now), default=None)


def _counts(clock: Clock) -> bool:
    return clock.due_at is not None and clock.runs and not clock.effort


def _has_come(reminder: Reminder, clock: Clock, calendar: Calendar, now: datetime) -> bool:
    moment = _moment(reminder, clock, calendar)
    return moment is not None and moment <= now


def _moment(reminder: Reminder, clock: Clock, calendar: Calendar) -> datetime | None:
    """When a reminder comes up; None where it never does: what is near from its beginning says no
    more than that it has begun."""
    if reminder.days is None:
        near = clock.near_at
        return near if near is not None and near > clock.opened_at else None
    if clock.due_at is None or reminder.days == 0:
        return clock.due_at
    return calendar.shifted(clock.due_at, reminder.days)
