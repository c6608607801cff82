"""Codes of regions, always with whose numbering they follow. None is ever turned into another."""

from __future__ import annotations

import re

_BPS = re.compile(r"[1-9][0-9](?:[0-9]{2}(?:[0-9]{3}(?:[0-9]{3})?)?)?")
_KEMENDAGRI = re.compile(r"([1-9][0-9])([0-9]{2})?([0-9]{2})?([0-9]{4})?")
NATION = "bps:0000"


def of_domain(domain: str) -> str:
    """A domain of the BPS Web API: `1507` is a regency, `6400` a province, `0000` the country."""
    if domain == "0000":
        return NATION
    return of_bps(domain.removesuffix("00") if domain.endswith("00") else domain)


def of_area(area: str) -> str:
    """An area of SIMDASI or of a census: digits of BPS, filled up with noughts to seven; "" when
    they are none."""
    if area in ("0", "0000000"):
        return NATION
    if len(area) == 7 and area.endswith("000"):
        area = area.removesuffix("000").removesuffix("00")
    return of_bps(area)


def of_bps(digits: str) -> str:
    """`bps:1507`, or "" when the digits are none of a region."""
    return f"bps:{digits}" if _BPS.fullmatch(digits) else ""


def of_kemendagri(digits: str) -> str:
    """`kemendagri:15.06` from digits that the source says are Kemendagri's, with or without
    dots; "" when they are none."""
    found = _KEMENDAGRI.fullmatch(digits.replace(".", ""))
    if not found:
        return ""
    return "kemendagri:" + ".".join(one for one in found.groups() if one)


def typed(codes: str) -> bool:
    """Whether every code in the text says whose numbering it follows."""
    words = codes.replace(",", " ").replace(";", " ").split()
    return bool(words) and all(
        _BPS.fullmatch(one.removeprefix("bps:")) or one == NATION
        if one.startswith("bps:")
        else of_kemendagri(one.removeprefix("kemendagri:")) == one
        for one in words
    )
