from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.satudata.sources.html_table import grid_of
from ckanext.satudata.sources.words import canonical, plain, plain_lines, slug, tag, without_token


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("<b>ACEH</b> ", "ACEH"),
        ("&lt;b&gt;A &amp;amp; B&lt;/b&gt;", "A & B"),
        ("a<script>alert(1)</script>b", "ab"),
        ("kurang dari < 5", "kurang dari < 5"),
        ("satu\x00\u202edua", "satu dua"),
        (7, "7"),
        (None, ""),
        (True, ""),
        ([], ""),
    ],
)
def test_a_label_is_one_line_without_markup(value: object, text: str) -> None:
    assert plain(value) == text


def test_paragraphs_become_lines() -> None:
    assert plain_lines("<p>Satu</p><ul><li>dua</li><li>tiga</li></ul>") == "Satu\ndua\ntiga"


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert "\n" not in plain(text)


def test_the_name_of_a_file_is_plain_letters() -> None:
    assert (slug("Luas (km²), Kab. X/Y"), slug("…")) == ("luas-km2-kab-x-y", "data")


def test_a_keyword_has_only_what_ckan_takes() -> None:
    assert (tag("Ekspor/Impor, 2024!"), tag("x")) == ("Ekspor Impor 2024", "")


def test_equal_documents_are_written_equally() -> None:
    assert canonical({"a": 1, "b": [2]}) == canonical({"b": [2], "a": 1})


def test_an_address_is_compared_without_its_token() -> None:
    told = [without_token(f"https://x.id/a?data=1&token={n}&b=2") for n in "ab"]
    assert told == ["https://x.id/a?data=1&b=2"] * 2


def test_a_cell_that_spans_is_written_into_each_place() -> None:
    markup = (
        "<table><tr><th rowspan=2>A<th colspan=2>B</tr><tr><td>b1<td>b2</tr>"
        "<tr><td>1<td>2<td>3</tr><tr><td colspan='x'>4</table>"
    )
    assert grid_of(markup) == [
        ["A", "B", "B"],
        ["A", "b1", "b2"],
        ["1", "2", "3"],
        ["4", "", ""],
    ]
