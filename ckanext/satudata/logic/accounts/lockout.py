"""After too many attempts nobody gets in for a while, whatever the password.

Counted for the account, whether there is such a one or not, and weaker for the address, because a
whole office may stand behind one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata import config
from ckanext.satudata.accounts import sealing
from ckanext.satudata.audit.kinds import RecordKind
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.accounts.telling import tell
from ckanext.satudata.logic.transaction import committed
from ckanext.satudata.model import login_counts
from ckanext.satudata.model.login_counts import Limit

MOST_RESETS = 20
"""New passwords that may be asked for from one address within the window; a whole office may stand
behind one, but few of it forget theirs at once."""


def attempt(login: str, user: model.User | None) -> None:
    """Count an attempt to log in. Raises Refused `login_locked` where it is one too many."""
    now, limits = clock.now(), config.login_limits()
    address = login_counts.count(_key("address", client_address()), _limit(limits.address), now)
    key = _key_of(login, user)
    account = login_counts.count(key, _limit(limits.account), now)
    if user is not None and account.locked_until is not None and account.begins:
        with committed():
            tell(RecordKind.ACCOUNT_LOCKED, user.id, until=account.locked_until.isoformat())
    ends = [one.locked_until for one in (account, address) if one.locked_until is not None]
    if ends:
        raise Refused("login_locked", minutes=_minutes(max(ends) - now))


def count_reset() -> None:
    """Count that a new password was asked for, by where it comes from, for whom it may be.

    Raises Refused `reset_often` where it is one too many.
    """
    now, limits = clock.now(), config.login_limits()
    limit = Limit(MOST_RESETS, limits.window, limits.lock)
    counted = login_counts.count(_key("reset", client_address()), limit, now)
    if counted.locked_until is not None:
        raise Refused("reset_often", minutes=_minutes(counted.locked_until - now))


def succeeded(user: model.User) -> None:
    """Count anew for an account whose person has come all the way in."""
    login_counts.forget(_key_of("", user))
    login_counts.take_back(_key("address", client_address()))
    limits = config.login_limits()
    login_counts.sweep(clock.now() - limits.window - limits.lock)


def lift(user: model.User) -> bool:
    """End a lock; whether there was one, or attempts that were counted."""
    return login_counts.forget(_key_of("", user), locks_too=True)


def locked_until(user: model.User) -> datetime | None:
    """The end of an account's lock; None where it has none."""
    return login_counts.locked_until(_key_of("", user), clock.now())


def client_address() -> str:
    """Where a request comes from. Of what a proxy of ours tells, only what it saw itself."""
    near = tk.request.remote_addr or ""
    if near not in config.trusted_proxies():
        return near
    told = tk.request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told or near


def _limit(attempts: int) -> Limit:
    limits = config.login_limits()
    return Limit(attempts, limits.window, limits.lock)


def _key_of(login: str, user: model.User | None) -> str:
    """Name and e-mail of one account are counted together; what is no account, by what was typed.

    Only digests are kept: people type their password where the name belongs.
    """
    return _key("user", user.id) if user is not None else _key("login", login.strip().casefold())


def _key(kind: str, value: str) -> str:
    return sealing.digest((kind, value), config.account_secret())


def _minutes(left: timedelta) -> int:
    return max(1, -int(-left.total_seconds() // 60))
