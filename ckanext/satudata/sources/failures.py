"""What can go wrong with a source: each has a stable code, and says whether to try again."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.errors import SatuDataError
from ckanext.satudata.sources.redact import cleaned

LONGEST = 300


class SourceFailed(SatuDataError):
    """A source did not give what was asked of it. Nothing may be concluded from its silence.

    `code` is a key of `sentences.ENGLISH`, `facts` fill the sentence and hold no key. `passing`
    tells faults that may be over at the next run from those that a person has to mend.
    """

    passing = False

    def __init__(self, code: str, **facts: Any) -> None:
        clean = {name: _clean(value) for name, value in facts.items()}
        super().__init__(f"{code} {clean}" if clean else code)
        self.code = code
        self.facts = clean


def _clean(value: Any) -> Any:
    """A text of others without keys, on one line, not too long."""
    if not isinstance(value, str):
        return value
    line = " ".join("".join(one if one.isprintable() else " " for one in cleaned(value)).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


class NotFetched(SourceFailed):
    """Nothing usable came over the network."""


class Passing(NotFetched):
    """Nothing came now; later it may."""

    passing = True


class OutOfTime(Passing):
    """The time for the whole answer is spent: only another run has more of it."""


class Declined(SourceFailed):
    """The source answered, and its answer is a refusal or an error of its own."""


class Unexpected(SourceFailed):
    """The source answered something that its description does not know."""


class Misdeclared(SourceFailed):
    """The declaration of the source is wrong; `facts` say where."""
