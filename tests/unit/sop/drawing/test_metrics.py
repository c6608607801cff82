"""A text is as wide as the font sets it, and wrapping loses nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from ckanext.satudata.sop.drawing.metrics import WIDTHS, width, wrapped

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=120)
ROOMS = st.floats(min_value=20, max_value=300)
MEASURE = """
#set page(width: auto, height: auto)
#context [#metadata(json(bytes(sys.inputs.texts)).map(it => measure(text(
  font: "Liberation Sans", size: 2048pt, kerning: false, ligatures: false,
  weight: if it.at(1) { "bold" } else { "regular" }, fallback: false, it.at(0),
)).width.pt())) <widths>]
"""


def set_by_the_font(texts: list[tuple[str, bool]]) -> list[float]:
    """The widths that the typesetter measures in the font itself, at 2048 points."""
    inputs = {"texts": json.dumps(texts)}
    return json.loads(
        typst.query(MEASURE.encode(), "<widths>", field="value", one=True, sys_inputs=inputs)
    )


@pytest.fixture(scope="module")
def _font() -> None:
    """Without it the widths would be checked by nobody; `deploy/portal/system.sh` installs it."""
    found = list(Path("/usr/share/fonts").rglob("LiberationSans-Regular.ttf"))
    assert found, "install Debian's fonts-liberation"


@pytest.mark.usefixtures("_font")
@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
def test_every_letter_is_as_wide_as_in_the_font(bold: bool) -> None:
    letters = sorted(WIDTHS[bold])
    (alone,) = set_by_the_font([("xx", bold)])
    found = set_by_the_font([(f"x{letter}x", bold) for letter in letters])
    assert {letter: round(wide - alone) for letter, wide in zip(letters, found, strict=True)} == (
        WIDTHS[bold]
    )


@given(TEXTS, ROOMS, st.booleans())
def test_no_line_is_wider_than_its_room(text: str, room: float, bold: bool) -> None:
    lines = wrapped(text, 8, room, bold=bold)
    assert [one for one in lines if width(one, 8, bold=bold) > room and len(one) > 1] == []


@given(TEXTS, ROOMS)
def test_wrapping_loses_no_letter(text: str, room: float) -> None:
    lines = wrapped(text, 8, room)
    blanks = str.maketrans("", "", " \t\r\n")
    assert "".join(lines).translate(blanks) == text.translate(blanks)


def test_a_no_break_space_keeps_the_mark_with_its_word() -> None:
    assert wrapped("data\u00a0*)", 8, width("data", 8)) != ("data", "*)")
