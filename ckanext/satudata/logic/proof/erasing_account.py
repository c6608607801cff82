"""An account freed of its person, as UU 27/2022 asks: its row stays, by a name that tells nothing.

Events, assignments and releases name an account by its id alone; who it was is told by the row of
the account, so emptying that row empties every page. What stays, and why, is told in
docs/explanation/personal-data.md.
"""

from __future__ import annotations

from ckan import model
from ckan.lib import uploader
from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.accounts import lockout
from ckanext.satudata.model import account_traces, assignments

PSEUDONYM = "terhapus-"
"""How the name of an erased account begins."""

ID_LETTERS = 12


def erase(user: model.User, by: str) -> list[str]:
    """Empty an account and whatever else names its person; the texts that named him.

    In the caller's commit. Raises Refused `erase_self`, and `erase_in_office` while he holds an
    office or is yet to hold one: that is ended first, by an act with a date.
    """
    if user.id == by:
        raise Refused("erase_self", field="user")
    if assignments.open_of(user.id, clock.today()):
        raise Refused("erase_in_office", field="user")
    names = [text for text in (user.fullname, user.name, user.email) if text]
    lockout.lift(user)
    _remove_picture(user)
    if plugin_loaded("activity"):
        account_traces.empty_activities(user.id, names)
    account_traces.remove(user.id)
    _empty(user)
    return names


def pseudonym(user_id: str) -> str:
    """What an erased account is called: always the same, and of no person's name."""
    return f"{PSEUDONYM}{''.join(one for one in user_id if one.isalnum())[:ID_LETTERS].lower()}"


def _empty(user: model.User) -> None:
    row = {
        "name": pseudonym(user.id),
        "password": None,
        "fullname": None,
        "email": None,
        "apikey": None,
        "reset_key": None,
        "about": None,
        "last_active": None,
        "sysadmin": False,
        "state": model.State.DELETED,
        "image_url": None,
        "plugin_extras": None,
        "activity_streams_email_notifications": False,
    }
    account_traces.write_row(user.id, row)
    model.Session.expire(user)


def _remove_picture(user: model.User) -> None:
    """The file of a picture, unless it is an address elsewhere; what is gone already is gone."""
    if not user.image_url:
        return
    upload = uploader.get_uploader("user", user.image_url)
    sent = {"image_url": "", "clear_upload": "true"}
    upload.update_data_dict(sent, "image_url", "image_upload", "clear_upload")
    upload.upload(tk.config["ckan.max_image_size"])
