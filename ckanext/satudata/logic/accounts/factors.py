"""Second factors: who must have one, setting it up, taking its codes."""

from __future__ import annotations

import logging

from ckan import model

from ckanext.satudata import config
from ckanext.satudata.accounts import sealing, second_factor
from ckanext.satudata.audit.kinds import RecordKind
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.accounts.telling import tell
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.logic.sop import sops
from ckanext.satudata.logic.transaction import committed
from ckanext.satudata.model import accounts, assignments
from ckanext.satudata.sop.approving import approvers

log = logging.getLogger(__name__)


def is_needed(user: model.User) -> bool:
    """Whether a person must have a second factor: by the option, and by what he holds today."""
    asked = config.second_factor()
    if asked != "approvers":
        return asked == "everyone"
    return assigning.is_head(user) or _approves(user)


def has_one(user_id: str) -> bool:
    """Whether a person has set one up."""
    row = accounts.account(user_id)
    return row is not None and row.sealed_secret is not None


def accept(user: model.User, typed: str) -> bool:
    """Take a code of the app or a recovery code, each once; committed where it is right."""
    with committed():
        return _takes_app_code(user, typed) or _takes_recovery_code(user, typed)


def set_up(user: model.User, secret: str, code: str) -> list[str]:
    """Keep a secret whose first code is right; the recovery codes, told this once.

    Raises Refused `code_wrong`, `factor_there`.
    """
    with committed():
        row = accounts.lock_account(user.id)
        if row.sealed_secret is not None:
            raise Refused("factor_there")
        step = second_factor.step_of(secret, code, clock.now(), 0)
        if step is None:
            raise Refused("code_wrong", field="code")
        row.sealed_secret = sealing.seal(secret, config.account_secret())
        row.last_step, row.generation = step, row.generation + 1
        codes = _new_codes(user.id)
        tell(RecordKind.SECOND_FACTOR_SET_UP, user.id, user.id)
    return codes


def new_recovery_codes(user: model.User) -> list[str]:
    """Ten new codes in the place of the old ones, told this once."""
    with committed():
        if not has_one(user.id):
            raise Refused("factor_missing", user=user.display_name)
        codes = _new_codes(user.id)
        tell(RecordKind.RECOVERY_CODES_MADE, user.id, user.id)
    return codes


def take_away(user_id: str) -> None:
    """Forget a second factor; sessions of the person end by it. The caller commits."""
    row = accounts.lock_account(user_id)
    row.sealed_secret, row.generation = None, row.generation + 1
    accounts.put_recovery_codes(user_id, ())


def _approves(user: model.User) -> bool:
    held = assignments.assignments_of(user.id, clock.today())
    return any(row.actor in _approvers(row.sop) for row in held)


def _approvers(subject: str) -> frozenset[str]:
    """Actors who approve by any known revision: cases may run on an older one."""
    return frozenset(actor for one in sops.revisions(subject) for actor in approvers(one.sop))


def _takes_app_code(user: model.User, typed: str) -> bool:
    row = accounts.account(user.id)
    if row is None or row.sealed_secret is None:
        return False
    secret = sealing.unseal(row.sealed_secret, config.account_secret())
    if secret is None:
        log.error("The second factor of user %s was sealed with another secret", user.id)
        return False
    step = second_factor.step_of(secret, typed, clock.now(), row.last_step)
    return step is not None and accounts.take_step(user.id, step)


def _takes_recovery_code(user: model.User, typed: str) -> bool:
    code = second_factor.as_recovery_code(typed)
    if code is None or not accounts.use_recovery_code(user.id, _digest(user.id, code), clock.now()):
        return False
    tell(RecordKind.RECOVERY_CODE_USED, user.id, user.id)
    return True


def _new_codes(user_id: str) -> list[str]:
    codes = second_factor.recovery_codes()
    accounts.put_recovery_codes(user_id, [_digest(user_id, one) for one in codes])
    return codes


def _digest(user_id: str, code: str) -> str:
    return sealing.digest(("recovery", user_id, code), config.account_secret())
