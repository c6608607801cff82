"""A file as frictionless opens it: encoding, separator, heading, fields and their readers."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from frictionless import Error, Field, FrictionlessException
from frictionless.errors import SourceError
from frictionless.formats.csv import CsvControl
from frictionless.resources import TableResource

from ckanext.satudata.quality.fast.unsure import Unsure

UTF8 = ("utf-8", "utf-8-sig", "ascii")


@dataclass
class Opened:
    """What the rows are to be read with."""

    resource: TableResource
    path: str
    encoding: str
    separator: str
    skips_blanks: bool
    """Blanks after a separator do not count; pyarrow knows no such thing."""
    folds_newlines: bool
    first_record: int
    """Number of the first record that is data; 1 is the first of the file."""
    labels: list[str]
    fields: list[Field]
    """One for each cell of a row."""
    readers: list[Callable[[Any], tuple[Any, dict[str, str] | None]]]
    start_errors: list[Error]
    """What is wrong before the first row."""

    @property
    def dialect(self) -> type[csv.Dialect]:
        """For Python's own reader, where rows must be looked at one by one."""

        class Own(csv.excel):
            delimiter = self.separator
            skipinitialspace = self.skips_blanks

        return Own


def opened(resource: TableResource) -> Opened:
    """Let frictionless open a CSV or TSV, and close it again. Raises Unsure."""
    if resource.format not in ("csv", "tsv") or resource.compression:
        raise Unsure("format")
    file = opened_as(resource)
    control = CsvControl.from_dialect(resource.dialect)
    if control.quote_char != '"' or control.escape_char or len(control.delimiter) != 1:
        raise Unsure("dialect")
    if control.delimiter in '"\r\n':
        raise Unsure("dialect")
    file.separator, file.skips_blanks = control.delimiter, control.skip_initial_space
    return file


def opened_as(resource: TableResource) -> Opened:
    """The same for any kind of file."""
    try:
        # It says what is wrong with a schema before it opens anything; so it shall be asked.
        resource.to_descriptor(validate=True)
        resource.open()
        try:
            return _read(resource)
        finally:
            resource.close()
    except FrictionlessException as error:
        raise Unsure("opening") from error


def _read(resource: TableResource) -> Opened:
    dialect = resource.dialect
    if dialect.comment_char or dialect.comment_rows or dialect.skip_blank_rows:
        raise Unsure("dialect")
    if not dialect.header_case:
        raise Unsure("dialect")
    fields = resource.header.get_expected_fields()
    if not fields or len({field.name for field in fields}) != len(fields):
        raise Unsure("fields")
    has_heading = dialect.header and dialect.header_rows
    return Opened(
        resource=resource,
        path=str(resource.path),
        encoding=str(resource.encoding),
        separator=",",
        skips_blanks=False,
        folds_newlines=resource.format == "tsv",
        first_record=dialect.header_rows[-1] + 1 if has_heading else 1,
        labels=list(resource.labels),
        fields=fields,
        readers=[field.create_cell_reader() for field in fields],
        start_errors=_start_errors(resource),
    )


def _start_errors(resource: TableResource) -> list[Error]:
    is_empty = not (resource.labels or resource.fragment)
    empty: list[Error] = [SourceError(note="the source is empty")] if is_empty else []
    return [*empty, *resource.header.errors]
