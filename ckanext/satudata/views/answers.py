"""What every page of ours needs: asking an action as the reader, and answering an outsider."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from ckan.common import current_user
from ckan.lib import base
from ckan.plugins import toolkit as tk
from flask import make_response

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import wording

View = Callable[..., Any]
Fault = tuple[str, str, str]
"""Id of the field (or empty), its label (or empty), and the sentence."""


def ask(action: str, **values: Any) -> Any:
    """The answer of an action, as the reader of the page gets it. Raises what the action raises."""
    return tk.get_action(action)({"user": current_user.name}, values)


def ask_or_404(action: str, **values: Any) -> Any:
    """The same, but what is not there, what is not open, and what is no id at all (such as a NUL)
    answer alike: 404."""
    try:
        return ask(action, **values)
    except (tk.ObjectNotFound, tk.NotAuthorized, tk.ValidationError):
        not_found()


def not_found() -> NoReturn:
    """The answer to a wrong address and to an outsider; they must not differ."""
    base.abort(404)
    raise AssertionError("abort returned")


def page(template: str, status: int = 200, **values: Any) -> tuple[str, int]:
    """A rendered page with its status."""
    return tk.render(f"satudata/{template}", values), status


def see_other(endpoint: str, **values: Any) -> Any:
    """To the result page of a POST."""
    answer = tk.redirect_to(endpoint, **values)
    answer.status_code = 303
    return answer


def login_first(view: View) -> View:
    """Ask for a login and come back; for a wrong address as for a right one.

    A POST without a session never acts. It shows what was typed, so that it is not lost.
    """

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        if current_user.is_authenticated:
            return view(*args, **values)
        here = tk.h.current_url()
        if tk.request.method == "POST":
            return page("session_over.html", 401, came_from=here)
        if tk.request.headers.get("HX-Request"):
            return _leave_for(tk.url_for("user.login", came_from=here))
        return tk.redirect_to("user.login", came_from=here)

    return guarded


def _leave_for(address: str) -> Any:
    """The whole page goes elsewhere, where a script had asked for a part of it."""
    answer = make_response("", 200)
    answer.headers["HX-Redirect"] = address
    return answer


def refusal(code: str, **facts: Any) -> str:
    """The sentence of a rule that refuses."""
    return wording.sentence(Refused(code, **facts))


def code_of(error: tk.ValidationError) -> str:
    """The stable code of a refusal; empty for an ordinary fault of a field."""
    codes: Any = error.error_dict.get("code") or [""]
    return str(codes[0])


def faults_of(error: tk.ValidationError, labels: Callable[[str], str]) -> list[Fault]:
    """The faults of a form, for its summary; those of no field stand without a link."""
    faults: list[Fault] = []
    for name, sentences in error.error_dict.items():
        if name == "code":
            continue
        for place, one in enumerate(sentences if isinstance(sentences, list) else [sentences], 1):
            if name == "message":
                faults.append(("", "", str(one)))
            elif isinstance(one, dict):
                texts = [text for inner in one.values() for text in inner]
                faults += [(f"field-point_about-{place}", labels(name), text) for text in texts]
            else:
                faults.append((f"field-{name}", labels(name), str(one)))
    return faults


def by_field(faults: list[Fault] | None) -> dict[str, list[str]]:
    """The sentences of a form by the field at which they stand."""
    found: dict[str, list[str]] = {}
    for place, _label, sentence in faults or ():
        found.setdefault(place.removeprefix("field-"), []).append(sentence)
    return found
