"""Which revision of its SOP each part of a case's history reads by, after the case was moved."""

from __future__ import annotations

from collections.abc import Sequence

from ckanext.satudata.logic.cases import casework
from ckanext.satudata.model import sops
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop import revisions
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Event


class Sheets:
    """The sheets of a case: the present one, and the one that an earlier event was done by."""

    def __init__(self, case: CaseRow, events: Sequence[Event]) -> None:
        self.present = casework.sop_of_case(case)
        self._texts = revisions.sop_at(events)
        self._last = events[-1].sequence

    def at(self, sequence: int | None) -> Sop:
        """The sheet of the event with this number; None: the present one."""
        text = self._texts.get(sequence or self._last)
        if text is None or text == self._texts[self._last]:
            return self.present
        row = sops.by_text(text)
        return sops.sop_of(row) if row is not None else self.present
