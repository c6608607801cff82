"""Files of agencies are handed over, never run: an HTML file would act as its reader."""

from __future__ import annotations

import mimetypes
from typing import Any

from ckan.lib import files, signals
from ckan.plugins import toolkit as tk
from ckan.types import Response
from flask import Blueprint
from flask import Response as FlaskResponse

from ckanext.satudata.logic.files import store
from ckanext.satudata.model import resource_files
from ckanext.satudata.views.answers import ask, not_found

HANDED_OVER = ("resource.download", "satudata_downloads.download")
"""How endpoints of downloads end; CKAN has one more for each type of dataset."""
UNKNOWN = "application/octet-stream"

downloads = Blueprint("satudata_downloads", __name__)


@downloads.route("/dataset/<name>/resource/<resource_id>/download", defaults={"filename": ""})
@downloads.route("/dataset/<name>/resource/<resource_id>/download/<filename>")
def download(name: str, resource_id: str, filename: str) -> Any:
    """A file of a dataset, under the name that it has now, whatever the address calls it.

    Stands before CKAN's own view: name and bytes come from one row, read once, and the address
    stays when the file is replaced.
    """
    try:
        resource = ask("resource_show", id=resource_id)
        ask("package_show", id=name)
    except tk.ObjectNotFound:
        not_found()
    except tk.NotAuthorized:
        tk.abort(403, tk._("Not authorized to download resource"))
    if resource.get("url_type") != "upload":
        return tk.redirect_to(resource["url"])
    row = resource_files.file_of(resource_id)
    if row is None:
        not_found()
    try:
        answer = file_answer(row.sha256, row.name)
    except store.Missing:
        not_found()
    signals.resource_download.send(resource_id)
    return answer


def file_answer(sha256: str, name: str) -> Response:
    """The bytes under a hash as a download called `name`. Raises store.Missing."""
    kind = mimetypes.guess_type(name)[0] or UNKNOWN
    where = store.storage()
    data = files.FileData(store.location_of(sha256), size=store.size(sha256), content_type=kind)
    if isinstance(where, files.Storage):
        return handed_over(where.as_response(data, name), name)
    length = {"Content-Length": str(data.size)}
    return handed_over(FlaskResponse(store.chunks(sha256), mimetype=kind, headers=length), name)


def handed_over(response: Any, name: str = "") -> Any:
    """Make a response an attachment whose kind no browser guesses."""
    if name:
        response.headers.set("Content-Disposition", "attachment", filename=name)
    else:
        _kind, _, rest = response.headers.get("Content-Disposition", "").partition(";")
        response.headers["Content-Disposition"] = f"attachment;{rest}" if rest else "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@downloads.after_app_request
def hand_over(response: Response) -> Response:
    """Hand over what any view of CKAN's sends for a download, whole or in part."""
    endpoint = tk.request.endpoint or ""
    if endpoint.endswith(HANDED_OVER) and response.status_code in (200, 206):
        return handed_over(response)
    return response
