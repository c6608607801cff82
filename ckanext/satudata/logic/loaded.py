"""What is added to the actions and auth functions of other plugins, where those are loaded.

CKAN does not start when something is chained to what is not there.
"""

from __future__ import annotations

from typing import Any

from ckan.plugins import plugin_loaded

from ckanext.satudata.logic import action, auth, guards_activity, guards_harvest
from ckanext.satudata.logic.action import activity, group, harvest, whoever


def get_actions() -> dict[str, Any]:
    """Our actions, those of core with our part before them, and of each plugin that is loaded."""
    found = {name: getattr(action, name) for name in action.__all__}
    found |= whoever.ACTIONS | group.ACTIONS
    if plugin_loaded(guards_harvest.PLUGIN):
        found |= harvest.ACTIONS
    if plugin_loaded(guards_activity.PLUGIN):
        found |= activity.ACTIONS
    return found


def get_auth_functions() -> dict[str, Any]:
    """The same of permission."""
    found = auth.get_auth_functions()
    if plugin_loaded(guards_harvest.PLUGIN):
        found |= guards_harvest.FUNCTIONS
    if plugin_loaded(guards_activity.PLUGIN):
        found |= guards_activity.FUNCTIONS
    return found
