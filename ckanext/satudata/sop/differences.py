"""What one revision of a SOP says otherwise than another, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ckanext.satudata.sop.definition import Sop

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """A cell that differs. A row or an actor that is new has nothing before, one that is gone
    nothing after, and no cell.

    `place` is `sop`, `kalender`, `koreksi`, `pelaksana` or `langkah`; `name` says which actor or
    row, as the newer text has it where it is there. `before` and `after` are lines of text.
    """

    place: str
    name: str
    cell: str
    before: Lines
    after: Lines

    def as_dict(self) -> dict[str, Any]:
        return {
            "place": self.place,
            "name": self.name,
            "cell": self.cell,
            "before": list(self.before),
            "after": list(self.after),
        }


def differences(old: Sop, new: Sop) -> tuple[Difference, ...]:
    """Every difference, in the order of the file.

    Rows are the same that have the same short name in the same order; a row that was only given
    another number because of one put before it differs in nothing, nor do the ways that lead to it.
    """
    return (
        *_cells("sop", "", old.sop.model_dump(mode="json"), new.sop.model_dump(mode="json")),
        *_actors(old, new),
        *_part("kalender", old.kalender, new.kalender),
        *_part("koreksi", old.koreksi, new.koreksi),
        *_rows(old, new),
    )


def _part(place: str, old: Any, new: Any) -> Iterator[Difference]:
    before = old.model_dump(mode="json") if old is not None else {}
    after = new.model_dump(mode="json") if new is not None else {}
    yield from _cells(place, "", before, after)


def _cells(
    place: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Difference]:
    for cell in dict.fromkeys((*old, *new)):
        before, after = _lines(old.get(cell)), _lines(new.get(cell))
        if before != after:
            yield Difference(place, name, cell, before, after)


def _lines(value: Any) -> Lines:
    """A cell as lines of text; nothing for nothing."""
    if value is None or value in ({}, [], ()):
        return ()
    if isinstance(value, Mapping):
        return tuple(
            f"{key}: {'; '.join(lines)}"
            for key, one in sorted(value.items())
            if (lines := _lines(one))
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple("; ".join(_lines(one)) for one in value)
    if isinstance(value, bool):
        return ("ya" if value else "tidak",)
    return (str(value),)


def _actors(old: Sop, new: Sop) -> Iterator[Difference]:
    for key in dict.fromkeys((*old.pelaksana, *new.pelaksana)):
        before, after = old.pelaksana.get(key), new.pelaksana.get(key)
        if before is None or after is None:
            there, gone = (after, False) if after is not None else (before, True)
            yield _whole("pelaksana", there.nama if there else key, gone=gone)
        else:
            was, now = before.model_dump(mode="json"), after.model_dump(mode="json")
            yield from _cells("pelaksana", after.nama, was, now)


def _whole(place: str, name: str, *, gone: bool) -> Difference:
    return Difference(place, name, "", (name,) if gone else (), () if gone else (name,))


def _rows(old: Sop, new: Sop) -> Iterator[Difference]:
    pairs = list(_pairs(old, new))
    today = {row.langkah: row.nama for row in new.langkah}
    # A row that was renamed is the same row where others lead to it.
    then = {row.langkah: row.nama for row in old.langkah} | {
        was + 1: new.langkah[now].nama for was, now in pairs if was is not None and now is not None
    }
    for was, now in pairs:
        if now is None and was is not None:
            yield _whole("langkah", _named(old, was), gone=True)
        elif was is None and now is not None:
            yield _whole("langkah", _named(new, now), gone=False)
        elif was is not None and now is not None:
            before, after = _row(old, was, then), _row(new, now, today)
            yield from _cells("langkah", _named(new, now), before, after)


def _pairs(old: Sop, new: Sop) -> Iterator[tuple[int | None, int | None]]:
    """Places of the rows that are the same; None where a row is new, or gone."""
    names = [row.nama for row in old.langkah], [row.nama for row in new.langkah]
    matcher = SequenceMatcher(None, *names, autojunk=False)
    for _what, first, last, to_first, to_last in matcher.get_opcodes():
        if last - first == to_last - to_first:
            # As many rows in the same place: where the names differ, they were renamed.
            yield from zip(range(first, last), range(to_first, to_last), strict=True)
        else:
            yield from ((was, None) for was in range(first, last))
            yield from ((None, now) for now in range(to_first, to_last))


def _named(sop: Sop, at: int) -> str:
    row = sop.langkah[at]
    return f"{row.langkah}. {row.nama}"


def _row(sop: Sop, at: int, names: Mapping[int, str]) -> dict[str, Any]:
    """The cells of a row; where it names another row, that row's name instead of its number."""
    cells = sop.langkah[at].model_dump(mode="json")
    del cells["langkah"]
    norm = cells.pop("mutu_baku")
    cells |= norm
    if norm["waktu"]:
        cells["waktu"] = {
            **norm["waktu"],
            "bersama": [names.get(n, str(n)) for n in norm["waktu"]["bersama"]],
        }
    for kind in ("keputusan", "kembali"):
        cells[kind] = [{**one, "ke": names.get(one["ke"], str(one["ke"]))} for one in cells[kind]]
    return cells
