"""A letter with a link for a new password, noted instead of sent while somebody waits for a page.

So the answer is the same whether there is such an account or not, and whether mail goes or not.
"""

from __future__ import annotations

from ckan import model
from ckan.lib import mailer

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.notices import channels
from ckanext.satudata.model import notices
from ckanext.satudata.model.notices import MAIL, Notice
from ckanext.satudata.model.tables import new_id

TOPIC = "request_password_reset"
"""What CKAN calls it when it tells its plugins."""


def note(user: model.User) -> None:
    """Have the letter sent, and commit. One that is on its way already is enough."""
    if not notices.unsent_reset(user.id):
        user.reset_key = mailer.make_key()
        model.Session.add(user)
        letter = Notice(f"reset:{new_id()}", "reset", user.id, clock.now(), MAIL)
        notices.write([letter], channels.host())
    model.Session.commit()
