"""Pages: they ask actions and show the answers; they decide nothing."""

from __future__ import annotations

from ckanext.satudata.views.case import case
from ckanext.satudata.views.inbox import inbox
from ckanext.satudata.views.upload import upload

__all__ = ["case", "inbox", "upload"]
