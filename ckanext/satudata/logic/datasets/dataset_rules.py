"""Rules over several fields of a dataset, as errors of CKAN's dataset form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.metadata.faults import Problem, sentence
from ckanext.satudata.metadata.index_limit import index_problems
from ckanext.satudata.metadata.rules import problems

Errors = dict[str, Any]


def errors_of(dataset: Mapping[str, Any]) -> Errors:
    """Errors of a validated dataset by field, those of resources by position."""
    # What a form left out stands in it as an object that raises whenever it is read.
    dataset = {name: value for name, value in dataset.items() if value is not tk.missing}
    found: list[Problem] = [*problems(dataset), *index_problems(dataset)]
    errors: Errors = {}
    count = len(dataset.get("resources") or ())
    for problem in found:
        text = sentence(problem.code, problem.facts, tk._)
        if problem.resource is None:
            errors.setdefault(problem.field, []).append(text)
            continue
        rows = errors.setdefault("resources", [{} for _ in range(count)])
        rows[problem.resource].setdefault(problem.field, []).append(text)
    return errors


def merge(*parts: Errors) -> Errors:
    """Errors of several checks together, each sentence once."""
    merged: Errors = {}
    for part in parts:
        for field, found in part.items():
            merged[field] = _both(merged.get(field), found)
    return merged


def _both(one: Any, other: Any) -> Any:
    if not one:
        return other
    if _rows(one) or _rows(other):
        pairs = zip(one, other, strict=False)
        longer = max(one, other, key=len)
        return [merge(a, b) for a, b in pairs] + list(longer[min(len(one), len(other)) :])
    return [*one, *(text for text in other if text not in one)]


def _rows(found: Any) -> bool:
    """Whether these are errors of resources: a list of mappings, not of sentences."""
    return bool(found) and not isinstance(found, str) and isinstance(_first(found), Mapping)


def _first(found: Iterable[Any]) -> Any:
    return next(iter(found), None)
