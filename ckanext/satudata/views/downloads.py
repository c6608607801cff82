"""Files of agencies are handed over, never run: an HTML file would act as its reader."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckan.types import Response
from flask import Blueprint

ENDPOINTS = frozenset({"resource.download", "dataset_resource.download"})

downloads = Blueprint("satudata_downloads", __name__)


@downloads.after_app_request
def hand_over(response: Response) -> Response:
    """Make every download an attachment whose kind no browser guesses."""
    if tk.request.endpoint in ENDPOINTS and response.status_code == 200:
        _kind, _, name = response.headers.get("Content-Disposition", "").partition(";")
        response.headers["Content-Disposition"] = f"attachment;{name}" if name else "attachment"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
