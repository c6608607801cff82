"""A name erased wherever the portal wrote it down itself, as UU 27/2022 asks.

Names of people without an account: those on papers and approvals, and those of links. Of somebody
with an account the account too (`erasing_account`), which events name by its id alone.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import JSONB

from ckanext.satudata.audit.kinds import PORTAL, RecordKind
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.proof import erasing_account
from ckanext.satudata.model import notices, persons
from ckanext.satudata.model.records import record
from ckanext.satudata.model.tables import DeliveryRow, LinkRow


def erase(name: str, reason: str, by: str) -> int:
    """Blank a name everywhere; how many places. In the caller's commit.

    Raises Refused `person_unknown` where it stands nowhere.
    """
    references, places = _blank([name])
    if not places:
        raise Refused("person_unknown", field="name", name=name)
    body = {"references": references, "places": places, "reason": reason}
    record(PORTAL, RecordKind.PERSON_ERASED, by, clock.now(), body)
    return places


def erase_account(reference: str, reason: str, by: str) -> int:
    """Empty an account and blank the names that its person had; how many places. In the caller's
    commit.

    Raises Refused `user_unknown`, `erase_self`, `erase_in_office`.
    """
    user = model.User.get(reference)
    if user is None:
        raise Refused("user_unknown", field="user", user=reference)
    references, places = _blank(erasing_account.erase(user, by))
    body = {"account": user.id, "references": references, "places": places + 1, "reason": reason}
    record(PORTAL, RecordKind.PERSON_ERASED, by, clock.now(), body)
    return places + 1


def _blank(names: Iterable[str]) -> tuple[list[str], int]:
    """Blank each of these names wherever it was written; references of events, and all places."""
    references: list[str] = []
    places = 0
    for name in names:
        found = persons.erase(name, clock.now())
        references += found
        places += len(found) + _links(name) + _deliveries(name)
    return sorted(references), places


def _links(name: str) -> int:
    """The name and address of a link; a letter that did not go keeps nothing that opens it."""
    named = LinkRow.name == name
    notices.forget_secrets(sa.select(LinkRow.id).where(named))
    return _changed(sa.update(LinkRow).where(named).values(name="", email=None))


def _deliveries(name: str) -> int:
    """An approval that was handed over to another SOP bears the name of who gave it."""
    approval = DeliveryRow.approval
    blank = sa.func.jsonb_set(approval, ["name"], sa.cast('""', JSONB(astext_type=sa.Text())))
    update = sa.update(DeliveryRow).where(approval["name"].astext == name)
    return _changed(update.values(approval=blank))


def _changed(update: sa.Update) -> int:
    done = model.Session.execute(update.execution_options(synchronize_session="fetch"))
    return done.rowcount  # type: ignore[attr-defined]
