"""Every refused write that leaves by API or page is noted, whichever action refused it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response

from ckanext.satudata.logic.proof import denied as noted
from ckanext.satudata.logic.wording import FORBIDDEN

denied = Blueprint("satudata_denied", __name__)

_CODE = re.compile(r"\[(\w+)\]")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_API = "api.action"


@denied.after_app_request
def note_refusal(response: Response) -> Response:
    """Note a refused write of whoever asked; reading what one may not read is no attempt."""
    if _is_refusal(response) and _writes():
        actor = current_user.id if current_user.is_authenticated else None
        noted.note(actor, _action(), _code(response), list(_references()))
    return response


def _is_refusal(response: Response) -> bool:
    if response.status_code in (301, 302, 303):
        # Core sends whom it does not know to the log-in page.
        path = urlsplit(response.headers.get("Location", "")).path
        return not current_user.is_authenticated and path.endswith("/user/login")
    return response.status_code == 403


def _writes() -> bool:
    if tk.request.endpoint != _API:
        return tk.request.method not in _READING
    try:
        function = tk.get_action(_action())
    except KeyError:
        return False
    return not getattr(function, "side_effect_free", False)


def _action() -> str:
    """The action of the API, else the endpoint of the page."""
    if tk.request.endpoint == _API:
        return (tk.request.view_args or {})["logic_function"]
    return tk.request.endpoint or ""


def _code(response: Response) -> str:
    """Our code, where the refusal is ours; what a page says besides is not looked at."""
    if response.direct_passthrough:
        return ""
    found = _CODE.findall(response.get_data(as_text=True))
    return next((one for one in found if one in FORBIDDEN), "")


def _references() -> Iterator[Any]:
    sent: Any = tk.request.get_json(silent=True) if tk.request.is_json else tk.request.form
    for place in (tk.request.view_args or {}, sent):
        if hasattr(place, "get"):
            yield from (place.get(name) for name in noted.REFERENCES)
