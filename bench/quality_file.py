"""The file of twelve columns that the speed of judging is measured on, by a fixed seed."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from typing import Any

import openpyxl

MISSING = ["", "-", "n/a", "N/A", "...", "…"]
SCHEMA: dict[str, Any] = {
    "missingValues": MISSING,
    "primaryKey": ["id"],
    "foreignKeys": [{"fields": ["kode"], "reference": {"resource": "wilayah", "fields": ["kode"]}}],
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"unique": True, "required": True}},
        {"name": "kode", "type": "string", "constraints": {"pattern": r"\d{2}\.\d{2}\.\d{2}"}},
        {"name": "nama", "type": "string", "constraints": {"required": True, "maxLength": 40}},
        {"name": "kecamatan", "type": "string"},
        {"name": "jumlah", "type": "integer", "constraints": {"minimum": 0, "maximum": 100_000}},
        {"name": "luas", "type": "number", "decimalChar": ",", "groupChar": "."},
        {
            "name": "nilai",
            "type": "number",
            "decimalChar": ",",
            "groupChar": ".",
            "bareNumber": False,
            "constraints": {"minimum": "0"},
        },
        {"name": "tanggal", "type": "date", "format": "%d/%m/%Y"},
        {"name": "dicatat", "type": "date"},
        {"name": "mutu", "type": "string", "constraints": {"enum": ["Baik", "Sedang", "Rusak"]}},
        {"name": "aktif", "type": "boolean", "trueValues": ["Ya"], "falseValues": ["Tidak"]},
        {"name": "nik", "type": "string", "constraints": {"pattern": r"\d{16}", "unique": True}},
    ],
}
CODES = [
    f"{a:02d}.{b:02d}.{c:02d}" for a in range(11, 75) for b in range(1, 17) for c in range(1, 18)
]
"""17,408 invented codes."""
DATES = [
    f"{d:02d}/{m:02d}/{y}" for y in range(2015, 2025) for m in range(1, 13) for d in range(1, 29)
]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _row(number: int, dice: random.Random) -> list[str]:
    day = dice.choice(DATES)
    return [
        str(number),
        dice.choice(CODES),
        f"Warga Contoh {dice.randrange(9973)}",
        f"Kecamatan {dice.randrange(700)}" if dice.random() > 0.02 else "-",
        str(dice.randrange(100_001)),
        f'"{_grouped(dice.randrange(100_000))},{dice.randrange(100):02d}"',
        f'"Rp {_grouped(dice.randrange(10**9, 10**10))},{dice.randrange(100):02d}"',
        day,
        f"{day[6:]}-{day[3:5]}-{day[:2]}",
        dice.choice(("Baik", "Sedang", "Rusak")),
        dice.choice(("Ya", "Tidak")),
        f"{10**15 + number * 7919:016d}",
    ]


def _spoil(row: list[str], before: list[str], dice: random.Random) -> None:
    at = dice.randrange(12)
    row[at] = (
        before[0],
        "99.99.99",
        "",
        "x",
        dice.choice(("-5", "12,5", "seratus")),
        dice.choice(("12.5.x", "abc")),
        "Rp",
        dice.choice(("31/02/2024", "2024-01-31", "12 Januari 2024")),
        "01/01/2024",
        "Bagus",
        "ya",
        before[11] if dice.random() < 0.5 else "123",
    )[at]


def write(path: Path, rows: int, wrong: float = 0.0, seed: int = 7) -> None:
    """A file of `rows` rows, of which the share `wrong` has something wrong."""
    dice = random.Random(seed)  # noqa: S311 - the same file each time
    before = _row(0, dice)
    names = ",".join(field["name"] for field in SCHEMA["fields"])
    with path.open("w", encoding="utf-8") as file:
        file.write(names + "\n")
        for number in range(1, rows + 1):
            row = _row(number, dice)
            if wrong and dice.random() < wrong:
                _spoil(row, before, dice)
            before = row
            file.write(",".join(row) + "\n")


def write_codes(path: Path) -> None:
    """The table that `kode` refers to."""
    lines = "".join(f"{code},Wilayah {at}\n" for at, code in enumerate(CODES))
    path.write_text(f"kode,nama\n{lines}", encoding="utf-8")


HOSTILE: dict[str, Any] = {
    "fields": [
        {"name": "bulat", "type": "integer"},
        {"name": "angka", "type": "number"},
        {"name": "saat", "type": "datetime"},
        {"name": "teks", "type": "string", "constraints": {"pattern": r"\S+ \S+"}},
    ]
}
"""Right for frictionless, and nothing that a kernel takes at once."""


def write_hostile(path: Path, rows: int, seed: int = 7) -> None:
    """Numbers with signs and blanks, times that never repeat, patterns of what is not a blank."""
    dice = random.Random(seed)  # noqa: S311 - the same file each time
    with path.open("w", encoding="utf-8") as file:
        file.write("bulat,angka,saat,teks\n")
        for number in range(rows):
            hour, rest = divmod(number, 3600)
            moment = f"{2000 + hour // 24 % 30}-01-{1 + hour // 720 % 28:02d}"
            moment += f"T{hour % 24:02d}:{rest // 60:02d}:{rest % 60:02d}"
            file.write(f"+{dice.randrange(10**6)}, {number}.{dice.randrange(999)} ,{moment},")
            file.write(f"kata kata{number}\n")


def write_workbook(path: Path, rows: int) -> None:
    """The same rows as a workbook of texts and numbers."""
    dice = random.Random(7)  # noqa: S311 - the same file each time
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.append([field["name"] for field in SCHEMA["fields"]])
    for number in range(1, rows + 1):
        row: list[Any] = [cell.strip('"') for cell in _row(number, dice)]
        row[0], row[4] = number, int(row[4])
        sheet.append(row)
    book.save(path)
    _boxed(path, rows + 1)


def _boxed(path: Path, below: int) -> None:
    """Say how far the sheet reaches, as every spreadsheet program does and this library does not.

    Without it frictionless reads the whole sheet once more to find out.
    """
    box = f'<dimension ref="A1:L{below}"/><sheetViews>'.encode()
    with zipfile.ZipFile(path) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, data in parts.items():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            new.writestr(name, data.replace(b"<sheetViews>", box, 1) if is_sheet else data)
