"""Who stands for an office as a whole, beyond the actors of a single SOP.

The administrator of the portal keeps a machine; being sysadmin makes nobody one of these.
"""

from __future__ import annotations

from ckan import authz, model

from ckanext.satudata.logic import clock
from ckanext.satudata.model import assignments


def is_head_of_walidata(user: model.User) -> bool:
    """Whether the user heads the walidata today, as assigned."""
    return assignments.holds_office_wide(user.id, assignments.PIMPINAN_WALIDATA, clock.today())


def is_administrator(user: model.User, organization_id: str) -> bool:
    """Whether the user administers an organization in CKAN."""
    return authz.users_role_for_group_or_org(organization_id, user.name) == "admin"
