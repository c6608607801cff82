"""Core's page of the data dictionary, where the rows are those of a release."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.datasets.row_writes import is_fixed
from ckanext.satudata.logic.wording import sentence
from ckanext.satudata.model.resource_tables import table_of

ENDPOINT = "datastore.dictionary"

dictionary = Blueprint("satudata_dictionary", __name__)


@dictionary.before_app_request
def keep_rows() -> Any:
    """Say that the columns of a release stay as they are.

    Core would begin a table of the same columns for them, and the resource would have no rows.
    """
    if tk.request.endpoint != ENDPOINT or tk.request.method != "POST":
        return None
    named = tk.request.view_args or {}
    if not is_fixed(named["resource_id"], table_of(named["resource_id"])):
        return None
    tk.h.flash_error(sentence(Refused("rows_released")))
    return tk.h.redirect_to(ENDPOINT, **named)
