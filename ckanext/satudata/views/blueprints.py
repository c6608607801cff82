"""Every blueprint of ours, for the plugin."""

from __future__ import annotations

from flask import Blueprint

from ckanext.satudata.views.account import account
from ckanext.satudata.views.attachment import attachment
from ckanext.satudata.views.beside import beside
from ckanext.satudata.views.case import case
from ckanext.satudata.views.data_dictionary import data_dictionary
from ckanext.satudata.views.delivery import delivery
from ckanext.satudata.views.denied import denied
from ckanext.satudata.views.dictionary import dictionary
from ckanext.satudata.views.doorkeeper import doorkeeper
from ckanext.satudata.views.downloads import downloads
from ckanext.satudata.views.dump import dump
from ckanext.satudata.views.forgotten import forgotten
from ckanext.satudata.views.histories import histories
from ckanext.satudata.views.inbox import inbox
from ckanext.satudata.views.link import link
from ckanext.satudata.views.link_making import link_making
from ckanext.satudata.views.list_case import list_case
from ckanext.satudata.views.login import login
from ckanext.satudata.views.notices import notices
from ckanext.satudata.views.officers import officers
from ckanext.satudata.views.personal import personal
from ckanext.satudata.views.readers import readers
from ckanext.satudata.views.release_acts import release_acts
from ckanext.satudata.views.release_history import release_history
from ckanext.satudata.views.release_times import release_times
from ckanext.satudata.views.releases import releases
from ckanext.satudata.views.report import report
from ckanext.satudata.views.rounds import rounds
from ckanext.satudata.views.several import several
from ckanext.satudata.views.sop import sop
from ckanext.satudata.views.sop_routes import sop_routes
from ckanext.satudata.views.sop_sheet import sop_sheet
from ckanext.satudata.views.updates import updates
from ckanext.satudata.views.upload import upload


def get_blueprints() -> list[Blueprint]:
    """The pages of cases, SOPs, officers, accounts and the inbox, uploading, what a download says,
    and what is asked of every request."""
    return [
        account,
        attachment,
        beside,
        case,
        data_dictionary,
        delivery,
        dictionary,
        denied,
        doorkeeper,
        downloads,
        dump,
        forgotten,
        histories,
        inbox,
        link,
        link_making,
        list_case,
        login,
        notices,
        officers,
        personal,
        readers,
        release_acts,
        release_history,
        release_times,
        releases,
        report,
        rounds,
        several,
        sop,
        sop_routes,
        sop_sheet,
        updates,
        upload,
    ]
