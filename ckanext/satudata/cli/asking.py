"""Asking an action as a person, and ending with what it answers: a value, or an exit code.

0 done; 1 a check found something; 2 wrong use; 3 refused; 4 somebody else acted first. A refusal
is one line on stderr: the stable code, and the sentence in the language of the portal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn

import click
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.cli.lines import one_line
from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.proof import denied

WRONG_USE, REFUSED, CONFLICT = 2, 3, 4

_CODE = re.compile(r"\s*\[(\w+)\]$")
"""A sentence ends with the code of its refusal."""


@contextmanager
def at_the_portal(context: click.Context) -> Iterator[None]:
    """Within a request of the portal's own, in its own language, as pages and the API are."""
    language = {"CKAN_LANG": tk.config["ckan.locale_default"]}
    app = context.meta["flask_app"]
    with app.test_request_context(environ_overrides=language):
        yield


def in_the_portal(command: Callable[..., None]) -> Callable[..., None]:
    """A command that runs within a request of the portal."""

    @click.pass_context
    @wraps(command)
    def run(context: click.Context, *args: Any, **values: Any) -> None:
        with at_the_portal(context):
            command(*args, **values)

    return run


def ask(user: str, action: str, /, **values: Any) -> Any:
    """The answer of an action to a person, with every permission asked; ends where it refuses."""
    _check_person(user)
    given = {name: one for name, one in values.items() if one not in (None, (), {})}
    try:
        return tk.get_action(action)({"user": user, "ignore_auth": False}, given)
    except tk.NotAuthorized as error:
        code, sentence = _told(error)
        person = model.User.get(user)
        references = [given.get(name) for name in denied.REFERENCES]
        denied.note(person.id if person else None, action, code, references)
        fail(REFUSED, code, sentence)
    except (tk.ObjectNotFound, tk.ValidationError) as error:
        _refuse(error)


def _check_person(user: str) -> None:
    """An account that may act; the site user is a program, and bears no name in a case."""
    found = model.User.get(user)
    known = found is not None and found.state == model.State.ACTIVE and found.name == user
    if not known or user == tk.config["ckan.site_id"]:
        sentence = wording.sentence(Refused("user_unknown", user=user))
        fail(WRONG_USE, "user_unknown", sentence)


def _refuse(error: Exception) -> NoReturn:
    code, sentence = _told(error)
    if isinstance(error.__cause__, Conflict):
        fail(CONFLICT, code, sentence)
    if not code:
        fail(WRONG_USE, "invalid", sentence)
    fail(REFUSED, code, sentence)


def _told(error: Exception) -> tuple[str, str]:
    """The code and the sentence of an error; no code where the input itself makes no sense."""
    if not isinstance(error, tk.ValidationError):
        sentence = str(getattr(error, "message", None) or error)
        found = _CODE.search(sentence)
        return (found[1] if found else "not_authorized"), sentence
    faults = {name: one for name, one in error.error_dict.items() if name != "code"}
    codes: Any = error.error_dict.get("code")
    if codes:
        return str(codes[0]), _first_text(faults)
    sentence = _first_text(faults)
    found = _CODE.search(sentence)
    if found:
        return found[1], sentence
    return "", "; ".join(f"{name}: {_first_text(one)}" for name, one in faults.items())


def _first_text(faults: Any) -> str:
    """The first sentence in what CKAN keeps of the faults of a form."""
    if isinstance(faults, dict):
        faults = list(faults.values())
    if isinstance(faults, (list, tuple)):
        return next((text for one in faults if (text := _first_text(one))), "")
    return str(faults)


def fail(status: int, code: str, sentence: str) -> NoReturn:
    """One line on stderr, and the end."""
    words = _CODE.sub("", sentence)
    click.echo(one_line(f"{code}: {words}"), err=True)
    raise click.exceptions.Exit(status)
