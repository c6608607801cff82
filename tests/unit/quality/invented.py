"""Numbers of persons that nobody has: the forms are right, the serials counted up from a test.

Regions are real, days are any day, and every serial begins with 99 or 9, which offices that give
them out one by one do not reach. None was taken from a document.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl

from ckanext.satudata.quality.findings import Finding, Findings
from ckanext.satudata.quality.personal_data import check_file


def nik(serial: int = 1, region: str = "320101", day: int = 17, rest: str = "0585") -> str:
    """A NIK: region, day (plus 40 for a woman), month and year, serial."""
    return f"{region}{day:02d}{rest}{9900 + serial:04d}"


def nip(serial: int = 1, born: str = "19850517", appointed: str = "201003", sex: int = 1) -> str:
    """A NIP: birth, appointment, sex, serial."""
    return f"{born}{appointed}{sex}{900 + serial:03d}"


def npwp(serial: int = 1) -> str:
    """An NPWP of 15 digits with its check digit; kind and serial 09 9999xx, office 999."""
    body = f"099999{serial:02d}"
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 - place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return f"{body}{-total % 10}999000"


def dotted(number: str) -> str:
    """An NPWP as it is printed."""
    one = number
    return f"{one[:2]}.{one[2:5]}.{one[5:8]}.{one[8]}-{one[9:12]}.{one[12:]}"


def csv(*columns: Sequence[object], separator: str = ",") -> bytes:
    """A CSV of columns, each with its heading first; a cell is quoted where it needs it."""
    height = max(len(one) for one in columns)
    padded = [[*one, *[""] * (height - len(one))] for one in columns]
    lines = [separator.join(_quoted(str(cell), separator) for cell in row) for row in zip(*padded)]  # noqa: B905
    return ("\r\n".join(lines) + "\r\n").encode()


def _quoted(cell: str, separator: str) -> str:
    if any(one in cell for one in (separator, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook of sheets, each of rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A workbook with one of its parts exchanged, or with one more."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one.filename, old.read(one))
        new.writestr(name, part)
    return kept.getvalue()


def check(content: bytes, name: str = "data.csv", **more: object) -> Findings:
    """What the check says of these bytes."""
    return check_file(io.BytesIO(content), name, **more)  # type: ignore[arg-type]


def codes(content: bytes, name: str = "data.csv", **more: object) -> list[str]:
    """The codes of what it finds."""
    return [one.code for one in check(content, name, **more).findings]


def only(content: bytes, name: str = "data.csv") -> Finding:
    """The single finding."""
    (found,) = check(content, name).findings
    return found
