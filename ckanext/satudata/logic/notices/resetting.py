"""A new password for somebody who is not in: noted by the page, written by the dispatcher.

So the answer, and how long it takes, is the same whether there is such an account or not, and
whether mail goes or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from ckan import model
from ckan.lib import mailer, signals
from ckan.plugins import INotifier, PluginImplementations
from sqlalchemy.exc import InterfaceError, OperationalError

from ckanext.satudata import config
from ckanext.satudata.accounts import sealing
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.accounts import lockout
from ckanext.satudata.logic.notices import channels
from ckanext.satudata.logic.outbox.failures import Failures
from ckanext.satudata.model import notices, outbox
from ckanext.satudata.model.notices import MAIL, Notice
from ckanext.satudata.model.tables import new_id

TOPIC = "request_password_reset"
"""What CKAN calls it when it tells its plugins."""

WINDOW = timedelta(minutes=15)
"""So long one letter is enough for an account, and its link stays good whoever asks again."""

LONGEST = 254
"""Characters that a name or an address has at most; what is longer is nobody's."""


def ask(typed: str) -> None:
    """Note that whoever is meant wants a new password, and commit; everything else comes later.

    What was typed is sealed: people type their password where the name belongs. Raises Refused
    `reset_often` where too many were asked for from one address.
    """
    lockout.count_reset()
    outbox.note(outbox.RESET, sealing.seal(typed[:LONGEST], config.account_secret()))
    model.Session.commit()


def asked(keys: Sequence[str]) -> Failures:
    """Tell those who are meant by what was typed, as core's page would have told them."""
    failures: dict[str, Exception] = {}
    for key in keys:
        try:
            for user in _meant(sealing.unseal(key, config.account_secret()) or ""):
                _tell(user)
        except (InterfaceError, OperationalError):
            raise
        # A site's own messenger may raise anything; of its words nothing is kept, for they may
        # hold what was typed.
        except Exception as error:  # noqa: BLE001
            model.Session.rollback()
            failures[key] = RuntimeError(type(error).__name__)
    return failures


def _meant(typed: str) -> Sequence[model.User]:
    """The accounts of an e-mail address, or the one of a name or an id; mostly none."""
    user = model.User
    here = user.state != model.State.DELETED
    if "@" in typed:
        query = sa.select(user).where(here, sa.func.lower(user.email) == typed.lower())
    else:
        query = sa.select(user).where(here, sa.or_(user.name == typed, user.id == typed))
    return model.Session.scalars(query.order_by(user.name)).all() if typed else ()


def _tell(user: model.User) -> None:
    told = False
    for plugin in PluginImplementations(INotifier):
        told = plugin.notify_about_topic(told, TOPIC, {"user": user})
    signals.request_password_reset.send(user.name, user=user)


def note(user: model.User) -> None:
    """Have the letter sent, and commit. One within the window, or on its way still, is enough."""
    now = clock.now()
    _lock(user.id)
    if not notices.has_reset(user.id, now - WINDOW):
        notices.forget_resets(user.id)
        user.reset_key = mailer.make_key()
        model.Session.add(user)
        letter = Notice(f"reset:{new_id()}", "reset", user.id, now, MAIL)
        notices.write([letter], channels.host())
    model.Session.commit()


def _lock(user_id: str) -> None:
    """Of two who ask for one account at once, the second finds the letter of the first."""
    model.Session.execute(
        sa.select(model.User.id).where(model.User.id == user_id).with_for_update()
    )
