"""Events of accounts, in the stream of the portal. People stand in them by id."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.audit.kinds import PORTAL, RecordKind
from ckanext.satudata.logic import clock
from ckanext.satudata.model.records import record


def tell(kind: RecordKind, user_id: str, actor_id: str = "", **facts: Any) -> None:
    """One more event about an account, in the caller's commit; no actor: the portal itself."""
    record(PORTAL, kind, actor_id, clock.now(), {"user": user_id, **facts})
