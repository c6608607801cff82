"""What a password must not be. Long is what counts; signs and capitals are asked of nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable

MINIMUM = 12

OBVIOUS = (
    *("password", "passw0rd", "katasandi", "sandi", "rahasia", "admin", "administrator"),
    *("diskominfo", "kominfo", "satudata", "datastatistik", "walidata", "produsen", "pemda"),
    *("pemkab", "pemkot", "pemprov", "kabupaten", "provinsi", "dinas", "kantor", "bupati"),
    *("indonesia", "merdeka", "pancasila", "bismillah", "sayang", "qwerty", "qwertyuiop"),
    *("abcdef", "abcdefgh", "abc", "asdfgh", "iloveyou", "welcome", "opendata", "opd", "bps"),
)
"""Words that an office's passwords are made of. Figures and signs around them hide nothing."""

_PART = 4
"""Letters that a part of a name has at least before it counts."""
_LOOKED_AT = 200
"""Signs at the beginning of a password that are looked at."""
_DIFFERENT = 5
"""Signs that differ, at least."""
_DIGITS = re.compile(r"[\W\d_]+")
_LOOKS_LIKE = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "$": "s", "@": "a"})


def fault(password: str, about: Iterable[str], minimum: int = MINIMUM) -> str:
    """Code of the first rule that a password breaks; empty when it breaks none.

    `about`: account name, name and address of its person. A password that is made of them, or of
    obvious words, with no more than figures, signs and repetitions besides, is refused.
    """
    if len(password) < minimum:
        return "password_short"
    if _made_of(password, set(_parts(about))):
        return "password_own_name"
    plain = password.casefold()
    if len(set(plain)) < _DIFFERENT or not _letters(plain) or _made_of(password, OBVIOUS):
        return "password_obvious"
    return ""


def _parts(about: Iterable[str]) -> Iterable[str]:
    for text in about:
        whole = text.casefold()
        yield from (_letters(whole), _letters(whole.partition("@")[0]))
        yield from (one for one in re.split(r"[\W\d_]+", whole) if len(one) >= _PART)


def _made_of(password: str, words: Iterable[str]) -> bool:
    """Whether nothing but these words is left once figures and signs are taken away."""
    known = [one for one in words if len(one) > 1]
    plain = password[:_LOOKED_AT].casefold()
    # Figures that stand for letters leave such letters over where they stand for nothing.
    read = _letters(plain.translate(_LOOKS_LIKE))
    return _covered(_letters(plain), known, "") or (
        any(one in read for one in known) and _covered(read, known, "oieas")
    )


def _covered(text: str, words: list[str], besides: str) -> bool:
    """Whether a text is a row of these words and of the letters in `besides`."""
    reached = {0}
    for place, letter in enumerate(text):
        if place in reached:
            reached.update(place + len(one) for one in words if text.startswith(one, place))
            if letter in besides:
                reached.add(place + 1)
    return bool(text) and len(text) in reached


def _letters(text: str) -> str:
    return _DIGITS.sub("", text)
