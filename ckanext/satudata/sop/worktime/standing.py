"""How a clock stands at a moment: in time, near, overdue, or not judged at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Standing(str, Enum):
    """How a clock stands; the value is that of the API."""

    RUNNING = "running"
    NEAR = "near"
    OVERDUE = "overdue"
    STOPPED = "stopped"
    EFFORT = "effort"
    PUBLISHED = "published"
    NO_TIME = "no_time"
    IN_TIME = "in_time"
    LATE = "late"
    CLOSED = "closed"


JUDGED = (Standing.OVERDUE, Standing.NEAR, Standing.RUNNING)
"""How a clock stands of which somebody is told, the most pressing first."""


@dataclass(frozen=True)
class Times:
    """What is known of a clock, in UTC: the plain part of a stored one.

    `reminds`: it is judged; `effort`, `published`: why not. `late`: of a closed one, None where it
    was not judged.
    """

    opened_at: datetime
    due_at: datetime | None = None
    near_at: datetime | None = None
    stopped_at: datetime | None = None
    closed_at: datetime | None = None
    reminds: bool = False
    effort: bool = False
    published: bool = False
    late: bool | None = None


def standing_of(times: Times, now: datetime) -> Standing:
    """How a clock stands at `now` (UTC). What was overdue before it stopped stays overdue."""
    if times.closed_at is not None:
        return {None: Standing.CLOSED, True: Standing.LATE, False: Standing.IN_TIME}[times.late]
    if times.reminds and times.due_at is not None and times.due_at < now:
        return Standing.OVERDUE
    if times.stopped_at is not None:
        return Standing.STOPPED
    if times.effort or times.published:
        return Standing.EFFORT if times.effort else Standing.PUBLISHED
    if times.due_at is None or not times.reminds:
        return Standing.NO_TIME
    near = times.near_at is not None and times.near_at <= now
    return Standing.NEAR if near else Standing.RUNNING
