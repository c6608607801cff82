"""What a drawing says beyond its cells: where a case stands, and what is inferred."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from ckanext.satudata.sop.drawing.svg import At, Words, svg
from tests.unit.sop.sheets.five import SHEETS, file_of

SVG = "{http://www.w3.org/2000/svg}"
SOP = file_of(SHEETS[0])
WORDS = Words("Judul", "Uraian", {state: f"keadaan {state.value}" for state in At})


def symbol(step: int, state: At | None = None) -> ET.Element:
    """The symbol of a row, when a case stands there in a state."""
    position = {step: state} if state else {}
    found = ET.fromstring(svg(SOP, WORDS, position=position))
    return next(one for one in found.iter() if one.get("data-step") == str(step))


def shapes_of(element: ET.Element) -> list[str]:
    """Its shapes without their colours."""
    return [
        ET.tostring(ET.Element(one.tag, {k: v for k, v in one.items() if k in ("d", "r")})).decode()
        for one in element.iter()
    ]


def test_the_drawing_has_a_title_and_a_description() -> None:
    found = ET.fromstring(svg(SOP, WORDS))
    ids = (found.get("aria-labelledby") or "").split()
    named = {one.get("id"): one.text for one in found.iter() if one.get("id")}
    assert [named[one] for one in ids] == ["Judul", "Uraian"]


@pytest.mark.parametrize("state", At)
def test_a_state_is_said_in_the_name_of_its_symbol(state: At) -> None:
    assert (symbol(5, state).get("aria-label") or "").endswith(f"keadaan {state.value}.")


def test_states_differ_without_their_colours() -> None:
    looks = [tuple(shapes_of(symbol(5, state))) for state in (None, *At)]
    assert len(set(looks)) == len(looks)


def test_a_symbol_is_a_link_where_there_is_a_list_to_lead_to() -> None:
    found = ET.fromstring(svg(SOP, WORDS, link=lambda step: f"#langkah-{step}"))
    links = [one.get("href") for one in found.iter(f"{SVG}a")]
    assert links == [f"#langkah-{step.langkah}" for step in SOP.langkah]


def test_a_way_that_is_inferred_is_dashed_and_one_that_is_printed_is_not() -> None:
    found = ET.fromstring(svg(SOP, WORDS))
    dashed = {
        (group.get("data-from"), group.get("data-to")): line.get("stroke-dasharray") is not None
        for group in found.iter(f"{SVG}g")
        for line in group.findall(f"{SVG}polyline")
    }
    assert (dashed["3", "2"], dashed["1", "2"]) == (True, False)


def test_the_legend_explains_the_dashes_only_where_there_are_some() -> None:
    bare = SOP.model_dump()
    for part in (bare["sop"], bare["kalender"], *bare["pelaksana"].values(), *bare["langkah"]):
        part["keyakinan"] = {}
    for step in bare["langkah"]:
        for one in (*step["keputusan"], *step["kembali"]):
            one["keyakinan"] = None
    printed = type(SOP).model_validate({**bare, "koreksi": None})
    said = ["garis putus-putus" in svg(sop, WORDS) for sop in (SOP, printed)]
    assert said == [True, False]


def test_what_a_file_says_is_text_and_never_markup() -> None:
    evil = '</text><script>"&'
    step = SOP.langkah[0].model_copy(update={"uraian": evil})
    drawn = svg(SOP.model_copy(update={"langkah": (step, *SOP.langkah[1:])}), WORDS)
    found = ET.fromstring(drawn)
    assert not list(found.iter(f"{SVG}script"))
    assert evil in (next(o for o in found.iter() if o.get("data-step")).get("aria-label") or "")
