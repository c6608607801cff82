"""Which state a dataset may be given before a case has it: core takes any word from an editor."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.wording import sentence

NEW = ("draft", model.State.ACTIVE)
KNOWN = (*NEW, model.State.DELETED)


def errors_of(
    package: model.Package | None, data: dict[str, Any], user: model.User | None
) -> dict[str, list[str]]:
    """Errors by field of the state that `user` asks for; `package` None: it is being made."""
    refused = _refusal(package, data.get("state"), user)
    return {"state": [sentence(refused)]} if refused is not None else {}


def _refusal(package: model.Package | None, asked: Any, user: model.User | None) -> Refused | None:
    now = package.state if package is not None else None
    allowed = NEW if package is None else KNOWN
    if asked is None or asked == now:
        return None
    if asked not in allowed:
        return Refused("state_unknown", state=str(asked)[:20], states=", ".join(allowed))
    if now == model.State.DELETED and not (user is not None and user.sysadmin):
        return Refused("state_deleted")
    return None
