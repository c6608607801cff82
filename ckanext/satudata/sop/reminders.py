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
        """The same time of day so many working days later, or earlier where `days` is negative."""
        ...


@dataclass(frozen=True)
class Clock:
    """A clock as reminders see it: when it began, when it is due (None: never), whether it runs.

    `effort`: a norm under an hour, which is shown and never asked for. Moments are UTC without a
    zone. A clock that was stopped and goes on has another `due_at`.
    """

    opened_at: datetime
    due_at: datetime | None
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
    """One row: `days` working days after the due time (before it, where negative), who is told."""

    stage: Stage
    days: int
    audience: Audience
    told: Told


REMINDERS: tuple[Reminder, ...] = (
    Reminder(Stage.BEFORE, -1, Audience.HOLDERS, Told.DUE_SOON),
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
    if clock.due_at is None or clock.effort or not clock.runs or not calendar.is_open(now):
        return ()
    come = [one for one in REMINDERS if _moment(one, clock, calendar) <= now]
    last = {one.audience: one for one in come}
    return tuple(
        one
        for one in come
        if last[one.audience] is one
        and one.stage not in sent
        and _is_worth_it(one, clock, calendar)
    )


def next_moment(clock: Clock, calendar: Calendar, now: datetime) -> datetime | None:
    """When the next reminder of a running clock comes up at the earliest; None after the last.

    The moment itself may lie outside office hours; it is due when they begin.
    """
    if clock.due_at is None or clock.effort or not clock.runs:
        return None
    moments = (_moment(one, clock, calendar) for one in REMINDERS)
    return min((moment for moment in moments if moment > now), default=None)


def _moment(reminder: Reminder, clock: Clock, calendar: Calendar) -> datetime:
    if clock.due_at is None:
        raise ValueError("a clock that is never due")
    if reminder.days == 0:
        return clock.due_at
    return calendar.shifted(clock.due_at, reminder.days)


def _is_worth_it(reminder: Reminder, clock: Clock, calendar: Calendar) -> bool:
    """What would come up before the work began says no more than that it has begun."""
    return reminder.days >= 0 or _moment(reminder, clock, calendar) > clock.opened_at
