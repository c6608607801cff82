"""Every fault of metadata: a stable code for programs, one sentence for people.

A sentence says what is wrong and how to mend it. It is an English msgid; whoever shows it
brings the translation (see `sentence`). The code stands at its end, so that somebody on the
telephone and a program read the same thing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from ckanext.satudata.errors import SatuDataError
from ckanext.satudata.msgid import N_

SHOWN_LENGTH = 60  # characters of a wrong value that a sentence repeats

FAULTS: dict[str, str] = {
    "required": N_("“%(label)s” is empty. Fill it in."),
    "choice": N_("“%(value)s” is not one of the choices. Use one of: %(choices)s."),
    "region_numbering": N_(
        "“%(value)s” does not say whose number it is. Write kemendagri: or bps: before it, "
        "for example kemendagri:15.06 or bps:1507. The same digits can mean two regions."
    ),
    "region_kemendagri": N_(
        "“%(value)s” is not a Kemendagri code. Write it with dots as in the Kemendagri list: "
        "15, 15.06, 15.06.01 or 15.06.01.2001. A number of BPS begins with bps: instead."
    ),
    "region_bps": N_(
        "“%(value)s” is not a BPS code. Write 2, 4, 7 or 10 digits without dots, "
        "for example bps:1507. A number of Kemendagri begins with kemendagri: instead."
    ),
    "period_format": N_(
        "“%(value)s” is not a period. Write a year (2025), a month (2025-03), "
        "a quarter (2025-Q1), a half-year (2025-S1) or a day (2025-03-31)."
    ),
    "period_calendar": N_("“%(value)s” is not in the calendar. Check the month and the day."),
    "period_order": N_(
        "The period ends (%(end)s) before it begins (%(start)s). Swap or correct the two."
    ),
    "period_start_missing": N_("The period has an end but no beginning. Fill in the beginning."),
    "legal_basis_required": N_(
        "Data that are not open need their legal basis. Name the article and the result of "
        "the consequence test, or choose the access class “terbuka”."
    ),
    "licence_required": N_(
        "Open data need a licence. Choose one, so that users know their rights."
    ),
    "index_length": N_(
        "This text has %(size)d bytes, the search takes %(limit)d. Shorten it by about "
        "%(excess)d characters, or put the long part into a file of the dataset."
    ),
    "index_name": N_(
        "The search keeps the name “%(key)s” for itself. Give this extra field another name."
    ),
    "change_nature_required": N_(
        "The file was replaced. Say what kind of change it is: a new period, corrected "
        "figures, another definition or method, or the form only."
    ),
    "change_not_restated": N_(
        "The file was replaced again, but the change is described as last time. "
        "Say in the note on the change what is different now."
    ),
    "change_note_required": N_(
        "Say in the note on the change what was changed and why, so that users can follow it."
    ),
    "handover_field": N_("“%(label)s” is still empty. Data are handed over with it."),
    "handover_data": N_("There is no file yet. Upload the data before handing them over."),
}


class BadValue(SatuDataError):
    """A single value is wrong. `code` is a key of FAULTS, `facts` fill its sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(sentence(code, facts))
        self.code = code
        self.facts: Mapping[str, Any] = facts


@dataclasses.dataclass(frozen=True)
class Problem:
    """What is wrong in a dataset, at a field of it or of its resource `resource` (from 0)."""

    field: str
    code: str
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    resource: int | None = None


def sentence(
    code: str, facts: Mapping[str, Any], translate: Callable[[str], str] = lambda msgid: msgid
) -> str:
    """Return the sentence of fault `code`, translated, with `facts` in place and the code last."""
    return f"{translate(FAULTS[code]) % facts} [{code}]"


def shown(value: object) -> str:
    """Return `value` as a sentence may repeat it: on one line and not endless."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
