"""A table's cells, looked through column by column.

The cells of a column are joined to one text and searched as a whole, because a million calls into
a regular expression cost more than the search. Lines of the text are rows of the table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from ckanext.satudata.quality import identifiers
from ckanext.satudata.quality.findings import Finding, Place, masked
from ckanext.satudata.quality.headings import Headings
from ckanext.satudata.quality.tally import ENOUGH, Column, Tally

SHORTEST = 6  # characters of the shortest e-mail address, a@b.id
_NUMBER = re.compile(r"[0-9](?<![0-9][0-9])(?<![0-9][ .'\-][0-9])(?:[ .'\-]?[0-9]){8,}")
"""Nine digits and more, with single marks between them, from their beginning. The first digit
stands before what is asked of its neighbours, because an expression that begins with a set of
characters is searched for much faster."""
_INSIDE = frozenset("abcdefABCDEF_")
"""Before a number: it is part of a hash."""
_AREA_IN_BRACKETS = re.compile(
    r"\(0(?:2[1-9][0-9]?|[3-7][0-9]{2}|8[0-9]{2}|9[0-9]{2})\)[ \-]{0,2}[0-9](?:[ .\-]?[0-9]){4,8}"
)
_GOES_ON = re.compile(r"[0-9A-Za-z_]|,[0-9]{1,6}(?![0-9])|[.,]?%")
"""After a number: it is part of a word, or a decimal."""
_LABEL = re.compile(
    r"(?:^|[^a-z])(?:(?P<nik>nik|ktp)|(?P<kk>kk|kartu keluarga)|(?P<nip>nip)|(?P<npwp>npwp)"
    r"|(?P<phone>hp|handphone|telp|telepon|telpon|tlp|wa|whatsapp|phone))[^0-9a-z\n]{0,4}\Z",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"\+ ?62[) .\-]{0,3}\Z")
_MARKS = re.compile(r"[ .'\-]")
_NPWP_GROUPS = (2, 3, 3, 1, 3, 3)
_NIK_GROUPS = frozenset({(2, 2, 2, 6, 4), (2, 2, 2, 2, 2, 2, 4), (6, 6, 4)})
_MIXED_GROUPS = _NIK_GROUPS | {_NPWP_GROUPS}
"""Groups that people part by more than one kind of mark, and that no figure has."""
_LOCAL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}\Z")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")

_SIZES = frozenset(range(9, 19))

Hit = tuple[str, bool]
"""Kind, and whether it speaks for itself."""


class Sheet:
    """One sheet, looked through as its rows come.

    `regions` as in `identifiers.is_nik`; `name` is "" in a CSV.
    """

    def __init__(self, name: str, regions: Collection[str] | None = None) -> None:
        self.name = name
        self._regions = regions
        self._columns: dict[int, Column] = {}
        self._headings = Headings(name)

    def look(self, first_row: int, rows: Sequence[Sequence[str]]) -> None:
        """Look through the next rows; `first_row` is the number that a spreadsheet shows."""
        self._headings.look(first_row, rows, self._column)
        for index, cells in enumerate(zip_longest(*rows, fillvalue="")):
            text = _joined(cells)
            if len(text) - len(cells) + 1 >= SHORTEST:
                self._search(self._column(index), text, first_row)

    def findings(self) -> Iterator[Finding]:
        """What is to be told of this sheet, by columns."""
        for _index, column in sorted(self._columns.items()):
            found = column.found()
            for kind, tally in found.items():
                heading = column.heading if column.asked_at is None else column.asked_heading
                yield Finding(
                    f"personal_{kind}",
                    certain=True,
                    count=tally.count,
                    places=tuple(tally.places),
                    heading=heading,
                    example=tally.example,
                )
            if column.weak and column.asks and column.asks not in found and column.asked_at:
                yield Finding(
                    "personal_header",
                    certain=False,
                    count=1,
                    places=(column.asked_at,),
                    heading=column.asked_heading,
                    kind=column.asks,
                )

    def _column(self, index: int) -> Column:
        known = self._columns.get(index)
        if known is None:
            known = self._columns[index] = Column(index + 1)
        return known

    def _search(self, column: Column, text: str, first_row: int) -> None:
        for start, value, hit in self._hits(column, text):
            _note(self.name, column, hit, value, text, start, first_row)

    def _hits(self, column: Column, text: str) -> Iterator[tuple[int, str, Hit]]:
        for match in _NUMBER.finditer(text):
            start, end = match.span()
            last = text[start - 1] if start else "\n"
            if last == "\n" or not _is_inside(text, start, last):
                after = text[end : end + 1]
                if after in ("\n", "") or not _GOES_ON.match(text, end):
                    yield from self._numbers(column, text, start, match.group())
        if "(0" in text:
            for match in _AREA_IN_BRACKETS.finditer(text):
                yield match.start(), match.group(), ("phone", True)
        if "@" in text:
            yield from _addresses(text)

    def _numbers(
        self, column: Column, text: str, start: int, token: str
    ) -> Iterator[tuple[int, str, Hit]]:
        hit = self._number(column, text, start, token)
        if hit is not None:
            yield start, token, hit
        elif " " in token and len(token) > 19:
            # Several numbers stand in one cell with nothing but a blank between them.
            for piece in re.finditer(r"[^ ]{9,}", token):
                hit = self._number(column, text, start + piece.start(), piece.group())
                if hit is not None:
                    yield start + piece.start(), piece.group(), hit

    def _number(self, column: Column, text: str, start: int, token: str) -> Hit | None:
        digits, groups = (token, (len(token),)) if token.isdigit() else _parts(token)
        size = len(digits)
        if size not in _SIZES:
            return None
        column.lengths[size if digits[0] != "0" else -size] += 1
        before = ""
        if start and text[start - 1] != "\n":
            before = text[max(0, start - 24) : start].rpartition("\n")[2]
        label = _LABEL.search(before) if before else None
        asks = (label.lastgroup if label else None) or column.asks
        if size >= 15:
            return self._long(digits, groups, asks)
        return _phone(digits, groups, asks, before)

    def _long(self, digits: str, groups: tuple[int, ...], asks: str | None) -> Hit | None:
        size = len(digits)
        if size == 16 and asks in ("nik", "kk", "npwp"):
            return asks, True
        if size == 18:
            return ("nip", True) if asks == "nip" or identifiers.is_nip(digits) else None
        if size == 15 and (asks == "npwp" or groups == _NPWP_GROUPS):
            return "npwp", True
        if size < 17 and (size == 15 or digits[0] == "0"):
            return ("npwp", False) if identifiers.is_npwp(digits) else None
        if size == 16 and identifiers.is_nik(digits, self._regions):
            return "nik", groups in _NIK_GROUPS
        return None


def _joined(cells: Sequence[str]) -> str:
    text = "\n".join(cells)
    if text.count("\n") != len(cells) - 1:
        text = "\n".join(cell.replace("\n", "\x1f") for cell in cells)
    if not text.isascii():
        # Blanks that do not break, digits of full width, marks that nobody sees.
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return text


def _is_inside(text: str, start: int, last: str) -> bool:
    """Whether what stands before a number makes it the end of a hash or of a decimal."""
    return last in _INSIDE or (last in ".," and text[start - 2 : start - 1].isdigit())


def _parts(token: str) -> tuple[str, tuple[int, ...]]:
    """Digits of a number and how many stand in each group; no digits where it is a decimal."""
    parts = _MARKS.split(token)
    groups = tuple(len(one) for one in parts)
    dots = token.count(".")
    if dots == 1 and len(parts) == 2:
        # What a number becomes in a column of floats; any other single dot is a decimal.
        return (parts[0], (groups[0],)) if parts[1] == "0" else ("", (0,))
    if dots and dots != len(parts) - 1 and groups not in _MIXED_GROUPS:
        return "", (0,)
    return "".join(parts), groups


def _phone(digits: str, groups: tuple[int, ...], asks: str | None, before: str) -> Hit | None:
    if before and (_ABROAD.search(before) or (before[-1] == "+" and digits[:2] == "62")):
        return "phone", True
    if digits[0] not in "06" and asks != "phone":
        return None
    if len(groups) > 1 and groups[0] < 3 and not digits.startswith("62"):
        return None  # a day: 08-12-2020 10
    if asks == "phone":
        return ("phone", True) if digits.startswith(("0", "62", "8")) else None
    if identifiers.is_mobile(digits):
        return ("phone", False) if digits[0] == "0" else ("phone_62", False)
    if len(groups) > 1 and identifiers.is_fixed(digits):
        area = identifiers.AREA.fullmatch(digits[: groups[0]])
        return ("phone_fixed", False) if area else None
    return None


def _addresses(text: str) -> Iterator[tuple[int, str, Hit]]:
    at = text.find("@")
    while at >= 0:
        local = _LOCAL.search(text[max(0, at - 64) : at])
        domain = _DOMAIN.match(text, at + 1)
        if local and domain:
            yield at - len(local.group()), f"{local.group()}@{domain.group()}", ("email", True)
        at = text.find("@", at + 1)


def _note(
    sheet: str, column: Column, hit: Hit, value: str, text: str, start: int, first_row: int
) -> None:
    kind, sure = hit
    tally: Tally = column.tally(kind)
    if sure:
        tally.sure += 1
    else:
        tally.fits += 1
        if len(tally.different) < ENOUGH:
            digits = value if value.isdigit() else _parts(value)[0]
            tally.different.add(digits)
            if kind == "nik":
                tally.days.add(identifiers.day_of(digits))
    if tally.wants_place():
        row = first_row + text.count("\n", 0, start)
        tally.places.append(Place(sheet, row, column.column))
        tally.example = tally.example or masked(value)
