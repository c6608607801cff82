"""CKAN's face of `metadata/`: validators that the schemas name. They decide nothing themselves."""

from __future__ import annotations

import json
from typing import Any

import ckan.plugins.toolkit as tk
from ckanext.scheming.helpers import scheming_language_text
from ckanext.scheming.validation import scheming_validator
from flask import has_request_context

from ckanext.satudata.dictionary import exchange
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.accounts import passwords
from ckanext.satudata.logic.dictionaries import telling
from ckanext.satudata.metadata.changes import change_problem
from ckanext.satudata.metadata.faults import BadValue, sentence, shown
from ckanext.satudata.metadata.index_limit import check_fits
from ckanext.satudata.metadata.periods import parse_period
from ckanext.satudata.metadata.regions import parse_regions

# What of a stored resource says whether its file was replaced.
FILE_FACTS = ("url", "url_type", "last_modified", "hash")


@scheming_validator
def satudata_required(field: dict[str, Any], schema: dict[str, Any]) -> Any:
    """Strip the value; refuse an empty one where `required: true`, else leave it out."""

    def validator(key: Any, data: Any, errors: Any, context: Any) -> None:
        value = data.get(key)
        if isinstance(value, str):
            data[key] = value = value.strip()
        if value not in (None, "", [], tk.missing):
            return
        if not field.get("required"):
            data.pop(key, None)
        elif not errors[key]:
            errors[key].append(_sentence("required", {"label": _label(field)}))
        raise tk.StopOnError

    return validator


@scheming_validator
def satudata_choice(field: dict[str, Any], schema: dict[str, Any]) -> Any:
    """Accept one of the field's `choices` (by value)."""
    choices = [str(choice["value"]) for choice in field["choices"]]

    def validator(value: Any) -> Any:
        if value in choices:
            return value
        raise _invalid(BadValue("choice", value=shown(value), choices=", ".join(choices)))

    return validator


def user_password_validator(key: Any, data: Any, errors: Any, context: Any) -> None:
    """In the place of core's own, which asks for eight characters and nothing else."""
    password = data.get(key)
    if password in (None, "", tk.missing):
        return
    if not isinstance(password, str):
        errors[key].append(wording.sentence(Refused("text_unreadable")))
        return
    try:
        passwords.check(password, passwords.about_input(data))
    except Refused as refused:
        errors[key].append(wording.sentence(refused))


def satudata_period(value: Any) -> str:
    """Accept a period (see `metadata/periods.py`) and return its stored form."""
    try:
        return parse_period(str(value)).text
    except BadValue as fault:
        raise _invalid(fault) from fault


@scheming_validator
def satudata_regions(field: dict[str, Any], schema: dict[str, Any]) -> Any:
    """Accept typed region codes, as list or as text, and store them as a JSON list."""

    def validator(key: Any, data: Any, errors: Any, context: Any) -> None:
        if isinstance(data.get(key), list):  # a form sends its blank inputs too
            data[key] = [code for code in data[key] if code]
        satudata_required(field, schema)(key, data, errors, context)
        regions, faults = parse_regions(data[key])
        errors[key].extend(_sentence(fault.code, fault.facts) for fault in faults)
        if faults:
            raise tk.StopOnError
        data[key] = json.dumps([str(region) for region in regions])

    return validator


def satudata_fits_index(value: Any) -> Any:
    """Refuse a text that is too long for an untokenised field of the search index."""
    if value is tk.missing:
        return value
    try:
        check_fits(value)
    except BadValue as fault:
        raise _invalid(fault) from fault
    return value


def satudata_dictionary(key: Any, data: Any, errors: Any, context: Any) -> None:
    """Accept a kamus data as JSON or text and store it as its one text. Left out, what is stored
    stays: a form that knows nothing of it does not delete it. An empty one deletes it."""
    told = data.get(key)
    if told is tk.missing or told is None:
        stored = _stored_resource(context, data.get((*key[:-1], "id")))
        told = (stored or {}).get(key[-1])
    if not told:
        data.pop(key, None)
        raise tk.StopOnError
    found = exchange.read(told) if isinstance(told, str) else exchange.read_value(told)
    if found.dictionary is not None and not found.problems:
        data[key] = found.dictionary.text()
        return
    errors[key].extend(telling.sentences(found.problems, found.dictionary))
    raise tk.StopOnError


def satudata_change_nature(key: Any, data: Any, errors: Any, context: Any) -> None:
    """Ask what changed when a resource's file was replaced; stands first in its field's chain."""
    after = {
        name[-1]: value
        for name, value in data.items()
        if name[:-1] == key[:-1] and value is not tk.missing
    }
    problem = change_problem(_stored_resource(context, after.get("id")), after)
    if problem:
        place = (*key[:-1], problem.field)
        errors.setdefault(place, []).append(_sentence(problem.code, problem.facts))


def _stored_resource(context: Any, resource_id: Any) -> dict[str, Any] | None:
    package = context.get("package")
    for resource in package.resources if package else ():
        if resource.id == resource_id:
            facts = {name: getattr(resource, name) for name in FILE_FACTS}
            return {**(resource.extras or {}), **facts}
    return None


def _invalid(fault: BadValue) -> tk.Invalid:
    return tk.Invalid(_sentence(fault.code, fault.facts))


def _sentence(code: str, facts: Any) -> str:
    return sentence(code, facts, tk._)


def _label(field: dict[str, Any]) -> str:
    # Outside of a request (a job, the command line) there is no language to ask for.
    language = None if has_request_context() else tk.config.get("ckan.locale_default", "id")
    return scheming_language_text(field["label"], prefer_lang=language)
