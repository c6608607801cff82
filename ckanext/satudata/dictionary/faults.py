"""Every fault and gap of a kamus data: a stable code, a place, one sentence for people.

A sentence is an English msgid; whoever shows it brings the translation and says the place first.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from ckanext.satudata.msgid import N_

SHOWN_LENGTH = 60
"""Characters of a wrong value that a sentence repeats."""

FAULTS: dict[str, str] = {
    # The text as a whole.
    "json_broken": N_(
        "This is no JSON: something is wrong in line %(line)s, character %(character)s. Export "
        "the kamus data once more, or mend that place."
    ),
    "json_key_twice": N_('The key "%(key)s" is there twice in one object. Delete one of them.'),
    "json_big": N_("This text is larger than %(limit)s kB. Import the columns in parts."),
    "json_deep": N_("Objects lie too deep in each other. A Table Schema needs no such depth."),
    "json_number": N_('"%(value)s" is no number of JSON. Write a number, or a text in quotes.'),
    "not_a_schema": N_(
        'This is no Table Schema: it has no list "fields". Import a kamus data that was exported '
        "here, or the schema of a Data Package."
    ),
    "columns_none": N_("There is no column. Add at least one."),
    "columns_many": N_("There are more than %(limit)s columns. Split the table."),
    "field_form": N_("This field is no object with a name. Give it a name."),
    "others_form": N_(
        '"%(key)s" does not have the form that a Table Schema asks for. Correct or delete it.'
    ),
    # A column.
    "name_empty": N_("The column has no name. Write the heading as it stands in the file."),
    "name_long": N_(
        "The name is longer than %(limit)s characters. Shorten the heading in the file."
    ),
    "name_twice": N_('"%(name)s" is there twice. Give one of the two another name.'),
    "text_form": N_('"%(property)s" is no text. Write a text.'),
    "text_long": N_("This text has %(size)s characters, and %(limit)s fit. Shorten it."),
    "text_unreadable": N_("This text holds characters that cannot be stored. Type it anew."),
    "choice_unknown": N_('"%(value)s" is not among the choices. Use one of: %(choices)s.'),
    "type_unknown": N_('"%(value)s" is no type. Choose one of: %(choices)s.'),
    "format_unsuited": N_('A column of type %(type)s has no format "%(value)s". Leave it empty.'),
    "option_unsuited": N_('"%(option)s" does not belong to type %(type)s. Delete it.'),
    "option_form": N_('"%(option)s" has another form than it needs. Write it as %(form)s.'),
    "constraint_unknown": N_('The constraint "%(constraint)s" is not known. Delete it.'),
    "constraint_unsuited": N_('"%(constraint)s" does not go with type %(type)s. Delete it.'),
    "constraint_form": N_('"%(constraint)s" has another form than it needs. Write it as %(form)s.'),
    "pattern_broken": N_(
        'The pattern "%(value)s" cannot be read as a regular expression. Correct it.'
    ),
    "bounds_crossed": N_(
        "The smallest value (%(low)s) is above the largest (%(high)s). Swap or correct them."
    ),
    # Keys of the table.
    "key_unknown": N_('There is no column "%(name)s", which a key names. Correct the key.'),
    "key_form": N_('"%(key)s" names no columns. Give a name, or a list of names.'),
    "reference_form": N_(
        'A foreign key needs "fields" and "reference" with as many fields. Correct it.'
    ),
}
"""What cannot be stored."""

GAPS: dict[str, str] = {
    "title_missing": N_("The title is empty. Write what people call this column."),
    "definition_missing": N_("The definition is empty. Write what is counted and what is not."),
    "concept_missing": N_("The concept is empty. Write the idea behind the column."),
    "unit_missing": N_("The unit is empty. Write what the figures count in."),
    "reference_missing": N_("These look like codes. Write the list that they come from."),
    "formula_missing": N_("The method is empty. Write how this indicator is calculated."),
    "type_missing": N_("The type is not said. Choose one, so that the file can be checked."),
}
"""What is still missing; the kamus data can be stored without it."""

DOUBTS: dict[str, str] = {
    "empty": N_("The rows looked at have no value here. Choose the type yourself."),
    "few": N_("Only %(count)s values were there to look at. Check the type."),
    "mixed": N_(
        '%(count)s of %(total)s values do not fit this type, such as "%(example)s". Correct the '
        "file, or choose the type text."
    ),
    "dot_or_decimal": N_(
        '"%(example)s" can be a number of thousands or a decimal number. It is read as a number '
        "of thousands. Check the separators."
    ),
    "day_or_month": N_(
        'Every day is also a month, as in "%(example)s". It is read with the day first. Check it.'
    ),
    "leading_zeros": N_('Values such as "%(example)s" begin with zero, so they are kept as text.'),
    "long_number": N_(
        'Values such as "%(example)s" are numbers of things, so they are kept as text.'
    ),
    "scientific": N_(
        '"%(example)s" is what a spreadsheet makes of a long number; digits may be lost. Look at '
        "the file."
    ),
    "brackets": N_(
        '"%(example)s" stands in brackets, which may mean a negative number. Write a minus, or '
        "keep it as text."
    ),
    "month_words": N_('"%(example)s" is a day in words. Write it as 2026-03-31 or 31/03/2026.'),
    "numbering": N_(
        "These look like codes of regions. Write as reference code whose numbers they are: "
        "kemendagri or bps."
    ),
    "heading_twice": N_(
        'The heading "%(name)s" is there twice in the file. Give one another name.'
    ),
    "heading_empty": N_("Column %(number)s has no heading in the file. Give it one."),
}
"""What a proposal is not sure of; somebody has to look."""

SENTENCES: Mapping[str, str] = {**FAULTS, **GAPS, **DOUBTS}


@dataclasses.dataclass(frozen=True)
class Problem:
    """What is wrong, missing or doubtful.

    `column` counts from 0 and is None for the table; `part` is the key it is about, "" for
    the whole column or table. `code` is a key of SENTENCES.
    """

    code: str
    column: int | None = None
    part: str = ""
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def is_fault(self) -> bool:
        return self.code in FAULTS


def sentence(
    problem: Problem, translate: Callable[[str], str] = lambda msgid: msgid, code: bool = True
) -> str:
    """The sentence of a problem, translated, with its facts, and its code unless `code` is off."""
    text = translate(SENTENCES[problem.code]) % problem.facts
    return f"{text} [{problem.code}]" if code else text


def shown(value: object) -> str:
    """A wrong value as a sentence may repeat it: on one line and not endless."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
