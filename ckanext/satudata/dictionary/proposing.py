"""A first kamus data for a file: from its headings and some of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ckanext.satudata.dictionary import marks
from ckanext.satudata.dictionary.checks import LONGEST_NAME, MOST_COLUMNS
from ckanext.satudata.dictionary.faults import Problem, shown
from ckanext.satudata.dictionary.guessing import guess
from ckanext.satudata.dictionary.properties import BY_NAME
from ckanext.satudata.dictionary.table import Column, Dictionary

_BRACKETS = re.compile(r"(.*\S)\s*[(\[]\s*([^()\[\]]{1,40}?)\s*[)\]]\s*", re.DOTALL)
_UNITS = {
    "%": "persen",
    "rp": "rupiah",
    "rp.": "rupiah",
    "rp juta": "juta rupiah",
    "rp miliar": "miliar rupiah",
    "ha": "hektare",
    "km2": "km²",
    "m2": "m²",
    "m3": "m³",
    "hektar": "hektare",
}
"""What stands in brackets after a heading, to the unit as the kamus data has it."""
_AS_THEY_ARE = frozenset(
    {
        "orang", "jiwa", "persen", "rupiah", "ribu rupiah", "juta rupiah", "miliar rupiah",
        "hektare", "km", "m", "cm", "mm", "km²", "m²", "m³", "kg", "gram", "ton", "kuintal", "kw",
        "liter", "ekor", "unit", "buah", "rumah tangga", "keluarga", "kk", "ruta", "usaha",
        "sekolah", "desa", "kasus", "pohon", "butir", "ton/ha", "kuintal/ha", "jiwa/km²", "jam",
        "hari", "tahun", "bulan", "us$", "juta us$", "kwh", "°c", "indeks",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """One column of a file: its heading to the letter, and some cells below it, from above.

    `cells`: texts, or what a spreadsheet holds (numbers, days, None).
    """

    heading: str
    cells: Sequence[Any] = ()


@dataclass(frozen=True)
class Proposal:
    """A kamus data that somebody has to look at, and what is doubtful in it."""

    dictionary: Dictionary
    doubts: tuple[Problem, ...] = ()


def propose(samples: Iterable[Sample]) -> Proposal:
    """A kamus data for the columns of a file.

    A column without a heading, or with one that is there already, gets a name that says its
    number, and a doubt; the judge of files would not take such a file either.
    """
    columns: list[Column] = []
    doubts: list[Problem] = []
    signs: set[str] = set()
    for at, sample in enumerate(list(samples)[:MOST_COLUMNS]):
        name, found = _named(at, sample.heading, {one.name for one in columns})
        guessed = guess(sample.heading, sample.cells)
        told = {**_title_and_unit(sample.heading), **guessed.values}
        columns.append(Column({}).with_values({"name": name, **told}))
        doubts += found
        doubts += [Problem(one.code, at, "type", one.facts) for one in guessed.doubts]
        if guessed.values["type"] != "string":
            signs.update(marks.found(one for one in sample.cells if isinstance(one, str)))
    return Proposal(Dictionary(tuple(columns), _missing(signs)), tuple(doubts))


def _named(at: int, heading: str, taken: set[str]) -> tuple[str, list[Problem]]:
    name = heading[:LONGEST_NAME]
    if not name.strip():
        return _free(f"kolom_{at + 1}", taken), [
            Problem("heading_empty", at, "name", {"number": at + 1})
        ]
    if name in taken:
        doubt = Problem("heading_twice", at, "name", {"name": shown(name)})
        return _free(f"{name[: LONGEST_NAME - 10]}_{at + 1}", taken), [doubt]
    return name, []


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _title_and_unit(heading: str) -> dict[str, str]:
    """`luas_panen (ha)` is called Luas panen and counts in hektare."""
    text = " ".join(heading.split())
    unit = ""
    match = _BRACKETS.fullmatch(text)
    if match:
        unit = _unit(match[2])
        text = match[1] if unit else text
    if "_" in text and " " not in text:
        text = text.replace("_", " ").strip()
    if text.islower():
        text = text.capitalize()
    found = {"title": text[: BY_NAME["title"].longest], "unit": unit}
    return {key: value for key, value in found.items() if value}


def _unit(text: str) -> str:
    plain = " ".join(text.lower().split())
    if plain in _AS_THEY_ARE:
        return text if plain == "us$" else plain
    return _UNITS.get(plain, "")


def _missing(signs: set[str]) -> dict[str, Any]:
    if len(signs) < 2:
        return {}
    listed = sorted(signs)
    found: dict[str, Any] = {"missingValues": listed}
    told = marks.meanings(listed)
    return {**found, "missing_meanings": told} if told else found
