"""The BPMN file is whole: every reference leads somewhere, every element is drawn once."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing.bpmn import bpmn
from ckanext.satudata.sop.drawing.graph import graph_of
from tests.unit.sop.drawing.any_sheet import sheets
from tests.unit.sop.sheets.five import SHEETS, file_of

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
NODES = ("startEvent", "userTask", "exclusiveGateway", "endEvent")
DRAWN = (*NODES, "participant", "lane", "textAnnotation", "sequenceFlow", "association")
SOPS = st.one_of(sheets(), st.sampled_from([file_of(sheet) for sheet in SHEETS]))
any_sheet = given(SOPS)
few = settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])


def ids(found: ET.Element, *kinds: str) -> list[str]:
    return [one.get("id", "") for kind in kinds for one in found.iter(f"{BPMN}{kind}")]


@few
@any_sheet
def test_every_reference_leads_to_an_element(sop: Sop) -> None:
    found = ET.fromstring(bpmn(sop))
    known = {one.get("id") for one in found.iter()}
    names = ("sourceRef", "targetRef", "processRef", "bpmnElement")
    led = {one.get(name) for one in found.iter() for name in names if one.get(name)}
    assert led | {one.text for one in found.iter(f"{BPMN}flowNodeRef")} <= known


@few
@any_sheet
def test_no_id_is_given_twice(sop: Sop) -> None:
    counted = Counter(one.get("id") for one in ET.fromstring(bpmn(sop)).iter() if one.get("id"))
    assert [one for one, count in counted.items() if count > 1] == []


@few
@any_sheet
def test_every_element_has_its_place_once(sop: Sop) -> None:
    found = ET.fromstring(bpmn(sop))
    placed = [one.get("bpmnElement") for one in found.iter() if one.tag.startswith(DI)]
    assert sorted(p for p in placed if p and p != "Kolaborasi") == sorted(ids(found, *DRAWN))


@few
@any_sheet
def test_every_node_stands_in_one_lane(sop: Sop) -> None:
    found = ET.fromstring(bpmn(sop))
    assert sorted(one.text or "" for one in found.iter(f"{BPMN}flowNodeRef")) == sorted(
        ids(found, *NODES)
    )


@few
@any_sheet
def test_every_lane_is_there_by_name(sop: Sop) -> None:
    names = [one.get("name", "") for one in ET.fromstring(bpmn(sop)).iter(f"{BPMN}lane")]
    pairs = zip(names, graph_of(sop).lanes, strict=True)
    assert [lane.name for name, lane in pairs if not name.startswith(lane.name)] == []


@few
@any_sheet
def test_no_two_shapes_of_nodes_overlap(sop: Sop) -> None:
    found = ET.fromstring(bpmn(sop))
    nodes = set(ids(found, *NODES, "textAnnotation"))
    bounds = [
        [float(box.get(name, "nan")) for name in ("x", "y", "width", "height")]
        for shape in found.iter(f"{DI}BPMNShape")
        if shape.get("bpmnElement") in nodes
        for box in shape.findall(f"{DC}Bounds")
    ]
    assert [
        (one, other)
        for at, one in enumerate(bounds)
        for other in bounds[at + 1 :]
        if one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    ] == []
