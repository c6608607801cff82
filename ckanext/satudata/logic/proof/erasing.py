"""A name erased wherever the portal wrote it down itself, as UU 27/2022 asks.

Names of people without an account: those on papers and approvals, and those of links. An account is
CKAN's own; events name it by its id alone.
"""

from __future__ import annotations

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import JSONB

from ckanext.satudata.audit.kinds import PORTAL, RecordKind
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.model import persons
from ckanext.satudata.model.records import record
from ckanext.satudata.model.tables import DeliveryRow, LinkRow


def erase(name: str, reason: str, by: str) -> int:
    """Blank a name everywhere; how many places. In the caller's commit.

    Raises Refused `person_unknown` where it stands nowhere.
    """
    at = clock.now()
    references = persons.erase(name, at)
    places = len(references) + _links(name) + _deliveries(name)
    if not places:
        raise Refused("person_unknown", field="name", name=name)
    body = {"references": references, "places": places, "reason": reason}
    record(PORTAL, RecordKind.PERSON_ERASED, by, at, body)
    return places


def _links(name: str) -> int:
    return _changed(sa.update(LinkRow).where(LinkRow.name == name).values(name=""))


def _deliveries(name: str) -> int:
    """An approval that was handed over to another SOP bears the name of who gave it."""
    approval = DeliveryRow.approval
    blank = sa.func.jsonb_set(approval, ["name"], sa.cast('""', JSONB(astext_type=sa.Text())))
    update = sa.update(DeliveryRow).where(approval["name"].astext == name)
    return _changed(update.values(approval=blank))


def _changed(update: sa.Update) -> int:
    done = model.Session.execute(update.execution_options(synchronize_session="fetch"))
    return done.rowcount  # type: ignore[attr-defined]
