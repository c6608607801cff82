"""Numbers in texts. Two ways of writing, two readers; which one holds is declared, never guessed.

`1.234` is a thousand and more in Indonesian and one and a bit in English.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

GAPS = frozenset({"", "-", "–", "—", "...", "…", "NA", "N/A", "n.a", "~0", "~0,0", "x", "*"})
"""How tables of BPS say that there is no figure. None of them is nought."""
_INDONESIAN = re.compile(r"[-−]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_ENGLISH = re.compile(r"[-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
LONGEST = 60
LARGEST = 400


def read_indonesian(text: str) -> Decimal | None:
    """`18.836,00`; None for a gap. ValueError for anything else, `18836.5` as well."""
    return _read(text, _INDONESIAN, ".", ",")


def read_english(text: str) -> Decimal | None:
    """`18,836.00`; None for a gap. ValueError for anything else."""
    return _read(text, _ENGLISH, ",", ".")


def _read(text: str, form: re.Pattern[str], thousands: str, point: str) -> Decimal | None:
    text = text.replace("\xa0", " ").strip()
    if text in GAPS:
        return None
    if len(text) > LONGEST or not form.fullmatch(text):
        raise ValueError(text[:LONGEST])
    return Decimal(text.replace("−", "-").replace(thousands, "").replace(point, "."))


def exact(text: str) -> Decimal:
    """A number as machines write it, every digit kept. ValueError for none, and for one that
    would take more than LARGEST places to write out: `1e999999999` is a text of eleven letters."""
    try:
        number = Decimal(text) if len(text) <= LARGEST else Decimal("NaN")
    except InvalidOperation:
        raise ValueError(text[:LONGEST]) from None
    if not number.is_finite() or abs(number.adjusted()) > LARGEST:
        raise ValueError(text[:LONGEST])
    return number


READERS = {"indonesia": read_indonesian, "inggris": read_english}
"""By the word that a declaration uses."""
