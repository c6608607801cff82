"""What waits for the reader, and what he may do here."""

from __future__ import annotations

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import g

from ckanext.satudata.helpers.asking import ask
from ckanext.satudata.logic import people
from ckanext.satudata.logic.officers import assigning


def satudata_waiting() -> int:
    """How many open visits wait for the reader, returned data included; counted once a request."""
    if "satudata_waiting" not in g:
        answer = ask("satudata_case_list", waiting_for="me", limit=0)
        counts = answer["counts"] if answer else {"me": 0, "repair": 0}
        g.satudata_waiting = counts["me"] + counts["repair"]
    return g.satudata_waiting


def satudata_unread() -> int:
    """How many notices the reader has not read yet; counted once a request."""
    if "satudata_unread" not in g:
        answer = ask("satudata_notice_list", unread=True, limit=0)
        g.satudata_unread = answer["unread"] if answer else 0
    return g.satudata_unread


def satudata_may_upload() -> bool:
    """Whether the reader has an agency for which he may create data."""
    if current_user.is_anonymous:
        return False
    return bool(tk.h.organizations_available("create_dataset"))


def satudata_may_assign() -> bool:
    """Whether the reader may say of anybody what he holds."""
    if current_user.is_anonymous:
        return False
    return assigning.may_assign_something(people.user_of({"user": current_user.name}))


def satudata_may_write(dataset_id: str) -> bool:
    """Whether the reader may write a dataset now, by the SOP or where it has no case."""
    return tk.h.check_access("package_update", {"id": dataset_id})
