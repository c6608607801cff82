"""What of a dataset waits for its minute or is held back, and which act about it was the last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ckan import model

from ckanext.satudata.audit.kinds import RecordKind, dataset_stream
from ckanext.satudata.logic import people
from ckanext.satudata.logic.cases import waits
from ckanext.satudata.logic.releases import history, times
from ckanext.satudata.model import cases, records, releases, working_copies
from ckanext.satudata.sop.events import Kind

RECORDED = {
    "embargo": RecordKind.EMBARGO_SET,
    "lift": RecordKind.EMBARGO_LIFTED,
    "correct": RecordKind.CORRECTION_MADE,
    "withdraw": RecordKind.RELEASE_WITHDRAWN,
    "force": RecordKind.RELEASE_FORCED,
}
"""Act -> its event in the record of the dataset."""
IN_CASE = {"move": Kind.RELEASE_MOVED, "call_off": Kind.RELEASE_CALLED_OFF}
"""Act -> its event in the case."""

_TIMES = frozenset({Kind.RELEASE_SCHEDULED, Kind.RELEASE_MOVED, Kind.RELEASE_CALLED_OFF})
_ONE_MATTER = (
    frozenset({RecordKind.EMBARGO_SET, RecordKind.EMBARGO_LIFTED}),
    frozenset({RecordKind.CORRECTION_MADE}),
    frozenset({RecordKind.RELEASE_WITHDRAWN, RecordKind.RELEASE_FORCED}),
    _TIMES,
)


def told(package: model.Package, user: model.User) -> dict[str, Any]:
    """{scheduled, embargo, zone} of a dataset or of its working copy, for a reader.

    `scheduled` as a case tells it, with the number of its `case` and the reason of the last move
    as `because`; `embargo` as a case tells it; each None where nothing waits, or where it is not
    the reader's to know. `zone`: the clock on which their times are written.
    """
    inside = _is_inside(package, user)
    held = waits.embargo_dicts([package.id]) if inside else []
    return {
        "scheduled": _scheduled(_items(package, user)),
        "embargo": held[0] if held else None,
        "zone": times.zone_for(package).key,
    }


def is_received(package: model.Package, user: model.User, act: str, reason: str) -> bool:
    """Whether the newest event of the matter of an act is that act, by this person and for this
    reason: what is sent twice is counted once."""
    if act in RECORDED:
        kind: RecordKind | Kind = RECORDED[act]
        stream = dataset_stream(working_copies.original_of(package.id) or package.id)
        found = [(one.kind, one.actor, one.body) for one in records.records_of(stream)]
    else:
        kind = IN_CASE[act]
        found = _events_in_cases(_items(package, user))
    matter = {one.value for one in next(one for one in _ONE_MATTER if kind in one)}
    of_matter = [one for one in found if one[0] in matter]
    if not of_matter:
        return False
    last, actor, body = of_matter[-1]
    return (last, actor, body.get("reason")) == (kind.value, user.id, reason)


def _is_inside(package: model.Package, user: model.User) -> bool:
    """Embargoes are told to the agency and the office, and to who prepares what is not public."""
    prepared = package.private and releases.last_shown(package.id) is None
    return prepared or history.may_read_past(user, package)


def _items(package: model.Package, user: model.User) -> list[str]:
    """The dataset and its working copy, as far as they are the reader's to see."""
    copy = working_copies.open_copy_of(package.id)
    row = model.Session.get(model.Package, copy.id) if copy is not None else None
    seen = row is not None and people.may_see_dataset(user, row)
    copies = [row.id] if row is not None and seen else []
    return [*copies, *([package.id] if package.private else [])]


def _scheduled(items: Sequence[str]) -> dict[str, Any] | None:
    for item in items:
        for case in cases.open_cases_of(item):
            for one in waits.scheduled_dicts(case):
                if one["item"] == item:
                    because = _moved_because(case.id, item)
                    return {**one, "case": case.number, "because": because}
    return None


def _moved_because(case_id: str, item: str) -> str | None:
    moved = [
        one.body.get("reason")
        for one in cases.events_of(case_id)
        if one.kind is Kind.RELEASE_MOVED and one.body["item"] == item
    ]
    return moved[-1] if moved else None


def _events_in_cases(items: Sequence[str]) -> list[tuple[str, str | None, Any]]:
    """The events about the times of datasets, in the cases that publish them."""
    found = [case for item in items for case in cases.open_cases_of(item)]
    return [
        (one.kind.value, one.actor, one.body)
        for case in found[:1]
        for one in cases.events_of(case.id)
        if one.kind in _TIMES
        and set(items).intersection([one.body.get("item"), *one.body.get("items", ())])
    ]
