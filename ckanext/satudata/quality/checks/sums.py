"""Totals that do not add up, and totals without a label."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ckanext.satudata.quality.checks.base import NUMBERS
from ckanext.satudata.quality.checks.cells import EMPTY, NUMBER, TEXT, Cell, Lot, Row, Table
from ckanext.satudata.quality.checks.layout import Layout
from ckanext.satudata.quality.checks.rows import IS_COUNTRY, IS_TOTAL
from ckanext.satudata.quality.checks.said import PERINGATAN, Place, Problem, Words, example
from ckanext.satudata.quality.checks.sheets import SheetCheck, Watch

MOST = 20_000
"""Rows of a table whose totals are added up."""
NEAR = 0.1
"""A total that is farther off is none of these rows."""
_BEGINS = re.compile(r"\s*(?:jumlah|total)\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")


class Wrong(SheetCheck):
    code = "total_wrong"
    severity = PERINGATAN
    title = ("jumlah yang tidak cocok", "totals that do not add up")
    words = Words(
        (
            "baris jumlah ({cell}) berisi {example}, sedangkan {rows} barisnya dijumlahkan menjadi "
            "{sum}; selisihnya {difference}.",
            "the row of totals ({cell}) holds {example}, while its {rows} rows add up to {sum}; "
            "the difference is {difference}.",
        ),
        (
            "Periksa baris jumlah dan baris di atasnya terhadap sumbernya, terutama angka yang "
            "tertukar.",
            "Compare the totals and the rows above with their source, exchanged digits above all.",
        ),
    )
    true = (
        ("Kabupaten", "Laki-laki", "Perempuan"),
        ("Bandung", "1200", "1310"),
        ("Bogor", "1345", "1500"),
        ("Jumlah", "2545", "2910"),
    )
    false = (*true[:3], ("Jumlah", "2545", "2810"))

    def watch(self, layout: Layout, head: Sequence[Row], table: Table) -> Watch:
        return _Sums(self, layout, head, table)


class Hidden(SheetCheck):
    code = "total_unlabelled"
    severity = PERINGATAN
    title = ("baris jumlah tanpa nama", "totals without a label")
    words = Words(
        (
            "baris {row} sama dengan jumlah semua baris lain, tetapi tidak bernama jumlah ({cell}: "
            "{example}).",
            "row {row} is the sum of all others, but is not called a total ({cell}: {example}).",
        ),
        ("Hapus baris itu.", "Delete it."),
    )
    true = (
        ("Kabupaten", "Laki-laki", "Perempuan"),
        ("Bandung", "1200", "1310"),
        ("Bogor", "1345", "1500"),
        ("Bekasi", "1005", "990"),
        ("", "3550", "3800"),
    )
    false = (*true[:4], ("Jumlah", "3550", "3800"))

    def watch(self, layout: Layout, head: Sequence[Row], table: Table) -> Watch:
        return _Sums(self, layout, head, table)


class _Sums(Watch):
    def __init__(self, check: Any, layout: Layout, head: Sequence[Row], table: Table) -> None:
        super().__init__(check, layout, head, table)
        self._lots: list[Lot] = []
        self._count = 0

    def take(self, lot: Lot) -> None:
        self._count += len(lot)
        if self._count <= MOST:
            self._lots.append(lot)
        else:
            self._lots.clear()

    def problems(self) -> Iterator[Problem]:
        if self._count > MOST:
            return
        rows = sorted((row for lot in self._lots for row in lot.rows()), key=lambda row: row[0])
        block = _Block(self.layout, rows)
        if isinstance(self.check, Wrong):
            yield from self._wrong(block)
        else:
            yield from self._hidden(block)

    def _wrong(self, block: _Block) -> Iterator[Problem]:
        for at in block.totals:
            sums = {column: block.best(at, column) for column in block.filled(at)}
            known = {column: one for column, one in sums.items() if one is not None}
            right = sum(one.fits for one in known.values())
            for column, one in known.items():
                off = abs(one.printed - one.total)
                is_near = off <= NEAR * abs(one.total)
                if one.fits or not is_near or (len(known) > 1 and 2 * right < len(known) - 1):
                    continue
                number, cells = block.rows[at]
                place = Place(number, column, example(cells[column - 1][1]))
                heading = self.layout.columns[column - 1].heading
                yield self.check.problem(
                    1,
                    [place],
                    column=column,
                    heading=heading,
                    rows=one.rows,
                    sum=_plain(one.total),
                    difference=_plain(off),
                )

    def _hidden(self, block: _Block) -> Iterator[Problem]:
        if block.hidden is not None and not IS_COUNTRY.fits(block.labels[block.hidden]):
            number, cells = block.rows[block.hidden]
            column = block.telling
            yield self.check.problem(1, [Place(number, column, example(cells[column - 1][1]))])


class _Sum:
    def __init__(self, printed: float, values: list[float], decimals: int) -> None:
        self.printed = printed
        self.total = math.fsum(values)
        self.rows = len(values)
        self.is_telling = abs(printed) >= 10 and sum(map(bool, values)) > 2
        # Rounded values differ by half a unit each, and not all to the same side.
        slack = 10.0**-decimals * (0.5 + 0.58 * math.sqrt(len(values)))
        self.fits = abs(self.total - printed) <= slack + 1e-9 * abs(self.total)


class _Block:
    """The rows of a table with their numbers read."""

    def __init__(self, layout: Layout, rows: list[Row]) -> None:
        self.rows = rows
        self._columns = [one.number for one in layout.columns if one.role == NUMBERS]
        self._values = {column: _read(rows, column) for column in self._columns}
        self.telling = 0
        self.labels = labels = [_label(cells) for _, cells in rows]
        self.data = [at for at in range(len(rows)) if self.filled(at)]
        self.totals = [at for at in self.data if IS_TOTAL.fits(labels[at])]
        last = self.data[-1] if self.data else -1
        begun = [at for at in self.data if _BEGINS.match(labels[at])]
        if begun == [last] and last not in self.totals:
            self.totals.append(last)
        self.hidden = None if self.totals else self._hidden()
        if self.hidden is not None:
            self.totals.append(self.hidden)

    def _hidden(self) -> int | None:
        """The first or one of the last rows that is the sum of all others."""
        full = [at for at in self.data if len(self.filled(at)) > 1]
        if len(full) < 4:
            return None
        for at in dict.fromkeys((*full[:-4:-1], full[0])):
            others = [one for one in full if one != at]
            found = ((c, self._sum(at, c, others)) for c in self.filled(at))
            sums = {column: one for column, one in found if one is not None}
            fitting = [c for c, one in sums.items() if one.fits and one.is_telling]
            if len(fitting) >= 2 and 2 * len(fitting) >= len(sums):
                self.telling = fitting[0]
                return at
        return None

    def filled(self, at: int) -> list[int]:
        return [c for c in self._columns if self._values[c][at] is not None]

    def best(self, at: int, column: int) -> _Sum | None:
        """The sum of the rows above, or below, that comes nearest to a total."""
        before = [one for one in self.totals if one < at]
        found = [
            self._sum(at, column, range(at)),
            self._sum(at, column, range(at + 1, len(self.rows))),
        ]
        if before:
            found.append(self._sum(at, column, range(before[-1] + 1, at)))
            found.append(self._sum(at, column, before, totals=True))
        sums = [one for one in found if one is not None and one.rows > 1]
        fitting = [one for one in sums if one.fits]
        if fitting:
            return fitting[0]
        return min(sums, key=lambda one: abs(one.printed - one.total), default=None)

    def _sum(
        self, at: int, column: int, rows: Sequence[int], *, totals: bool = False
    ) -> _Sum | None:
        values = self._values[column]
        printed = values[at]
        skipped = set() if totals else set(self.totals)
        taken = [values[one] for one in rows if one not in skipped and values[one] is not None]
        if printed is None or not taken:
            return None
        decimals = max(one[1] for one in [printed, *taken] if one)
        return _Sum(printed[0], [one[0] for one in taken if one], min(decimals, 6))


def _label(cells: Sequence[Cell]) -> str:
    """The first text of a row that is no number."""
    for kind, text in cells:
        if kind == TEXT and not text.strip().isdigit():
            return text
    return ""


_Value = tuple[float, int]
"""A number, and how many decimals it is told with."""


def _read(rows: list[Row], column: int) -> list[_Value | None]:
    cells = [cells[column - 1] if column <= len(cells) else (EMPTY, "") for _, cells in rows]
    texts = [text for kind, text in cells if kind not in (EMPTY, NUMBER)]
    dotted = [text.strip() for text in texts if "." in text and "," not in text]
    thousands = bool(dotted) and all(_THOUSANDS.fullmatch(one.lstrip("-")) for one in dotted)
    return [value_of(kind, text, thousands=thousands) for kind, text in cells]


def value_of(kind: int, text: str, *, thousands: bool) -> _Value | None:
    if kind == EMPTY:
        return None
    plain = re.sub(r"^(?:Rp\.?|IDR)|[\s\u00a0]|,-$|\*+\)?$", "", text.strip())
    if kind != NUMBER:
        if plain.startswith("(") and plain.endswith(")"):
            plain = f"-{plain[1:-1]}"
        if "," in plain and (
            thousands or "." in plain or not re.fullmatch(r"-?\d{1,3}(,\d{3})+", plain)
        ):
            plain = plain.replace(".", "").replace(",", ".")
        elif thousands:
            plain = plain.replace(".", "")
        plain = plain.replace(",", "")
    if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", plain):
        return None
    number = float(plain)
    if not math.isfinite(number):
        return None
    _, _, decimals = plain.partition(".")
    return number, len(decimals) if "e" not in plain.lower() else 6


def _plain(number: float) -> str:
    """A number as people here write it."""
    whole = round(number, 4)
    text = f"{whole:,.0f}" if float(whole).is_integer() else f"{whole:,.4f}".rstrip("0")
    return text.translate(str.maketrans(",.", ".,"))


SUM_CHECKS: tuple[SheetCheck, ...] = (Wrong(), Hidden())
