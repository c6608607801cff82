"""What somebody has typed into the adoption form: from its fields, back into them, and on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ckan import model

from ckanext.satudata.views.answers import ask

BOUND = re.compile(r"bound_([0-9]{1,3})")
"""The name of the field that says into which SOP a step leads."""

EVERYBODY, ITSELF, SOME = "all", "own", "some"


@dataclass(frozen=True)
class Draft:
    """The adoption form as it was sent.

    `whom`: all agencies, the office itself, or those in `serves` (ids). `bound`: step to subject.
    `attachment`: id of a decree that was uploaded already, kept over a fault of another field.
    """

    office: str
    whom: str
    serves: tuple[str, ...]
    bound: Mapping[int, str]
    number: str
    day: str
    attachment: str

    @classmethod
    def empty(cls, offices: Sequence[model.Group]) -> Draft:
        """Nothing chosen but the only office, where there is one."""
        return cls(offices[0].id if len(offices) == 1 else "", "", (), {}, "", "", "")

    @classmethod
    def of(cls, form: Any) -> Draft:
        """From the fields of a POST."""
        bound = {
            int(step[1]): subject
            for name, subject in form.items()
            if subject and (step := BOUND.fullmatch(name))
        }
        return cls(
            office=form.get("organization", ""),
            whom=form.get("whom", ""),
            serves=tuple(form.getlist("serves")),
            bound=bound,
            number=form.get("decree_number", "").strip(),
            day=form.get("decree_date", "").strip(),
            attachment=form.get("decree_attachment", "").strip(),
        )

    def with_decree(self, file: Any) -> Draft:
        """The draft with the decree uploaded, if one was sent. Raises what the action raises."""
        if not file or not file.filename:
            return self
        return replace(self, attachment=ask("satudata_attachment_create", upload=file)["id"])

    def as_action(self) -> dict[str, Any]:
        """The values for `satudata_sop_adopt`, without the SOP."""
        serves: Any = {EVERYBODY: EVERYBODY, ITSELF: [self.office]}.get(self.whom)
        if self.whom == SOME:
            serves = list(self.serves)
        return {
            "organization": self.office,
            "serves": serves or "",
            "bound": {str(step): subject for step, subject in self.bound.items()},
            "decree_number": self.number,
            "decree_date": self.day,
            "decree_attachment": self.attachment,
        }
