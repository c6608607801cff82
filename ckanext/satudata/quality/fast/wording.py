"""Errors as frictionless words them, at a hundredth of what its own objects cost.

The first error of each kind is made by frictionless; those that follow have its form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from frictionless import Error, errors

from ckanext.satudata.quality.fast.columns import Column
from ckanext.satudata.quality.fast.rows import Found, Suspect

_CELLS: dict[str, type[Error]] = {
    "type-error": errors.TypeError,
    "constraint-error": errors.ConstraintError,
    "unique-error": errors.UniqueError,
    "extra-cell": errors.ExtraCellError,
    "missing-cell": errors.MissingCellError,
}
_ROWS: dict[str, type[Error]] = {
    "blank-row": errors.BlankRowError,
    "primary-key": errors.PrimaryKeyError,
}
Words = Callable[[Found, Suspect], dict[str, Any]]


class Wording:
    """The descriptors of errors in the rows of a table."""

    def __init__(self, columns: list[Column]) -> None:
        self._columns = columns
        self._forms: dict[str, dict[str, Any]] = {}

    def describe(self, found: Found, suspect: Suspect) -> dict[str, Any]:
        """What frictionless' own error would describe itself as."""
        if found.kind in _CELLS:
            return self._cell(found, suspect)
        if found.kind in _ROWS:
            return self._row(found, suspect)
        return self._foreign(found, suspect)

    def _cell(self, found: Found, suspect: Suspect) -> dict[str, Any]:
        is_field = found.column < len(self._columns) and found.kind != "extra-cell"
        facts = {
            "cells": suspect.cells,
            "rowNumber": suspect.number,
            "cell": found.cell,
            "fieldName": self._columns[found.column].name if is_field else "",
            "fieldNumber": found.column + 1,
        }
        return self._filled(_CELLS[found.kind], found.note, facts)

    def _row(self, found: Found, suspect: Suspect) -> dict[str, Any]:
        facts = {"cells": suspect.cells, "rowNumber": suspect.number}
        return self._filled(_ROWS[found.kind], found.note, facts)

    def _foreign(self, found: Found, suspect: Suspect) -> dict[str, Any]:
        foreign = found.foreign
        if foreign is None:
            raise ValueError(found.kind)
        facts = {
            "cells": suspect.cells,
            "rowNumber": suspect.number,
            "fieldNames": [foreign.own],
            "fieldCells": list(found.values),
            "referenceName": foreign.table,
            "referenceFieldNames": [foreign.other],
        }
        return self._filled(errors.ForeignKeyError, found.note, facts)

    def _filled(self, kind: type[Error], note: str, facts: dict[str, Any]) -> dict[str, Any]:
        form = self._forms.get(kind.type)
        if form is None:
            form = self._forms[kind.type] = _form(kind, note, facts)
        words = form.copy()
        words["note"] = note
        words.update(facts)
        words["message"] = kind.template.format_map(words)
        return words


def _form(kind: type[Error], note: str, facts: dict[str, Any]) -> dict[str, Any]:
    made = kind(note=note, **{_SNAKE[name]: value for name, value in facts.items()})
    return made.to_descriptor()


_SNAKE = {
    "cells": "cells",
    "rowNumber": "row_number",
    "cell": "cell",
    "fieldName": "field_name",
    "fieldNumber": "field_number",
    "fieldNames": "field_names",
    "fieldCells": "field_cells",
    "referenceName": "reference_name",
    "referenceFieldNames": "reference_field_names",
}
