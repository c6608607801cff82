"""Duties that the portal does by itself: when each is due, who does it now, how it ended.

Times are the database's, in UTC. A row is there from the first time that somebody looks for due
duties; it is due at once then, as after a stopped machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base


class DutyRow(Base):
    """One duty. `began_at`, `ended_at`: the last run, and the last that came to its end.

    `done`: how many pieces of work that one did. `error`: why the last run failed; None where it
    did not. `failures`: how often in a row.
    """

    __tablename__ = "satudata_duty"

    name: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    next_at: Mapped[datetime] = mapped_column(sa.DateTime)
    began_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    ended_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    leased_until: Mapped[datetime | None] = mapped_column(sa.DateTime)
    leased_by: Mapped[str | None] = mapped_column(sa.Text)
    done: Mapped[int | None] = mapped_column(sa.Integer)
    error: Mapped[str | None] = mapped_column(sa.Text)
    failures: Mapped[int] = mapped_column(sa.Integer, default=0)


@dataclass(frozen=True)
class Begun:
    """A duty that is ours for a while, since `at` (UTC by the database); `failures` before."""

    name: str
    at: datetime
    failures: int


_PLAN = sa.text("""
    INSERT INTO satudata_duty (name, next_at) SELECT name, satudata_now()
    FROM unnest(CAST(:names AS text[])) AS name ON CONFLICT DO NOTHING
""")

# A last run in the future was begun by a clock that has been set back since: its next time is
# worth as little.
_IS_DUE = "(next_at <= satudata_now() OR began_at > satudata_now())"
_IS_FREE = "(leased_until IS NULL OR leased_until < satudata_now())"

_BEGIN = f"""
    UPDATE satudata_duty SET began_at = satudata_now(), leased_by = :who,
        leased_until = satudata_now() + make_interval(secs => :seconds)
    WHERE name = (SELECT name FROM satudata_duty
                  WHERE name = ANY(:names) AND {_IS_FREE} AND ({_IS_DUE} OR :anyhow)
                  ORDER BY next_at, name LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING name, began_at, failures
"""  # noqa: S608

_RENEW = sa.text("""
    UPDATE satudata_duty SET leased_until = satudata_now() + make_interval(secs => :seconds)
    WHERE name = :name AND leased_by = :who AND leased_until >= satudata_now()
""")

_DONE = sa.text("""
    UPDATE satudata_duty SET ended_at = satudata_now(), next_at = :next_at, done = :done,
        error = NULL, failures = 0, leased_by = NULL, leased_until = NULL
    WHERE name = :name AND leased_by = :who
""")

_FAILED = sa.text("""
    UPDATE satudata_duty SET error = :error, failures = failures + 1,
        next_at = satudata_now() + make_interval(secs => :seconds),
        leased_by = NULL, leased_until = NULL
    WHERE name = :name AND leased_by = :who
""")

_HAND_BACK = sa.text("""
    UPDATE satudata_duty SET leased_by = NULL, leased_until = NULL
    WHERE name = :name AND leased_by = :who
""")

_RELEASE = sa.text("""
    UPDATE satudata_duty SET leased_by = NULL, leased_until = NULL
    WHERE name = :name AND leased_until < satudata_now()
""")

_LEFT = sa.text("""
    SELECT name, leased_by FROM satudata_duty
    WHERE leased_until < satudata_now() ORDER BY name
""")

_LATE = sa.text("""
    SELECT name FROM satudata_duty
    WHERE next_at < satudata_now() - make_interval(secs => :seconds)
      AND (leased_until IS NULL OR leased_until < satudata_now())
    ORDER BY name
""")


def plan(names: Iterable[str]) -> None:
    """Make the row of each duty that has none. The caller commits."""
    model.Session.execute(_PLAN, {"names": list(names)})


def begin(who: str, names: Iterable[str], seconds: int, *, anyhow: bool = False) -> Begun | None:
    """Take the one of these duties that has been due for longest; None where none is.

    `anyhow`: also one that is not due. What somebody else does now is left to him. The caller
    commits.
    """
    values = {"who": who, "names": list(names), "seconds": seconds, "anyhow": anyhow}
    row = model.Session.execute(sa.text(_BEGIN), values).first()
    return Begun(*row) if row is not None else None


def renew(who: str, name: str, seconds: int) -> bool:
    """Hold a duty for longer; False where it is somebody else's by now. The caller commits."""
    values = {"who": who, "name": name, "seconds": seconds}
    return _rows(model.Session.execute(_RENEW, values)) == 1


def done(who: str, name: str, count: int, next_at: datetime) -> None:
    """A run came to its end. The caller commits."""
    values = {"who": who, "name": name, "done": count, "next_at": next_at}
    model.Session.execute(_DONE, values)


def failed(who: str, name: str, error: str, seconds: float) -> None:
    """A run failed, and is tried again after so many seconds. The caller commits."""
    values = {"who": who, "name": name, "error": error, "seconds": seconds}
    model.Session.execute(_FAILED, values)


def hand_back(who: str, name: str) -> None:
    """Leave a duty before its end, to be begun again by the next. The caller commits."""
    model.Session.execute(_HAND_BACK, {"who": who, "name": name})


def release(name: str) -> None:
    """Take a duty from somebody whose lease is over. The caller commits."""
    model.Session.execute(_RELEASE, {"name": name})


def left_leases() -> list[tuple[str, str]]:
    """Duties whose lease is over and that were not ended: name, who began."""
    found = model.Session.execute(_LEFT)
    return [(name, who) for name, who in found]


def late(seconds: int) -> list[str]:
    """Duties that were due so many seconds ago and that nobody does."""
    return list(model.Session.scalars(_LATE, {"seconds": seconds}))


def rows() -> Sequence[DutyRow]:
    """Every duty as it stands."""
    query = sa.select(DutyRow).order_by(DutyRow.name)
    return model.Session.scalars(query.execution_options(populate_existing=True)).all()


def _rows(result: object) -> int:
    return result.rowcount  # type: ignore[attr-defined]
