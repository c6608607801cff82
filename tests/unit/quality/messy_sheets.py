"""A sheet of random fields and cells, of the kinds that are read otherwise than they look."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

Cells = list[list[str]]

TEXTS = [
    "Aceh",
    "Kab. Bireuen",
    "a|b",
    "été",
    "xxxxxxxxxxxx",
    "",
    "-",
    "n/a",
    " pinggir ",
    "Ya",
    "ab",
    "12",
]
WHOLE = [
    "1",
    "2",
    "3",
    "17",
    "007",
    "-5",
    "+5",
    " 8 ",
    "1_000",
    "٣",
    "1e5",
    "",
    "-",
    "12.5",
    "x",
    "0",
]
NUMBERS = [
    "1",
    "1.0",
    "1.5",
    "-2.25",
    "1.234,5",
    "1,5",
    "1e5",
    "NaN",
    "Infinity",
    ".5",
    "5.",
    "",
    "-",
]
MONEY = ["Rp 1.500.000,-", "(1.500)", "−5", "1,5 juta", "5*)", "12,3 r", "Rp 7", "-3", "Rp-4", ""]
DATES = [
    "2024-01-31",
    "31/01/2024",
    "1/2/2024",
    "31/02/2024",
    "12 Januari 2024",
    "",
    "2024",
    "2024-1-2",
]
BOOLEANS = ["Ya", "Tidak", "ya", "true", "1", "0", "", "-"]
POOLS = {
    "string": TEXTS,
    "integer": WHOLE,
    "number": NUMBERS,
    "date": DATES,
    "boolean": BOOLEANS,
    "any": TEXTS,
    "year": ["2024", "24", "02024", "", "x"],
}
PATTERNS = [
    "a|b",
    "[A-Z].*",
    "\\d{2}",
    "\\d+",
    ".{2,}",
    "^\\w+$",
    "[^x]+",
    "\\S+",
    "Aceh|Ya",
    "\\D+",
]
SAFE_MISSING = [["", "-", "n/a"], ["-"], [""], []]


@dataclass
class Messy:
    """A file, and what it is to be judged by."""

    trap: int
    data: bytes = b""
    ending: str = "csv"
    schema: dict[str, Any] = field(default_factory=dict)
    references: dict[str, bytes] = field(default_factory=dict)
    limit_errors: int = 1000


@dataclass
class Sheet:
    """A file while it is made."""

    fields: list[dict[str, Any]]
    header: list[str]
    rows: Cells
    schema: dict[str, Any]
    separator: str = ","
    newline: str = "\n"
    encoding: str = "utf-8"
    ending: str = "csv"
    limit: int = 1000
    references: dict[str, bytes] = field(default_factory=dict)
    before: str = ""
    """Lines before the heading."""


def sheet_of(dice: random.Random) -> Sheet:
    fields = [_field(number, dice) for number in range(dice.randint(1, 6))]
    rows = [[dice.choice(POOLS[f["type"]]) for f in fields] for _ in range(dice.randint(0, 14))]
    schema: dict[str, Any] = {"missingValues": dice.choice(SAFE_MISSING)}
    if dice.random() < 0.2:
        schema["primaryKey"] = [dice.choice(fields)["name"]]
    sheet = Sheet(fields, [f["name"] for f in fields], rows, schema)
    sheet.newline = dice.choice(["\n", "\n", "\r\n", "\r"])
    sheet.limit = dice.choice([1000, 1000, 0, 3])
    texts = [f for f in fields if f["type"] == "string"]
    if texts and dice.random() < 0.15:
        _refer(sheet, dice.choice(texts)["name"])
    return sheet


def _refer(sheet: Sheet, name: str) -> None:
    sheet.references["acuan"] = b"kode\nAceh\nYa\n12\n\n"
    reference = {"resource": "acuan", "fields": ["kode"]}
    sheet.schema["foreignKeys"] = [{"fields": [name], "reference": reference}]


def _field(number: int, dice: random.Random) -> dict[str, Any]:
    kind = dice.choice(["string", "integer", "number", "date", "boolean", "any", "year", "string"])
    made: dict[str, Any] = {"name": f"k{number}", "type": kind}
    rules: dict[str, Any] = {}
    if dice.random() < 0.2:
        rules["required"] = True
    if dice.random() < 0.12:
        rules["unique"] = True
    _rules(kind, made, rules, dice)
    if rules:
        made["constraints"] = rules
    return made


def _rules(kind: str, made: dict[str, Any], rules: dict[str, Any], dice: random.Random) -> None:
    if kind == "string" and dice.random() < 0.6:
        name = dice.choice(["pattern", "minLength", "maxLength", "enum"])
        rules[name] = {
            "pattern": dice.choice(PATTERNS),
            "minLength": dice.randint(0, 5),
            "maxLength": dice.randint(1, 8),
            "enum": dice.sample(TEXTS, 4),
        }[name]
    if kind in ("integer", "number", "year") and dice.random() < 0.5:
        rules[dice.choice(["minimum", "maximum"])] = dice.choice([0, 1, 5, 10])
    if kind == "number" and dice.random() < 0.5:
        made.update({"decimalChar": ",", "groupChar": "."})
    if kind == "number" and dice.random() < 0.3:
        made["bareNumber"] = False
    if kind == "date":
        made["format"] = dice.choice(["default", "%d/%m/%Y", "default"])
    if kind == "boolean":
        made.update({"trueValues": ["Ya", "1"], "falseValues": ["Tidak", "0"]})


def _quoted(cell: str, sheet: Sheet, dice: random.Random) -> str:
    if any(sign in cell for sign in (sheet.separator, '"', "\n", "\r")) or dice.random() < 0.05:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def bytes_of(sheet: Sheet, dice: random.Random) -> bytes:
    lines = [
        sheet.separator.join(_quoted(cell, sheet, dice) for cell in row)
        for row in [sheet.header, *sheet.rows]
    ]
    text = sheet.before + sheet.newline.join(lines)
    if dice.random() < 0.9:
        text += sheet.newline
    return text.encode(sheet.encoding, "replace")
