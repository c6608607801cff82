"""Every blueprint of ours, for the plugin."""

from __future__ import annotations

from flask import Blueprint

from ckanext.satudata.views.attachment import attachment
from ckanext.satudata.views.case import case
from ckanext.satudata.views.downloads import downloads
from ckanext.satudata.views.inbox import inbox
from ckanext.satudata.views.report import report
from ckanext.satudata.views.sop import sop
from ckanext.satudata.views.sop_routes import sop_routes
from ckanext.satudata.views.upload import upload


def get_blueprints() -> list[Blueprint]:
    """The pages of cases, the inbox, uploading, and what a download says of itself."""
    return [attachment, case, downloads, inbox, report, sop, sop_routes, upload]
