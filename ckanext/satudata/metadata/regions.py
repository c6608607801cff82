"""Region codes that say whose numbering they follow: `kemendagri:15.06`, `bps:1507`.

Kemendagri and BPS number regions differently, and one's digits are often another region in
the other's list (Kemendagri 15.06 is BPS 1507; BPS 1506 is its neighbour). So a code is
never read without its numbering and never turned into the other one. The form of a code is
checked here, its existence is not: no official list is shipped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ckanext.satudata.metadata.faults import BadValue, shown

# Province, regency or city, district, village. BPS also writes 0000 for the whole country.
FORMS: dict[str, re.Pattern[str]] = {
    "kemendagri": re.compile(r"[1-9][0-9](\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?"),
    "bps": re.compile(r"0000|[1-9][0-9]([0-9]{2}([0-9]{3}([0-9]{3})?)?)?"),
}


@dataclass(frozen=True)
class Region:
    """One region in one numbering; `str()` gives the stored form."""

    numbering: str
    code: str

    def __str__(self) -> str:
        return f"{self.numbering}:{self.code}"


def parse_region(text: str) -> Region:
    """Read one code such as `kemendagri:15.06`; BadValue when it is not one."""
    numbering, colon, code = (part.strip() for part in text.partition(":"))
    numbering = numbering.lower()
    if not colon or numbering not in FORMS:
        raise BadValue("region_numbering", value=shown(text))
    if not FORMS[numbering].fullmatch(code):
        raise BadValue(f"region_{numbering}", value=shown(text))
    return Region(numbering, code)


def split_codes(value: object) -> list[str]:
    """Return the single codes in what a form (text), an API (list) or a store (JSON) gives."""
    if isinstance(value, str):
        return _split_text(value)
    if isinstance(value, Iterable):
        return [code for item in value for code in _split_text(str(item))]
    return [str(value)]


def _split_text(text: str) -> list[str]:
    if text.lstrip().startswith("["):
        try:
            return split_codes(json.loads(text))
        except (json.JSONDecodeError, RecursionError):
            return [text]
    joined = re.sub(r"\s*:\s*", ":", text)
    return [code for code in re.split(r"[\s,;]+", joined) if code]


def parse_regions(value: object) -> tuple[list[Region], list[BadValue]]:
    """Read many codes; return each region once, in order, and what is wrong with the others."""
    regions: dict[Region, None] = {}
    faults: list[BadValue] = []
    for text in split_codes(value):
        try:
            regions[parse_region(text)] = None
        except BadValue as fault:
            faults.append(fault)
    return list(regions), faults
