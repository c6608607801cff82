"""Messy files by fixed seeds: each has one of the nineteen ways in which a quick reader goes wrong.

Nothing says what is right: frictionless is asked at the time of the test.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from tests.unit.quality.messy_sheets import (
    DATES,
    MONEY,
    PATTERNS,
    POOLS,
    TEXTS,
    Messy,
    Sheet,
    bytes_of,
    sheet_of,
)


def made(seed: int) -> Messy:
    """The file of a number; the trap in it is the number's remainder."""
    dice = random.Random(seed)
    trap = seed % len(TRAPS) + 1
    sheet = sheet_of(dice)
    TRAPS[trap - 1](sheet, dice)
    return Messy(
        trap,
        bytes_of(sheet, dice),
        sheet.ending,
        {**sheet.schema, "fields": sheet.fields},
        sheet.references,
        sheet.limit,
    )


def _insert(sheet: Sheet, row: list[str], dice: random.Random) -> None:
    sheet.rows.insert(dice.randint(0, len(sheet.rows)), row)


def _first(sheet: Sheet, field: dict[str, Any], values: list[str], dice: random.Random) -> None:
    """Another first column, and rows enough to show what becomes of it."""
    sheet.fields.insert(0, field)
    sheet.header.insert(0, field["name"])
    for row in sheet.rows:
        row.insert(0, dice.choice(values))
    for _ in range(6):
        others = [dice.choice(POOLS[f["type"]]) for f in sheet.fields[1:]]
        _insert(sheet, [dice.choice(values), *others], dice)


def _blank(sheet: Sheet, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 3)):
        _insert(sheet, dice.choice([[], [""] * len(sheet.fields), ["-"] * len(sheet.fields)]), dice)


def _keys_first(sheet: Sheet, dice: random.Random) -> None:
    field = {"name": "kunci", "type": "integer", "constraints": {"unique": True, "minimum": 2}}
    sheet.fields.append(field)
    sheet.header.append("kunci")
    for row in sheet.rows:
        row.append(dice.choice(["1", "2", "3", "x"]))
    sheet.schema["primaryKey"] = [dice.choice(sheet.fields)["name"]]


def _three_times(sheet: Sheet, dice: random.Random) -> None:
    rules = {"unique": True}
    kind = dice.choice(["string", "integer", "date"])
    values = {"string": ["Aceh", "Ya"], "integer": ["1", "2"], "date": ["2024-01-31", "2024-02-01"]}
    _first(sheet, {"name": "u", "type": kind, "constraints": rules}, values[kind], dice)


def _pattern(sheet: Sheet, dice: random.Random) -> None:
    rules = {"pattern": dice.choice(PATTERNS)}
    values = ["a", "xb", "ab", "12\n", "٣٤", "12", "Aceh", "Aceh ", "a b", "é"]
    _first(sheet, {"name": "p", "type": "string", "constraints": rules}, values, dice)


def _whole(sheet: Sheet, dice: random.Random) -> None:
    values = [
        "1_000",
        "٣",
        "+5",
        " 5 ",
        "\xa05",
        "1e5",
        ".5",
        "5.",
        "-0",
        "99999999999999999999",
        "7",
    ]
    rules = {"maximum": 10**12} if dice.random() < 0.5 else {}
    kind = dice.choice(["integer", "number"])
    more = [*values, "NaN", "Infinity", "-inf"] if kind == "number" else values
    _first(sheet, {"name": "n", "type": kind, "constraints": rules}, more, dice)


def _groups(sheet: Sheet, dice: random.Random) -> None:
    field: dict[str, Any] = {"name": "g", "type": "number", "constraints": {"minimum": 100}}
    field |= {"groupChar": ".", "decimalChar": ","}
    _first(sheet, field, ["1.2.3", "1234.5", "1.234,56", "1,2,3", "12,", ",5", "1.000", "5"], dice)


def _money(sheet: Sheet, dice: random.Random) -> None:
    field = {"name": "r", "type": "number", "groupChar": ".", "decimalChar": ","}
    _first(sheet, field | {"bareNumber": False, "constraints": {"minimum": 2}}, MONEY, dice)


def _missing(sheet: Sheet, dice: random.Random) -> None:
    sheet.schema["missingValues"] = dice.choice([["0", ""], ["-99", "-"], ["", "7"], ["1", "x"]])
    kind = dice.choice(["integer", "number", "string"])
    rules = {"required": True} if dice.random() < 0.5 else {"unique": True}
    values = ["0", " 0", "-99", "7", "07", "1", "", "-"]
    _first(sheet, {"name": "m", "type": kind, "constraints": rules}, values, dice)


def _bounds(sheet: Sheet, dice: random.Random) -> None:
    rules = {"minimum": "0.1", "maximum": dice.choice(["10", "9.99999999999999999999"])}
    values = [
        "0.1",
        "0.1000000000000000055",
        "0.0999999999999999999",
        "10",
        "10.0000000000000000001",
        "5",
    ]
    field = {"name": "b", "type": "number", "constraints": rules}
    _first(sheet, field, values, dice)


def _dates(sheet: Sheet, dice: random.Random) -> None:
    field: dict[str, Any] = {
        "name": "d",
        "type": "date",
        "format": dice.choice(["%d/%m/%Y", "default"]),
    }
    if dice.random() < 0.4:
        is_default = field["format"] == "default"
        field["constraints"] = {"minimum": "2024-01-02" if is_default else "02/01/2024"}
    _first(sheet, field, DATES, dice)


def _widths(sheet: Sheet, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 3)):
        width = dice.choice(
            [1, len(sheet.fields) + 1, len(sheet.fields) + 3, len(sheet.fields) - 1]
        )
        _insert(sheet, [dice.choice(["a", "1", "", "x\ny"]) for _ in range(max(width, 1))], dice)
    _insert(sheet, ["baris\nbaru", *["1"] * (len(sheet.fields) - 1)], dice)


def _lengths(sheet: Sheet, dice: random.Random) -> None:
    if dice.random() < 0.5:
        rules: dict[str, Any] = {"minLength": 3, "maxLength": 4}
        _first(
            sheet,
            {"name": "l", "type": "string", "constraints": rules},
            ["é", "éét", "ab", "𝒳𝒴𝒵𝒲𝒲"],
            dice,
        )
        return
    kind = dice.choice(["integer", "number"])
    values = ["1", "01", "1.0", "2", "3", ""]
    _first(sheet, {"name": "e", "type": kind, "constraints": {"enum": ["1", "2"]}}, values, dice)


def _heading(sheet: Sheet, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 2)):
        at = dice.randrange(len(sheet.header))
        change = dice.choice(["more", "less", "blank", "twice", "other", "swap"])
        if change == "more":
            sheet.header.append("tambahan")
            sheet.rows = [[*row, "t"] for row in sheet.rows]
        elif change == "less" and len(sheet.header) > 1:
            del sheet.header[-1]
            sheet.rows = [row[:-1] for row in sheet.rows]
        elif change == "blank":
            sheet.header[at] = ""
        elif change == "twice":
            sheet.header[at] = sheet.header[0]
        elif change == "swap":
            sheet.header.reverse()
        else:
            sheet.header[at] = "lain"
    sheet.limit = 1000


def _limit(sheet: Sheet, dice: random.Random) -> None:
    if dice.random() < 0.5:
        _heading(sheet, dice)
    field = {"name": "s", "type": "integer", "constraints": {"maximum": 3}}
    _first(sheet, field, ["x", "9", "1"], dice)
    sheet.limit = dice.randint(1, 4)


def _spaces(sheet: Sheet, dice: random.Random) -> None:
    if dice.random() < 0.5:
        sheet.separator = ", "
    else:
        sheet.before = f"Judul tabel{sheet.newline}Tahun 2024{sheet.newline}"
        while len(sheet.fields) < 3:
            _first(sheet, {"name": f"j{len(sheet.fields)}", "type": "string"}, TEXTS, dice)


def _tabs(sheet: Sheet, dice: random.Random) -> None:
    sheet.ending, sheet.separator = "tsv", "\t"
    if dice.random() < 0.2:
        values = ["a\r\nb", "c\nd", "e"]
        _first(
            sheet, {"name": "t", "type": "string", "constraints": {"maxLength": 3}}, values, dice
        )


def _encodings(sheet: Sheet, dice: random.Random) -> None:
    sheet.encoding = dice.choice(["cp1252", "utf-16", "utf-8-sig", "utf-16-le", "latin-1"])
    values = ["Café", "Città", "Señor", "Aceh", "Über"]
    field = {"name": "c", "type": "string", "constraints": {"maxLength": 4}}
    _first(sheet, field, values, dice)


def _equal(sheet: Sheet, dice: random.Random) -> None:
    kind = dice.choice(["integer", "number", "boolean", "string"])
    values = ["007", "7", "7.0", "1.0", "1", "01", "0", "-0", "", "1e0"]
    field = {"name": "q", "type": kind, "constraints": {"unique": True}}
    _first(sheet, field, values, dice)
    if dice.random() < 0.5:
        _first(sheet, {"name": "q2", "type": "integer"}, ["1", "01", "", "2", "x"], dice)
        sheet.schema["primaryKey"] = ["q", "q2"]


def _semicolons(sheet: Sheet, dice: random.Random) -> None:
    sheet.separator = ";"
    field: dict[str, Any] = {"name": "x", "type": "number"}
    field |= {"groupChar": ".", "decimalChar": ","}
    _first(sheet, field, ["1,5", "1.234,5", "2", "3,25", "x"], dice)
    if dice.random() < 0.3:
        sheet.before = f"sep=;{sheet.newline}"


TRAPS: list[Callable[[Sheet, random.Random], None]] = [
    _blank,
    _keys_first,
    _three_times,
    _pattern,
    _whole,
    _groups,
    _money,
    _missing,
    _bounds,
    _dates,
    _widths,
    _lengths,
    _heading,
    _limit,
    _spaces,
    _tabs,
    _encodings,
    _equal,
    _semicolons,
]
"""In the order in which docs/reference/quality.md tells them; the first is number 1."""
