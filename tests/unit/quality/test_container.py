"""A look at a file: whatever it is, the look ends soon, with what it is or with a code."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from ckanext.satudata.quality.judge.container import LIMITS, look
from ckanext.satudata.quality.judge.troubles import Trouble
from ckanext.satudata.quality.limits import Limits
from tests.unit.quality.invented import with_part, xlsx

BOOK = xlsx({"Data": [["a", "b"], ["c", 1]]})
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def archive(packing: int = zipfile.ZIP_STORED, **parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", packing) as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "."), part)
    return kept.getvalue()


def changed(content: bytes, before: bytes, after: bytes) -> bytes:
    assert before in content
    return content.replace(before, after)


def flagged(content: bytes, flag: int) -> bytes:
    """The archive with a flag at its first part in the directory."""
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + struct.pack("<H", flag) + content[at + 2 :]


def code_of(content: bytes, tmp_path: Path, limits: Limits = LIMITS) -> str:
    path = tmp_path / "berkas"
    path.write_bytes(content)
    with pytest.raises(Trouble) as told:
        look(path, limits)
    return told.value.code


def directory_of(entries: int) -> bytes:
    """An archive whose directory names the same small part again and again."""
    one = archive(a=b"")
    begin, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    lines = one[begin:end] * entries
    closing = one[end : end + 12] + struct.pack("<IIH", len(lines), begin, 0)
    return one[:begin] + lines + closing


LZMA = archive(zipfile.ZIP_LZMA, mimetype=ODS, content__xml=b"<x/>" * 100)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive(MIMETYPE=b"x", content__xml=b"x"), "kind_unknown"),
        (flagged(archive(mimetype=ODS, content__xml=b"x"), 1), "encrypted"),
        (flagged(changed(archive(aé=b"x"), "aé".encode(), b"a\xff\xff"), 0x800), "broken"),
        (changed(LZMA, LZMA[50:70], b"\xff" * 20), "broken"),
    ],
    ids=["a name in capitals", "a password", "a name that is no text", "a packing that is broken"],
)
def test_an_archive_that_is_none_is_told_by_its_code(content: bytes, code: str, tmp_path: Path):
    assert code_of(content, tmp_path) == code


def test_an_ods_is_known_whatever_the_letters_of_its_names(tmp_path: Path):
    path = tmp_path / "berkas"
    path.write_bytes(archive(MIMETYPE=ODS, Content__xml=b"<x/>"))
    assert look(path).format == "ods"


def test_a_part_without_tags_is_not_kept_whole(tmp_path: Path):
    noise = b"<" + random.Random(7).randbytes(3_000_000).replace(b"<", b" ")
    found = with_part(BOOK, "xl/worksheets/sheet9.bin", noise)
    assert code_of(found, tmp_path) == "too_wide"


def test_a_directory_without_end_is_not_taken_up(tmp_path: Path):
    content = directory_of(100_000)
    tracemalloc.start()
    code_of(content, tmp_path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 15_000_000
