"""What the numbers of persons in Indonesia are made of, as far as a number shows it by itself.

Each function takes digits alone and says whether they can be such a number. None of them can say
whether the number was ever given to somebody.

NIK (PP 37/2007 Ps 37) and nomor KK: region of six digits, day, month and
year of two digits each (birth; day + 40 for women; for a KK the day of issue), serial.
NIP (Peraturan Kepala BKN 22/2007): birth YYYYMMDD, appointment YYYYMM, sex 1 or 2, serial of
three digits; where the appointment is by contract (PPPK) 21 stands instead of the month.
NPWP (until 2024, 15 digits): kind and serial of eight digits, a Luhn check digit, tax office,
branch. Since then 16: a person's NIK, or a zero and the former 15.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_NIK = re.compile(
    # Provinces in the numbering of Kemendagri, which a NIK follows.
    r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6])"
    # Regency or city, then district; with room beyond the highest in use.
    r"(?:0[1-9]|[1-3][0-9]|40|7[1-9])(?:0[1-9]|[1-6][0-9])"
    r"(?P<day>[04][1-9]|[1256][0-9]|[37][01])(?P<month>0[1-9]|1[0-2])(?P<year>[0-9]{2})"
    r"(?!0000)[0-9]{4}"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BORN = range(1940, 2011)
"""Years in which holders of an 18-digit NIP (in use since 2007) can be born."""
_AGE_AT_APPOINTMENT = range(15, 61)
_CONTRACT = "21"
# The second digit pair of the operators: 0811-0819, 0821-0823, 0828, 083x, 085x, 087x, 088x, 089x.
MOBILE = re.compile(r"8(?:1[1-9]|2[1-38]|3[1-35-8]|5[1-35-9]|68|7[7-9]|8[1-9]|9[5-9])[0-9]{6,9}")
AREA = re.compile(r"0(?:2[1-9][0-9]?|[3-7][0-9]{2}|9[0-9]{2})")
"""Area codes of the fixed network."""


def is_nik(digits: str, regions: Collection[str] | None = None) -> bool:
    """Whether 16 digits can be a NIK or a nomor KK.

    `regions` are the known codes of regencies and cities, four digits each, in the numbering of
    Kemendagri; without them the province is tested, and the rest of the region by its form.
    """
    form = _NIK.fullmatch(digits)
    if form is None or (regions is not None and digits[:4] not in regions):
        return False
    day = day_of(digits)
    return day < 29 or _is_day(day, int(form["month"]), int(form["year"]))


def day_of(digits: str) -> int:
    """The day of the month in a NIK, 1 to 31."""
    day = int(digits[6:8])
    return day - 40 if day > 40 else day


def _is_day(day: int, month: int, year: int) -> bool:
    """Whether the day is in the calendar of a year of which the last two digits are known."""
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    # 1900 was no leap year, but 2000 was: every fourth of the two-digit years may be one.
    return (day, month) != (29, 2) or year % 4 == 0


def is_nip(digits: str) -> bool:
    """Whether 18 digits can be a NIP, or the number of a PPPK."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    appointed = digits[12:14]
    return (
        year in _BORN
        and _is_day(day, month, year % 100)
        and int(digits[8:12]) - year in _AGE_AT_APPOINTMENT
        and ("01" <= appointed <= "12" or appointed == _CONTRACT)
        and digits[14] in "12"
        and digits[15:] != "000"
    )


def is_npwp(digits: str) -> bool:
    """Whether 15 digits, or 16 with a zero before them, can be an NPWP."""
    if len(digits) == 16:
        if digits[0] != "0":
            return False
        digits = digits[1:]
    return digits[9:12] != "000" and digits[:8] != "00000000" and _luhn(digits[:9])


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def is_mobile(digits: str) -> bool:
    """Whether digits from the leading 0 or 62 on can be the number of a mobile telephone."""
    start = 1 if digits.startswith("0") else 2
    return MOBILE.fullmatch(digits, start) is not None and digits.startswith(("0", "62"))


def is_fixed(digits: str) -> bool:
    """Whether digits from the leading 0 on can be a number of the fixed network."""
    return 9 <= len(digits) <= 12 and AREA.match(digits) is not None
