"""What the portal knows of an account beside CKAN: its second factor, and what it must change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base, new_id


class AccountRow(Base):
    """One account. `generation` counts changes of its second factor."""

    __tablename__ = "satudata_account"

    user_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    must_change: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    sealed_secret: Mapped[str | None] = mapped_column(sa.Text)
    last_step: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    generation: Mapped[int] = mapped_column(sa.Integer, default=0)


class RecoveryCodeRow(Base):
    """A recovery code, of which only the digest is kept."""

    __tablename__ = "satudata_recovery_code"

    user_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    digest: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


class FactorResetRow(Base):
    """A lost second factor: one person asks for its reset, another confirms."""

    __tablename__ = "satudata_factor_reset"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.Text)
    asked_by: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime] = mapped_column(sa.DateTime)
    confirmed_by: Mapped[str | None] = mapped_column(sa.Text)
    confirmed_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


def account(user_id: str) -> AccountRow | None:
    """What is known of an account; None where nothing is."""
    return model.Session.get(AccountRow, user_id)


def lock_account(user_id: str) -> AccountRow:
    """The row of an account, made where there was none, locked and read anew."""
    _execute(insert(AccountRow).values(user_id=user_id).on_conflict_do_nothing())
    query = sa.select(AccountRow).where(AccountRow.user_id == user_id).with_for_update()
    return model.Session.scalars(query.execution_options(populate_existing=True)).one()


def take_step(user_id: str, step: int) -> bool:
    """Note the time step of a code; False where this one or a later one was taken already."""
    return _changed(
        sa.update(AccountRow)
        .where(AccountRow.user_id == user_id, AccountRow.last_step < step)
        .values(last_step=step)
    )


def put_recovery_codes(user_id: str, digests: Iterable[str]) -> None:
    """New codes in the place of all former ones."""
    _execute(sa.delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id))
    rows = [{"user_id": user_id, "digest": one} for one in digests]
    if rows:
        _execute(sa.insert(RecoveryCodeRow).values(rows))


def use_recovery_code(user_id: str, digest: str, now: datetime) -> bool:
    """Use a code up; False for one that is not there or was used."""
    return _changed(
        sa.update(RecoveryCodeRow)
        .where(
            RecoveryCodeRow.user_id == user_id,
            RecoveryCodeRow.digest == digest,
            RecoveryCodeRow.used_at.is_(None),
        )
        .values(used_at=now)
    )


def recovery_codes_left(user_id: str) -> int:
    """How many codes were not used yet."""
    query = sa.select(sa.func.count()).where(
        RecoveryCodeRow.user_id == user_id, RecoveryCodeRow.used_at.is_(None)
    )
    return model.Session.scalar(query) or 0


def open_reset(user_id: str) -> FactorResetRow | None:
    """The reset of a person's factor that waits for a second one, locked."""
    query = sa.select(FactorResetRow).where(
        FactorResetRow.user_id == user_id, FactorResetRow.confirmed_at.is_(None)
    )
    return model.Session.scalar(query.with_for_update())


def lock_reset(reset_id: str) -> FactorResetRow | None:
    """One reset, locked and read anew."""
    query = sa.select(FactorResetRow).where(FactorResetRow.id == reset_id).with_for_update()
    return model.Session.scalar(query.execution_options(populate_existing=True))


def open_resets(since: datetime) -> Sequence[FactorResetRow]:
    """Resets asked for since then that wait for a second person, the oldest first."""
    query = sa.select(FactorResetRow).where(
        FactorResetRow.confirmed_at.is_(None), FactorResetRow.asked_at > since
    )
    return model.Session.scalars(query.order_by(FactorResetRow.asked_at)).all()


def _changed(statement: Any) -> bool:
    return _execute(statement).rowcount == 1


def _execute(statement: Any) -> Any:
    return model.Session.execute(statement)
