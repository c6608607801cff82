"""Every fault of a workbook of officers: a stable code, and one sentence for people.

A sentence is an English msgid; whoever shows it brings the translation. Where it is said by the
cell, `Penugasan!C4`, which stands before the sentence.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from ckanext.satudata.msgid import N_

SHOWN_LENGTH = 60
"""Characters of a wrong value that a sentence repeats."""

FAULTS: dict[str, str] = {
    "workbook_broken": N_(
        "This file cannot be read as a workbook. Open it in your spreadsheet program, save it as "
        "XLSX without a password, and upload that."
    ),
    "workbook_big": N_("This workbook is larger than %(limit)s MB. Split it."),
    "workbook_full": N_(
        "This workbook holds far more cells than officers need. Delete pictures, formats of whole "
        "columns and sheets that are not needed, or start again from the template."
    ),
    "sheet_missing": N_("None of the sheets %(sheets)s is in this workbook. Use the template."),
    "sheet_unknown": N_(
        'The sheet "%(sheet)s" is not known here. Delete it, or give it one of the names '
        "%(sheets)s."
    ),
    "sheet_twice": N_('Two sheets are called "%(sheet)s". Bring their rows together in one.'),
    "column_missing": N_('The column "%(heading)s" is missing. Add it to row 1 of this sheet.'),
    "column_unknown": N_(
        'The column "%(heading)s" is not known here. Delete it, or use one of: %(headings)s.'
    ),
    "column_twice": N_('The column "%(heading)s" is there twice. Delete one of them.'),
    "rows_too_many": N_("This sheet has more than %(limit)s rows. Split the workbook."),
    "cell_empty": N_('"%(heading)s" is empty. Fill it in.'),
    "cell_formula": N_(
        "This cell holds a formula. Copy the column and paste it as values, then save again."
    ),
    "cell_error": N_("This cell shows a fault of the spreadsheet (%(value)s). Correct it."),
    "cell_long": N_("This text is longer than %(limit)s characters. Shorten it."),
    "cell_unreadable": N_("This cell holds characters that cannot be stored. Type it anew."),
    "text_is_day": N_(
        "The spreadsheet program has turned this text into a date. Format the cell as text, then "
        "type it again."
    ),
    "day_unreadable": N_('"%(value)s" is not a day. Write it as 31/03/2026 or 2026-03-31.'),
    "choice_unknown": N_('"%(value)s" is not one of: %(choices)s.'),
    "name_form": N_(
        '"%(value)s" cannot be such a name. Use 2 to 100 of the letters a to z, digits, hyphen and '
        "underscore."
    ),
    "email_form": N_('"%(value)s" is not an e-mail address.'),
    "row_twice": N_("This is said in row %(row)s already. Delete one of the two rows."),
}


@dataclasses.dataclass(frozen=True)
class Fault:
    """What is wrong, and where: `cell` is `Penugasan!C4`, a sheet's name, or empty for the file.

    `code` is a key of FAULTS, or one of a refusal that the portal adds.
    """

    cell: str
    code: str
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def sentence(code: str, facts: Mapping[str, Any], translate: Callable[[str], str]) -> str:
    """The sentence of a fault of FAULTS, translated, with its facts and its code."""
    return f"{translate(FAULTS[code]) % facts} [{code}]"


def shown(value: object) -> str:
    """A wrong value as a sentence may repeat it: on one line and not endless."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
