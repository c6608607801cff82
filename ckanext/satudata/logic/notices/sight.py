"""Whether what somebody was told is his to read still: he may have left the agency meanwhile."""

from __future__ import annotations

from functools import cached_property

from ckan import model

from ckanext.satudata.logic import people
from ckanext.satudata.logic.people import Desk
from ckanext.satudata.model.notices import NoticeRow
from ckanext.satudata.model.tables import CaseRow

AGENCIES = "agencies"
"""Among the facts of a notice: the ids of the agencies whose data it tells of."""


class Sight:
    """What one person sees today, asked once for each case of a page or a letter."""

    def __init__(self, user: model.User) -> None:
        self._user = user
        self._seen: dict[str, frozenset[str] | None] = {}

    def has(self, row: NoticeRow) -> bool:
        """Whether a notice may tell him what it is about."""
        if row.case_id is None:
            return True
        seen = self._seen_of(row.case_id)
        if seen is None:
            return True
        about = row.facts.get(AGENCIES)
        return bool(seen) if about is None else not seen.isdisjoint(about)

    def _seen_of(self, case_id: str) -> frozenset[str] | None:
        if case_id not in self._seen:
            case = model.Session.get_one(CaseRow, case_id)
            self._seen[case_id] = people.seen_agencies(self._user, case, self._desk)
        return self._seen[case_id]

    @cached_property
    def _desk(self) -> Desk:
        return Desk(self._user)
