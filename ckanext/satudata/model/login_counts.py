"""How often somebody tried to log in: counted in PostgreSQL, so that every process sees it.

An attempt is counted before the password is looked at, and in a transaction of its own: of many
at once no more than the limit get to the password, and no rollback takes a count back.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base


class LoginCountRow(Base):
    """Attempts under one key since a moment; `locked_until`: none is looked at before then."""

    __tablename__ = "satudata_login_count"

    key: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    attempts: Mapped[int] = mapped_column(sa.Integer)
    since: Mapped[datetime] = mapped_column(sa.DateTime)
    locked_until: Mapped[datetime | None] = mapped_column(sa.DateTime)


@dataclass(frozen=True)
class Limit:
    """`attempts` within `window`; one more locks for `lock`."""

    attempts: int
    window: timedelta
    lock: timedelta


@dataclass(frozen=True)
class Counted:
    """What an attempt came to: the end of a lock if there is one, and whether it began now."""

    locked_until: datetime | None
    begins: bool


def count(key: str, limit: Limit, now: datetime) -> Counted:
    """Count one attempt.

    A lock is not prolonged by attempts during it.
    """
    row = LoginCountRow
    locked = row.locked_until > now
    afresh = sa.or_(row.locked_until <= now, row.since <= now - limit.window)
    over = row.attempts >= limit.attempts
    made = insert(row).values(key=key, attempts=1, since=now)
    counted = made.on_conflict_do_update(
        index_elements=[row.key],
        set_={
            "attempts": sa.case((locked, row.attempts + 1), (afresh, 1), else_=row.attempts + 1),
            "since": sa.case((locked, row.since), (afresh, now), else_=row.since),
            "locked_until": sa.case(
                (locked, row.locked_until),
                (afresh, sa.null()),
                (over, now + limit.lock),
                else_=sa.null(),
            ),
        },
    ).returning(row.locked_until, row.attempts)
    with _own_transaction() as connection:
        until, attempts = connection.execute(counted).one()
    return Counted(until, attempts == limit.attempts + 1)


def take_back(key: str) -> None:
    """Uncount an attempt that was right; a lock stays."""
    row = LoginCountRow
    less = sa.update(row).where(row.key == key, row.locked_until.is_(None), row.attempts > 0)
    with _own_transaction() as connection:
        connection.execute(less.values(attempts=row.attempts - 1))


def forget(key: str, *, locks_too: bool = False) -> bool:
    """Begin to count anew; whether there was anything. A lock stays unless it is lifted."""
    gone = sa.delete(LoginCountRow).where(LoginCountRow.key == key)
    if not locks_too:
        gone = gone.where(LoginCountRow.locked_until.is_(None))
    with _own_transaction() as connection:
        return connection.execute(gone).rowcount == 1


def sweep(before: datetime) -> None:
    """Forget what was counted before a moment and locks nothing then: names are typed at will."""
    row = LoginCountRow
    open_ended = sa.or_(row.locked_until.is_(None), row.locked_until < before)
    with _own_transaction() as connection:
        connection.execute(sa.delete(row).where(row.since < before, open_ended))


def locked_until(key: str, now: datetime) -> datetime | None:
    """The end of a lock; None where there is none."""
    query = sa.select(LoginCountRow.locked_until).where(
        LoginCountRow.key == key, LoginCountRow.locked_until > now
    )
    return model.Session.scalar(query)


def _own_transaction() -> AbstractContextManager[sa.Connection]:
    engine = model.meta.engine
    assert engine is not None  # noqa: S101 - CKAN has started
    return engine.begin()
