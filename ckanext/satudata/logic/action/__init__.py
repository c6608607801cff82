"""Every action of ours, by the name the API has for it."""

from ckanext.satudata.logic.action.assignment import (
    satudata_assignment_create,
    satudata_assignment_list,
)
from ckanext.satudata.logic.action.case import (
    satudata_case_act,
    satudata_case_list,
    satudata_case_open,
    satudata_case_show,
)
from ckanext.satudata.logic.action.dataset import package_create, package_update
from ckanext.satudata.logic.action.words import tag_autocomplete, tag_list, tag_search

__all__ = [
    "package_create",
    "package_update",
    "satudata_assignment_create",
    "satudata_assignment_list",
    "satudata_case_act",
    "satudata_case_list",
    "satudata_case_open",
    "satudata_case_show",
    "tag_autocomplete",
    "tag_list",
    "tag_search",
]
