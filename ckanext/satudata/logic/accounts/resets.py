"""A lost second factor is reset by two persons: one asks, another confirms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ckan import model

from ckanext.satudata.audit.kinds import RecordKind
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.accounts import factors
from ckanext.satudata.logic.accounts.telling import tell
from ckanext.satudata.model import accounts
from ckanext.satudata.model.accounts import FactorResetRow

OPEN_FOR = timedelta(days=7)


def ask(asker: model.User, user: model.User, reason: str) -> FactorResetRow:
    """Ask for a reset; the caller commits.

    Raises Refused `reset_own`, `factor_missing`, `reset_waits`.
    """
    if asker.id == user.id:
        raise Refused("reset_own", field="account")
    if not factors.has_one(user.id):
        raise Refused("factor_missing", field="account", user=user.display_name)
    accounts.lock_account(user.id)
    waiting = accounts.open_reset(user.id)
    if waiting is not None:
        if waiting.asked_at > _since():
            raise Refused("reset_waits", field="account", user=user.display_name)
        model.Session.delete(waiting)
        model.Session.flush()
    row = FactorResetRow(user_id=user.id, reason=reason, asked_by=asker.id, asked_at=clock.now())
    model.Session.add(row)
    model.Session.flush()
    tell(RecordKind.SECOND_FACTOR_RESET_ASKED, user.id, asker.id, reset=row.id, reason=reason)
    return row


def confirm(confirmer: model.User, reset_id: str) -> FactorResetRow:
    """Confirm what another asked for: the factor is gone; the caller commits.

    Raises Refused `reset_over`, `reset_own`, `reset_same_person`.
    """
    row = accounts.lock_reset(reset_id)
    if row is None or row.confirmed_at is not None or row.asked_at <= _since():
        raise Refused("reset_over")
    if confirmer.id == row.user_id:
        raise Refused("reset_own")
    if confirmer.id == row.asked_by:
        raise Refused("reset_same_person")
    row.confirmed_by, row.confirmed_at = confirmer.id, clock.now()
    model.Session.add(row)
    factors.take_away(row.user_id)
    tell(
        RecordKind.SECOND_FACTOR_RESET,
        row.user_id,
        confirmer.id,
        reset=row.id,
        asked_by=row.asked_by,
    )
    return row


def waiting() -> Sequence[FactorResetRow]:
    """What waits for a second person, the oldest first."""
    return accounts.open_resets(_since())


def _since() -> datetime:
    return clock.now() - OPEN_FOR
