"""A hostile file gets faults, soon, and never a traceback."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ckanext.satudata.errors import InvalidSop
from ckanext.satudata.sop.load import load
from ckanext.satudata.sop.source import MAX_BYTES

BOMB = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a, *a]\n" for n in range(9))
HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "an alias bomb": (BOMB, "tanda-yaml"),
    "an alias to itself": ("&a [*a]", "tanda-yaml"),
    "an object of Python": ('!!python/object/apply:os.system ["true"]', "tanda-yaml"),
    "a tag that starts like text's": ('a: !!strange "x"', "tanda-yaml"),
    "a tag of YAML's own": ("a: !!null foo", "tanda-yaml"),
    "a binary tag": ("a: !!binary aGFsbw==", "tanda-yaml"),
    "a compound key": ("? [a, b]\n: 1", "tanda-yaml"),
    "half a letter": (r'a: "\ud800"', "tanda-yaml"),
    "half a letter as a key": (r'"\ud800": 1', "tanda-yaml"),
    "a NUL": (r'a: "\0"', "tanda-yaml"),
    "a terminal's escape": (r'a: "\x9b31m"', "tanda-yaml"),
    "a letter beyond Unicode": (r'a: "\UFFFFFFFF"', "yaml"),
    "a raw NUL": ("a: \0", "yaml"),
    "a version no integer holds": ("%YAML " + "9" * 5000 + ".1\n---\na: 1", "yaml"),
    "a number no integer holds": ("a: " + "9" * 5000, "jebakan-yaml"),
    "deep lists": ("[" * 100_000, "yaml"),
    "deep closed lists": ("[" * 400 + "]" * 400, "yaml"),
    "deep mappings": ("{a: " * 100_000, "yaml"),
    "deep indents": ("".join(" " * n + "a:\n" for n in range(500)), "yaml"),
    "bytes that are no text": (bytes(range(128, 256)), "bukan-teks"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "bukan-teks"),
    "another encoding": ("sop: 1".encode("utf-16"), "bukan-teks"),
    "another encoding that looks like text": ("sop: 1".encode("utf-16-le"), "yaml"),
    "a mark of the byte order alone": (b"\xef\xbb\xbf", "yaml"),
    "sixteen megabytes": (b"a" * (16 << 20), "terlalu-besar"),
    "an alias to nothing": ("a: *b", "tanda-yaml"),
    "a merge of aliases": ("a: &a {b: 1}\nc: {<<: *a}", "tanda-yaml"),
    "a tag declared": ("%TAG ! tag:yaml.org,2002:python/\n---\na: !name:os.system x", "tanda-yaml"),
    "a tag on a key": ("!!str a: 1", "tanda-yaml"),
    "an unknown directive": ("%HALO dunia\n---\nhalo", "isi-salah"),
    "a tab for an indent": ("a:\n\tb: 1", "yaml"),
    "a text without an end": ('a: "b', "yaml"),
    "a key without an end": ('? "' + "a" * 2000, "yaml"),
    "two documents": ("a: 1\n---\nb: 2", "yaml"),
    "nothing": ("", "yaml"),
    "a comment alone": ("# SOP", "yaml"),
    "a word": ("halo", "isi-salah"),
    "a list": ("- 1", "isi-salah"),
}


@pytest.mark.parametrize(("content", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gets_its_fault(
    faults_of: Callable, content: str | bytes, code: str
) -> None:
    assert code in [fault.code for fault in faults_of(content)]


COSTLY = {
    "lists in lists": "[" * 100_000,
    "mappings in mappings": "{a: " * 100_000,
    "an alias bomb": BOMB,
    "sixteen megabytes": b"a" * (16 << 20),
    "a very long key": "? " + "a" * (MAX_BYTES - 100),
    "very many keys": "".join(f"a{n}: 1\n" for n in range(5_000)),
    "very many faults": "- no\n" * 10_000,
}


@pytest.mark.parametrize("content", COSTLY.values(), ids=COSTLY)
def test_a_file_made_to_cost_time_costs_little(faults_of: Callable, content: str | bytes) -> None:
    # The processor's time, because other work on the machine is no fault of the file.
    began = time.process_time()
    faults_of(content)
    assert time.process_time() - began < 5


@settings(deadline=None)
@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf")
@example("a: 1".encode("utf-16"))
@example(bytes(range(256)))
def test_no_bytes_get_a_traceback(content: bytes) -> None:
    with pytest.raises(InvalidSop):
        load(content, "sop.yaml")


TOKENS = st.sampled_from(
    [
        *"[]{},:?-&*!|>%@`'\"#~\n\t ",
        "  ",
        "- ",
        ": ",
        "a",
        "!!",
        "<<",
        "---\n",
        "\\",
        "0o7",
        "é",
        "no",
    ]
)


@settings(deadline=None)
@given(st.lists(TOKENS, max_size=60).map("".join))
def test_no_sequence_of_yaml_marks_gets_a_traceback(content: str) -> None:
    with pytest.raises(InvalidSop):
        load(content.encode(), "sop.yaml")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_no_value_in_any_cell_of_the_sheet_gets_a_traceback(
    text_000: str, written: Callable, faults_of: Callable, data: st.DataObject
) -> None:
    sheet = yaml.safe_load(text_000)
    holder: dict | list = sheet
    for _ in range(data.draw(st.integers(0, 5), "depth")):
        inner = [v for v in (holder.values() if isinstance(holder, dict) else holder) if v]
        deeper = [one for one in inner if isinstance(one, dict | list)]
        if not deeper:
            break
        holder = data.draw(st.sampled_from(deeper))
    keys = list(holder) if isinstance(holder, dict) else range(len(holder))
    holder[data.draw(st.sampled_from(keys), "cell")] = data.draw(VALUES, "value")
    lines = [str(fault) for fault in faults_of(written(sheet))]
    assert [line for line in lines if "\n" in line] == []


def test_the_largest_file_is_still_read(text_000: str, faults_of: Callable) -> None:
    assert faults_of(text_000 + "#" * (MAX_BYTES - len(text_000.encode()) - 1) + "\n") == []


@pytest.mark.parametrize(
    "saved",
    [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")],
    ids=["BOM", "CRLF"],
)
def test_a_sheet_saved_by_a_windows_editor_loads(
    text_000: str, faults_of: Callable, saved: Callable[[str], str]
) -> None:
    assert faults_of(saved(text_000)) == []


@pytest.mark.parametrize("value", ['"no"', '"12:30"', '"2025-01-20"', '"007"', '"1e3"', "'on'"])
def test_a_quoted_trap_and_a_plain_number_of_a_letter_are_text(text_000: str, value: str) -> None:
    text = text_000.replace("nomor: null", f"nomor: {value}")
    assert load(text.encode(), "sop.yaml").sop.sop.nomor == value.strip("\"'")
