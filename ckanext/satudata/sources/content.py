"""What a body is: its first bytes and its type have to agree with what was asked for."""

from __future__ import annotations

import enum
import io
import json
import re
from typing import Any

from ckanext.satudata.sources.failures import Declined, Unexpected
from ckanext.satudata.sources.numbers import LARGEST, exact
from ckanext.satudata.unreadable import UNREADABLE, Refused, Weights, opened

DEEPEST = 60
"""Levels of a JSON document."""
MOST_VALUES = 2_000_000
"""Values of a JSON document; each takes a hundred bytes or so, however short it is written."""
WEIGHTS = Weights(parts=5000, unpacked=200_000_000)
"""Of a workbook."""
_HEAD = 2000
_FIREWALL = re.compile(
    r"(?i)waf block|web application firewall|akses ini ditolak|request rejected|"
    r"support id is|attention required|access denied|cf-error|incapsula|has been blocked"
)
_MARKUP = re.compile(
    rb"(?i)<(!doctype|html|head|body|script|title|meta|!--|\?xml|table|h[1-6]|p\b)"
)
_NOT_TEXT = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"MZ",
             b"\xd0\xcf\x11\xe0", b"\x7fELF", b"Rar!")  # fmt: skip


class Kind(str, enum.Enum):
    """What a source expects to get."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"
    HTML = "html"
    TABLE = "table"
    """CSV, XLSX or ODS: the bytes say which."""


def judge(body: bytes, content_type: str, expected: Kind, host: str) -> Kind:
    """The kind of the body. Raises Declined `firewall_page`, Unexpected `html_instead`,
    `empty_body`, `kind_unknown`, `kind_unexpected`."""
    page = is_page(body)
    if page and expected is not Kind.HTML:
        refuse_page(body, host)
    if not body.strip():
        raise Unexpected("empty_body", host=host)
    if expected is Kind.HTML:
        if page and not _FIREWALL.search(_words(body)):
            return Kind.HTML
        refuse_page(body, host)
    found = _kind(body, content_type)
    wanted = (Kind.CSV, Kind.XLSX, Kind.ODS) if expected is Kind.TABLE else (expected,)
    if found is Kind.JSON and Kind.CSV in wanted and "json" not in content_type.lower():
        found = Kind.CSV  # a table whose first cell begins with a bracket
    if found is None:
        raise Unexpected("kind_unknown", host=host, expected=expected.value)
    if found not in wanted:
        raise Unexpected("kind_unexpected", host=host, expected=expected.value, found=found.value)
    return found


def is_page(body: bytes) -> bool:
    """Whether the bytes are a page of HTML or XML, whatever their type says."""
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and bool(_MARKUP.match(head))


def refuse_page(body: bytes, host: str) -> None:
    """Raises for a page that came instead of data: a firewall's, or any other."""
    if _FIREWALL.search(_words(body)):
        raise Declined("firewall_page", host=host)
    raise Unexpected("html_instead", host=host)


def _words(body: bytes) -> str:
    return re.sub(r"<[^>]*>|\s+", " ", body[: 8 * _HEAD].decode("utf-8", "replace"))


def _kind(body: bytes, content_type: str) -> Kind | None:
    if body.startswith(b"PK\x03\x04"):
        return _workbook(body)
    if body.startswith(_NOT_TEXT) or (b"\0" in body[:_HEAD] and not _wide(body)):
        return None
    if content_type.lower().partition("/")[0] in ("image", "audio", "video", "font"):
        return None
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return Kind.JSON if head[:1] in (b"{", b"[") else Kind.CSV


def _wide(body: bytes) -> bool:
    return body.startswith((b"\xff\xfe", b"\xfe\xff"))


def _workbook(body: bytes) -> Kind | None:
    """XLSX and ODS are archives; the names in them say which."""
    try:
        with opened(io.BytesIO(body), WEIGHTS) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                told = archive.read("mimetype")
                return Kind.ODS if told.startswith(b"application/vnd.oasis") else None
    except (Refused, *UNREADABLE):
        return None
    return Kind.XLSX if "[Content_Types].xml" in names else None


def read_json(body: bytes, host: str) -> Any:
    """The document; numbers keep every digit (int or Decimal). Raises Unexpected `json_broken`,
    `json_too_full`."""
    # Before anything is made of it; signs within texts are counted with it.
    values = sum(map(body.count, (b",", b"[", b"{")))
    if values > MOST_VALUES:
        raise Unexpected("json_too_full", host=host, count=values, most=MOST_VALUES)
    try:
        found = json.loads(
            _ESCAPE.sub(_mended, body.decode("utf-8-sig")),
            parse_float=exact,
            parse_int=_whole,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError):
        raise Unexpected("json_broken", host=host) from None
    if _too_deep(found):
        raise Unexpected("json_broken", host=host)
    return found


_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<no_text>u[dD][89a-fA-F][0-9a-fA-F]{2}|u0000)|.)",
    re.DOTALL,
)


def _mended(escape: re.Match[str]) -> str:
    """Half a letter and the letter nought, which no database and no file takes, become a sign."""
    return "\\ufffd" if escape["no_text"] else escape[0]


def _whole(text: str) -> int:
    if len(text) > LARGEST:
        raise ValueError(text[:20])
    return int(text)


def _no_number(text: str) -> None:
    """`NaN` and `Infinity` are no JSON."""
    raise ValueError(text)


def _too_deep(found: Any) -> bool:
    level = [found]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True
