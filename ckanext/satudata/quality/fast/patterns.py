"""Which patterns pyarrow may be trusted with: what it finds, Python would find, too."""

from __future__ import annotations

import re

import pyarrow as pa

from ckanext.satudata.quality.fast.kernels import pc

_DIGITS = re.compile(r"(?:\\d|\[0-9\])\{(\d{1,2})\}")
_PLAIN = r"[A-Za-z0-9 _,;:@#%&=!<>~/'\"-]"
_ESCAPED = r"\\[dws.\-/+*?()|\[\]{}^$\\]"
_INSIDE = r"(?:[A-Za-z0-9 _.,;:@#%&=!<>~/'()+*?$|-]|\\[dws.\-/\\])"
_CLASS = rf"\[{_INSIDE}+\]"
_TIMES = r"(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})"
_SAFE = re.compile(rf"(?:(?:{_PLAIN}|{_ESCAPED}|{_CLASS}|\.|\((?:\?:)?|\)){_TIMES}?|\|)*")
_OTHER_GROUP = re.compile(r"\((?=\?[^:])")


def only_digits(pattern: str) -> int:
    r"""How many digits a pattern such as ``\d{16}`` asks for; 0 where it asks for other things."""
    found = _DIGITS.fullmatch(_bare(pattern))
    return int(found[1]) if found else 0


def safe(pattern: str) -> str:
    r"""The pattern for pyarrow, "" where it might find what Python does not.

    Its \d, \w and \s are the ASCII part of Python's, so what is negated is not safe; neither is
    what only one of the two knows. frictionless puts the pattern between ^ and $, without brackets.
    """
    if not _SAFE.fullmatch(_bare(pattern)) or _OTHER_GROUP.search(pattern):
        return ""
    found = rf"\A(?:^{pattern}$)"
    try:
        re.compile(f"^{pattern}$")
        pc.match_substring_regex(pa.array(["a"]), found)
    except (re.error, pa.ArrowInvalid):
        return ""
    return found


def _bare(pattern: str) -> str:
    """Without the marks of beginning and end that people write and that add nothing."""
    core = pattern.removeprefix("^")
    return core.removesuffix("$") if not core.endswith("\\$") else core
