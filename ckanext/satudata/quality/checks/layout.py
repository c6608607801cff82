"""Where a sheet has its titles, its headings and its data.

Only the first rows are looked at; what the headings are, and what the columns hold, is found out
once for both forms of the checks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ckanext.satudata.quality.checks.base import CODES, DATES, NUMBERS, PERIODS, TEXTS, Facts
from ckanext.satudata.quality.checks.cells import DATE, EMPTY, FAULT, NUMBER, Row
from ckanext.satudata.quality.checks.dates import ISO, NUMERIC, WORDS
from ckanext.satudata.quality.checks.marks import MARK_CHECKS
from ckanext.satudata.quality.checks.spelling import CURRENCY, DASHES, MONTH, SCALES, UNITS, Spelled

HEAD = 200
"""Rows that are looked at for this."""
LONGEST = 80
"""Signs of a number with all that may stand around it."""
DEEPEST = 60
"""Rows above the data."""
_NUMBER = Spelled(
    rf"[-+(\u2010-\u2015\u2212]?[ ]*(?:{CURRENCY}[ \u00a0]*)?[0-9][0-9.,'\u00a0 ]*"
    rf"(?:[eE][-+]?[0-9]+)?(?:,-)?[ \u00a0]*(?:{SCALES}|{UNITS}|\*{{1,3}}\)?|[rabex]{{1,3}}"
    r"|[0-9]?\))?\.?[-)]?"
)
_YEAR = Spelled(
    r"(?:19|20)[0-9]{2}(?:\.0)?(?:[ ]?[*rxe]{1,3}\)?)?(?:[ ]?[-/][ ]?(?:(?:19|20)?[0-9]{2}))?"
)
_DATE = Spelled(rf"{ISO}|{NUMERIC}|{WORDS}")
_MARK = Spelled(rf"{DASHES}{{1,3}}|…|\.{{2,4}}")
_COUNTED = re.compile(r"[(\[]?-?([0-9]{1,2})[)\]]?")
_WORD = r"(?<![A-Za-z])(?:{})(?![A-Za-z])"
_CODE = re.compile(
    _WORD.format(
        r"kode|kd|code|id|nik|nip|npwp|nuptk|nisn|nis|npsn|nib|kbli|kbji|kbki|nkk|no\.? ?kk|nop|"
        r"id_?[a-z]+|kd_?[a-z]+|kode_?[a-z_]+|[a-z_]+_kode[a-z_]*|[a-z]+_kode_[a-z_]+|"
        r"no\.? ?(?:hp|telp|telepon|wa|rekening|induk|registrasi|kartu)|telp|telepon|handphone|hp|"
        r"kode ?pos|fips|iso|rekening"
    ),
    re.IGNORECASE,
)
_PERIOD = re.compile(
    _WORD.format(
        r"tahun|thn|year|bulan|bln|month|triwulan|semester|kuartal|quarter|periode|period"
    ),
    re.IGNORECASE,
)
_DAY = re.compile(_WORD.format(r"tanggal|tgl|date|waktu|timestamp"), re.IGNORECASE)
_MONTH = Spelled(rf"{MONTH}(?:[ \u00a0]+[0-9]{{4}})?")
_TYPES = {
    "integer": NUMBERS, "number": NUMBERS, "date": DATES, "datetime": DATES, "year": PERIODS,
    "yearmonth": PERIODS,
}  # fmt: skip


@dataclass
class Layout:
    """Rows are numbers as a spreadsheet shows them."""

    titles: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    counted: int = 0
    """The row that numbers the columns, (1) (2) (3); 0 where there is none."""
    data: int = 1
    """The first row of data."""
    columns: list[Facts] = field(default_factory=list)


def laid_out(
    head: Sequence[Row],
    schema: Mapping[str, Any] | None,
    merged: Sequence[tuple[int, int, int, int]] = (),
    regions: Mapping[str, frozenset[str]] | None = None,
) -> Layout:
    """Look at the first rows of a sheet."""
    fields = [one for one in (schema or {}).get("fields") or [] if isinstance(one, dict)]
    layout = Layout()
    at = _by_schema(head, fields)
    if at is None:
        at = _first_data(head)
    at = _above(layout, head, at)
    layout.data = head[at][0] if at < len(head) else (head[-1][0] + 1 if head else 1)
    labels = _labels(layout, head, merged)
    width = max((len(cells) for _, cells in head), default=0)
    marks, labelled = _missing(schema or {})
    for number in range(1, width + 1):
        heading = labels.get(number, "")
        own = _field(fields, number, heading)
        below = [c[number - 1] for _, c in head[at:] if number <= len(c) and c[number - 1][1]]
        facts = Facts(
            number, heading, field=own, missing=marks, labelled=labelled, regions=regions or {}
        )
        facts.role = _role(facts, below)
        layout.columns.append(facts)
    has_numbers = any(one.role == NUMBERS for one in layout.columns)
    for facts in layout.columns:
        facts.has_numbers = has_numbers
    return layout


def _by_schema(head: Sequence[Row], fields: list[dict[str, Any]]) -> int | None:
    """The row behind the one that has the names of the schema."""
    names = {str(one.get("name", "")).strip().lower() for one in fields}
    for at, (_, cells) in enumerate(head[:DEEPEST]):
        found = {text.strip().lower() for _, text in cells if text}
        if names and found and 2 * len(found & names) > len(names):
            return at + 1
    return None


def _is_number(kind: int, text: str) -> bool:
    # A longer text is none, and would take long to be found none.
    is_short = len(text) <= LONGEST
    return kind in (NUMBER, FAULT) or (kind != EMPTY and is_short and _NUMBER.fits(text))


def _is_value(kind: int, text: str) -> bool:
    """Whether a cell is a datum; a year or a day may as well be a heading."""
    if kind in (EMPTY, DATE) or _YEAR.fits(text) or _DATE.fits(text):
        return False
    return _is_number(kind, text) or _MARK.fits(text)


def _first_data(head: Sequence[Row]) -> int:
    rows = head[:DEEPEST]
    counts = [sum(bool(text) for _, text in cells) for _, cells in rows]
    # Titles fill one cell, as a rule; what most rows fill is the width of the table.
    full = sorted(one for one in counts if one > 1)
    usual = full[len(full) // 2] if full else 1
    for at, (_, cells) in enumerate(rows):
        values = sum(_is_value(kind, text) for kind, text in cells)
        if values and 2 * counts[at] >= usual and counts[at] > 1 and not _numbers_columns(cells):
            return at
        if values and usual == 1 and at:
            return at
    # Texts alone: the heading is the first row that is as full as most.
    first = next((at for at, one in enumerate(counts) if 3 * one >= 2 * usual and one), 0)
    return min(first + 1, len(head))


def _numbers_columns(cells: Sequence[tuple[int, str]]) -> bool:
    """Whether a row is (1) (2) (3), or what became of it: -1 -2 -3."""
    found = [_COUNTED.fullmatch(text.strip()) for _, text in cells if text]
    if len(found) < 3 or not all(found[1:]):
        return False
    numbers = [int(one[1]) for one in found if one]
    steps = [b - a for a, b in zip(numbers, numbers[1:], strict=False)]
    return len(numbers) > 2 and all(one == 1 for one in steps) and numbers[0] < 3


def _above(layout: Layout, head: Sequence[Row], at: int) -> int:
    """Part what stands above the data into titles and headings; where the data begin after that.

    The headings are the rows without a gap above the data, titles what is above a gap.
    """
    rows = [(number, _filled(cells)) for number, cells in head[:at]]
    for number, cells in head[:at]:
        if _numbers_columns(cells):
            layout.counted = number
    rows = [one for one in rows if one[0] != layout.counted]
    block: list[tuple[int, list[tuple[int, str]]]] = []
    while rows and (rows[-1][1] or not any(len(filled) > 1 for _, filled in block)):
        block.insert(0, rows.pop())
    block = [one for one in block if one[1]]
    while len(block) > 1 and _is_title(block[0][1]):
        rows.append(block.pop(0))
    while len(block) > 1 and _is_section(block):
        number = block.pop()[0]
        at = next(place for place, (one, _) in enumerate(head) if one == number)
    layout.headings = [number for number, _ in block]
    layout.titles = [number for number, filled in rows if filled]
    return at


def _filled(cells: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(column, text) for column, (_, text) in enumerate(cells, 1) if text]


def _is_title(filled: list[tuple[int, str]]) -> bool:
    """Whether a row of one cell tells of the whole table."""
    if len(filled) != 1:
        return False
    column, text = filled[0]
    return column <= 2 or len(text) > 40


def _is_section(block: list[tuple[int, list[tuple[int, str]]]]) -> bool:
    """Whether the row above the first numbers names a part of the table, and is no heading."""
    *above, (_, last) = block
    fullest = max(len(filled) for _, filled in above)
    return len(last) <= 2 < fullest and last[0][0] <= 2 and last[-1][0] <= 3


def _labels(
    layout: Layout, head: Sequence[Row], merged: Sequence[tuple[int, int, int, int]]
) -> dict[int, str]:
    """Each column's heading; what is joined over several holds for all of them."""
    wanted = set(layout.headings)
    held: dict[tuple[int, int], str] = {
        (row, column): " ".join(text.split())
        for row, cells in head
        if row in wanted
        for column, (_, text) in enumerate(cells, 1)
        if text
    }
    for top, left, _, right in merged:
        if top in wanted and (top, left) in held and right - left < 500:
            for column in range(left, right + 1):
                held.setdefault((top, column), held[(top, left)])
    labels: dict[int, list[str]] = {}
    for (_, column), text in sorted(held.items()):
        if text not in labels.setdefault(column, []):
            labels[column].append(text)
    return {column: " · ".join(parts)[:120] for column, parts in labels.items()}


def _field(fields: list[dict[str, Any]], number: int, heading: str) -> dict[str, Any]:
    plain = heading.strip().lower()
    for one in fields:
        if str(one.get("name", "")).strip().lower() == plain:
            return one
    return {} if not fields or number > len(fields) else fields[number - 1]


def _missing(schema: Mapping[str, Any]) -> tuple[frozenset[str], bool]:
    """The marks that a schema declares, and whether it says what they mean."""
    given = schema.get("missingValues")
    given = given if isinstance(given, list) else []
    marks = [one.get("value") if isinstance(one, dict) else one for one in given]
    labelled = any(isinstance(one, dict) and one.get("label") for one in given)
    return frozenset(str(one) for one in marks if one), labelled


def _role(facts: Facts, below: Sequence[tuple[int, str]]) -> str:
    kind = str(facts.field.get("type", ""))
    if kind in _TYPES:
        return _TYPES[kind]
    if _CODE.search(facts.heading.replace("_", " ")) and not _is_rating(facts.heading):
        return CODES
    if kind == "string":
        return TEXTS
    marks = MARK_CHECKS[0]
    values = [(k, text) for k, text in below if not marks.label(text, k, facts)]
    if not values:
        # Nothing but marks: where there were something, it would be numbers.
        return NUMBERS if below else TEXTS
    dates = sum(k == DATE or _DATE.fits(text) for k, text in values)
    if 2 * dates > len(values) or (dates and _DAY.search(facts.heading)):
        return DATES
    last = facts.heading.rsplit(" · ", 1)[-1]
    years = sum(_YEAR.fits(text) or _MONTH.fits(text) for _, text in values)
    if _PERIOD.search(last.replace("_", " ")) and 2 * years > len(values):
        return PERIODS
    numbers = sum(_is_number(k, text) for k, text in values)
    if 10 * numbers < 6 * len(values):
        return TEXTS
    return NUMBERS


def _is_rating(heading: str) -> bool:
    return re.search(r"jumlah|persen|indeks|rasio|nilai", heading, re.IGNORECASE) is not None
