"""Rules that need more than one field of a dataset. Pure: a mapping in, problems out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from ckanext.satudata.metadata.faults import BadValue, Problem
from ckanext.satudata.metadata.periods import Period, parse_period

OPEN = "terbuka"  # access class of data for everybody (UU 14/2008)
RESTRICTED = "terbatas"  # for those who are named
CLOSED = "tertutup"  # for those who keep it
EXCLUSION_FIELDS = (
    "exclusion_article",
    "consequence_test_number",
    "consequence_test_day",
    "exclusion_until",
)
NO_LICENCE = frozenset({"", "notspecified"})  # CKAN's own word for "none chosen"


def problems(dataset: Mapping[str, Any]) -> list[Problem]:
    """Return where fields of `dataset` and of its resources contradict each other.

    `dataset` has the shape of `package_show`. A field that is malformed in itself is left
    to its own validator.
    """
    found = _access_problems(dataset) + _period_problems(dataset, None)
    for position, resource in enumerate(dataset.get("resources") or ()):
        found += _period_problems(resource, position)
    return found


def handover_gaps(
    dataset: Mapping[str, Any],
    fields: Iterable[Mapping[str, Any]],
    in_words: Callable[[Any], str],
) -> list[Problem]:
    """Return what is missing when a produsen hands `dataset` over.

    Perpres 39/2019 article 33 lets data be handed over only with their Standar Data and
    metadata; until then a dataset may be saved unfinished. `fields` are the schema's dataset
    fields; those marked `required_at: handover` count. `in_words` turns a field's label (a text
    for each language) into the words of the reader.
    """
    gaps = [
        Problem(field["field_name"], "handover_field", {"label": in_words(field["label"])})
        for field in fields
        if field.get("required_at") == "handover" and _empty(dataset.get(field["field_name"]))
    ]
    if not dataset.get("resources"):
        gaps.append(Problem("resources", "handover_data"))
    return gaps


def exclusion_gaps(dataset: Mapping[str, Any], today: date) -> tuple[str, ...]:
    """Return names of the fields without which data that are not open may not be approved.

    UU 14/2008 lets data be withheld by an article (17), after a consequence test (19) and for a
    time (20). A test that held until a day before `today` counts as none: `exclusion_until` is
    named. Also for data that all staff may read: the law knows the public, and no staff.
    """
    if _text(dataset.get("access_class")) == OPEN:
        return ()
    gaps = [name for name in EXCLUSION_FIELDS if _empty(dataset.get(name))]
    until = _period(dataset.get("exclusion_until"))
    if until is not None and until.last < today:
        gaps.append("exclusion_until")
    return tuple(gaps)


def _access_problems(dataset: Mapping[str, Any]) -> list[Problem]:
    access = _text(dataset.get("access_class"))
    if access == OPEN and _text(dataset.get("license_id")) in NO_LICENCE:
        return [Problem("license_id", "licence_required")]
    if access and access != OPEN and _empty(dataset.get("legal_basis")):
        return [Problem("legal_basis", "legal_basis_required")]
    tested, until = (_period(dataset.get(name)) for name in EXCLUSION_FIELDS[-2:])
    if tested and until and tested.first > until.last:
        facts = {"start": tested.text, "end": until.text}
        return [Problem("exclusion_until", "period_order", facts)]
    return []


def _period_problems(holder: Mapping[str, Any], resource: int | None) -> list[Problem]:
    start, end = _period(holder.get("period_start")), _period(holder.get("period_end"))
    if end and _empty(holder.get("period_start")):
        return [Problem("period_start", "period_start_missing", resource=resource)]
    if start and end and start.first > end.last:
        facts = {"start": start.text, "end": end.text}
        return [Problem("period_end", "period_order", facts, resource)]
    return []


def _period(value: Any) -> Period | None:
    try:
        return parse_period(_text(value))
    except BadValue:
        return None


def _empty(value: Any) -> bool:
    return not (value.strip() if isinstance(value, str) else value)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
