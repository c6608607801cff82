"""Which files may be attached, told by their first bytes and not by what they call themselves."""

from __future__ import annotations

import codecs
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from ckanext.satudata.errors import Refused

HEAD = 16
MAX_PARTS = 5000
"""A letter or a table has some dozens of parts; a zip with more is none of ours."""
MAX_NAME = 120
TEXT_CONTROLS = frozenset("\t\n\r\f")

Looks = Callable[[BinaryIO], bool]


@dataclass(frozen=True)
class FileKind:
    """A kind of file: the endings of its name, what it is served as, how its bytes are known."""

    endings: tuple[str, ...]
    mimetype: str
    looks: Looks


def kind_of(name: str, stream: BinaryIO) -> FileKind:
    """The kind that both the name and the bytes tell; the stream is left at its beginning.

    Raises Refused `attachment_kind` for an ending that is not taken, `attachment_mislabelled`
    where the bytes are something else, a document with macros among them.
    """
    ending = PurePosixPath(name.strip().lower()).suffix
    kind = next((one for one in KINDS if ending in one.endings), None)
    if kind is None:
        raise Refused("attachment_kind", field="upload", kinds=endings())
    stream.seek(0)
    try:
        known = kind.looks(stream)
    finally:
        stream.seek(0)
    if not known:
        raise Refused("attachment_mislabelled", field="upload", ending=ending)
    return kind


def endings() -> tuple[str, ...]:
    """Every ending that is taken."""
    return tuple(ending for kind in KINDS for ending in kind.endings)


def safe_name(filename: str) -> str:
    """A name that a page, a header and a folder can hold: no path, no control, not endless.

    Marks that turn the reading direction go too: with them `fdp.exe` reads like a PDF.
    """
    last = filename.replace("\\", "/").rpartition("/")[2]
    plain = unicodedata.normalize("NFC", last)
    kept = "".join(one for one in plain if unicodedata.category(one)[0] != "C")
    words = " ".join(kept.split()).lstrip(".")
    stem, dot, ending = words.rpartition(".")
    if not dot:
        return words[:MAX_NAME] or "lampiran"
    room = max(MAX_NAME - len(ending) - 1, 1)
    return f"{stem[:room] or 'lampiran'}.{ending[:MAX_NAME]}"


def _begins(*heads: bytes) -> Looks:
    return lambda stream: stream.read(HEAD).startswith(heads)


def _office(folder: str) -> Looks:
    """A file of an office program: a zip with its own folder, and without macros."""

    def looks(stream: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(stream) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            return False
        if len(names) > MAX_PARTS or "[Content_Types].xml" not in names:
            return False
        has_macros = any(one.lower().endswith("vbaproject.bin") for one in names)
        return not has_macros and any(one.startswith(f"{folder}/") for one in names)

    return looks


def _text(stream: BinaryIO) -> bool:
    """UTF-8 without control characters other than those of lines."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while chunk := stream.read(65536):
            if _controls(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _controls(text: str) -> bool:
    return any(
        unicodedata.category(one) == "Cc" and one not in TEXT_CONTROLS for one in frozenset(text)
    )


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = (
    FileKind((".pdf",), "application/pdf", _begins(b"%PDF-")),
    FileKind((".png",), "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    FileKind((".jpg", ".jpeg"), "image/jpeg", _begins(b"\xff\xd8\xff")),
    FileKind((".docx",), f"{OFFICE}.wordprocessingml.document", _office("word")),
    FileKind((".xlsx",), f"{OFFICE}.spreadsheetml.sheet", _office("xl")),
    FileKind((".txt",), "text/plain", _text),
)
