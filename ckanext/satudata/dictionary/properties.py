"""What is asked of a column: the properties of its field in the Table Schema.

`name` and `type` stand apart, and the rest of what Table Schema knows (constraints, separators) is
kept as it is. `title` is Table Schema's own; the others are custom properties, which the standard
lets a descriptor have. Their names are those of the dataset's own fields where it has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ckanext.satudata.msgid import N_

SHORT, TEXT = 300, 4000
"""Characters of a line, and of a text."""


@dataclass(frozen=True)
class Property:
    """One property. `label` and `help` are msgids, `source` is the rule that asks for it.

    `choices`: the values it may have, with their msgids. `of_indicator`: asked only of a column
    that is an indicator.
    """

    name: str
    label: str
    help: str
    source: str
    longest: int = SHORT
    choices: tuple[tuple[str, str], ...] = ()
    of_indicator: bool = False

    @property
    def is_long(self) -> bool:
        return self.longest > SHORT


YES, NO = "ya", "tidak"
YES_NO = ((YES, N_("Yes")), (NO, N_("No")))
_STANDARD = "Perpres 39/2019 Ps 4"


def _var(number: int) -> str:
    return f"Peraturan BPS 5/2020, MS-Var ({number})"


def _ind(number: int) -> str:
    return f"Peraturan BPS 5/2020, MS-Ind ({number})"


PROPERTIES: tuple[Property, ...] = (
    Property(
        "title",
        N_("Title"),
        N_("What the column is called in tables and charts, without its unit."),
        _var(2),
    ),
    Property(
        "definition",
        N_("Definition of the column"),
        N_("What is counted here and what is not."),
        f"{_STANDARD}; {_var(5)}",
        TEXT,
    ),
    Property(
        "concept",
        N_("Concept"),
        N_("The idea behind the column, in one sentence."),
        f"{_STANDARD}; {_var(4)}",
        TEXT,
    ),
    Property(
        "unit",
        N_("Unit"),
        N_("What its figures count in, such as orang, hektare, rupiah. Empty for text."),
        f"{_STANDARD}; {_ind(8)}",
    ),
    Property(
        "measure",
        N_("Measure"),
        N_("What kind of figure it is, such as jumlah, persentase, rasio, indeks."),
        f"{_STANDARD}; {_ind(7)}",
    ),
    Property(
        "classification",
        N_("Classes"),
        N_("The values that the column can have and what they mean, such as L = laki-laki."),
        f"{_STANDARD}; {_var(9)}",
        TEXT,
    ),
    Property(
        "reference_code",
        N_("Reference code"),
        N_("The list that its codes come from, such as kemendagri, bps, KBLI 2020."),
        "Perpres 39/2019 Ps 10",
    ),
    Property(
        "alias",
        N_("Other name"),
        N_("Another name or abbreviation that is in use."),
        _var(3),
    ),
    Property(
        "selection_reference",
        N_("Reference of the choice"),
        N_("Why this variable was chosen: a law, a standard, a former survey."),
        _var(6),
        TEXT,
    ),
    Property(
        "time_reference",
        N_("Time it speaks of"),
        N_("The time that the figures speak of, such as a year, the past week, 31 December."),
        _var(7),
    ),
    Property(
        "validation_rule",
        N_("Rule for its values"),
        N_(
            "A rule in words that its values must follow. Bounds and lists are added by themselves."
        ),
        _var(10),
        TEXT,
    ),
    Property(
        "question",
        N_("Question asked"),
        N_("The question in the form by which the values were gathered."),
        _var(11),
        TEXT,
    ),
    Property(
        "accessible",
        N_("For everybody"),
        N_("Whether this column may be read by everybody."),
        _var(12),
        choices=YES_NO,
    ),
    Property(
        "indicator",
        N_("Is an indicator"),
        N_("Whether the column is a figure of its own that is reported, and not only a breakdown."),
        _ind(2),
        choices=YES_NO,
    ),
    Property(
        "interpretation",
        N_("How to read it"),
        N_("What a higher and a lower figure mean."),
        _ind(5),
        TEXT,
        of_indicator=True,
    ),
    Property(
        "formula",
        N_("Method or formula"),
        N_("How the figure is calculated."),
        _ind(6),
        TEXT,
        of_indicator=True,
    ),
    Property(
        "presentation",
        N_("Given by"),
        N_("The groups by which the figure is given, such as regency, sex, age."),
        _ind(9),
        of_indicator=True,
    ),
    Property(
        "composite",
        N_("Composite"),
        N_("Whether it is calculated from other indicators."),
        _ind(10),
        choices=YES_NO,
        of_indicator=True,
    ),
    Property(
        "built_from_publication",
        N_("Publication of its parts"),
        N_("Only if composite. Where the indicators that it is made of are published."),
        _ind(11),
        of_indicator=True,
    ),
    Property(
        "built_from_indicators",
        N_("Indicators it is made of"),
        N_("Only if composite. Their names."),
        _ind(12),
        TEXT,
        of_indicator=True,
    ),
    Property(
        "built_from_activity",
        N_("Activity of its variables"),
        N_("Only if not composite. The statistical activity that yields its variables."),
        _ind(13),
        of_indicator=True,
    ),
    Property(
        "built_from_activity_code",
        N_("Code of that activity"),
        N_("Only if not composite. The code that BPS gave the activity."),
        _ind(14),
        of_indicator=True,
    ),
    Property(
        "built_from_variables",
        N_("Variables it is made of"),
        N_("Only if not composite. Their names."),
        _ind(15),
        TEXT,
        of_indicator=True,
    ),
    Property(
        "estimation_level",
        N_("Level of estimation"),
        N_("The smallest area for which the figure holds."),
        _ind(16),
        of_indicator=True,
    ),
)
BY_NAME: Mapping[str, Property] = {one.name: one for one in PROPERTIES}
MAIN = ("title", "definition", "concept", "unit", "measure", "classification", "reference_code")
"""What a reader meets beside each column; the others are for the forms of BPS."""
