"""What names the person of an account in CKAN's tables and ours, apart from the account's id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.model.user import user_table

from ckanext.satudata.model import notices
from ckanext.satudata.model.accounts import AccountRow, RecoveryCodeRow

# A list of what somebody did keeps his name as it was then, and of his own account all of it.
_ACTIVITIES = (
    sa.text("""
        UPDATE activity SET data = '{}'
        WHERE object_id = :user_id OR (user_id = :user_id AND activity_type LIKE '%user%')
    """),
    sa.text("""
        UPDATE activity SET data = (CAST(data AS jsonb) || '{"actor": null}')::text
        WHERE CAST(nullif(data, '') AS jsonb) ->> 'actor' = ANY(:names)
    """),
)

_MEMBERS = sa.text("UPDATE member SET state = 'deleted' WHERE table_id = :user_id")
_COLLABORATORS = sa.text("DELETE FROM package_member WHERE user_id = :user_id")


def empty_activities(user_id: str, names: Iterable[str]) -> None:
    """Take the person out of the activity stream; that somebody did something then stays there."""
    values = {"user_id": user_id, "names": list(names)}
    for statement in _ACTIVITIES:
        bound = {name: values[name] for name in statement.compile().params}
        model.Session.execute(statement, bound)


def remove(user_id: str) -> None:
    """Tokens, second factor and its codes, memberships, what he was told: what only a person has a
    use for."""
    notices.forget(user_id)
    for row, column in (
        (model.ApiToken, model.ApiToken.user_id),
        (RecoveryCodeRow, RecoveryCodeRow.user_id),
        (AccountRow, AccountRow.user_id),
    ):
        model.Session.execute(sa.delete(row).where(column == user_id))
    model.Session.execute(_MEMBERS, {"user_id": user_id})
    model.Session.execute(_COLLABORATORS, {"user_id": user_id})


def write_row(user_id: str, values: Mapping[str, Any]) -> None:
    """Write the row of an account as it is, past what CKAN makes of an empty password."""
    change = sa.update(user_table).where(user_table.c.id == user_id)
    model.Session.execute(change.values(**values))
