"""The type of a column, from its heading and some of its values.

What is doubtful is proposed all the same, with a doubt that somebody has to look at; what may lose
a digit by being read as a number stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from ckanext.satudata.dictionary import days, marks, numbers
from ckanext.satudata.dictionary.faults import shown

FEW = 3
"""Values; of fewer nothing is said for sure."""
MOSTLY = 0.9
"""Share of numbers above which the others are taken for slips."""
LONGEST_NUMBER = 15
"""Digits that a spreadsheet keeps exactly."""
CLASSES, PER_CLASS = 12, 5
"""So many different texts are classes, where each comes so often in the middle."""

_CODED = re.compile(
    r"(?:^|[^a-z])(?:kode|code|id|nik|nip|npwp|nisn|nib|kbli|kbki|no|nomor)(?:[^a-z]|$)"
)
_REGION = re.compile(r"wilayah|prov|kab|kota|kec|desa|kel|daerah|bps|kemendagri|mendagri")
_DOTTED = re.compile(r"[1-9][0-9](?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?)?")
_PLAIN = re.compile(r"[1-9][0-9](?:[0-9]{2}(?:[0-9]{2,3}(?:[0-9]{3,4})?)?)?")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_YES_NO = (("ya", "tidak"), ("true", "false"), ("benar", "salah"), ("ada", "tidak ada"))


@dataclass(frozen=True)
class Doubt:
    """`code` is a key of `faults.DOUBTS`."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Guess:
    """What a column seems to be: parts of its field descriptor, and what is not sure."""

    values: dict[str, Any]
    doubts: tuple[Doubt, ...] = ()


def guess(heading: str, cells: Sequence[Any]) -> Guess:
    """`cells`: what stands below the heading: texts, or what a spreadsheet holds; None for none."""
    filled = [one for one in cells if one is not None and not _is_blank(one)]
    if not filled:
        return Guess({"type": "string"}, (Doubt("empty"),))
    if all(isinstance(one, str) for one in filled):
        found = _of_texts(heading.lower(), [one.strip() for one in filled])
    else:
        found = _of_cells(heading.lower(), filled)
    if len(filled) < FEW:
        return Guess(found.values, (*found.doubts, Doubt("few", {"count": len(filled)})))
    return found


def _is_blank(cell: Any) -> bool:
    if isinstance(cell, float):
        return cell != cell  # what a data frame has for no value
    return isinstance(cell, str) and marks.is_mark(cell.strip())


def _of_cells(heading: str, cells: Sequence[Any]) -> Guess:
    """Of a spreadsheet, which knows numbers and days itself."""
    if all(isinstance(one, bool) for one in cells):
        return Guess({"type": "boolean"})
    if all(isinstance(one, (int, float, Decimal)) for one in cells):
        return _of_numbers(heading, cells)
    if all(isinstance(one, datetime) for one in cells):
        has_time = any(one.time() != time() for one in cells)
        return Guess({"type": "datetime" if has_time else "date"})
    if all(isinstance(one, date) for one in cells):
        return Guess({"type": "date"})
    if all(isinstance(one, time) for one in cells):
        return Guess({"type": "time"})
    return _mixed([str(one).strip() for one in cells], [isinstance(one, str) for one in cells])


def _of_numbers(heading: str, cells: Sequence[Any]) -> Guess:
    whole = all(float(one).is_integer() for one in cells)
    if not whole:
        return Guess({"type": "number"})
    texts = [str(int(one)) for one in cells]
    if max(map(len, texts)) > LONGEST_NUMBER:
        return _text(texts, "scientific")
    return Guess({"type": _whole(heading, texts)})


def _of_texts(heading: str, texts: Sequence[str]) -> Guess:
    coded = _of_codes(heading, texts)
    if coded:
        return coded
    writing = numbers.writing_of(texts)
    if writing:
        return _of_writing(heading, texts, writing)
    found = days.writing_of(texts)
    if found:
        values = {"type": found.type, "format": found.format}
        doubts = (Doubt("day_or_month", {"example": found.doubtful}),) if found.doubtful else ()
        return Guess({key: value for key, value in values.items() if value}, doubts)
    yes_no = _yes_no(texts)
    return yes_no or _mixed(texts, [not numbers.is_number(one) for one in texts])


def _of_codes(heading: str, texts: Sequence[str]) -> Guess | None:
    """Numbers of things: what is lost of them cannot be counted back."""
    zeros = next((one for one in texts if _begins_with_zero(one)), "")
    is_digits = all(one.isdigit() and one.isascii() for one in texts)
    if is_digits and zeros:
        return _text(texts, "leading_zeros", zeros)
    long = next((one for one in texts if one.isdigit() and len(one) > LONGEST_NUMBER), "")
    if long:
        return _text(texts, "long_number", long)
    if not _CODED.search(heading):
        return None
    if _REGION.search(heading) and all(map(_PLAIN.fullmatch, texts)):
        whose = next((one for one in ("kemendagri", "bps") if one in heading), "")
        told = {**_sized(texts), **({"reference_code": whose} if whose else {})}
        return Guess(told, () if whose else (Doubt("numbering"),))
    if _REGION.search(heading) and all(map(_DOTTED.fullmatch, texts)):
        return Guess({"type": "string", "reference_code": "kemendagri"})
    if is_digits and heading.strip(" ._") in ("no", "nomor"):
        return None  # it counts the rows
    return Guess({"type": "string"}) if all(map(_is_code, texts)) else None


def _is_code(text: str) -> bool:
    return " " not in text and len(text) <= 40


def _begins_with_zero(text: str) -> bool:
    return len(text) > 1 and text[0] == "0" and text.isdigit()


def _of_writing(heading: str, texts: Sequence[str], writing: numbers.Writing) -> Guess:
    if writing.type == "integer" and not writing.unit:
        return Guess({"type": _whole(heading, texts)})
    values = {"type": writing.type, **writing.options()}
    if writing.unit:
        values["unit"] = writing.unit
    example = shown(writing.doubtful)
    doubts = (Doubt("dot_or_decimal", {"example": example}),) if writing.doubtful else ()
    return Guess(values, doubts)


def _whole(heading: str, texts: Sequence[str]) -> str:
    told = "tahun" in heading or "year" in heading
    return "year" if told and all(map(_YEAR.fullmatch, texts)) else "integer"


def _yes_no(texts: Sequence[str]) -> Guess | None:
    spelled = {one.lower(): one for one in texts}
    for yes, no in _YES_NO:
        if set(spelled) <= {yes, no}:
            true = sorted({one for one in texts if one.lower() == yes}) or [yes.capitalize()]
            false = sorted({one for one in texts if one.lower() == no}) or [no.capitalize()]
            return Guess({"type": "boolean", "trueValues": true, "falseValues": false})
    return None


def _mixed(texts: Sequence[str], is_other: Sequence[bool]) -> Guess:
    """Mostly numbers, and a few that are none; or just texts."""
    others = [text for text, other in zip(texts, is_other, strict=True) if other]
    rest = [text for text, other in zip(texts, is_other, strict=True) if not other]
    scientific = next(filter(numbers.SCIENTIFIC.fullmatch, others), "")
    if scientific:
        return _text(texts, "scientific", scientific)
    writing = numbers.writing_of(rest) if rest and len(rest) >= MOSTLY * len(texts) else None
    if writing:
        facts = {"count": len(others), "total": len(texts), "example": shown(others[0])}
        values = {"type": writing.type, **writing.options()}
        return Guess(values, (Doubt("mixed", facts),))
    brackets = next(filter(numbers.BRACKETS.fullmatch, others), "")
    if brackets:
        return _text(texts, "brackets", brackets)
    words = days.in_words(texts)
    if words:
        return _text(texts, "month_words", words)
    return Guess({"type": "string", **_classes(texts)})


def _classes(texts: Sequence[str]) -> dict[str, str]:
    """The classes of a column of few different texts."""
    different = sorted(set(texts))
    if not 1 < len(different) <= CLASSES or len(texts) < PER_CLASS * len(different):
        return {}
    return {"classification": "; ".join(different)}


def _text(texts: Sequence[str], code: str, example: str = "") -> Guess:
    return Guess(_sized(texts), (Doubt(code, {"example": shown(example or texts[0])}),))


def _sized(texts: Iterable[str]) -> dict[str, Any]:
    """Text, and digits of one length where all are: what was lost is then found."""
    lengths = {len(one) if one.isdigit() else 0 for one in texts}
    size = lengths.pop()
    if lengths or not size:
        return {"type": "string"}
    return {"type": "string", "constraints": {"pattern": f"[0-9]{{{size}}}"}}
